"""The bent grid: the choice of a layer and of axes, with real clicks, and what is seen."""

import re
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.probes.hidden_space import HiddenSpace
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.core.ticks import value_label
from playground.ui.hidden_space import space_view
from playground.ui.hidden_space.panel import HiddenSpacePanel
from playground.ui.hidden_space.space_view import SpaceView
from tests.ui.bench import Bench, colours
from tests.ui.conftest import PanelBench

LEFT = Qt.MouseButton.LeftButton


class Stage(Bench):
    def settle(self) -> None:
        super().settle()
        self.qtbot.waitUntil(lambda: not self.panel.view.is_sliding)

    def asked(self) -> HiddenSpace:
        (probe,) = self.panel.requested_probes()
        assert isinstance(probe, HiddenSpace)
        return probe


@pytest.fixture
def play(panel_bench: PanelBench, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(space_view, "SLIDE_MS", 1)  # nobody watches

    def start(data: str | ExperimentConfig, hidden: tuple[int, ...] = (8, 8)) -> Stage:
        config = (
            edits.set_hidden(edits.set_data(PRESETS["spiral"].config, data), hidden) if isinstance(data, str) else data
        )
        return panel_bench(HiddenSpacePanel, config, size=(620, 320), bench=Stage)

    return start


def view(stage: Stage) -> SpaceView:
    return stage.panel.view


def test_it_begins_with_the_layer_in_which_the_classes_come_apart(play: Any) -> None:
    stage = play("spiral")
    assert stage.asked() == HiddenSpace(2, readout=True)
    stage.step(100)
    assert len(view(stage).data("cut")[0]) == 2
    assert "dashed" in stage.panel.caption.text()
    stage.store.apply(edits.set_hidden(stage.store.config, (3,)))  # another network brings its own layers
    stage.settle()
    assert stage.card.findChild(object, "space_layer_3") is None
    assert stage.asked().layer == 1
    stage.store.apply(edits.set_hidden(stage.store.config, (2, 3)))
    stage.settle()
    stage.click("space_layer_1")  # two units need no choice
    assert stage.panel.axes.isHidden()
    assert view(stage).titles == ("layer 1, unit 1", "layer 1, unit 2")


def test_each_layer_is_one_click_or_arrow_key_away(play: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(space_view, "SLIDE_MS", 100)
    stage = play("spiral")
    stage.click("space_layer_0")
    assert stage.asked().layer == 0
    assert view(stage).titles == ("x1", "x2")
    assert view(stage).frame().contains(view(stage).place(0.0, 0.0))
    stage.panel.layers.buttons["0"].setFocus()
    QTest.keyClick(stage.panel.layers.buttons["0"], Qt.Key.Key_Right)
    stage.settle()
    assert stage.asked() == HiddenSpace(1)
    assert "1st principal component" in view(stage).titles
    stage.click("space_layer_3")
    assert view(stage).titles[0] == "x1"
    QTest.mouseClick(stage.panel.layers.buttons["1"], LEFT)
    stage.qtbot.waitUntil(lambda: view(stage).is_sliding)  # while paused, the grid glides from layer to layer
    stage.settle()
    stage.click("space_axes_units")
    assert stage.asked() == HiddenSpace(1, (0, 1))
    box = stage.panel.unit_y
    box.setCurrentIndex(5)
    box.activated.emit(5)
    stage.settle()
    assert stage.asked() == HiddenSpace(1, (0, 5))
    assert view(stage).titles == ("layer 1, unit 1", "layer 1, unit 6")


def test_every_layer_of_every_kind_of_data_is_drawn_with_its_key(play: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.ui.hidden_space.panel.MOST_LETTERS_IN_LEGEND", 5)

    def look() -> None:
        stage.step(30)
        for layer in range(len(stage.session.info.sizes)):
            stage.click(f"space_layer_{layer}")
            assert len(colours(view(stage), every=2, within=view(stage).frame().toRect())) > 3

    stage = play(PRESETS["and-gate-zeros"].config)
    look()
    stage.store.apply(PRESETS["sine-curve"].config)
    stage.settle()
    look()
    data = stage.session.info.data
    low, high = float(data.t_train.min()), float(data.t_train.max())
    entries = (("low", f"y {value_label(low)}"), ("high", value_label(high)))
    assert stage.panel.legend.entries == view(stage).legend == entries
    assert "target" in stage.panel.legend.toolTip()
    stage.store.apply(PRESETS["digits"].config)
    stage.settle()
    assert "no grid to bend" in stage.panel.caption.text()
    assert "64 inputs" in stage.panel.caption.text()
    assert stage.panel.legend.entries == ()  # the heading has no room for so many
    assert [name for _colour, name in view(stage).legend] == [str(k) for k in range(10)]
    stage.click("space_axes_components")
    assert re.search(r"spread most: \d+\.\d % of their spread", stage.panel.caption.text())
    look()


def test_the_table_names_the_sample_and_its_class_or_its_target(play: Any) -> None:
    stage = play(PRESETS["and-gate"].config)
    stage.click("space_layer_0")
    assert view(stage).describe(1.0, 1.0) == "sample 4\nclass 1"
    assert view(stage).describe(0.5, 0.5) == ""
    assert view(stage).table() == (("sample", "class", "x1", "x2"), [
        (1, "0", 0.0, 0.0), (2, "0", 0.0, 1.0), (3, "0", 1.0, 0.0), (4, "1", 1.0, 1.0)
    ])  # fmt: skip
    stage = play("plane")
    heads, rows = view(stage).table()
    samples = stage.session.info.data.rows_train
    assert heads[:2] == ("sample", "y")
    assert {row[0] - 1 for row in rows} <= set(samples.tolist())
    number, target = rows[0][:2]
    assert target == stage.session.info.data.dataset.y[number - 1][0]


def test_a_run_that_diverged_is_told(play: Any) -> None:
    stage = play("circle")
    stage.session.update_parameters(_nothing)
    stage.settle()
    assert stage.panel.reason.isVisible()
    assert "diverged" in stage.panel.reason.text()


def _nothing(parameters: Any) -> Any:
    return np.full_like(parameters, np.nan)


def test_the_samples_of_the_run_before_are_not_described_as_those_of_a_smaller_one(play: Any) -> None:
    stage = play("spiral")
    stage.click("space_layer_0")
    where = stage.session.info.data.raw_train[-1].tolist()
    assert view(stage).describe(*where).startswith("sample")
    smaller = Session(Store(PRESETS["and-gate"].config))
    stage.qtbot.waitUntil(lambda: smaller.info is not None)
    stage.panel.show_run(smaller.info)
    assert view(stage).describe(*where) == ""
    smaller.close()


def test_a_layer_chosen_as_a_run_without_it_begins_does_no_harm(play: Any) -> None:
    stage = play(edits.set_hidden(PRESETS["digits"].config, (12, 9, 9)))
    stage.session.run_started.connect(lambda _info: stage.panel.layers.chosen.emit("3"))
    stage.store.apply(edits.set_hidden(PRESETS["spiral"].config, (3,)))
    stage.settle()
    assert stage.panel.layers.value() == "1"
