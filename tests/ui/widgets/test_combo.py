from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from playground.ui.widgets.combo import ComboBox, Slider


def turn_wheel(widget: QWidget) -> bool:
    at = QPointF(5, 5)
    event = QWheelEvent(
        at, widget.mapToGlobal(at), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_the_wheel_scrolls_past_lists_and_sliders(qtbot: QtBot) -> None:
    box = ComboBox("activation")
    slider = Slider("noise", 0, 100)
    for widget in (box, slider):
        qtbot.addWidget(widget)
    box.set_choices([("a", "A", ""), ("b", "B", "")])
    box.set_value("a")
    slider.setValue(50)
    assert not turn_wheel(box)
    assert not turn_wheel(slider)
    assert box.value() == "a"
    assert slider.value() == 50


def test_a_list_keeps_its_choice_when_its_labels_change(qtbot: QtBot) -> None:
    box = ComboBox("activation")
    qtbot.addWidget(box)
    box.set_choices([("a", "A", ""), ("b", "B", "")])
    box.set_value("b")
    box.set_choices([("a", "甲", ""), ("b", "乙", "")])
    assert box.value() == "b"
    assert box.currentText() == "乙"
