#!/usr/bin/python3
"""Makes spectral.json: what scikit-learn and SciPy say of the digits' neighbour graph, for SpectralClusteringTests.

    apt-get install python3-sklearn
    /usr/bin/python3 spectral.py > spectral.json

Made with scikit-learn 1.2.1 and SciPy 1.10.1, of digits.u8 beside this script.
"""
import json
import sys

import numpy as np
from scipy.sparse.csgraph import laplacian
from sklearn.cluster import SpectralClustering
from sklearn.datasets import make_moons
from sklearn.neighbors import kneighbors_graph

raw = np.fromfile("digits.u8", dtype=np.uint8).reshape(-1, 64).astype(np.float64)
graph = kneighbors_graph(raw, 10, include_self=True)
graph = 0.5 * (graph + graph.T)
eigenvalues = np.linalg.eigvalsh(laplacian(graph, normed=True).toarray())[:12]
moons, halves = make_moons(400, noise=0.05, random_state=0)
moons = moons.astype(np.float32)


def labels(rows, count):
    return SpectralClustering(count, affinity="nearest_neighbors", n_neighbors=10, random_state=0).fit(rows).labels_.tolist()


json.dump(
    {
        "eigenvalues": eigenvalues.tolist(),
        "digits": labels(raw, 10),
        "moons": moons.astype(float).round(6).tolist(),
        "halves": halves.tolist(),
        "moonLabels": labels(moons.astype(float).round(6), 2),
    },
    sys.stdout,
)
