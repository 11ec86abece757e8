"""Codes that `N2D.Bench recipes --codes FOLDER` kept, laid out by umap-learn and clustered by scikit-learn, as N2D does it, scored by the labels beside them:

    codes_peer.py FOLDER DATASET RECIPE SEEDS...

tells ACC, NMI and ARI of the mixture by 1 start (as the study's program) and by 20, and of k-means, a line a seed.
"""
import os
import sys

import numpy as np
import umap
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
from sklearn.mixture import GaussianMixture

folder, name, recipe, *seeds = sys.argv[1:]
labels = np.fromfile(os.path.join(folder, f"{name}-labels.i32"), dtype=np.int32)
count = labels.max() + 1


def scores(clusters):
    table = np.zeros((count, count), dtype=int)
    np.add.at(table, (clusters, labels), 1)
    rows, columns = linear_sum_assignment(-table)
    acc = table[rows, columns].sum() / len(labels)
    return f"{acc:.4f} {normalized_mutual_info_score(labels, clusters):.4f} {adjusted_rand_score(labels, clusters):.4f}"


for seed in map(int, seeds):
    codes = np.fromfile(os.path.join(folder, f"{name}-{recipe}-{seed}.f32"), dtype=np.float32).reshape(len(labels), count)
    layout = umap.UMAP(random_state=seed, n_components=count, n_neighbors=20, min_dist=0.0).fit_transform(codes)
    told = [f"{starts} starts {scores(GaussianMixture(count, random_state=seed, n_init=starts).fit_predict(layout))}" for starts in (1, 20)]
    told.append(f"k-means {scores(KMeans(count, n_init=20, random_state=seed).fit_predict(layout))}")
    print(f"seed {seed}:", ", ".join(told), flush=True)
