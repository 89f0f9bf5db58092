"""A button that shows and hides something."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from playground.ui.widgets.disclosure import Disclosure


def test_a_click_shows_the_content_and_the_next_hides_it(qtbot: QtBot) -> None:
    box, content = QWidget(), QLabel("content")
    qtbot.addWidget(box)
    button = Disclosure("more", content, "More", "Shows more")
    column = QVBoxLayout(box)
    column.addWidget(button)
    column.addWidget(content)
    box.show()
    assert not content.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert content.isVisible()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert not content.isVisible()
    assert (button.accessibleName(), button.toolTip()) == ("More", "Shows more")
