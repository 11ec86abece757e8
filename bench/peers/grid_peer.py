"""Fits of scikit-learn, one for each line of the input:

    METHOD ROWS.f32 N D COUNT

METHOD is mixture, kmeans, spectral, ward, tsne, lle, isomap or pca; COUNT is the number of clusters or of dimensions. Rows are little-endian float32, row after row.
Each answer is one line with the seconds of the fit on the clock and of the processor, and the iterations of a mixture.
"""
import sys
import time
import warnings

import numpy as np
import sklearn
from sklearn.cluster import AgglomerativeClustering, KMeans, SpectralClustering
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE, Isomap, LocallyLinearEmbedding
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import kneighbors_graph
from threadpoolctl import threadpool_info

warnings.simplefilter("ignore")


def ward(rows, count):
    return AgglomerativeClustering(count, linkage="ward", connectivity=kneighbors_graph(rows, 10, include_self=True, n_jobs=-1)).fit(rows)


fits = {
    "mixture": lambda rows, count: GaussianMixture(count, n_init=1, max_iter=10, tol=1e-3, random_state=0).fit(rows),
    "kmeans": lambda rows, count: KMeans(count, n_init=10, random_state=0).fit(rows),
    "spectral": lambda rows, count: SpectralClustering(count, affinity="nearest_neighbors", n_neighbors=10, random_state=0, n_jobs=-1).fit(rows),
    "ward": ward,
    "tsne": lambda rows, count: TSNE(
        count, perplexity=30, init="pca", learning_rate="auto", n_iter=1000, random_state=0, n_jobs=-1).fit_transform(rows),
    "lle": lambda rows, count: LocallyLinearEmbedding(
        n_neighbors=12, n_components=count, eigen_solver="arpack", max_iter=1000, random_state=0, n_jobs=-1).fit_transform(rows),
    "isomap": lambda rows, count: Isomap(n_neighbors=12, n_components=count, n_jobs=-1).fit_transform(rows),
    "pca": lambda rows, count: PCA(count, random_state=0).fit_transform(rows),
}

if not any(library["internal_api"] == "openblas" for library in threadpool_info()):
    print("numpy has no OpenBLAS here: its times are those of the reference BLAS, ten times slower.", file=sys.stderr)

for line in sys.stdin:
    method, path, n, d, count = line.split()
    rows = np.fromfile(path, dtype=np.float32).reshape(int(n), int(d))
    start, start_processor = time.perf_counter(), time.process_time()
    try:
        fitted = fits[method](rows, int(count))
        total, processor = time.perf_counter() - start, time.process_time() - start_processor
        print(f"total={total:.6f} processor={processor:.6f} iterations={fitted.n_iter_ if method == 'mixture' else 0} version={sklearn.__version__}", flush=True)
    except Exception as error:
        print(f"error={type(error).__name__} version={sklearn.__version__}", flush=True)
