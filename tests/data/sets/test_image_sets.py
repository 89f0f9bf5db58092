"""Sets of images told apart."""

from pathlib import Path

import numpy as np
import pytest

from playground.data.errors import DataError, DataMissing
from playground.data.sets import mnist
from playground.data.sets.image_sets import MNIST
from tests.data import conftest
from tests.data.conftest import idx_bytes, write_files
from tests.data.sets.conftest import Files, broken, load


def test_the_two_sets_are_told_apart_though_their_files_have_the_same_names(
    chosen: Path, mnist_files: Files, fashion_files: Files
) -> None:
    write_files(chosen, fashion_files)
    assert load("fashion-mnist").y[:3].tolist() == [9, 0, 0]
    with pytest.raises(DataMissing):
        load("mnist")
    write_files(chosen, mnist_files)
    assert load("mnist").y[:3].tolist() == [5, 0, 4]
    with pytest.raises(DataMissing):
        load("fashion-mnist")


def test_both_sets_are_found_under_torchvisions_names(chosen: Path, mnist_files: Files, fashion_files: Files) -> None:
    write_files(chosen / "MNIST" / "raw", mnist_files, packed=False)
    write_files(chosen / "FashionMNIST" / "raw", fashion_files, packed=False)
    assert load("mnist").y[0] == 5
    assert load("fashion-mnist").y[0] == 9
    assert load("fashion-mnist").class_names[9] == "Ankle boot"


def test_emnist_letters_are_recognised(chosen: Path, mnist_files: Files) -> None:
    letters = idx_bytes(np.arange(1, 21, dtype=np.uint8) + np.uint8(6))
    write_files(chosen, broken(mnist_files, "train-labels-idx1-ubyte", letters))
    with pytest.raises(DataError, match="these are EMNIST letters, not MNIST"):
        load()


def test_another_set_under_the_same_names_is_told_apart(chosen: Path, mnist_files: Files) -> None:
    write_files(chosen, mnist_files)
    real = conftest.published(MNIST, mnist_files)
    other = {**mnist_files, "train-labels-idx1-ubyte": idx_bytes(np.full(20, 3, np.uint8))}
    assert mnist.load(real, {"samples": None}, 1).notes == ()
    write_files(chosen, other)
    note = f"These are not the published files of MNIST: those in {chosen} have other checksums."
    assert mnist.load(real, {"samples": None}, 1).notes == (note,)
