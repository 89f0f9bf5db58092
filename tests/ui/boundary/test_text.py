"""What is said beside the picture of what the network has learned."""

import numpy as np

from playground.data.preparation import PreparedData
from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import DataChoice
from playground.experiment.training.building import prepare_data
from playground.ui.boundary.text import caption, colour_key


def data_of(choice: str | DataChoice) -> PreparedData:
    return prepare_data(edits.set_data(PRESETS["spiral"].config, choice))


def test_the_test_part_is_in_the_key_where_it_is_drawn() -> None:
    data = data_of("sine")
    assert [name for _mark, name in colour_key(data, "curve", shows_test=False)] == ["train", "network"]
    assert [name for _mark, name in colour_key(data, "curve", shows_test=True)] == ["train", "network", "test"]


def test_names_of_many_classes_are_cut() -> None:
    x = np.random.default_rng(1).random((8, 2)).tolist()
    for classes, longest in ((2, 24), (4, 8)):
        y = [["abcdefghij" * 3 + str(k % classes)] for k in range(8)]
        key = colour_key(data_of(DataChoice("rows", x=x, y=y, task="classification")), "plane", shows_test=False)
        assert len(key) == classes
        assert {len(name) for _mark, name in key} == {longest}


def test_without_a_plane_the_reason_is_said_with_the_numbers() -> None:
    assert caption("plane", 2, 0, "test") == ""
    assert caption("confusion", 64, 1500, "test").startswith("With 64 inputs there is no plane to draw a boundary in.")
    assert caption("confusion", 64, 1500, "test").endswith("for 1,500 test samples.")
    assert caption("confusion", 1, 5, "train").startswith("With 1 input there")
