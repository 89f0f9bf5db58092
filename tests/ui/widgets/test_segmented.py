from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from playground.ui.core import theme
from playground.ui.widgets.segmented import SegmentedControl


def test_a_segment_is_chosen_by_click_and_arrow(qtbot: QtBot) -> None:
    control = SegmentedControl("initial", [(key, key, "") for key in ("zeros", "gaussian", "he")])
    qtbot.addWidget(control)
    control.show()
    control.activateWindow()
    qtbot.waitUntil(control.isActiveWindow)
    heard: list[str] = []
    control.chosen.connect(heard.append)
    control.set_value("zeros")
    assert heard == []
    QTest.mouseClick(control.buttons["gaussian"], Qt.MouseButton.LeftButton)
    control.buttons["gaussian"].setFocus()
    QTest.keyClick(control.buttons["gaussian"], Qt.Key.Key_Right)
    assert heard == ["gaussian", "he"]
    control.set_value("given")
    assert control.value() is None


def test_widths_of_the_style_sheet_and_of_choices_grow_with_the_type(qtbot: QtBot) -> None:
    field, choice = QLineEdit(), SegmentedControl("choice", (("a", "a", ""), ("b", "b", "")), usual_width=300)
    field.setProperty("role", "value")
    for widget in (field, choice):
        qtbot.addWidget(widget)
        widget.show()
    usual = field.minimumWidth()
    theme.set_scale(1.5)
    assert field.minimumWidth() > 1.4 * usual
    assert choice.sizeHint().width() == 450
    assert choice.minimumSizeHint().width() < 300
