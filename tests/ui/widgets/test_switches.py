from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from playground.ui.widgets.switches import Disclosure, LogSwitch


def test_a_switch_of_an_axis_tells_and_leaves_the_keys_where_they_are(qtbot: QtBot) -> None:
    told: list[bool] = []
    switch = LogSwitch("log", "Logarithmic axis", told.append)
    qtbot.addWidget(switch)
    switch.show()
    for _click in range(2):
        qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(8, switch.height() // 2))
    assert told == [True, False]
    assert not switch.hasFocus()
    assert (switch.objectName(), switch.accessibleName()) == ("log", "Logarithmic axis")
    assert switch.text()
    assert switch.toolTip()


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
