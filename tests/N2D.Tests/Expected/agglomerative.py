#!/usr/bin/python3
"""Makes agglomerative.json: scikit-learn's Ward clusters on the neighbour graph, for AgglomerativeTests.

    apt-get install python3-sklearn
    /usr/bin/python3 agglomerative.py > agglomerative.json

Made with scikit-learn 1.2.1, of digits-umap.f32 beside this script and of random rows.
"""
import json
import sys

import numpy as np
from sklearn.cluster import AgglomerativeClustering
from sklearn.neighbors import kneighbors_graph

embedded = np.fromfile("digits-umap.f32", dtype=np.float32).reshape(-1, 10).astype(np.float64)
random = np.random.RandomState(0)
rows = random.normal(size=(500, 3)).astype(np.float32).astype(np.float64)


def labels(x, count, neighbors):
    graph = kneighbors_graph(x, neighbors, include_self=True)
    return AgglomerativeClustering(count, linkage="ward", connectivity=graph).fit(x).labels_.tolist()


# On a graph of few neighbors two merges come at a smaller distance than the one before: between these, the number of merges that are taken back counts.
INVERTED = [(1.4563, 4), (2.38, 4)]


def below(x, threshold, neighbors):
    graph = kneighbors_graph(x, neighbors, include_self=True)
    fitted = AgglomerativeClustering(None, distance_threshold=threshold, linkage="ward", connectivity=graph).fit(x)
    return {"threshold": threshold, "neighbors": neighbors, "labels": fitted.labels_.tolist()}


json.dump(
    {
        "rows": rows.tolist(),
        "joined": [{"count": count, "neighbors": neighbors, "labels": labels(rows, count, neighbors)} for count, neighbors in [(3, 10), (12, 10), (7, 30), (5, 500)]],
        "below": [below(rows, threshold, neighbors) for threshold, neighbors in [(0.05, 10), (2.5, 10), (7.3, 10), (12, 30), (3, 500), (100, 500)] + INVERTED],
        "digits": labels(embedded, 10, 40),
    },
    sys.stdout,
)
