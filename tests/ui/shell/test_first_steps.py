"""The hints of the first start: when they come and go, what they cover, and that nothing moves for them."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from playground.experiment.config import schema as configs
from playground.ui.shell.help_page import HelpPage
from playground.ui.shell.main_window import MainWindow
from tests.ui.conftest import OpenWindow, part, settle

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
    assert not card(window).isVisible()


def test_once_closed_they_do_not_come_back_until_the_help_menu_is_asked(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("spiral")
    window.first_steps.welcome()
    qtbot.mouseClick(part(window, "first_steps_close"), LEFT)
    assert not window.preferences.first_steps
    window.first_steps.welcome()  # as the next window does, on the same settings
    assert not card(window).isVisible()
    window.actions_["first_steps"].trigger()
    assert card(window).isVisible()


def test_the_keyboard_reaches_them_and_space_plays_until_it_does(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("spiral")
    window.first_steps.welcome()
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


def test_a_card_that_says_something_of_the_run_takes_the_place(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("spiral")
    window.first_steps.welcome()
    window.store.apply(configs.from_builtins({"name": "own", "network": {"output": "softmax"}, "data": "plane"}))
    qtbot.waitUntil(lambda: part(window, "refused_notice").isVisible())
    qtbot.waitUntil(lambda: not card(window).isVisible())
    assert window.preferences.first_steps, "nobody has closed them"


def test_presenter_mode_hides_them(kept_window: OpenWindow, qapp: QApplication) -> None:
    window = kept_window("spiral")
    window.first_steps.welcome()
    window.actions_["presenter"].setChecked(True)
    settle(qapp)
    assert not card(window).isVisible()
    window.actions_["presenter"].setChecked(False)
    settle(qapp)
