#!/usr/bin/python3
"""Makes tsne-few.json: how near scikit-learn comes to few rows, for TsneFewRowsTests.

    apt-get install python3-sklearn
    /usr/bin/python3 tsne-few.py > tsne-few.json

Made with scikit-learn 1.2.1 and NumPy 1.24.2.
"""
import json
import sys

import numpy as np
from sklearn.datasets import load_digits
from sklearn.manifold import TSNE

normal = np.random.RandomState(0).normal(size=(150, 5)).astype(np.float32)
digits = load_digits().data.astype(np.float32)
cases = []
for name, rows in (("normal", normal), ("digits", digits)):
    for count in (30, 50, 80, 150):
        for perplexity in (5, 15, 30):
            for rate in (None, 1.0):
                if perplexity < count - 1:
                    # The angle should not matter, and decides on which of several layouts the descent ends.
                    divergences = [
                        TSNE(perplexity=perplexity, init="pca", learning_rate=rate or "auto", angle=angle, random_state=0)
                        .fit(rows[:count])
                        .kl_divergence_
                        for angle in (0.05, 0.2, 0.5)
                    ]
                    cases.append([name, count, perplexity, rate, float(max(divergences))])
json.dump({"normal": normal.astype(float).tolist(), "cases": cases}, sys.stdout)
