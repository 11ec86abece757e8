#!/usr/bin/python3
"""Makes hdbscan.json: HDBSCAN as its authors describe it, by SciPy and plain loops, for HdbscanTests.

    apt-get install python3-scipy python3-sklearn
    /usr/bin/python3 hdbscan.py > hdbscan.json

Made with SciPy 1.10.1, NumPy 1.24.2 and scikit-learn 1.2.1 (for its wine data, where many distances tie), of digits-umap.f32 beside this script and of random rows. scikit-learn has had HDBSCAN since 1.3: where that is
installed, its labels and probabilities are asserted to be nearly these: it joins two parts at a time, so that where several lengths are equal, as one core distance
makes those of all rows around it, the order of the rows decides. Here they join at once.
"""
import json
import sys

import numpy as np
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import pdist, squareform
from sklearn.datasets import load_wine


def leaves(tree, node, n):
    stack, found = [node], []
    while stack:
        node = stack.pop()
        if node < n:
            found.append(node)
        else:
            stack += [int(tree[node - n, 0]), int(tree[node - n, 1])]
    return found


def parts_of(tree, node, n):
    """What was joined at the length of a node: two parts, or more where several joins have it."""
    stack, found = [node], []
    while stack:
        part = stack.pop()
        if part < n or tree[part - n, 2] < tree[node - n, 2]:
            found.append(part)
        else:
            stack += [int(tree[part - n, 1]), int(tree[part - n, 0])]
    return found


def hdbscan(rows, size, samples, leaf=False):
    """Labels from 0 with -1 for noise, and strengths (Campello, Moulavi and Sander, 2013; McInnes and Healy, 2017)."""
    n = len(rows)
    distances = squareform(pdist(rows))
    core = np.sort(distances, axis=1)[:, samples - 1]
    reach = np.maximum(distances, np.maximum(core[:, None], core[None, :]))
    np.fill_diagonal(reach, 0)
    tree = linkage(squareform(reach, checks=False), "single")
    parent, birth, members, children = [-1], [0.0], {0: []}, {0: []}
    stack = [(2 * n - 2, 0)]
    while stack:
        node, cluster = stack.pop()
        length = tree[node - n, 2]
        parts = [(part, leaves(tree, part, n)) for part in parts_of(tree, node, n)]
        large = [len(rows_of) >= size for _, rows_of in parts]
        for (part, rows_of), own in zip(parts, large):
            if not own:
                members[cluster] += [(row, 1 / length) for row in rows_of]
            elif sum(large) > 1:
                parent.append(cluster)
                birth.append(1 / length)
                new = len(parent) - 1
                members[new], children[new] = [], []
                children[cluster].append((new, len(rows_of), 1 / length))
                stack.append((part, new))
            else:
                stack.append((part, cluster))
    stability = [
        sum(density - birth[c] for _, density in members[c]) + sum(count * (density - birth[c]) for _, count, density in children[c])
        for c in range(len(parent))
    ]
    chosen, best = [False] * len(parent), stability[:]
    for c in reversed(range(1, len(parent))):
        below = sum(best[child] for child, _, _ in children[c])
        chosen[c] = not children[c] if leaf else stability[c] >= below
        best[c] = stability[c] if chosen[c] else below
    for c in range(1, len(parent)):
        above = parent[c]
        while above > 0:
            if chosen[above]:
                chosen[c] = False
            above = parent[above]
    labels, strengths = np.full(n, -1), np.zeros(n)
    numbers = {c: number for number, c in enumerate(c for c in range(len(parent)) if chosen[c])}
    death = [max([density for _, density in members[c]] + [density for _, _, density in children[c]]) for c in range(len(parent))]
    for c in range(len(parent)):
        home = c
        while home >= 0 and not chosen[home]:
            home = parent[home]
        for row, density in members[c]:
            if home >= 0:
                labels[row], strengths[row] = numbers[home], min(density, death[home]) / death[home]
    try:
        from sklearn.cluster import HDBSCAN
        from sklearn.metrics import adjusted_rand_score

        other = HDBSCAN(min_cluster_size=size, min_samples=samples, cluster_selection_method="leaf" if leaf else "eom").fit(rows)
        assert adjusted_rand_score(other.labels_, labels) > 0.95
    except ImportError:
        pass
    return {"size": size, "samples": samples, "leaf": leaf, "labels": labels.tolist(), "strengths": strengths.round(6).tolist()}


embedded = np.fromfile("digits-umap.f32", dtype=np.float32).reshape(-1, 10).astype(np.float64)
random = np.random.RandomState(1)
noisy = np.vstack([random.normal(0, 1, (200, 2)), random.normal(6, 1, (200, 2)), random.uniform(-4, 10, (100, 2))]).round(4)
json.dump(
    {
        "digits": [hdbscan(embedded, 5, 5), hdbscan(embedded, 10, 10), hdbscan(embedded, 25, 8)],
        "noisyRows": noisy.tolist(),
        "wineRows": load_wine().data.tolist(),
        "noisy": [hdbscan(noisy, 5, 5), hdbscan(noisy, 10, 4), hdbscan(noisy, 15, 15, leaf=True)],
    },
    sys.stdout,
)
