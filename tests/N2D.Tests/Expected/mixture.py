"""Makes the inputs and expected values of GaussianMixtureTests: scikit-learn 1.2, umap-learn 0.5.

Run in this folder: /usr/bin/python3 mixture.py
Writes digits.u8 (the 1797 digits as they are, 64 bytes a row), digits-umap.f32 (the same in 10 dimensions, row after row,
little-endian float32) and mixture.json.
"""
import json
import warnings

import numpy as np
import umap
from sklearn.datasets import load_digits
from sklearn.mixture import GaussianMixture

warnings.filterwarnings("ignore")
raw = load_digits().data.astype(np.float32)
# Made once: umap-learn gives other bytes on another machine.
embedded = umap.UMAP(n_neighbors=20, n_components=10, min_dist=0.0, random_state=0).fit_transform(raw / 16).astype(np.float32)
raw.astype(np.uint8).tofile("digits.u8")
embedded.tofile("digits-umap.f32")


def best_of(rows, start_count, seed=0):
    mixture = GaussianMixture(n_components=10, covariance_type="full", n_init=start_count, random_state=seed)
    return mixture.fit(rows.astype(np.float64)).score(rows.astype(np.float64))


json.dump(
    {
        "EmbeddedBestOf20": best_of(embedded, 20),
        "RawBestOf20": [best_of(raw, 20, seed) for seed in range(3)],
    },
    open("mixture.json", "w"),
)
