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


json.dump(
    {
        "rows": rows.tolist(),
        "joined": [{"count": count, "neighbors": neighbors, "labels": labels(rows, count, neighbors)} for count, neighbors in [(3, 10), (12, 10), (7, 30), (5, 500)]],
        "digits": labels(embedded, 10, 40),
    },
    sys.stdout,
)
