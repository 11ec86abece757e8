#!/usr/bin/python3
"""Makes lle.json: what scikit-learn says of the swiss roll of isomap.json, for LocallyLinearEmbeddingTests.

    apt-get install python3-sklearn
    /usr/bin/python3 lle.py < isomap.json > lle.json

Made with scikit-learn 1.2.1 and NumPy 1.24.2.
"""
import json
import sys

import numpy as np
from sklearn.manifold import LocallyLinearEmbedding

roll = json.load(sys.stdin)
rows, unseen = np.array(roll["rows"]), np.array(roll["unseen"])
expected = {}
for method in ("standard", "modified"):
    model = LocallyLinearEmbedding(n_neighbors=12, n_components=2, method=method, eigen_solver="dense").fit(rows)
    # An axis is as good as its opposite; N2D takes the one whose largest coordinate is positive, and scales its axes to variance 1.
    scale = np.sqrt(len(rows)) * np.sign(model.embedding_[np.abs(model.embedding_).argmax(axis=0), np.arange(2)])
    expected[method] = {
        "layout": (model.embedding_ * scale).tolist(),
        "unseenLayout": (model.transform(unseen) * scale).tolist(),
        "reconstructionError": float(model.reconstruction_error_),
    }

# With more columns than neighbors.
wide = np.random.RandomState(0).normal(size=(200, 15)).astype(np.float32)
expected["wide"] = wide.astype(float).tolist()
for method in ("standard", "modified"):
    model = LocallyLinearEmbedding(n_neighbors=8, n_components=3, method=method, eigen_solver="dense").fit(wide)
    expected[method]["wideReconstructionError"] = float(model.reconstruction_error_)

json.dump(expected, sys.stdout)
