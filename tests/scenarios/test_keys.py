"""Everything that a hand does with the mouse can be reached with the keys, in the order of the eye."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from playground.ui.shell.card_dock import CardDock
from playground.ui.shell.main_window import MainWindow
from tests.ui.conftest import OpenWindow


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)
    QApplication.processEvents()


def round_trip(window: MainWindow, key: Qt.Key) -> list[QWidget]:
    """Return what gets the focus with a key until it is back where it was, first stop first."""
    window.findChild(QWidget, "experiment_button").setFocus()
    found = [QApplication.focusWidget()]
    for _press in range(200):
        press(window, key)
        focused = QApplication.focusWidget()
        if focused is found[0]:
            return found
        assert focused not in found, focused.objectName()
        found.append(focused)
    pytest.fail("Tab does not come round")


def test_tab_stops_at_all_that_is_seen_and_at_nothing_else(kept_window: OpenWindow) -> None:
    window = kept_window("spiral")
    stops = round_trip(window, Qt.Key.Key_Tab)
    ground = window.area.rect()
    docks = [dock for dock in window.area.docks.values() if dock.isVisible()]
    behind = [dock for dock in docks if not dock.geometry().intersects(ground)]
    assert len(behind) == 6
    assert not [it.objectName() for it in stops if any(dock.isAncestorOf(it) for dock in behind)]
    for control in window.findChildren(QWidget):
        wanted = control.focusPolicy() & Qt.FocusPolicy.TabFocus and control.isVisible() and control.isEnabled()
        proxied = control.focusProxy() is not None
        if wanted and not proxied and not any(dock.isAncestorOf(control) for dock in behind):
            assert control in stops, control.objectName() or type(control).__name__
    assert round_trip(window, Qt.Key.Key_Backtab) == [stops[0], *reversed(stops[1:])]


def test_tab_goes_column_by_column_and_from_the_tabs_into_their_panel(kept_window: OpenWindow) -> None:
    window = kept_window("and-gate")
    window.area.docks["predictions_panel"].raise_()
    QApplication.processEvents()
    stops = round_trip(window, Qt.Key.Key_Tab)
    bar = window.area.findChild(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    names = [it.objectName() for it in stops]
    at = names.index
    assert at("settings_button") < at("data_and") < at("learning_rate") < at("sample_number") < at("diagram_more_1")
    assert at("diagram_more_1") < at("network_view") < stops.index(bar) < at("predictions_view_samples")
    assert at("predictions_view_samples") < at("predictions_table_headings") < at("predictions_table") < at("loss_log")


def test_what_is_behind_a_tab_comes_to_the_front_with_its_key_closes_with_the_next_and_floats_with_another(
    kept_window: OpenWindow, qtbot: QtBot
) -> None:
    window = kept_window("and-gate")
    first = window.area.docks["boundary_panel"]
    dock: CardDock = window.area.docks["predictions_panel"]
    assert (first.is_in_front, dock.is_in_front) == (True, False)
    press(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert (first.is_in_front, dock.is_in_front) == (False, True)
    assert first.show_action.isChecked()
    press(window, Qt.Key.Key_Tab)
    assert dock.isAncestorOf(QApplication.focusWidget())
    press(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert dock.isHidden()
    assert not dock.show_action.isChecked()
    press(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert dock.is_in_front
    assert dock.show_action.isChecked()
    press(window, Qt.Key.Key_Space)  # it leaves that to playing
    assert window.session.is_running
    press(window, Qt.Key.Key_Space)
    assert not window.session.is_running
    window.actions_["float"].trigger()
    assert dock.isFloating()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dock)
    for _press in range(12):
        press(window, Qt.Key.Key_Tab)
        assert dock.isAncestorOf(QApplication.focusWidget())
    window.actions_["float"].trigger()
    assert not dock.isFloating()
    assert dock.is_in_front
