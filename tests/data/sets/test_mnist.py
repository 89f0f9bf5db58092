import errno
import os
from pathlib import Path

import numpy as np
import pytest

from playground.data.errors import DataError, DataMissing
from playground.data.preparation import prepare
from playground.data.sets import idx, image_cache, mnist
from tests.data.conftest import DAMAGES, damaged, idx_bytes, keras_archive, small_arrays, write_files
from tests.data.sets.conftest import Files, broken, load


def test_what_is_nowhere_is_missing_with_a_command_to_fetch_it() -> None:
    with pytest.raises(DataMissing, match="playground fetch fashion-mnist") as caught:
        load("fashion-mnist")
    assert caught.value.name == "fashion-mnist"


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("place", ["", "MNIST/raw", "mnist"])
def test_mnist_is_found_in_the_chosen_folder(chosen: Path, mnist_files: Files, place: str, packed: bool) -> None:
    write_files(chosen / place, mnist_files, packed)
    data = load()
    images, labels, test_images, test_labels = small_arrays()
    assert data.x.dtype == np.uint8
    assert np.array_equal(data.x, images.reshape(20, 784))
    assert data.y.tolist() == labels.tolist()
    assert data.x_test is not None
    assert np.array_equal(data.x_test, test_images.reshape(10, 784))
    assert data.image_shape == (28, 28)
    assert data.x_scale == 1 / 255
    prepared = prepare(data, {}, 1, "softmax", np.float32)
    assert prepared.x_train is data.x
    assert prepared.labels_test.tolist() == test_labels.tolist()
    assert len(load(samples=12).x) == 12


@pytest.mark.parametrize("folder", [".mxnet/datasets/mnist", "data/MNIST/raw"])
def test_mnist_is_found_where_other_programs_keep_it(own_home: Path, mnist_files: Files, folder: str) -> None:
    write_files(own_home / folder, mnist_files)
    assert len(load().x) == 20


def test_the_archive_of_keras_is_read(own_home: Path) -> None:
    images, labels, test_images, test_labels = small_arrays()
    archive = keras_archive(own_home)
    assert np.array_equal(load().x, images.reshape(20, 784))
    np.savez(archive, x_train=images.astype(np.float64), y_train=labels, x_test=test_images, y_test=test_labels)
    with pytest.raises(DataMissing, match="is not Keras's archive of MNIST"):
        load()
    archive.write_bytes(b"not a zip")
    with pytest.raises(DataMissing, match="is not Keras's archive"):
        load()


def test_every_wrong_file_of_the_chosen_folder_is_refused_by_name(chosen: Path, mnist_files: Files) -> None:
    images, labels = "train-images-idx3-ubyte", "train-labels-idx1-ubyte"
    cases = {
        "cut short": (images, mnist_files[images][:-5], "and has"),
        "magic": (images, mnist_files[labels], "starts with 0x00000801"),
        "count": (labels, idx_bytes(np.zeros(7, np.uint8)), "7 labels, but there are 20 images"),
        "label": (labels, idx_bytes(np.full(20, 11, np.uint8)), "contains the label 11; labels go from 0 to 9"),
        "size": (images, idx_bytes(np.zeros((20, 8, 8), np.uint8)), "20 images of 8×8 pixels"),
        "none": (images, idx_bytes(np.zeros((0, 28, 28), np.uint8)), "0 images"),
    }
    for name, raw, said in cases.values():
        write_files(chosen, broken(mnist_files, name, raw))
        with pytest.raises(DataError) as caught:
            load()
        assert not isinstance(caught.value, DataMissing)
        assert said in str(caught.value)
        assert str(chosen / name) in str(caught.value)


def test_a_damaged_copy_of_another_program_is_passed_over(own_home: Path, mnist_files: Files) -> None:
    damaged = broken(mnist_files, "t10k-labels-idx1-ubyte", b"oops")
    write_files(own_home / ".mxnet" / "datasets" / "mnist", damaged)
    with pytest.raises(DataMissing, match="too short"):
        load()
    write_files(own_home / "data" / "MNIST" / "raw", mnist_files)
    assert len(load().x) == 20


def test_what_the_chosen_folder_lacks_is_said(chosen: Path, mnist_files: Files) -> None:
    with pytest.raises(DataMissing, match="is not a folder"):
        load()
    write_files(chosen, {"train-images-idx3-ubyte": mnist_files["train-images-idx3-ubyte"]})
    with pytest.raises(DataMissing, match="train-labels-idx1-ubyte, t10k-images-idx3-ubyte"):
        load()


def test_the_real_mnist_is_what_it_should_be_each_time(real_mnist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_DATA", str(real_mnist))
    data = load()
    assert data.x.shape == (60_000, 784)
    assert np.bincount(data.y).tolist() == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    assert data.x_test.shape == (10_000, 784)
    assert image_cache.load(image_cache.fetched_folder("mnist")) is None


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("dotted", [True, False])
@pytest.mark.parametrize("inside", [True, False])
def test_files_are_found_as_other_programs_unpack_them(
    chosen: Path, mnist_files: Files, packed: bool, dotted: bool, inside: bool
) -> None:
    for name, raw in mnist_files.items():
        own = name.replace("-idx", ".idx") if dotted else name
        write_files(chosen / own if inside else chosen, {own: raw}, packed)
    assert load().y[:3].tolist() == [5, 0, 4]


@pytest.mark.parametrize("damage", DAMAGES)
def test_however_a_copy_is_damaged_the_search_goes_on(own_home: Path, mnist_files: Files, damage: str) -> None:
    damaged(own_home, mnist_files, damage)
    with pytest.raises(DataMissing, match="is not on this machine"):
        load()
    write_files(own_home / "data", mnist_files)
    assert load().y[:3].tolist() == [5, 0, 4]


def test_a_damaged_copy_does_not_hide_a_good_one_in_the_same_folder(chosen: Path, mnist_files: Files) -> None:
    write_files(chosen, broken(mnist_files, "t10k-images-idx3-ubyte", b"oops"))
    with pytest.raises(DataError, match="too short"):
        load()
    write_files(chosen / "MNIST" / "raw", mnist_files)
    assert load().y[:3].tolist() == [5, 0, 4]


def test_an_archive_that_would_take_gigabytes_is_refused(
    own_home: Path, mnist_files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idx, "LARGEST", 10_000)
    keras_archive(own_home)
    with pytest.raises(DataMissing, match="is not Keras's archive"):
        load()


def test_a_chosen_folder_that_is_closed_to_the_user_is_said(
    chosen: Path, mnist_files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(chosen, mnist_files)

    def closed(path: object) -> object:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_file", closed)
    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(DataMissing, match="which cannot be opened: Permission denied"):
        load()


def test_the_folder_of_the_user_s_choice_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    without = mnist.search_folders()
    monkeypatch.setenv("PLAYGROUND_DATA", str(tmp_path))
    assert mnist.search_folders() == [tmp_path, *without]
