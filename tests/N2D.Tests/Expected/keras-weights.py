"""Makes the weights files of AutoencoderWeightsTests, as Keras 2.2 lays them out, and what such a network makes of some rows: h5py 3.7, numpy.

Run in this folder: /usr/bin/python3 keras-weights.py
Writes keras-ae_weights.h5 (as Model.save_weights does for the N2D study's network, here 6-5-4-3-2), keras-model.h5 (the same as Model.save
writes it, with a later h5py: under model_weights, names of variable length, each with a suffix, as of the second network of a session),
keras-*.h5 with one thing wrong each, and keras-weights.json.
"""
import json

import h5py
import numpy as np

random = np.random.RandomState(0)
widths = [6, 5, 4, 3, 2]
names = [f"encoder_{i}" for i in range(4)] + [f"decoder_{i}" for i in range(3, -1, -1)]
sizes = list(zip(widths, widths[1:])) + [(b, a) for a, b in reversed(list(zip(widths, widths[1:])))]
kernels = {name: random.randn(*size).astype(np.float32) for name, size in zip(names, sizes)}
biases = {name: random.randn(size[1]).astype(np.float32) for name, size in zip(names, sizes)}


def layers(suffix=""):
    yield "input", []
    for name in names:
        yield name, [(f"{name}{suffix}/kernel:0", kernels[name]), (f"{name}{suffix}/bias:0", biases[name])]


def write(group, layers, strings=np.array, **how):
    """What save_weights_to_hdf5_group of keras/engine/saving.py leaves in a group. Under h5py 2 lists of names became strings of one length."""
    layers = list(layers)
    group.attrs["layer_names"] = strings([name.encode("utf8") for name, _ in layers])
    group.attrs["backend"] = b"tensorflow"
    group.attrs["keras_version"] = b"2.2.4"
    for name, weights in layers:
        layer = group.create_group(name)
        layer.attrs["weight_names"] = strings([weight.encode("utf8") for weight, _ in weights])
        for weight, values in weights:
            layer.create_dataset(weight, data=values, **(how if values.ndim == 2 else {}))


def save(name, layers, **how):
    with h5py.File(name, "w") as file:
        write(file, layers, **how)


save("keras-ae_weights.h5", layers())
with h5py.File("keras-model.h5", "w") as file:
    file.attrs["keras_version"] = b"2.2.4"
    write(file.create_group("model_weights"), layers("_1"), strings=list)

# The first and last layer of another program's network.
save("keras-foreign.h5", [(f"dense_{i}", [(f"dense_{i}/kernel:0", kernels[names[-i]]), (f"dense_{i}/bias:0", biases[names[-i]])]) for i in (1, 2)])
save("keras-missing.h5", [layer for layer in layers() if layer[0] != "decoder_2"])
save("keras-transposed.h5", [(n, [(w, v.T) if n == "decoder_1" else (w, v) for w, v in ws]) for n, ws in layers()])
save("keras-nobias.h5", [(n, ws[:1] if n == "encoder_2" else ws) for n, ws in layers()])
save("keras-float64.h5", [(n, [(w, v.astype(np.float64)) for w, v in ws]) for n, ws in layers()])
save("keras-compressed.h5", layers(), compression="gzip")
save("keras-notfinite.h5", [(n, [(w, np.where(v > 2, np.nan, v) if n == "encoder_0" else v) for w, v in ws]) for n, ws in layers()])


def run(rows, names):
    for name in names:
        rows = rows @ kernels[name].astype(np.float64) + biases[name]
        rows = rows if name in ("encoder_3", "decoder_0") else np.maximum(rows, 0)
    return rows


rows = random.rand(7, 6).astype(np.float32)
codes = run(rows.astype(np.float64), names[:4])
json.dump(
    {"Rows": rows.tolist(), "Codes": codes.tolist(), "Reconstruction": run(codes, names[4:]).tolist()},
    open("keras-weights.json", "w"),
)
