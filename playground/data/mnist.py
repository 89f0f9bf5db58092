"""MNIST and Fashion-MNIST: read where the user already has them."""

import gzip
import os
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from playground import paths
from playground.data import idx, image_cache
from playground.data.dataset import Dataset
from playground.data.digits import pixel_names
from playground.data.errors import DataError, DataMissing
from playground.data.image_cache import Arrays, Bytes
from playground.data.image_sets import FASHION, IMAGE_SETS, MNIST, ImageSet
from playground.language import _

_ARCHIVE_KEYS = ("x_train", "y_train", "x_test", "y_test")


def mnist(options: Mapping[str, Any], seed: int) -> Dataset:  # noqa: ARG001 - every loader takes both
    """Return MNIST, or raise `DataMissing`."""
    return load(MNIST, options)


def fashion_mnist(options: Mapping[str, Any], seed: int) -> Dataset:  # noqa: ARG001 - every loader takes both
    """Return Fashion-MNIST, or raise `DataMissing`."""
    return load(FASHION, options)


def load(which: ImageSet, options: Mapping[str, Any]) -> Dataset:
    """Return a set of images, its pixels as bytes, from the first folder that has it.

    Raises
    ------
    DataMissing
        Where no folder has it.
    DataError
        Where a file in the folder that the user chose is not what it should be.
    """
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
    """Return training images and labels, test images and labels, as bytes.

    The folder that ``PLAYGROUND_DATA`` names comes first, and what is wrong with its files is said; then what was
    fetched; then the folders of other programs, where a damaged file is passed over.
    """
    chosen = os.environ.get("PLAYGROUND_DATA")
    notes = []
    for folder in search_folders():
        if folder == image_cache.fetched_folder(which.name).parent:
            arrays = image_cache.load(image_cache.fetched_folder(which.name))
            if arrays is not None:
                return arrays
        try:
            found = read_folder(which, folder)
        except DataError as error:
            if chosen and folder == Path(chosen):
                raise
            notes.append(str(error))
            continue
        if found is not None:
            return found
        if chosen and folder == Path(chosen):
            notes.append(_absence(which, folder))
    sentence = _("{name} is not on this machine: fetch it with “playground fetch {key}”.")
    raise DataMissing(which.name, " ".join([sentence.format(name=which.label, key=which.name), *notes]))


def search_folders() -> list[Path]:
    """Return the folders that are looked in; torchvision's usual ``data`` comes last."""
    return [*paths.data_folders(), Path("data"), Path.home() / "data"]


def read_folder(which: ImageSet, folder: Path) -> Arrays | None:
    """Return the arrays from the files in a folder, decoded once and kept, or None where it has not all of them."""
    files = find_files(which, folder)
    if files is not None:
        packed = any(file.suffix == ".gz" for file in files)
        arrays = image_cache.load(image_cache.decoded_folder(which.name, files)) if packed else None
        if arrays is None:
            arrays = read_files(which, files)
            if packed:
                image_cache.remember(which.name, files, arrays)
        return arrays
    archive = folder / which.archive
    return read_archive(which, archive) if which.archive and _is_file(archive) else None


def find_files(which: ImageSet, folder: Path) -> tuple[Path, ...] | None:
    """Return the four files in a folder, or where another program keeps them below it, packed or not.

    MNIST and Fashion-MNIST have the same file names, so in a folder that is named for neither the first labels
    decide.
    """
    for place in which.folders:
        found = tuple(path for file in which.files for path in _either(folder / place, file.name))
        if len(found) == len(which.files) and (place or _first_labels_fit(which, found[1])):
            return found
    return None


def _either(folder: Path, name: str) -> Iterator[Path]:
    """Yield the file of this name, else its packed form, else nothing."""
    for path in (folder / name, folder / f"{name}.gz"):
        if _is_file(path):
            yield path
            return


def _is_file(path: Path) -> bool:
    """Return whether there is such a file that can be looked at; a folder that is closed to the user has none."""
    try:
        return path.is_file()
    except OSError:
        return False


