"""Clusters by scikit-learn, with the seconds and the peak memory:

    cluster_peer.py METHOD ROWS.f32 N D CLUSTERS LABELS.i32 SEED

METHOD is kmeans, spectral, agglomerative, hdbscan, or mixture-full, -tied, -diagonal, -spherical. Rows are little-endian float32, row after row.

HDBSCAN is scikit-learn's from version 1.3 on, or the hdbscan package's. Where neither is installed, the search for the five nearest neighbors by k-d tree
is timed alone, on all processors: both begin with it, and no labels come of it.
"""
import resource
import sys
import time

import numpy as np
import sklearn
from sklearn.cluster import AgglomerativeClustering, KMeans, SpectralClustering
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import NearestNeighbors, kneighbors_graph

method, path, n, d, count, out, seed = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6]), sys.argv[6], int(sys.argv[7])
rows = np.fromfile(path, dtype=np.float32).reshape(n, d)
name = f"scikit-learn-{sklearn.__version__}"


def hdbscan():
    global name
    try:
        from sklearn.cluster import HDBSCAN

        return HDBSCAN(min_cluster_size=count).fit(rows).labels_
    except ImportError:
        pass
    try:
        import hdbscan as package

        name = f"hdbscan-{package.__version__}"
        return package.HDBSCAN(min_cluster_size=count, core_dist_n_jobs=-1).fit(rows).labels_
    except ImportError:
        name += ",neighbors-alone"
        NearestNeighbors(n_neighbors=5, algorithm="kd_tree", n_jobs=-1).fit(rows).kneighbors(rows)
        return None


score = float("nan")
start = time.perf_counter()
if method == "kmeans":
    model = KMeans(count, n_init=10, random_state=seed).fit(rows)
    labels, score = model.labels_, model.inertia_
elif method == "spectral":
    labels = SpectralClustering(count, affinity="nearest_neighbors", random_state=seed, n_jobs=-1).fit(rows).labels_
elif method == "agglomerative":
    graph = kneighbors_graph(rows, 10, include_self=True, n_jobs=-1)
    labels = AgglomerativeClustering(count, linkage="ward", connectivity=graph).fit(rows).labels_
elif method == "hdbscan":
    labels = hdbscan()
else:
    kind = {"full": "full", "tied": "tied", "diagonal": "diag", "spherical": "spherical"}[method.split("-")[1]]
    model = GaussianMixture(count, covariance_type=kind, n_init=20, random_state=seed).fit(rows)
    labels = model.predict(rows)
    score = model.score(rows)
total = time.perf_counter() - start
if labels is not None:
    labels.astype(np.int32).tofile(out)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"total={total:.3f} score={score:.8g} peak={peak:.0f} version={name}")
