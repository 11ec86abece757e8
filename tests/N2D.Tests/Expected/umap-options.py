#!/usr/bin/python3
"""Makes umap-options.json: the graphs, radii and densities of umap-learn for UmapOptionTests and DensityTests.

    apt-get install python3-sklearn umap-learn
    /usr/bin/python3 umap-options.py manifolds.json FOLDER > umap-options.json

manifolds.json lies beside this script: iris and its neighbors are taken from there. FOLDER holds scikit-learn's iris.csv (sklearn/datasets/data
in its sources), for the labels. Graphs are symmetric; of each pair of entries above 1e-6 one is written.

Made with umap-learn 0.5.3, scikit-learn 1.2.1 and NumPy 1.24.2.
"""
import json
import sys

import numpy as np
import umap

from umap.umap_ import discrete_metric_simplicial_set_intersection, fuzzy_simplicial_set, simplicial_set_embedding, smooth_knn_dist

with open(sys.argv[1]) as file:
    manifolds = json.load(file)
iris = np.array(manifolds["iris"], dtype=np.float32)
labels = np.loadtxt(sys.argv[2] + "/iris.csv", delimiter=",", skiprows=1)[:, 4].astype(int)
own = np.arange(len(iris))[:, None]
indices = np.hstack([own, np.array(manifolds["irisNeighbors"])])
distances = np.hstack([np.zeros_like(own), np.array(manifolds["irisDistances"])]).astype(np.float32)


def fuzzy(local_connectivity=1.0, set_op_mix_ratio=1.0):
    return fuzzy_simplicial_set(
        iris, 15, np.random.RandomState(0), "euclidean", knn_indices=indices, knn_dists=distances, return_dists=True,
        local_connectivity=local_connectivity, set_op_mix_ratio=set_op_mix_ratio)


def entries(graph):
    graph = graph.tocoo()
    return [[int(i), int(j), round(float(w), 7)] for i, j, w in zip(graph.row, graph.col, graph.data) if w > 1e-6 and i < j]


expected = {"labels": labels.tolist()}
expected["scales"] = [
    {"localConnectivity": connectivity, "rho": rho.astype(float).tolist(), "sigma": sigma.astype(float).tolist()}
    for connectivity in [0.5, 2.0, 2.75]
    for sigma, rho in [smooth_knn_dist(distances, 15.0, local_connectivity=connectivity)]
]
expected["graphs"] = [
    {"localConnectivity": connectivity, "setOperationMixRatio": mix, "entries": entries(fuzzy(connectivity, mix)[0])}
    for connectivity, mix in [(2.5, 1.0), (1.0, 0.25), (1.5, 0.0)]
]

# Every third label is unknown.
partly = np.where(np.arange(len(labels)) % 3 == 0, -1, labels)
expected["supervised"] = [
    {"targetWeight": weight, "labels": target.tolist(),
     "entries": entries(discrete_metric_simplicial_set_intersection(
         fuzzy()[0], target, far_dist=2.5 / (1 - weight) if weight < 1 else 1.0e12))}
    for weight, target in [(0.5, labels), (0.8, partly), (1.0, labels)]
]

graph, _, _, graph_distances = fuzzy()
_, densities = simplicial_set_embedding(
    iris, graph, 2, 1.0, 1.0, 1.0, 1.0, 5, 0, "random", np.random.RandomState(0), "euclidean", {}, True,
    {"lambda": 2.0, "frac": 0.3, "var_shift": 0.1, "n_neighbors": 15, "graph_dists": graph_distances}, True)
expected["logRadii"] = densities["rad_orig"].astype(float).tolist()

json.dump(expected, sys.stdout)
