"""MNIST and Fashion-MNIST: read where the user already has them."""

import gzip
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from playground import paths
from playground.data.dataset import Dataset, OwnName
from playground.data.errors import DataError, DataMissing
from playground.data.sets import idx, image_cache, published
from playground.data.sets.digits import pixel_names
from playground.data.sets.image_cache import Arrays, Bytes
from playground.data.sets.image_sets import IMAGE_SETS, MNIST, ImageSet
from playground.language import _, sentences
from playground.registry import shown

_ARCHIVE_KEYS = ("x_train", "y_train", "x_test", "y_test")

EMNIST_LETTERS = 26


@dataclass(frozen=True, eq=False)
class Found:
    """An image set on this machine: its arrays, and the files that hold it; none for what was fetched and verified."""

    arrays: Arrays
    files: tuple[Path, ...] = ()


def load(which: ImageSet, options: Mapping[str, Any], seed: int) -> Dataset:  # noqa: ARG001 - as every loader
    """Return a set of images, (n, 784) uint8 from 0 (background) to 255, from the first folder that has it.

    Raises
    ------
    DataMissing
        Where no folder has it.
    DataError
        Where a file in the folder that the user chose is not what it should be.
    """
    found = read(which)
    x, y, x_test, y_test = found.arrays
    samples = options["samples"] or len(x)
    height, width = x.shape[1:]
    return Dataset(
        name=which.name,
        x=x.reshape(len(x), -1)[:samples],
        y=y[:samples].astype(np.int64),
        task="classification",
        feature_names=pixel_names(height, width),
        target_names=(OwnName(which.target),),
        class_names=tuple(map(OwnName, which.class_names)),
        image_shape=(height, width),
        x_scale=1 / 255,
        x_test=x_test.reshape(len(x_test), -1),
        y_test=y_test.astype(np.int64),
        source=which.source,
        notes=_notes(which, found),
    )


def _notes(which: ImageSet, found: Found) -> tuple[str, ...]:
    """Return a note if the files are not the published ones, such as another set of the same shape."""
    if not found.files or published.are_published(which, found.arrays):
        return ()
    sentence = _("These are not the published files of {name}: those in {folder} have other checksums.")
    return (sentence.format(name=which.label, folder=shown(found.files[0].parent, 200)),)


def read(which: ImageSet) -> Found:
    """Return training images and labels, test images and labels, as bytes.

    The folder that ``PLAYGROUND_DATA`` names comes first, and what is wrong with its files is said; then what was
    fetched; then the folders of other programs, where a damaged file is skipped.

    Raises
    ------
    DataMissing
        Where no folder has it.
    DataError
        Where a file in the folder that ``PLAYGROUND_DATA`` names is not what it should be.
    """
    chosen = os.environ.get("PLAYGROUND_DATA")
    notes = []
    for folder in search_folders():
        if folder == image_cache.fetched_folder(which.name).parent:
            arrays = image_cache.load(image_cache.fetched_folder(which.name))
            if arrays is not None:
                return Found(arrays)
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
    raise DataMissing(which.name, sentences(sentence.format(name=which.label, key=which.name), *notes))


def search_folders() -> list[Path]:
    """Return the folders that are searched: ``PLAYGROUND_DATA``, our cache, and where other programs keep MNIST."""
    home = Path.home()
    chosen = os.environ.get("PLAYGROUND_DATA")
    others = [home / ".keras" / "datasets", home / ".mxnet" / "datasets", Path("data"), home / "data"]
    return [*([Path(chosen)] if chosen else []), paths.cache_folder() / "datasets", *others]


def read_folder(which: ImageSet, folder: Path) -> Found | None:
    """Return what a folder holds, from the first whole copy in it, or None where there is none.

    Raises
    ------
    DataError
        About the first copy, where there are some and none is whole.
    """
    refused = None
    for files in _copies(which, folder):
        try:
            return Found(read_archive(which, files[0]) if len(files) == 1 else read_files(which, files), files)
        except DataError as error:
            refused = refused or error
    if refused is not None:
        raise refused
    return None


def _copies(which: ImageSet, folder: Path) -> Iterator[tuple[Path, ...]]:
    """Yield the four files in a folder, or where another program keeps them below it; then Keras's archive.

    MNIST and Fashion-MNIST have the same file names, so in a folder that is named for neither the first labels
    decide.
    """
    for place in which.folders:
        found = tuple(path for file in which.files for path in _either(folder / place, file.name))
        if len(found) == len(which.files) and (place or _first_labels_fit(which, found[1])):
            yield found
    if which.archive and _is_file(folder / which.archive):
        yield (folder / which.archive,)


