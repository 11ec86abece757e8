#!/usr/bin/python3
"""Makes novelty.json: what scikit-learn and SciPy say of how far rows of iris lie from fits to others, for NoveltyTests.

    apt-get install python3-sklearn
    /usr/bin/python3 novelty.py > novelty.json

Made with scikit-learn 1.2.1, SciPy 1.10.1 and NumPy 1.24.2.
"""
import json
import sys

import numpy as np
from scipy.spatial.distance import cdist
from sklearn.datasets import load_iris
from sklearn.decomposition import PCA
from sklearn.mixture import GaussianMixture

iris = load_iris().data
fitted, unseen = iris[::2], iris[1::2]


def pca_distances(count):
    # The Gaussian of probabilistic PCA: scikit-learn's get_covariance has the mean of the left-out variances for the noise.
    pca = PCA(n_components=count, svd_solver="full").fit(fitted)
    distances = cdist(unseen, [pca.mean_], "mahalanobis", VI=pca.get_precision())[:, 0]
    return (distances * np.sqrt(np.var(fitted, axis=0, ddof=1).sum())).tolist()


def mixture_distances(kind):
    # Fitted by scikit-learn; what is compared is the distance, by the mixture's own means and covariances.
    mixture = GaussianMixture(2, covariance_type=kind, reg_covar=1e-6, n_init=10, tol=1e-10, max_iter=1000, random_state=0).fit(fitted)
    covariances = {
        "full": lambda c: mixture.covariances_[c],
        "tied": lambda c: mixture.covariances_,
        "diag": lambda c: np.diag(mixture.covariances_[c]),
        "spherical": lambda c: mixture.covariances_[c] * np.eye(4),
    }[kind]
    return np.min([cdist(unseen, [mixture.means_[c]], "mahalanobis", VI=np.linalg.inv(covariances(c)))[:, 0] for c in range(2)], axis=0).tolist()


json.dump(
    {
        "fitted": fitted.tolist(),
        "unseen": unseen.tolist(),
        "pca": {count: pca_distances(count) for count in (1, 2, 4)},
        "mixtures": {kind: mixture_distances(kind) for kind in ("full", "tied", "diag", "spherical")},
    },
    sys.stdout,
)
