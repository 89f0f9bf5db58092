"""The gallery of data sets, walked and clicked."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from playground.data.catalog import CATALOG
from playground.data.dataset import Dataset
from playground.experiment.config import edits
from playground.registry import Entry
from playground.ui.canvas.images import class_colour
from playground.ui.core import theme
from playground.ui.setup.data_gallery import Tile, picture_of
from playground.ui.setup.data_panel import DataPanel
from tests.ui.bench import Bench

PANEL = DataPanel


def test_every_data_set_has_a_tile_with_a_name_a_sentence_and_a_picture(bench: Bench, qapp: QApplication) -> None:
    for name in CATALOG:
        tile = bench.find(Tile, f"data_{name}")
        assert tile.accessibleName()
        assert tile.toolTip()
        assert tile.isVisible() == (name != "rows")
    tile = bench.find(Tile, "data_mnist")
    light = tile.icon().pixmap(30, 30).toImage()
    theme.apply(qapp, "dark")
    assert tile.icon().pixmap(30, 30).toImage() != light


def test_the_points_of_three_classes_have_three_colours(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    x = np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 0.0]])
    data = Dataset("three", x, np.arange(3), "classification", ("x1", "x2"), class_names=("a", "b", "c"))
    monkeypatch.setitem(CATALOG, "three", Entry("three", "Three", "Three points.", lambda _options, _seed: data))
    image = picture_of("three", 40).toImage()
    painted = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert {class_colour(k, 3).name() for k in range(3)} <= painted


def test_the_arrow_keys_walk_and_enter_chooses(bench: Bench) -> None:
    first = bench.find(Tile, "data_and")
    first.setFocus()
    bench.qtbot.keyClick(first, Qt.Key.Key_Right)
    second = bench.find(Tile, "data_or")
    assert second.hasFocus()
    assert bench.config.data.name == "and"
    bench.qtbot.keyClick(second, Qt.Key.Key_Return)
    assert bench.config.data.name == "or"
    bench.qtbot.keyClick(second, Qt.Key.Key_Down)
    below = bench.panel.focusWidget()
    assert below.y() > second.y()
    assert below.x() == second.x()
    bench.qtbot.keyClick(below, Qt.Key.Key_Space)
    assert bench.config.data.name == below.name
    bench.qtbot.keyClick(below, Qt.Key.Key_End)
    assert bench.find(Tile, "data_csv").hasFocus()
    bench.qtbot.keyClick(bench.find(Tile, "data_csv"), Qt.Key.Key_Home)
    assert first.hasFocus()
    assert bench.config.data.name == below.name


def test_a_click_with_control_changes_the_data_only(bench: Bench) -> None:
    bench.store.apply(edits.set_hidden(bench.config, (3, 3)))
    tile = bench.find(Tile, "data_circle")
    bench.qtbot.mouseClick(tile, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier)
    assert bench.config.data.name == "circle"
    assert bench.config.network.hidden == (3, 3)
