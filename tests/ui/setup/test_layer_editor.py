"""Hidden layers, typed and added."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from playground.experiment.config import edits
from playground.ui.setup.network_panel import NetworkPanel
from tests.ui.bench import Bench

PANEL = NetworkPanel


def test_layers_are_added_removed_and_resized(bench: Bench) -> None:
    bench.click("add_layer")
    assert bench.config.network.hidden == (4, 4)
    bench.type("hidden_layer_2", "3")
    assert bench.config.network.hidden == (4, 3)
    field = bench.find(QLineEdit, "hidden_layer_1")
    field.setFocus()
    bench.qtbot.keyClick(field, Qt.Key.Key_Up)
    bench.qtbot.keyClick(field, Qt.Key.Key_Up)
    assert bench.config.network.hidden == (6, 3)
    bench.store.undo()
    assert field.text() == "4"
    bench.click("remove_layer")
    bench.click("remove_layer")
    assert bench.config.network.hidden == ()
    assert not bench.find(QWidget, "remove_layer").isEnabled()
    assert not bench.find(QComboBox, "activation").isEnabled()


def test_sixteen_layers_are_the_most(bench: Bench) -> None:
    bench.store.apply(edits.set_hidden(bench.config, (2,) * 15))
    bench.click("add_layer")
    assert bench.config.network.hidden == (2,) * 16
    assert not bench.find(QWidget, "add_layer").isEnabled()
    fields = [bench.find(QLineEdit, f"hidden_layer_{k}") for k in range(1, 17)]
    bench.qtbot.waitUntil(lambda: all(field.isVisible() for field in fields))
    centres = [field.mapTo(bench.panel, field.rect().center()) for field in fields]
    assert all(bench.panel.rect().contains(centre) for centre in centres)
    assert len({(centre.x(), centre.y()) for centre in centres}) == 16


@pytest.mark.parametrize("nonsense", ["0", "10001", "2.5", "many", ""])
def test_an_impossible_number_of_units_is_refused(bench: Bench, nonsense: str) -> None:
    field = bench.find(QLineEdit, "hidden_layer_1")
    bench.qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    field.selectAll()
    bench.qtbot.keyClick(field, Qt.Key.Key_Delete)
    bench.qtbot.keyClicks(field, nonsense)
    bench.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert bench.config.network.hidden == (4,)
    assert field.property("problem") is True
