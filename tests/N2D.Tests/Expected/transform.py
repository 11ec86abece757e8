"""Makes transform.json: how umap-learn places rows that it was not fitted to, for UmapTransformTests.

    apt-get install python3-sklearn umap-learn

Run in this folder, beside manifolds.json, which has the iris: /usr/bin/python3 transform.py
Made with umap-learn 0.5.3, scikit-learn 1.2.1 and NumPy 1.24.2.
"""
import json

import numpy as np
import umap

from sklearn.manifold import trustworthiness

iris = np.array(json.load(open("manifolds.json"))["iris"], dtype=np.float32)
is_fitted = np.random.RandomState(42).choice([True, False], len(iris), p=[0.75, 0.25])
fitted, unseen = iris[is_fitted], iris[~is_fitted]

model = umap.UMAP(n_neighbors=10, min_dist=0.01, n_epochs=200, random_state=42).fit(fitted)
embedding = model.transform(unseen)



def graph_with(local_connectivity):
    model.transform_mode, model.local_connectivity = "graph", local_connectivity
    graph = model.transform(unseen).tocsr()
    graph.eliminate_zeros()
    return graph


neighbors, distances = [], []
for found, point in zip(graph_with(1), unseen):
    lengths = np.linalg.norm(fitted[found.indices] - point, axis=1)
    order = np.lexsort((found.indices, lengths))
    neighbors.append(found.indices[order].tolist())
    distances.append(lengths[order].astype(float).tolist())

cases = [
    {
        "localConnectivity": local_connectivity,
        "memberships": [[float(graph[row, column]) for column in neighbors[row]] for row in range(len(unseen))],
        "start": umap.umap_.init_graph_transform(graph, model.embedding_).astype(float).tolist(),
    }
    for local_connectivity in (1, 2.5)
    for graph in [graph_with(local_connectivity)]
]

json.dump(
    {
        "isFitted": is_fitted.tolist(),
        "layout": model.embedding_.astype(float).tolist(),
        "neighbors": neighbors,
        "distances": distances,
        "cases": cases,
        "trustworthiness10": float(trustworthiness(unseen, embedding, n_neighbors=10)),
    },
    open("transform.json", "w"),
)
