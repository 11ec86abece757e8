#!/usr/bin/python3
"""Makes tsne.json: what scikit-learn says of iris and digits, for TsneTests.

    apt-get install python3-sklearn
    /usr/bin/python3 tsne.py > tsne.json

Made with scikit-learn 1.2.1 and NumPy 1.24.2.
"""
import json
import sys

import numpy as np
from sklearn.datasets import load_digits, load_iris
from sklearn.manifold import TSNE
from sklearn.manifold._t_sne import _joint_probabilities_nn
from sklearn.neighbors import NearestNeighbors

iris = load_iris().data.astype(np.float32)
distances = NearestNeighbors(n_neighbors=31).fit(iris).kneighbors_graph(mode="distance")
distances.data **= 2
graph = _joint_probabilities_nn(distances, 10, 0).tocoo()


def divergence(rows, dimension, method, perplexity):
    model = TSNE(
        n_components=dimension, perplexity=perplexity, init="pca", learning_rate="auto", n_iter=1000, random_state=0, method=method, angle=0.2)
    model.fit(rows)
    return float(model.kl_divergence_)


digits = load_digits().data.astype(np.float32)
json.dump(
    {
        "iris": iris.astype(float).tolist(),
        "irisGraph": [[int(i), int(j), float(p)] for i, j, p in zip(graph.row, graph.col, graph.data)],
        "digitsDivergence": divergence(digits, 2, "barnes_hut", 30),
        "digitsDivergenceIn3": divergence(digits, 3, "barnes_hut", 30),
        "irisDivergenceIn4": divergence(iris, 4, "exact", 10),
    },
    sys.stdout,
)
