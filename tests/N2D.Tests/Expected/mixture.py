"""Makes the inputs and expected values of GaussianMixtureTests: scikit-learn 1.2, umap-learn 0.5.

Run in this folder: /usr/bin/python3 mixture.py
Writes digits-umap.f32 (the 1797 digits in 10 dimensions, row after row, little-endian float32) and mixture.json.
"""
import json
import warnings

import numpy as np
import umap
from sklearn.datasets import load_digits
from sklearn.mixture import GaussianMixture

warnings.filterwarnings("ignore")
digits = load_digits()
raw = digits.data.astype(np.float32)
embedded = umap.UMAP(n_neighbors=20, n_components=10, min_dist=0.0, random_state=0).fit_transform(raw / 16).astype(np.float32)
embedded.tofile("digits-umap.f32")


def best_of(rows, start_count):
    mixture = GaussianMixture(n_components=10, covariance_type="full", n_init=start_count, random_state=0)
    return mixture.fit(rows.astype(np.float64)).score(rows.astype(np.float64))


json.dump(
    {
        "DigitLabels": digits.target.tolist(),
        "EmbeddedBestOf1": best_of(embedded, 1),
        "EmbeddedBestOf20": best_of(embedded, 20),
        "RawBestOf1": best_of(raw, 1),
        "RawBestOf20": best_of(raw, 20),
    },
    open("mixture.json", "w"),
)
