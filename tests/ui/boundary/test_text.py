"""The words beside the picture of what was learned."""

from playground.experiment.config.presets import PRESETS
from playground.experiment.training.trainer import Trainer
from playground.ui.boundary.text import caption, colour_key


def test_the_key_names_the_classes_and_the_test_samples_where_they_are_shown() -> None:
    data = Trainer(PRESETS["spiral"].config).data
    assert [name for _mark, name in colour_key(data, "plane", shows_test=False)] == ["0", "1"]
    assert [name for _mark, name in colour_key(data, "plane", shows_test=True)] == ["0", "1", "test"]
    assert [name for _mark, name in colour_key(data, "confusion", shows_test=True)] == []


def test_the_key_of_a_saved_picture_names_every_class() -> None:
    data = Trainer(PRESETS["digits"].config).data
    assert colour_key(data, "plane", shows_test=False) == ()
    names = [name for _mark, name in colour_key(data, "plane", shows_test=False, whole=True)]
    assert names == [str(k) for k in range(10)]


def test_the_caption_counts_the_samples_of_a_confusion() -> None:
    assert "64 inputs" in caption("confusion", 64, 1438, "train")
    assert "1,438 train samples" in caption("confusion", 64, 1438, "train")
    assert caption("plane", 2, 250, "train") == ""
