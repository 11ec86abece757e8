"""The matrix products of the autoencoder's training steps alone, by numpy and its BLAS, with rows a second and the peak memory:

    products_peer.py ROWS.f32 N D C EPOCHS

ROWS.f32 is not read.
"""
import resource
import sys
import time

import numpy as np

n, d, c, epochs = map(int, sys.argv[2:6])
batch = 256
widths = [d, 500, 500, 2000, c, 2000, 500, 500, d]
random = np.random.default_rng(0)


def matrix(rows, columns):
    return random.random((rows, columns), dtype=np.float32)


activations = [matrix(batch, width) for width in widths]
weights = [matrix(inputs, outputs) for inputs, outputs in zip(widths, widths[1:])]
products = [(activations[layer], weight, np.empty_like(activations[layer + 1])) for layer, weight in enumerate(weights)]
for layer in range(len(weights) - 1, -1, -1):
    delta = products[layer][2]
    products.append((activations[layer].T, delta, np.empty_like(weights[layer])))
    if layer > 0:
        products.append((delta, weights[layer].T, np.empty_like(activations[layer])))


def step():
    for left, right, result in products:
        np.dot(left, right, out=result)


step()
steps = epochs * (n // batch)
start = time.perf_counter()
for _ in range(steps):
    step()
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"rate={batch * steps / seconds:.1f} peak={peak:.0f} version={np.__version__}")
