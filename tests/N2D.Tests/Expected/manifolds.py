#!/usr/bin/python3
"""Makes manifolds.json: what umap-learn, scikit-learn and SciPy say, for NeighborTests and UmapTests.

    apt-get install python3-sklearn umap-learn
    /usr/bin/python3 manifolds.py FOLDER > manifolds.json

FOLDER holds scikit-learn's iris.csv and digits.csv.gz (sklearn/datasets/data in its sources).

Made with umap-learn 0.5.3, scikit-learn 1.2.1 and NumPy 1.24.2.
"""
import json
import sys

import numpy as np
import umap

from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

expected = {}

expected["curves"] = [
    {"spread": spread, "minimumDistance": distance, "a": a, "b": b}
    for spread, distance in [(1, 0), (1, 0.1), (1, 0.5), (2, 0.25), (0.5, 0.01)]
    for a, b in [map(float, umap.umap_.find_ab_params(spread, distance))]
]

iris = np.loadtxt(sys.argv[1] + "/iris.csv", delimiter=",", skiprows=1)[:, :4].astype(np.float32)
indices, distances, _ = umap.umap_.nearest_neighbors(iris, 15, "euclidean", {}, False, np.random.RandomState(0))
graph = umap.umap_.fuzzy_simplicial_set(
    iris, 15, np.random.RandomState(0), "euclidean", knn_indices=indices, knn_dists=distances)[0].tocoo()
others = indices != np.arange(len(iris))[:, None]
expected["iris"] = iris.tolist()
expected["irisNeighbors"] = indices[others].reshape(len(iris), 14).tolist()
expected["irisDistances"] = distances[others].reshape(len(iris), 14).astype(float).tolist()
expected["irisGraph"] = [[int(i), int(j), float(w)] for i, j, w in zip(graph.row, graph.col, graph.data) if w > 0]

random = np.random.RandomState(0)
rows = random.normal(size=(300, 7)).astype(np.float32)
expected["rows"] = rows.tolist()
expected["neighbors"] = []
for metric in ["euclidean", "manhattan", "chebyshev", "cosine", "correlation"]:
    search = NearestNeighbors(n_neighbors=10, metric=metric, algorithm="brute").fit(rows)
    distances, indices = search.kneighbors()
    expected["neighbors"].append({"metric": metric, "indices": indices.tolist(), "distances": distances.tolist()})

digits = (np.loadtxt(sys.argv[1] + "/digits.csv.gz", delimiter=",")[:, :64] / 16).astype(np.float32)
layouts = [umap.UMAP(n_neighbors=20, n_components=10, min_dist=0, random_state=seed).fit_transform(digits) for seed in range(3)]
expected["digitsTrustworthiness15"] = [float(trustworthiness(digits, layout, n_neighbors=15)) for layout in layouts]

json.dump(expected, sys.stdout)
