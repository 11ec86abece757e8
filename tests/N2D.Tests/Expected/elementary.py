#!/usr/bin/python3
"""Makes elementary.json: exponentials, logarithms, powers and cosines, rounded correctly, for PortableMathTests.

    pip install mpmath
    python3 elementary.py > elementary.json

Made with mpmath 1.3.0. Doubles are written with 17 digits, which identify them.
"""
import json
import math
import random
import sys

from mpmath import cos, exp, log, mp, mpf

mp.prec = 300
draw = random.Random(0)
COUNT = 100


def near_one():
    return 1 + draw.uniform(-0.5, 0.5) * math.exp(-draw.uniform(0, 25))


def positive():
    return math.exp(draw.uniform(-600, 600))


def table(function, *arguments):
    return [[*x, float(function(*map(mpf, x)))] for x in zip(*arguments)]


many = range(COUNT)
tables = {
    "Exp": table(exp, [draw.uniform(-700, 700) for _ in many] + [draw.uniform(-1, 1) for _ in many] + [-745, 709.7]),
    "Log": table(log, [positive() for _ in many] + [near_one() for _ in many] + [5e-324, sys.float_info.max]),
    "Log2": table(lambda x: log(x) / log(2), [positive() for _ in many] + [float(n) for n in range(2, 40)]),
    "Log10": table(lambda x: log(x) / log(10), [positive() for _ in many] + [10.0 ** n for n in range(-20, 20)]),
    "Pow": table(lambda x, y: x ** y, [math.exp(draw.uniform(-10, 10)) for _ in many], [draw.uniform(-20, 20) for _ in many]),
    "Cos": table(cos, [draw.uniform(0, 2 * math.pi) for _ in many] + [draw.uniform(-1000, 1000) for _ in many]),
}
print("{" + ",\n".join(f'"{name}": [\n' + ",\n".join(map(json.dumps, rows)) + "]" for name, rows in tables.items()) + "}")