def _either(folder: Path, name: str) -> Iterator[Path]:
    """Yield the file of this name, else its packed form, else nothing.

    Some programs unpack ``train-images-idx3-ubyte`` as ``train-images.idx3-ubyte``, and into a folder of that name.
    """
    names = (name, name.replace("-idx", ".idx"))
    inside = [Path(one) for one in names] + [Path(outer, one) for outer in names for one in names]
    for path in (folder / f"{one}{ending}" for one in inside for ending in ("", ".gz")):
        if _is_file(path):
            yield path
            return


def _is_file(path: Path) -> bool:
    """Return whether there is such a file that can be read; a folder that is closed to the user has none."""
    try:
        return path.is_file()
    except OSError:
        return False


def _first_labels_fit(which: ImageSet, labels: Path) -> bool:
    """Return whether a label file can be this set's: not another's, and MNIST's where it is nobody's."""
    try:
        with gzip.open(labels) if labels.suffix == ".gz" else labels.open("rb") as file:
            first = file.read(18)[8:]
    except (OSError, EOFError, zlib.error):
        first = b""
    owner = next((name for name, other in IMAGE_SETS.items() if other.first_labels == first), MNIST.name)
    return owner == which.name


def _absence(which: ImageSet, folder: Path) -> str:
    """Return what the folder that the user chose lacks."""
    try:
        os.scandir(folder).close()
    except (FileNotFoundError, NotADirectoryError):
        return _("PLAYGROUND_DATA names {folder}, which is not a folder.").format(folder=folder)
    except OSError as error:
        sentence = _("PLAYGROUND_DATA names {folder}, which cannot be opened: {error}.")
        return sentence.format(folder=folder, error=error.strerror or error)
    absent = [file.name for file in which.files if not any(_either(folder, file.name))]
    if 0 < len(absent) < len(which.files):
        return _("In {folder}, {files} is missing.").format(folder=folder, files=", ".join(absent))
    return _("There is none in {folder}.").format(folder=folder)


def read_files(which: ImageSet, files: tuple[Path, ...]) -> Arrays:
    """Return the arrays of four IDX files: images (n, 28, 28) and labels (n,) of both parts, as bytes.

    Raises
    ------
    DataError
        Where a file cannot be read, or they do not belong together.
    """
    arrays: dict[int, Bytes] = {}
    for k in (1, 3, 0, 2):  # the labels first: they tell what else it may be
        arrays[k] = idx.parse(idx.read_bytes(files[k]), str(files[k]), image_cache.DIMENSIONS[k])
        if k % 2:
            _check_labels(arrays[k], which, str(files[k]))
    return checked(which, [arrays[k] for k in range(4)], [str(file) for file in files])


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
                size = archive.getinfo(f"{key}.npy").file_size
                if size > idx.LARGEST:
                    raise ValueError(f"{key}: {size:,}")
                with archive.open(f"{key}.npy") as file:
                    arrays.append(image_cache.read_array(file, dimensions))
    except Exception as error:
        sentence = _("{path} is not Keras's archive of {name} ({error}): download it again.")
        raise DataError(sentence.format(path=path, name=which.label, error=error)) from error
    return checked(which, arrays, [str(path)] * 4)


def checked(which: ImageSet, arrays: Sequence[Bytes], names: Sequence[str]) -> Arrays:
    """Return the images (n, 28, 28) and labels (n,) of both parts; the names of their files are for the sentences.

    Raises
    ------
    DataError
        For images of another size or none at all, labels of another number, and labels that no class has.
    """
    images, labels, test_images, test_labels = arrays
    _check(images, labels, which, *names[:2])
    _check(test_images, test_labels, which, *names[2:])
    return images, labels, test_images, test_labels


def _check(images: Bytes, labels: Bytes, which: ImageSet, images_name: str, labels_name: str) -> None:
    if not len(images) or images.shape[1:] != (28, 28):
        sentence = _("{path} contains {n} images of {height}×{width} pixels; {name} has images of 28×28.")
        height, width = images.shape[1:]
        raise DataError(sentence.format(path=images_name, n=len(images), height=height, width=width, name=which.label))
    if len(images) != len(labels):
        sentence = _(
            "{path} contains {labels} labels, but there are {images} images: the files do not belong together."
        )
        raise DataError(sentence.format(path=labels_name, labels=len(labels), images=len(images)))
    _check_labels(labels, which, labels_name)


def _check_labels(labels: Bytes, which: ImageSet, name: str) -> None:
    """Refuse labels that no class has, and say whose they are where that is known."""
    beyond = np.unique(labels[labels >= len(which.class_names)]).tolist()
    if not beyond:
        return
    if len(beyond) > 1 and beyond[-1] <= EMNIST_LETTERS and 0 not in labels:
        sentence = _(
            "{path} contains labels from 1 to 26: these are EMNIST letters, not {name}, whose labels go from 0 to 9."
        )
        raise DataError(sentence.format(path=name, name=which.label))
    sentence = _("{path} contains the label {label}; labels go from 0 to {last}: download it again.")
    raise DataError(sentence.format(path=name, label=beyond[-1], last=len(which.class_names) - 1))
