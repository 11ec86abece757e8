"""Makes the inputs and expected values of the tests of density-based clustering validation (DBCV): numpy alone.

Run in this folder: /usr/bin/python3 dbcv.py
Writes dbcv.json. Rows are float32 values, written with the fewest digits that read back the same.

The formula, with d columns, n rows in all, and Euclidean distances (Moulavi et al. 2014, definitions 1 to 8):
- core(o) = (sum over the other rows p of the cluster of (1 / |o - p|)^d / (rows of the cluster - 1))^(-1/d), here by logarithms;
  0 if a row p equals o.
- reach(o, p) = max(core(o), core(p), |o - p|).
- A minimum spanning tree of each cluster by reach. Edges are ordered by reach, then by distance, then by the places of their rows in
  the order of their values. Here by Kruskal's algorithm.
- Inner rows have more than one edge; inner edges are between inner rows. Without any: all rows, all edges.
- sparseness = the longest inner edge; separation = the least reach of an inner row of the cluster and one of another cluster.
- validity = (separation - sparseness) / max(separation, sparseness). The index is the sum of validity * rows of the cluster / n.
- A cluster of one row counts as noise.

Other programs differ: the authors' dbcv.m squares all distances first. hdbscan.validity_index leaves rows equal to o out of the sum, does
not treat clusters of one row apart, and takes any of the minimum spanning trees.
"""
import json

import numpy as np

random = np.random.default_rng(0)


def distances(first, second):
    return np.sqrt(((first[:, None, :] - second[None, :, :]) ** 2).sum(axis=2))


def cores(between, dimension):
    values = np.empty(len(between))
    for row in range(len(between)):
        others = np.delete(between[row], row)
        if others.min() == 0:
            values[row] = 0
            continue
        terms = -dimension * np.log(others)
        mean = terms.max() + np.log(np.exp(terms - terms.max()).sum()) - np.log(len(others))
        values[row] = np.exp(-mean / dimension)
    return values


def tree(between, core):
    first, second = np.triu_indices(len(between), 1)
    distance = between[first, second]
    reach = np.maximum(distance, np.maximum(core[first], core[second]))
    part = np.arange(len(between))
    edges = []
    for edge in np.lexsort((second, first, distance, reach)):
        one, other = part[first[edge]], part[second[edge]]
        if one != other:
            part[part == other] = one
            edges.append((first[edge], second[edge], reach[edge]))
    return edges


def dbcv(rows, clusters, noise=-1):
    exact = rows.astype(np.float64)
    inside = []
    for cluster in np.unique(clusters[clusters != noise]):
        members = exact[clusters == cluster]
        if len(members) == 1:
            continue
        members = members[np.lexsort(members.T[::-1])]
        between = distances(members, members)
        core = cores(between, members.shape[1])
        edges = tree(between, core)
        degree = np.bincount([end for edge in edges for end in edge[:2]], minlength=len(members))
        inner = np.flatnonzero(degree > 1)
        lengths = [length for one, other, length in edges if degree[one] > 1 and degree[other] > 1]
        sparseness = max(lengths if lengths else [edge[2] for edge in edges])
        inner = inner if len(inner) else np.arange(len(members))
        inside.append((len(members), members[inner], core[inner], sparseness))
    total = 0
    for place, (size, members, core, sparseness) in enumerate(inside):
        separation = min(
            np.maximum(distances(members, others), np.maximum(core[:, None], other_core[None, :])).min()
            for other, (_, others, other_core, _) in enumerate(inside) if other != place)
        larger = max(separation, sparseness)
        total += size * ((separation - sparseness) / larger if larger > 0 else 0)
    return total / len(rows)


def case(name, rows, clusters):
    rows = rows.astype(np.float32)
    return {
        "Name": name,
        "Dimension": rows.shape[1],
        "Rows": [float(str(value)) for value in rows.ravel()],
        "Clusters": [int(cluster) for cluster in clusters],
        "Dbcv": dbcv(rows, np.asarray(clusters)),
    }


def blobs(sizes, dimension, gap, spread=1.0):
    centers = random.normal(size=(len(sizes), dimension)) * gap
    rows = np.concatenate([random.normal(size=(size, dimension)) * spread + center for size, center in zip(sizes, centers)])
    return rows, np.repeat(np.arange(len(sizes)), sizes)


def moons(count):
    angle = random.uniform(0, np.pi, size=2 * count)
    which = np.repeat([0, 1], count)
    rows = np.stack([np.where(which == 0, np.cos(angle), 1 - np.cos(angle)),
                     np.where(which == 0, np.sin(angle), 0.5 - np.sin(angle))], axis=1)
    return rows + random.normal(scale=0.05, size=rows.shape), which


def with_noise(rows, clusters, count):
    noise = random.uniform(rows.min(axis=0), rows.max(axis=0), size=(count, rows.shape[1]))
    return np.concatenate([rows, noise]), np.concatenate([clusters, np.full(count, -1)])


cases = []
separate, labels = blobs([60, 40, 50], 2, 20)
cases.append(case("separate", separate, labels))
cases.append(case("noise", *with_noise(separate, labels, 30)))
cases.append(case("overlapped", *blobs([60, 40, 50], 2, 0.7)))
cases.append(case("one column", *blobs([40, 30], 1, 8)))
cases.append(case("five columns", *blobs([70, 30, 20, 10], 5, 3)))
cases.append(case("784 columns", *blobs([9, 8], 784, 1)))
cases.append(case("large", *(lambda rows, clusters: (rows * 1e30, clusters))(*blobs([30, 25], 50, 1))))
cases.append(case("small", *(lambda rows, clusters: (rows * 1e-30, clusters))(*blobs([30, 25], 50, 1))))
bent, halves = moons(120)
cases.append(case("moons", bent, halves))
cases.append(case("moons cut", bent, (bent[:, 0] > 0.5).astype(int)))
few, labels = blobs([1, 2, 3, 4, 20], 3, 6)
cases.append(case("few rows", few, labels))
cases.append(case("drawn", random.normal(size=(90, 4)), random.integers(-1, 3, size=90)))
twice, labels = blobs([25, 20], 2, 4)
cases.append(case("duplicates", np.concatenate([twice, twice[::2], twice[:5]]), np.concatenate([labels, labels[::2], labels[:5]])))
equal = np.repeat([[0.0, 0.0], [1.0, 0.0], [5.0, 2.0]], [4, 3, 5], axis=0)
cases.append(case("equal rows", equal, np.repeat([0, 1, 2], [4, 3, 5])))
cases.append(case("equal clusters", np.zeros((8, 2)), np.repeat([0, 1], 4)))
json.dump(cases, open("dbcv.json", "w"))
