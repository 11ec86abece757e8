#!/usr/bin/python3
"""Makes tsne.json: what scikit-learn says of random rows and digits, for TsneTests.

    apt-get install python3-sklearn
    /usr/bin/python3 tsne.py > tsne.json

Made with scikit-learn 1.2.1 and NumPy 1.24.2.
"""
import json
import sys

import numpy as np
from sklearn.datasets import load_digits
from sklearn.manifold import TSNE
from sklearn.manifold._t_sne import _joint_probabilities_nn
from sklearn.neighbors import NearestNeighbors

# No two distances are equal, so that there is no doubt of who the last neighbour is.
rows = np.random.RandomState(0).normal(size=(100, 5)).astype(np.float32)
distances = NearestNeighbors(n_neighbors=31).fit(rows).kneighbors_graph(mode="distance")
distances.data **= 2
graph = _joint_probabilities_nn(distances, 10, 0).tocoo()

digits = load_digits().data.astype(np.float32)
model = TSNE(perplexity=30, init="pca", learning_rate="auto", n_iter=1000, random_state=0, angle=0.2).fit(digits)
json.dump(
    {
        "rows": rows.astype(float).tolist(),
        "graph": [[int(i), int(j), float(p)] for i, j, p in zip(graph.row, graph.col, graph.data)],
        "digitsDivergence": float(model.kl_divergence_),
    },
    sys.stdout,
)
