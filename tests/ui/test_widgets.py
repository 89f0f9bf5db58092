"""The small controls, used as a hand uses them."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from playground.ui.core import number_text, theme
from playground.ui.widgets.card import Card
from playground.ui.widgets.combo import ComboBox, Slider
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.progress_bar import ProgressBar
from playground.ui.widgets.readout import Readout
from playground.ui.widgets.segmented import SegmentedControl
from playground.ui.widgets.small_switch import LogSwitch


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
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
    switch = LogSwitch("log", told.append)
    qtbot.addWidget(switch)
    switch.retranslate("Logarithmic axis")
    switch.show()
    for _click in range(2):
        qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(8, switch.height() // 2))
    assert told == [True, False]
    assert not switch.hasFocus()
    assert (switch.objectName(), switch.accessibleName()) == ("log", "Logarithmic axis")
    assert switch.text()
    assert switch.toolTip()


def test_another_number_asks_for_no_new_layout(qtbot: QtBot) -> None:
    outside = QWidget()
    qtbot.addWidget(outside)
    room = QVBoxLayout(outside)
    metric = Readout("steps", "9,999,999")
    room.addWidget(metric)
    metric.set_text("Steps")
    outside.show()
    qtbot.waitExposed(outside)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    asked: list[QEvent.Type] = []

    class Listener(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            asked.append(event.type())
            return False

    listener = Listener()
    for widget in (outside, metric, *metric.findChildren(QWidget)):
        widget.installEventFilter(listener)
    before = metric.size()
    for number in ("1", "1,234,567", "–"):
        metric.set_number(number)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    assert QEvent.Type.LayoutRequest not in asked
    metric.set_text("A label that is longer than the number")
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    assert QEvent.Type.LayoutRequest in asked
    assert metric.width() > before.width()


@pytest.mark.parametrize(
    ("value", "moves", "text"),
    [(12.0, False, "12"), (12.0, True, "12.0"), (12.34, False, "12.3"), (12.34, True, "12.3"), (100.5, True, "100")],
)
def test_the_epoch_keeps_its_decimal_while_it_moves(value: float, moves: bool, text: str) -> None:
    assert number_text.epoch(value, moves=moves) == text


class Unsure(QWidget):
    """Tells the layout that it has changed when it is first asked for its size, as one that is dressed only then."""

    asked = 0

    def sizeHint(self) -> QSize:
        self.asked += 1
        if self.asked == 1:
            self.updateGeometry()
        return QSize(30, 10)


def test_a_line_takes_items_that_change_while_they_are_asked(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(box, gap=5)
    items = [Unsure(box) for _k in range(3)]
    for item in items:
        flow.addWidget(item)
    flow.heightForWidth(75)
    assert flow.heightForWidth(75) == 10 + 5 + 10
    flow.setGeometry(QRect(0, 0, 75, 25))
    assert [(item.x(), item.y(), item.width()) for item in items] == [(0, 0, 30), (35, 0, 30), (0, 15, 30)]
    asked = [item.asked for item in items]
    flow.heightForWidth(40)
    assert [item.asked for item in items] == asked


class Painted(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_a_bar_that_fills_is_painted_with_all_else_and_not_at_once(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    beside, bar = QWidget(), ProgressBar("progress", 1000)
    column = QVBoxLayout(window)
    column.addWidget(beside)
    column.addWidget(bar)
    window.resize(300, 100)
    window.show()
    qtbot.waitExposed(window)
    QApplication.processEvents()
    painted, others = Painted(bar), Painted(beside)
    beside.update()
    bar.show_value(400)
    assert (bar.value(), painted.count, others.count) == (400, 0, 0)
    qtbot.waitUntil(lambda: (painted.count, others.count) == (1, 1))
    bar.show_value(400)
    QApplication.processEvents()
    assert painted.count == 1
