import numpy as np
import pytest

from playground.data.catalog import CATALOG
from playground.data.thumbnails import thumbnail


@pytest.mark.parametrize("name", CATALOG)
def test_every_data_set_has_a_picture_in_its_bounds(name: str) -> None:
    picture = thumbnail(name)
    if picture.image is not None:
        assert picture.image.ndim == 2
        assert 0.0 <= picture.image.min() < picture.image.max() <= 1.0
    else:
        assert picture.values is not None
        assert picture.points.shape == (len(picture.values), 2)
        assert picture.points.min() >= 0.0
        assert picture.points.max() <= 1.0
        assert np.abs(picture.values).max() <= 1.0
        assert len(np.unique(picture.values)) > 1


@pytest.mark.parametrize("name", CATALOG)
def test_a_picture_is_made_of_little_and_without_a_file(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("a picture needs no file")

    thumbnail.cache_clear()
    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr("io.open", refuse)
    picture = thumbnail(name)
    assert sum(part.size for part in (picture.points, picture.values, picture.image) if part is not None) < 1_000
