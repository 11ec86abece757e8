#!/usr/bin/python3
"""Makes isomap.json: what scikit-learn says of a swiss roll, for IsomapTests.

    apt-get install python3-sklearn
    /usr/bin/python3 isomap.py > isomap.json

Made with scikit-learn 1.2.1 and NumPy 1.24.2.
"""
import json
import sys

import numpy as np
from sklearn.datasets import make_swiss_roll
from sklearn.manifold import Isomap

rows = make_swiss_roll(600, random_state=0)[0].astype(np.float32)
fitted, unseen = rows[:500], rows[500:520]


def residual_variance(model):
    """1 - R^2 of geodesic and embedded distances (Tenenbaum et al., 2000), which scikit-learn does not tell itself."""
    embedded = np.linalg.norm(model.embedding_[:, None] - model.embedding_[None], axis=2)
    return float(1 - np.corrcoef(model.dist_matrix_.ravel(), embedded.ravel())[0, 1] ** 2)


model = Isomap(n_neighbors=10, n_components=2).fit(fitted)
# An axis is as good as its opposite; N2D takes the one whose largest coordinate is positive.
signs = np.sign(model.embedding_[np.abs(model.embedding_).argmax(axis=0), np.arange(2)])
json.dump(
    {
        "rows": fitted.astype(float).tolist(),
        "layout": (model.embedding_ * signs).tolist(),
        "unseen": unseen.astype(float).tolist(),
        "unseenLayout": (model.transform(unseen) * signs).tolist(),
        "residualVariances": [residual_variance(Isomap(n_neighbors=10, n_components=c).fit(fitted)) for c in (1, 2, 3)],
    },
    sys.stdout,
)
