#!/usr/bin/python3
"""Makes umap-targets.json: the graphs of umap-learn under numeric targets for NumericTargetTests.

    apt-get install umap-learn
    /usr/bin/python3 umap-targets.py manifolds.json > umap-targets.json

manifolds.json lies beside this script: iris and its neighbors are taken from there. No two differences of the targets are equal, as
umap-learn's choice among ties is an accident. The graph of the targets is the fuzzy union, as in umap-learn up to 0.3: since then
UMAP.fit hands over what was 'verbose' as apply_set_operations=False, which leaves that graph directed. Graphs are symmetric; of each pair of entries above 1e-6 one is written.

Made with umap-learn 0.5.3, scikit-learn 1.2.1 and NumPy 1.24.2.
"""
import json
import sys

import numpy as np
from sklearn.metrics import pairwise_distances
from umap.umap_ import fuzzy_simplicial_set, general_simplicial_set_intersection, reset_local_connectivity

with open(sys.argv[1]) as file:
    manifolds = json.load(file)
iris = np.array(manifolds["iris"], dtype=np.float32)
own = np.arange(len(iris))[:, None]
indices = np.hstack([own, np.array(manifolds["irisNeighbors"])])
distances = np.hstack([np.zeros_like(own), np.array(manifolds["irisDistances"])]).astype(np.float32)
target = np.round(np.random.RandomState(3).uniform(0, 100, len(iris)) + iris[:, 2] * 20, 6)

rows = fuzzy_simplicial_set(iris, 15, np.random.RandomState(0), "euclidean", knn_indices=indices, knn_dists=distances)[0]


def entries(graph):
    graph = graph.tocoo()
    return [[int(i), int(j), round(float(w), 7)] for i, j, w in zip(graph.row, graph.col, graph.data) if w > 1e-6 and i < j]


def supervised(neighbors, weight):
    among = fuzzy_simplicial_set(
        pairwise_distances(target[:, None], metric="l2"), neighbors, np.random.RandomState(0), "precomputed", apply_set_operations=True)[0]
    return reset_local_connectivity(general_simplicial_set_intersection(rows, among, weight))


json.dump(
    {
        "target": target.tolist(),
        "graphs": [
            {"neighborCount": neighbors, "weight": weight, "entries": entries(supervised(neighbors, weight))}
            for neighbors, weight in [(15, 0.5), (8, 0.25), (15, 0.8), (8, 1.0)]
        ],
    },
    sys.stdout)
