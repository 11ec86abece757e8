#!/usr/bin/python3
"""Makes npy.json: files as NumPy writes them, and the values in them as float32, for NpyReaderTests.

    apt-get install python3-numpy
    /usr/bin/python3 npy.py > npy.json

Made with NumPy 1.24.2.
"""
import base64
import io
import json

import numpy as np
from numpy.lib import format as npy


def file_of(array, version=(1, 0)):
    buffer = io.BytesIO()
    npy.write_array(buffer, array, version=version)
    return buffer.getvalue()


def case(name, array, version=(1, 0)):
    rows = np.ascontiguousarray(array).reshape(len(array), -1)
    return {
        "name": name,
        "file": base64.b64encode(file_of(array, version)).decode(),
        "rows": rows.astype(np.float32).tolist(),
    }


numbers = np.array([[0, 1, 2], [100, 3, 7]])
cases = [case(dtype, numbers.astype(dtype)) for dtype in
         ["<f2", "<f4", "<f8", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "|b1",
          ">f2", ">f4", ">f8", ">i2", ">i4", ">i8", ">u2", ">u4", ">u8"]]
cases += [
    case("fractions in float64", np.array([[0.1, -1 / 3], [1e-40, 3e38]])),
    case("beyond 2^24", np.array([[2**24 + 1, -2**53 - 1], [2**62 + 12345, 1]])),
    case("signs", np.array([[-1, -128], [127, 5]], dtype="<i2")),
    case("Fortran order", np.asfortranarray(np.arange(6, dtype="<f4").reshape(3, 2))),
    case("three dimensions", np.arange(24, dtype="<f4").reshape(2, 3, 4)),
    case("three dimensions, Fortran order", np.asfortranarray(np.arange(24, dtype=">f8").reshape(2, 3, 4))),
    case("four dimensions, Fortran order", np.asfortranarray(np.arange(48, dtype="|u1").reshape(2, 3, 4, 2))),
    case("one column", np.arange(3, dtype="<f4").reshape(3, 1)),
    case("version 2.0", np.arange(6, dtype="<f4").reshape(3, 2), (2, 0)),
    case("version 3.0", np.arange(6, dtype="<f4").reshape(3, 2), (3, 0)),
]
print("[" + ",\n".join(json.dumps(case) for case in cases) + "]")
