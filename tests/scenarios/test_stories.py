"""Whole stories in the real window."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from playground import language
from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import InitialChoice, StopConfig
from playground.language import _
from playground.ui.core import theme
from playground.ui.shell.main_window import MainWindow
from playground.ui.widgets.combo import ComboBox
from tests.ui.bench import colours
from tests.ui.conftest import OpenWindow, part, settle

LEFT = Qt.MouseButton.LeftButton


def button(window: MainWindow, name: str) -> QAbstractButton:
    """Return the button of a window that has a name."""
    found = part(window, name)
    assert isinstance(found, QAbstractButton)
    return found


def test_the_first_start_shows_data_network_and_boundary_with_nothing_clicked(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(None)
    assert window.session.step_count == 0
    for name in ("data_panel", "network_diagram_panel", "boundary_panel"):
        assert len(colours(part(window, name))) > 200, name  # a blank one has few
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.step_count > 500)
    field = part(window, "learning_rate")
    before = window.session.step_count
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "1e-3")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.store.config.training.learning_rate == 0.001
    qtbot.waitUntil(lambda: window.session.step_count > before + 500)
    assert window.session.is_running


def test_theme_and_language_change_while_it_trains(kept_window: OpenWindow, qtbot: QtBot, qapp: QApplication) -> None:
    config = edits.change(PRESETS["digits"].config, "training.stop", StopConfig())
    config = edits.set_initial(config, InitialChoice("zeros"), 1)
    window = kept_window(config)
    QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.step_count > 50)
    layer = part(window, "initial_layer", ComboBox)
    layer.set_value("1")
    layer.chosen.emit("1")
    assert button(window, "initial_scheme_zeros").isChecked()
    window.area.show_panel("race_panel")
    settle(qapp)
    button(window, "race_start_fitting").click()
    window.area.show_panel("gradient_lab_panel")
    formula = part(window, "lab_formula", QLineEdit)
    formula.selectAll()
    QTest.keyClicks(formula, "x^3 - x")
    chosen = ("training_more", "loss_log", "weights_view_change", "lab_page_check", "race_start_zeros", "race_start_he")
    for name in chosen:
        button(window, name).click()
    QApplication.processEvents()
    window.area.column.verticalScrollBar().setValue(100)
    for group, key in ((window.actions_.themes, "dark"), (window.actions_.languages, "zh_CN")):
        next(action for action in group.actions() if action.data() == key).trigger()
    assert theme.current() is theme.DARK
    assert language.current() == "zh_CN"
    assert window.actions_["new"].text() == _("&New")
    assert part(window, "data_circle").accessibleName() == _("Circle") != "Circle"
    qtbot.waitUntil(lambda: window.area.is_complete)
    settle(qapp)
    assert all(button(window, name).isChecked() for name in chosen)
    assert not button(window, "race_start_fitting").isChecked()
    assert part(window, "lab_formula", QLineEdit).text() == "x^3 - x"
    assert part(window, "lab_function", ComboBox).value() == "own"
    assert window.store.config == config
    assert part(window, "l1").isVisible()
    assert window.area.column.verticalScrollBar().value() == 100
    before = window.session.step_count
    qtbot.waitUntil(lambda: window.session.step_count > before + 50)
