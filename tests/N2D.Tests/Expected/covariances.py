#!/usr/bin/python3
"""Makes covariances.json: scikit-learn's mixtures of each kind of covariance, for CovarianceKindTests.

    apt-get install python3-sklearn
    /usr/bin/python3 covariances.py > covariances.json

Made with scikit-learn 1.2.1, of digits-umap.f32 beside this script.
"""
import json
import sys
import warnings

import numpy as np
from sklearn.mixture import GaussianMixture

warnings.filterwarnings("ignore")
rows = np.fromfile("digits-umap.f32", dtype=np.float32).reshape(-1, 10).astype(np.float64)
first = rows[:, :3]
start = np.arange(len(first)) % 4
expected = {"kinds": {}}
for kind in ["full", "tied", "diag", "spherical"]:
    # From a given clustering, a definite number of steps is a definite thing.
    responsibilities = np.eye(4)[start]
    mixture = GaussianMixture(4, covariance_type=kind, max_iter=1)
    mixture._initialize(first, responsibilities)
    likelihoods = []
    for _ in range(25):
        likelihood, log_responsibilities = mixture._e_step(first)
        likelihoods.append(float(likelihood))
        mixture._m_step(first, log_responsibilities)
    covariances = {
        "full": lambda: mixture.covariances_,
        "tied": lambda: np.tile(mixture.covariances_, (4, 1, 1)),
        "diag": lambda: np.array([np.diag(values) for values in mixture.covariances_]),
        "spherical": lambda: np.array([np.eye(3) * value for value in mixture.covariances_]),
    }[kind]()
    best = GaussianMixture(10, covariance_type=kind, n_init=20, random_state=0)
    expected["kinds"][kind] = {
        "likelihoods": likelihoods,
        "means": mixture.means_.tolist(),
        "covariances": covariances.reshape(4, 9).tolist(),
        "parameters": int(mixture._n_parameters()),
        "bic": float(mixture.bic(first)),
        "bestOf20": float(best.fit(rows).score(rows)),
    }

json.dump(expected, sys.stdout)
