"""The chart with a point: what the mouse and the keys ask for, and when it is as any other chart."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from playground.ui.gradient_lab.page import DragChart


def test_a_press_the_arrows_and_shift_say_where_the_point_is_wanted(qtbot: QtBot) -> None:
    chart = DragChart("chart", ())
    qtbot.addWidget(chart)
    chart.resize(300, 200)
    chart.set_ranges((0.0, 10.0), (0.0, 1.0))
    chart.show()
    asked: list[tuple[float, float]] = []
    chart.dragged.connect(lambda x, y: asked.append((round(x, 3), round(y, 4))))
    chart.point = (5.0, 0.5)
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    qtbot.keyClick(chart, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert asked == [(4.8, 0.5), (5.0, 0.502)]
    qtbot.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=chart.place(2.0, 0.25).toPoint())
    assert abs(asked[-1][0] - 2.0) < 0.1
    chart.is_fixed = True
    qtbot.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=chart.place(3.0, 0.25).toPoint())
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert len(asked) == 3
