"""The curves of runs that are compared, with what each came to."""

import math

import pytest
from pytestqt.qtbot import QtBot

from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.lessons.comparing import Compared
from playground.experiment.lessons.schema import StopAt, Variants
from playground.ui.lessons.variants import VariantsView


@pytest.mark.parametrize(
    ("quantity", "numbers", "said"),
    [
        ("train_loss", (0.25, 0.000123), ["Slow: 0.25", "Fast: 0.000123"]),
        ("train_loss", (0.00044487, 0.0004447), ["Slow: 0.0004449", "Fast: 0.0004447"]),
        ("train_loss", (0.125, 0.125), ["Slow: 0.125", "Fast: 0.125"]),
        ("test_accuracy", (0.1075, 0.715), ["Slow: 10.8 %", "Fast: 71.5 %"]),
        ("train_loss", (math.nan, 0.5), ["Slow: NaN", "Fast: 0.5"]),
    ],
)
def test_what_each_run_came_to_stands_beside_its_name(
    qtbot: QtBot, quantity: str, numbers: tuple[float, float], said: list[str]
) -> None:
    variants = Variants({"slow": {}, "fast": {}}, StopAt(steps=2), quantity)
    view = VariantsView(variants, ExperimentConfig(), {"slow": "Slow", "fast": "Fast"})
    qtbot.addWidget(view)
    curve = (0.0, 1.0, 2.0), (0.5, 0.4, 0.3)
    compared = Compared(dict(zip(("slow", "fast"), numbers, strict=True)), {"slow": curve, "fast": curve})
    view.show_state(compared, can_run=False)
    assert [words for _colour, words in view.legend.entries] == said
    assert view.plot.legend == view.legend.entries


def test_curves_of_several_losses_are_drawn_over_the_name_of_theirs(qtbot: QtBot) -> None:
    variants = Variants({"a": {}, "b": {}}, StopAt(steps=2), "output[0][0]")
    view = VariantsView(variants, ExperimentConfig(), {"a": "A", "b": "B"})
    qtbot.addWidget(view)
    curve = (0.0, 1.0), (0.5, 0.4)
    view.show_state(Compared({"a": 0.1, "b": 0.2}, {"a": curve, "b": curve}, "squared"), can_run=False)
    assert view.plot.titles == ("step", "Squared error")
