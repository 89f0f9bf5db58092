from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from playground.ui.widgets.small_switch import LogSwitch


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
