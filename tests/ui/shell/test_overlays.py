"""The picture is held while a teacher speaks."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from playground.experiment.config import schema as configs
from playground.ui.canvas.pictures import PictureMenu
from playground.ui.shell.dialogs import HelpPage
from playground.ui.shell.main_window import MainWindow
from tests.experiment.lessons.conftest import STRUCTURE, write
from tests.ui.conftest import OpenWindow, part, settle, text


def frozen(window: MainWindow) -> QWidget:
    """Return the picture that lies over the window now."""
    return [it for it in window.findChildren(QWidget, "frozen_picture") if it.parent() is window][-1]


def test_a_frozen_picture_stays_as_it_is_and_takes_no_keys_or_clicks(
    kept_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = kept_window("and-gate", speed=1.0)
    window.lessons.open_folder(write(tmp_path / "mine", STRUCTURE))
    assert not window.actions_["freeze"].isEnabled()
    assert not part(window, "lesson_freeze").isVisible()
    window.actions_["presenter"].trigger()
    dock = window.area.docks["loss_panel"]
    dock.setFloating(True)
    panel, session = window.lessons.panel, window.session
    panel.lock("up")
    session.play()
    part(window, "lesson_freeze").click()  # type: ignore[attr-defined]
    assert window.freeze.is_on
    assert not session.is_running
    picture = frozen(window)
    assert picture.geometry() == window.rect()
    assert part(picture, "frozen_word").isVisible()
    assert part(dock, "frozen_picture").isVisible()
    qtbot.waitUntil(picture.hasFocus)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_R, Qt.Key.Key_F11, Qt.Key.Key_Tab):
        QTest.keyClick(picture, key)
    play = window.transport.play_button
    assert window.childAt(play.mapTo(window, play.rect().center())) is picture
    assert (session.is_running, picture.hasFocus(), window.isFullScreen()) == (False, True, True)
    QTest.keyClick(picture, Qt.Key.Key_F9)
    assert not window.freeze.is_on
    assert session.is_running
    QTest.keyClick(window, Qt.Key.Key_F9)
    QTest.keyClick(frozen(window), Qt.Key.Key_PageDown)
    assert (window.freeze.is_on, panel.at.index, session.is_running) == (False, 1, False)
    window.actions_["freeze"].trigger()
    QTest.keyClick(frozen(window), Qt.Key.Key_Escape)
    assert (window.freeze.is_on, window.isFullScreen()) == (False, True)


def test_saving_the_numbers_of_a_chart_says_so_even_where_it_floats(
    kept_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = kept_window("and-gate")
    dock = window.area.docks["loss_panel"]
    dock.setFloating(True)
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_arguments, **_options: (str(tmp_path / "loss.csv"), "")
    )
    chart = part(window, "loss_plot")
    menu = PictureMenu(chart, lambda _painter: None, lambda: (("x",), [(1,)]))
    menu.findChild(QAction, "chart_save_data").trigger()
    dock.setFloating(False)
    assert part(window, "status_message").isVisible()
    assert text(window, "status_message") == "Saved the data to loss.csv."


LEFT = Qt.MouseButton.LeftButton


def card(window: MainWindow) -> QWidget:
    return part(window, "first_steps")


def place(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def test_they_come_where_a_window_is_told_to_welcome_cover_nothing_that_is_looked_at_and_move_nothing(
    kept_window: OpenWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    window = kept_window("spiral")
    settle(qapp)
    assert not card(window).isVisible()
    parts = [it for it in window.findChildren(QWidget) if it.isVisible()]
    before = {id(it): place(it) for it in parts}
    window.first_steps.welcome()
    settle(qapp)
    assert card(window).isVisible()
    here = place(card(window))
    for name in ("transport_bar", "network_view", "boundary_panel", "setup_column", "loss_legend"):
        assert not here.intersects(place(part(window, name))), name
    assert place(window).contains(here)
    assert {id(it): place(it) for it in parts} == before
    qtbot.mouseClick(part(window, "first_steps_more"), LEFT)
    page = window.findChild(HelpPage)
    qtbot.waitUntil(page.isVisible)
    page.close()
    qtbot.mouseClick(part(window, "first_steps_close"), LEFT)
    settle(qapp)
    assert {id(it): place(it) for it in parts} == before
    once_closed_they_do_not_come_back_until_the_help_menu_is_asked(window)
    what_joins_the_panels_later_does_not_lie_over_them(window, qapp)
    the_keyboard_reaches_them_and_space_plays_until_it_does(window, qtbot)


def once_closed_they_do_not_come_back_until_the_help_menu_is_asked(window: MainWindow) -> None:
    assert not card(window).isVisible()
    assert not window.preferences.first_steps
    window.first_steps.welcome()  # as the next window does, on the same settings
    assert not card(window).isVisible()
    window.actions_["first_steps"].trigger()
    assert card(window).isVisible()


def what_joins_the_panels_later_does_not_lie_over_them(window: MainWindow, qapp: QApplication) -> None:
    later = QWidget(window.area)  # as the bar of tabs, when a layout is taken over
    later.show()
    settle(qapp)
    order = window.area.children()
    assert order.index(card(window)) > order.index(later)
    later.deleteLater()


def the_keyboard_reaches_them_and_space_plays_until_it_does(window: MainWindow, qtbot: QtBot) -> None:
    window.preferences.first_steps = True
    window.activateWindow()  # a page of the help was open
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.is_running)
    window.session.pause()
    close = part(window, "first_steps_close")
    for _stop in range(100):
        if close.hasFocus():
            break
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
    assert close.hasFocus()
    QTest.keyClick(close, Qt.Key.Key_Escape)
    assert not card(window).isVisible()
    assert not window.preferences.first_steps


def test_they_stay_in_their_corner_until_a_card_of_the_run_takes_the_place(
    kept_window: OpenWindow, qtbot: QtBot
) -> None:
    window = kept_window("spiral")
    window.first_steps.welcome()
    window.area.resize(1500, 800)
    assert card(window).geometry().bottomRight() == window.area.rect().bottomRight(), "before it is painted"
    window.store.apply(configs.from_builtins({"name": "own", "network": {"output": "softmax"}, "data": "plane"}))
    qtbot.waitUntil(lambda: part(window, "refused_notice").isVisible())
    qtbot.waitUntil(lambda: not card(window).isVisible())
    assert window.preferences.first_steps, "nobody has closed them"
