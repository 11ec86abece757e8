#!/usr/bin/python3
"""Makes pca.json: what scikit-learn says of digits and iris, for PcaTests.

    apt-get install python3-sklearn
    /usr/bin/python3 pca.py > pca.json

Made with scikit-learn 1.2.1 and NumPy 1.24.2.
"""
import json
import sys

import numpy as np
from sklearn.datasets import load_digits, load_iris
from sklearn.decomposition import PCA

digits = PCA(n_components=10, svd_solver="full").fit(load_digits().data)
iris = load_iris().data
fitted = PCA(n_components=3, svd_solver="full").fit(iris[:100])

# A direction is as good as its opposite; N2D takes the one whose largest component is positive.
signs = np.sign(fitted.components_[np.arange(3), np.abs(fitted.components_).argmax(axis=1)])
json.dump(
    {
        "digitsVarianceShares": digits.explained_variance_ratio_.tolist(),
        "iris": iris.tolist(),
        "irisComponents": (fitted.components_ * signs[:, None]).tolist(),
        "irisUnseen": (fitted.transform(iris[100:]) * signs).tolist(),
    },
    sys.stdout,
)
