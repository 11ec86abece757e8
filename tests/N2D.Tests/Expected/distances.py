#!/usr/bin/python3
"""Makes distances.json: the distances of all pairs of a few rows, by SciPy and umap-learn, for DistanceMetricTests.

    apt-get install python3-scipy umap-learn
    /usr/bin/python3 distances.py > distances.json

Made with SciPy 1.10.1, umap-learn 0.5.3 and NumPy 1.24.2.
"""
import json
import sys

import numpy as np
from scipy.spatial.distance import pdist
from umap.distances import hellinger

random = np.random.RandomState(0)
ROWS, COLUMNS = 30, 27

# Zeros in both rows of many pairs, values of very different size, nearly equal rows, a duplicate, codes that coincide.
signed = random.normal(size=(ROWS, COLUMNS)) * 10.0 ** random.randint(-3, 3, size=COLUMNS)
signed[random.uniform(size=signed.shape) < 0.3] = 0
signed[:, :9] = np.round(signed[:, :9])
signed[1] = signed[0] * (1 + 1e-4 * random.normal(size=COLUMNS))
signed[3] = signed[2]

counts = random.poisson(random.gamma(0.5, 4, size=(ROWS, COLUMNS))).astype(float)
counts[:, 0] += 1
counts[1] = counts[0] * 1000
counts[1, counts[1] > 0] += random.randint(0, 3, size=(counts[1] > 0).sum())

plain = ["euclidean", "sqeuclidean", "cityblock", "chebyshev", "cosine", "correlation", "canberra", "braycurtis", "hamming"]
names = {"sqeuclidean": "SquaredEuclidean", "cityblock": "Manhattan", "braycurtis": "BrayCurtis"}


def of_all_pairs(rows, metric, **options):
    return [float("%.9g" % value) for value in pdist(rows, metric, **options)]


def distances(rows):
    for metric in plain:
        yield {"metric": names.get(metric, metric.capitalize()), "power": 2, "pairs": of_all_pairs(rows, metric)}
    for power in [1, 1.5, 2, 3, 20]:
        yield {"metric": "Minkowski", "power": power, "pairs": of_all_pairs(rows, "minkowski", p=power)}
    yield {"metric": "Jaccard", "power": 2, "pairs": of_all_pairs(rows != 0, "jaccard")}
    if (rows >= 0).all():
        yield {"metric": "Hellinger", "power": 2, "pairs": of_all_pairs(rows, hellinger)}


expected = []
for rows in (signed, counts):
    rows = rows.astype(np.float32)
    expected.append({"rows": rows.tolist(), "distances": list(distances(rows.astype(np.float64)))})

json.dump(expected, sys.stdout)
