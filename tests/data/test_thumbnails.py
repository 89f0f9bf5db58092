import numpy as np
import pytest

from playground.data.catalog import CATALOG, Loader
from playground.data.dataset import Dataset
from playground.data.errors import DataMissing
from playground.data.thumbnails import Thumbnail, thumbnail
from playground.registry import Entry


@pytest.mark.parametrize("name", CATALOG)
def test_every_data_set_has_a_small_picture_in_its_bounds_made_without_a_file(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    thumbnail.cache_clear()
    for opens in ("builtins.open", "io.open"):
        monkeypatch.setattr(opens, pytest.fail)
    picture = thumbnail(name)
    assert sum(part.size for part in (picture.points, picture.values, picture.image) if part is not None) < 1_000
    if picture.image is not None:
        assert picture.image.ndim == 2
        assert 0.0 <= picture.image.min() < picture.image.max() <= 1.0
    else:
        assert picture.values is not None
        assert picture.points.shape == (len(picture.values), 2)
        assert picture.points.min() >= 0.0
        assert picture.points.max() <= 1.0
        if picture.classes:
            assert set(picture.values.tolist()) == set(range(picture.classes))
        else:
            assert (picture.values.min(), picture.values.max()) == (-1.0, 1.0)
        assert len(np.unique(picture.values)) > 1


@pytest.mark.parametrize("inputs", [1, 2, 3])
@pytest.mark.parametrize("targets", ["classes", "numbers"])
def test_a_data_set_has_a_picture_however_many_inputs_and_classes_it_has(
    inputs: int, targets: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    x = np.arange(6.0 * inputs).reshape(6, inputs)
    x[:, -1] = 7.0  # a constant one
    if targets == "classes":
        data = Dataset(
            "new", x, np.array([0, 1, 2] * 2), "classification", ("x",) * inputs, class_names=("a", "b", "c")
        )
    else:
        data = Dataset("new", x, np.array([[50.0, 1.0]] * 3 + [[90.0, 2.0]] * 3), "regression", ("x",) * inputs)
    picture = picture_of_new(lambda _options, _seed: data, monkeypatch)
    assert picture.points.shape == (6, 2)
    assert np.isfinite(picture.points).all()
    assert picture.classes == len(data.class_names)
    expected = [0, 1, 2] * 2 if targets == "classes" else [-1] * 3 + [1] * 3
    assert picture.values.tolist() == expected


def test_a_data_set_of_images_shows_its_first(monkeypatch: pytest.MonkeyPatch) -> None:
    pixels = np.array([[0, 255, 51, 0, 0, 0], [9] * 6], np.uint8)
    data = Dataset("new", pixels, np.array([0, 1]), "classification", ("x",) * 6, image_shape=(2, 3))
    picture = picture_of_new(lambda _options, _seed: data, monkeypatch)
    assert picture.image.tolist() == [[0.0, 1.0, 0.2], [0.0, 0.0, 0.0]]


def test_a_data_set_that_is_not_to_be_had_is_shown_as_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_arguments: object) -> Dataset:
        raise DataMissing("new", "It is not on this machine.")

    assert picture_of_new(missing, monkeypatch).image.tolist() == thumbnail("csv").image.tolist()


def picture_of_new(make: Loader, monkeypatch: pytest.MonkeyPatch) -> Thumbnail:
    monkeypatch.setitem(CATALOG, "new", Entry("new", "New", "A new one.", make))
    return thumbnail.__wrapped__("new")
