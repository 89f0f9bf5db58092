"""The page on performance in the help."""

from PySide6.QtWidgets import QApplication, QTextBrowser
from pytestqt.qtbot import QtBot

from playground.ui.core import i18n, theme
from playground.ui.shell.performance import figures, micro, sections
from playground.ui.shell.performance_dialog import PerformanceDialog
from playground.ui.widgets.icons import Button
from tests.ui.conftest import OpenWindow


def test_the_help_menu_opens_the_page_with_the_measured_figures(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.actions_["performance"].trigger()
    dialog = window.findChild(PerformanceDialog, "performance_dialog")
    qtbot.waitUntil(dialog.isVisible)
    text = dialog.findChild(QTextBrowser, "performance_page").toPlainText()
    for times in figures()["steps"].values():
        assert all(micro(time) in text for _who, time in times)
    for section in sections():
        assert section.title in text
        assert all(command in text for command, _sentence in section.commands)
    dialog.findChild(Button, "performance_close").click()
    assert not dialog.isVisible()


def test_the_page_follows_language_and_colours_and_needs_no_scrolling_sideways(
    open_window: OpenWindow, qapp: QApplication, qtbot: QtBot
) -> None:
    window = open_window()
    window.actions_["performance"].trigger()
    dialog = window.findChild(PerformanceDialog, "performance_dialog")
    page = dialog.findChild(QTextBrowser, "performance_page")
    for code, said in (("en", "What is fast, and why"), ("zh_CN", "什么快，为什么快")):
        i18n.use(qapp, code)
        theme.apply(qapp, "dark")
        qtbot.waitUntil(lambda said=said: said in page.toPlainText())  # type: ignore[misc]
        assert page.horizontalScrollBar().maximum() == 0
    assert "What is fast" not in page.toPlainText()
    assert dialog.findChild(Button, "performance_close").text() == "关闭"
