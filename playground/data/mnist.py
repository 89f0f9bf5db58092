"""MNIST and Fashion-MNIST: read where the user already has them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground import paths
from playground.data import idx
from playground.data.dataset import Dataset
from playground.data.digits import pixel_names
from playground.data.errors import DataError, DataMissing
from playground.data.image_sets import FASHION, MNIST, ImageSet
from playground.language import _

Bytes = NDArray[np.uint8]
Arrays = tuple[Bytes, Bytes, Bytes, Bytes]


def mnist(options: Mapping[str, Any], seed: int) -> Dataset:  # noqa: ARG001 - every loader takes both
    """Return MNIST, or raise `DataMissing`."""
    return load(MNIST, options)


def fashion_mnist(options: Mapping[str, Any], seed: int) -> Dataset:  # noqa: ARG001 - every loader takes both
    """Return Fashion-MNIST, or raise `DataMissing`."""
    return load(FASHION, options)


def load(which: ImageSet, options: Mapping[str, Any]) -> Dataset:
    """Return a set of images, its pixels as bytes, from the first folder that has it."""
    x, y, x_test, y_test = read(which)
    samples = options["samples"] or len(x)
    height, width = x.shape[1:]
    return Dataset(
        name=which.name,
        x=x.reshape(len(x), -1)[:samples],
        y=y[:samples].astype(np.int64),
        task="classification",
        feature_names=pixel_names(height, width),
        target_names=(which.target,),
        class_names=which.class_names,
        image_shape=(height, width),
        x_scale=1 / 255,
        x_test=x_test.reshape(len(x_test), -1),
        y_test=y_test.astype(np.int64),
        source=which.source,
    )


def read(which: ImageSet) -> Arrays:
    """Return training images and labels, test images and labels, as bytes."""
    for folder in paths.data_folders():
        files = find_files(which, folder)
        if files is not None:
            return read_files(which, files)
    raise DataMissing(
        which.name,
        _("{name} is not on this machine: fetch it with “playground fetch {key}”.").format(
            name=which.label, key=which.name
        ),
    )


def find_files(which: ImageSet, folder: Path) -> tuple[Path, ...] | None:
    """Return the four files in a folder or where another program keeps them below it, packed or not."""
    for place in which.folders:
        found = []
        for file in which.files:
            for name in (file.name, f"{file.name}.gz"):
                if (folder / place / name).is_file():
                    found.append(folder / place / name)
                    break
        if len(found) == len(which.files):
            return tuple(found)
    return None


def read_files(which: ImageSet, files: tuple[Path, ...]) -> Arrays:
    """Return the arrays of four IDX files, checked against one another."""
    images, labels, test_images, test_labels = (
        idx.parse(idx.read_bytes(file), str(file), 3 if "images" in file.name else 1) for file in files
    )
    for pictures, names, path in ((images, labels, files[1]), (test_images, test_labels, files[3])):
        check(pictures, names, len(which.class_names), str(path))
    return images, labels, test_images, test_labels


def check(images: Bytes, labels: Bytes, classes: int, name: str) -> None:
    """Refuse labels that do not fit their images, or that no class has."""
    if len(images) != len(labels):
        raise DataError(
            _(
                "{path} holds {labels} labels, and there are {images} images: these files do not belong together."
            ).format(path=name, labels=len(labels), images=len(images))
        )
    if len(labels) and labels.max() >= classes:
        raise DataError(
            _("{path} holds the label {label}; labels go from 0 to {last}.").format(
                path=name, label=int(labels.max()), last=classes - 1
            )
        )
