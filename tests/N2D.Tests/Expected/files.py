"""Writes the small data files that the readers are tested with, as those libraries write them that people use.

/usr/bin/python3 tests/N2D.Tests/Expected/files.py        (Debian's python3-h5py and python3-numpy)
"""
from pathlib import Path

import h5py
import numpy

here = Path(__file__).parent

training = numpy.arange(6).reshape(2, 3) / 4
test = numpy.array([[0.5, 0.25, 1]])

# The layout of USPS as HDF5: contiguous float32, labels of int32.
with h5py.File(here / "usps.h5", "w") as file:
    file["train/data"] = training.astype("f4")
    file["train/target"] = numpy.array([7, 0], dtype="i4")
    file["test/data"] = test.astype("f4")
    file["test/target"] = numpy.array([9], dtype="i4")

# The same in chunks, compressed, of other types, and with images in two dimensions.
with h5py.File(here / "usps-chunked.h5", "w") as file:
    file.create_dataset("train/data", data=training.reshape(2, 3, 1), chunks=(1, 3, 1), compression="gzip", shuffle=True)
    file["train/target"] = numpy.array([[7], [0]], dtype="u1")
    file["test/data"] = test
    file["test/target"] = numpy.array([9], dtype="i8")

# Foreign: no such datasets, and then labels that are not one a row.
with h5py.File(here / "usps-foreign.h5", "w") as file:
    file["weights/kernel"] = training
with h5py.File(here / "usps-mismatched.h5", "w") as file:
    file["train/data"] = training
    file["train/target"] = numpy.array([7, 0, 1], dtype="i4")

# Arrays as people keep them together: rows, labels, and another part with other numbers of rows.
images = numpy.arange(12, dtype="u1").reshape(3, 2, 2)
labels = numpy.array([5, 7, 5])
for write, name in ((numpy.savez, "arrays.npz"), (numpy.savez_compressed, "arrays-compressed.npz")):
    write(here / name, x_train=images, y_train=labels, x_test=images[:1], y_test=labels[:1])
numpy.savez(here / "columns.npz", a=numpy.array([0.5, 1.5]), b=numpy.asfortranarray([[1, 2, 3], [4, 5, 6]], dtype="f4"), y=numpy.array([-1, 2]))
