"""The small controls, used as a hand uses them."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from playground.ui.core import theme
from playground.ui.widgets.card import Card
from playground.ui.widgets.combo import ComboBox, Slider
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.readout import Readout
from playground.ui.widgets.segmented import SegmentedControl
from playground.ui.widgets.small_switch import LogSwitch


@pytest.fixture(autouse=True)
def styled(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


def test_a_segment_is_chosen_by_click_and_arrow(qtbot: QtBot) -> None:
    control = SegmentedControl("initial", ["zeros", "gaussian", "he"])
    qtbot.addWidget(control)
    heard: list[str] = []
    control.chosen.connect(heard.append)
    control.set_value("zeros")
    assert heard == []
    QTest.mouseClick(control.button("gaussian"), Qt.MouseButton.LeftButton)
    QTest.keyClick(control.button("gaussian"), Qt.Key.Key_Right)
    assert heard == ["gaussian", "he"]
    control.set_value("given")
    assert control.value() is None


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
    slider = Slider("noise")
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


def test_a_card_folds_at_a_click_on_its_heading(qtbot: QtBot) -> None:
    card = Card("data_card", collapsible=True)
    qtbot.addWidget(card)
    card.set_title("Data")
    body = QWidget()
    body.setMinimumHeight(100)
    card.set_content(body)
    card.show()
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(20, 14))
    assert card.is_folded
    QTest.mouseClick(card.findChild(QWidget, "data_card_fold"), Qt.MouseButton.LeftButton)
    assert not card.is_folded


def test_a_flow_layout_reckons_anew_when_an_item_grows_or_hides(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(box, gap=4)
    for _item in range(2):
        item = QWidget()
        item.setFixedSize(40, 20)
        flow.addWidget(item)
    box.show()
    assert flow.heightForWidth(90) == 20
    item.setFixedSize(60, 20)
    assert flow.heightForWidth(90) == 44
    item.hide()
    assert flow.heightForWidth(90) == 20


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


def test_a_readout_is_as_wide_for_every_number(qtbot: QtBot) -> None:
    readout = Readout("steps", "9,999,999")
    qtbot.addWidget(readout)
    readout.set_text("Steps")
    width = readout.sizeHint().width()
    for number in ("1", "1,234,567"):
        readout.set_number(number)
        assert readout.number() == number
        assert readout.sizeHint().width() == width


def test_widths_of_the_style_sheet_and_of_choices_grow_with_the_type(qtbot: QtBot) -> None:
    field, choice = QLineEdit(), SegmentedControl("choice", ("a", "b"))
    field.setProperty("role", "value")
    choice.set_usual_width(300)
    for widget in (field, choice):
        qtbot.addWidget(widget)
        widget.show()
    usual = field.minimumWidth()
    theme.set_scale(1.5)
    try:
        assert field.minimumWidth() > 1.4 * usual
        assert choice.sizeHint().width() == 450
        assert choice.minimumSizeHint().width() < 300
    finally:
        theme.set_scale(1.0)
