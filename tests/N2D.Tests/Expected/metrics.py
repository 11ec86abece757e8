"""Makes the inputs and expected values of the metrics' tests: scikit-learn 1.2, scipy 1.10.

Run in this folder: /usr/bin/python3 metrics.py
Writes metrics.json. Rows are float32 values, written with enough digits to read back the same.
"""
import json

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.manifold import trustworthiness
from sklearn.metrics import (
    adjusted_mutual_info_score, adjusted_rand_score, calinski_harabasz_score, davies_bouldin_score, normalized_mutual_info_score,
    silhouette_samples, silhouette_score)
from sklearn.metrics.cluster import contingency_matrix

random = np.random.default_rng(0)


def accuracy(classes, clusters):
    table = contingency_matrix(classes, clusters)
    rows, columns = linear_sum_assignment(table, maximize=True)
    return table[rows, columns].sum() / len(classes)


def labeling(classes, clusters):
    return {
        "Classes": [int(label) for label in classes],
        "Clusters": [int(label) for label in clusters],
        "Acc": accuracy(classes, clusters),
        "Nmi": normalized_mutual_info_score(classes, clusters),
        "GeometricNmi": normalized_mutual_info_score(classes, clusters, average_method="geometric"),
        "Ari": adjusted_rand_score(classes, clusters),
        "Ami": adjusted_mutual_info_score(classes, clusters),
    }


def drawn(count, class_count, cluster_count, agreement):
    classes = random.integers(class_count, size=count)
    noise = random.integers(cluster_count, size=count)
    return labeling(classes, np.where(random.random(count) < agreement, classes % cluster_count, noise))


labelings = [
    drawn(count, class_count, cluster_count, agreement)
    for count, class_count, cluster_count in [(40, 3, 3), (200, 10, 10), (200, 10, 4), (150, 4, 13), (90, 1, 5), (90, 6, 1), (300, 25, 25)]
    for agreement in (0.0, 0.5, 0.95)
]
labelings += [
    labeling([0, 0, 0], [1, 1, 1]),
    labeling([0, 1, 2, 3], [3, 2, 1, 0]),
    labeling([0, 0, 1, 1], [0, 1, 0, 1]),
    labeling([0, 0, 0, 0], [0, 1, 2, 3]),
    labeling([7, -1, 7, 90], [5, 5, -1, -1]),
]


def figures(count, dimension, cluster_count):
    rows = random.normal(size=(count, dimension)).astype(np.float32)
    clusters = random.integers(cluster_count, size=count)
    clusters[0] = cluster_count
    embedded = (rows[:, :2] + random.normal(scale=0.3, size=(count, 2))).astype(np.float32)
    exact = rows.astype(np.float64)
    return {
        "Dimension": dimension,
        "Rows": rows.ravel().tolist(),
        "Embedded": embedded.ravel().tolist(),
        "Clusters": clusters.tolist(),
        "Silhouette": silhouette_score(exact, clusters),
        "DaviesBouldin": davies_bouldin_score(exact, clusters),
        "CalinskiHarabasz": calinski_harabasz_score(exact, clusters),
        "SilhouetteSamples": silhouette_samples(exact, clusters).tolist(),
        "Trustworthiness": {str(k): trustworthiness(exact, embedded.astype(np.float64), n_neighbors=k) for k in (1, 5, 15)},
    }


embeddings = [figures(50, 3, 2), figures(300, 2, 5), figures(129, 20, 4)]
json.dump({"Labelings": labelings, "Embeddings": embeddings}, open("metrics.json", "w"))
