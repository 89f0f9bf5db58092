import time

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
        assert picture.points is not None
        assert picture.values is not None
        assert picture.points.shape == (len(picture.values), 2)
        assert picture.points.min() >= 0.0
        assert picture.points.max() <= 1.0
        assert np.abs(picture.values).max() <= 1.0
        assert len(np.unique(picture.values)) > 1


def test_all_pictures_together_are_quick() -> None:
    thumbnail.cache_clear()
    start = time.process_time()
    for name in CATALOG:
        thumbnail(name)
    assert time.process_time() - start < 0.2
