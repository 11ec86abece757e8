"""A manifold learner of scikit-learn, with its seconds, its own figure of merit and the peak memory:

    sklearn_peer.py LEARNER ROWS.f32 N D NEIGHBORS DIMENSION LAYOUT.f32 SEED

LEARNER is Pca, Tsne (NEIGHBORS its perplexity), Isomap, LocallyLinearEmbedding or ModifiedLocallyLinearEmbedding. Rows are little-endian float32, row after row.
"""
import resource
import sys
import time

import numpy as np
import sklearn
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE, Isomap, LocallyLinearEmbedding

learner, path, n, d, neighbors, dimension, out, seed = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:7]), sys.argv[7], int(sys.argv[8])
rows = np.fromfile(path, dtype=np.float32).reshape(n, d)


def locally_linear(method):
    return LocallyLinearEmbedding(
        n_neighbors=neighbors, n_components=dimension, method=method, eigen_solver="arpack", max_iter=1000, random_state=seed, n_jobs=-1)


model = {
    "Pca": lambda: PCA(n_components=dimension, random_state=seed),
    "Tsne": lambda: TSNE(
        n_components=dimension, perplexity=neighbors, init="pca", learning_rate="auto", n_iter=1000, random_state=seed, n_jobs=-1,
        method="barnes_hut" if dimension <= 3 else "exact"),
    "Isomap": lambda: Isomap(n_neighbors=neighbors, n_components=dimension, n_jobs=-1),
    "LocallyLinearEmbedding": lambda: locally_linear("standard"),
    "ModifiedLocallyLinearEmbedding": lambda: locally_linear("modified"),
}[learner]()

start, start_processor = time.perf_counter(), time.process_time()
layout = model.fit_transform(rows)
total, processor = time.perf_counter() - start, time.process_time() - start_processor
layout.astype(np.float32).tofile(out)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
if learner == "Pca":
    merit = model.explained_variance_ratio_.sum()
elif learner == "Tsne":
    merit = model.kl_divergence_
elif learner == "Isomap":
    # 1 - R^2 of geodesic and embedded distances (Tenenbaum et al., 2000), which scikit-learn does not tell itself; on a sample of rows, as there are n^2 pairs.
    some = np.random.RandomState(0).permutation(n)[:1000]
    embedded = np.linalg.norm(layout[some][:, None] - layout[some][None], axis=2)
    merit = 1 - np.corrcoef(model.dist_matrix_[np.ix_(some, some)].ravel(), embedded.ravel())[0, 1] ** 2
else:
    merit = model.reconstruction_error_
print(f"total={total:.3f} processor={processor:.3f} merit={merit:.10g} peak={peak:.0f} version={sklearn.__version__}")