def _first_labels_fit(which: ImageSet, labels: Path) -> bool:
    """Return whether a label file can be this set's: not another's, and MNIST's where it is nobody's."""
    try:
        with gzip.open(labels) if labels.suffix == ".gz" else labels.open("rb") as file:
            first = file.read(18)[8:]
    except (OSError, EOFError):
        first = b""
    owner = next((name for name, other in IMAGE_SETS.items() if other.first_labels == first), MNIST.name)
    return owner == which.name


def _absence(which: ImageSet, folder: Path) -> str:
    """Say what the folder that the user chose lacks."""
    if not folder.is_dir():
        return _("PLAYGROUND_DATA names {folder}, which is not a folder.").format(folder=folder)
    absent = [file.name for file in which.files if not any(_either(folder, file.name))]
    if 0 < len(absent) < len(which.files):
        return _("In {folder}, {files} is missing.").format(folder=folder, files=", ".join(absent))
    return _("There is none in {folder}.").format(folder=folder)


def read_files(which: ImageSet, files: tuple[Path, ...]) -> Arrays:
    """Return the arrays of four IDX files, checked against one another."""
    images, labels, test_images, test_labels = (
        idx.parse(idx.read_bytes(file), str(file), dimensions)
        for file, dimensions in zip(files, image_cache.DIMENSIONS, strict=True)
    )
    check(images, labels, which, str(files[0]), str(files[1]))
    check(test_images, test_labels, which, str(files[2]), str(files[3]))
    return images, labels, test_images, test_labels


def read_archive(which: ImageSet, path: Path) -> Arrays:
    """Return the arrays of Keras's ``mnist.npz``, checked like the IDX files.

    Raises
    ------
    DataError
        Where it is not such an archive.
    """
    arrays = []
    try:
        with zipfile.ZipFile(path) as archive:
            for key, dimensions in zip(_ARCHIVE_KEYS, image_cache.DIMENSIONS, strict=True):
                arrays.append(_archive_member(archive, key, dimensions))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        sentence = _("{path} is not Keras's archive of {name} ({error}): download it again.")
        raise DataError(sentence.format(path=path, name=which.label, error=error)) from error
    images, labels, test_images, test_labels = arrays
    check(images, labels, which, str(path), str(path))
    check(test_images, test_labels, which, str(path), str(path))
    return images, labels, test_images, test_labels


def _archive_member(archive: zipfile.ZipFile, key: str, dimensions: int) -> Bytes:
    """Return one array of bytes, read only after its header and size agree."""
    info = archive.getinfo(f"{key}.npy")
    with archive.open(info) as file:
        np.lib.format.read_magic(file)
        shape, fortran, dtype = np.lib.format.read_array_header_1_0(file)
        count = int(np.prod(shape, dtype=object))
        if fortran or dtype != np.uint8 or len(shape) != dimensions or not count < info.file_size < count + 4096:
            raise ValueError(f"{key}: {dtype} {shape}")
        return np.frombuffer(file.read(count), dtype=np.uint8).reshape(shape)


def check(images: Bytes, labels: Bytes, which: ImageSet, images_name: str, labels_name: str) -> None:
    """Refuse images of no or another size, labels that do not fit them, and labels that no class has."""
    if not len(images) or images.shape[1:] != (28, 28):
        sentence = _("{path} contains {n} images of {height}×{width} pixels; {name} has images of 28×28.")
        height, width = images.shape[1:]
        raise DataError(sentence.format(path=images_name, n=len(images), height=height, width=width, name=which.label))
    if len(images) != len(labels):
        sentence = _(
            "{path} contains {labels} labels, but there are {images} images: the files do not belong together."
        )
        raise DataError(sentence.format(path=labels_name, labels=len(labels), images=len(images)))
    if labels.max() >= len(which.class_names):
        sentence = _("{path} contains the label {label}; labels go from 0 to {last}: download it again.")
        raise DataError(sentence.format(path=labels_name, label=int(labels.max()), last=len(which.class_names) - 1))
