"""UMAP by umap-learn, with the seconds of each stage and the peak memory:

    umap_peer.py ROWS.f32 N D NEIGHBORS DIMENSION LAYOUT.f32 SEED

Rows are little-endian float32, row after row. The compiler is warmed up on a small matrix first, and its seconds are told apart.
"""
import resource
import sys
import time

import numpy as np
import umap
from umap import umap_

path, n, d, neighbors, dimension, out, seed = sys.argv[1], *map(int, sys.argv[2:6]), sys.argv[6], int(sys.argv[7])
rows = np.fromfile(path, dtype=np.float32).reshape(n, d)
seconds = {}


inner = [0.0]


def timed(name, function):
    """Seconds of a stage without those of the stages that it calls."""

    def run(*args, **kwargs):
        inner.append(0.0)
        start = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            total = time.perf_counter() - start
            seconds[name] = seconds.get(name, 0) + total - inner.pop()
            inner[-1] += total

    return run


def fit(data):
    return umap.UMAP(random_state=seed, n_neighbors=neighbors, n_components=dimension, min_dist=0.0).fit_transform(data)


start = time.perf_counter()
fit(np.random.RandomState(0).rand(max(5000, 10 * neighbors), d).astype(np.float32))
warmup = time.perf_counter() - start

# The stages, by the functions that umap-learn calls for them.
umap_.nearest_neighbors = timed("neighbors", umap_.nearest_neighbors)
umap_.fuzzy_simplicial_set = timed("graph", umap_.fuzzy_simplicial_set)
umap_.spectral_layout = timed("start", umap_.spectral_layout)
umap_.optimize_layout_euclidean = timed("layout", umap_.optimize_layout_euclidean)
start = time.perf_counter()
layout = fit(rows)
total = time.perf_counter() - start
layout.astype(np.float32).tofile(out)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
stages = " ".join(f"{name}={seconds.get(name, 0):.3f}" for name in ("neighbors", "graph", "start", "layout"))
print(f"{stages} total={total:.3f} peak={peak:.0f} warmup={warmup:.3f} version={umap.__version__}")
