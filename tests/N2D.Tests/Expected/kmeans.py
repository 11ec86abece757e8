#!/usr/bin/python3
"""Makes kmeans.json: what scikit-learn's k-means says of the digits (digits.u8 beside this script), for KMeansTests.

    apt-get install python3-sklearn
    /usr/bin/python3 kmeans.py > kmeans.json

Made with scikit-learn 1.2.1.
"""
import json
import sys

import numpy as np
from sklearn.cluster import KMeans

raw = np.fromfile("digits.u8", dtype=np.uint8).reshape(-1, 64).astype(np.float64)
embedded = np.fromfile("digits-umap.f32", dtype=np.float32).reshape(-1, 10).astype(np.float64)

# From given centres, one run is a definite thing: the rows of the first digits.
fixed = KMeans(10, init=raw[:10], n_init=1, max_iter=300, tol=0, algorithm="lloyd").fit(raw)
json.dump(
    {
        "FixedStart": {"inertia": fixed.inertia_, "iterations": fixed.n_iter_, "labels": fixed.labels_.tolist()},
        "RawBestOf10": [KMeans(10, n_init=10, random_state=seed).fit(raw).inertia_ for seed in range(5)],
        "EmbeddedBestOf10": KMeans(10, n_init=10, random_state=0).fit(embedded).inertia_,
    },
    sys.stdout,
)
