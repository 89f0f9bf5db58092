"""Drawing with mouse, pen, finger and keys."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSlider

from playground.data.drawing import RECIPES, SIDE
from playground.experiment.config import edits
from tests.ui.drawing.conftest import BAR


def pen(canvas, kind, at, pressure, pointer=QPointingDevice.PointerType.Pen):
    device = QPointingDevice(
        "pen",
        1,
        QInputDevice.DeviceType.Stylus,
        pointer,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
        1,
        1,
    )
    tip, place = Qt.MouseButton.LeftButton, canvas.place_of(*at)
    keys = Qt.KeyboardModifier.NoModifier
    event = QTabletEvent(kind, device, place, place, pressure, 0, 0, 0, 0, 0, keys, tip, tip)
    QApplication.sendEvent(canvas, event)
    assert event.isAccepted()


def test_ink_is_where_the_mouse_was(bench):
    bench.stroke(BAR)
    ink = bench.panel.canvas.drawing.ink
    rows, columns = np.nonzero(ink > 0.5)
    width = bench.panel.canvas.brush * SIDE
    assert (rows.min() + rows.max()) / 2 == pytest.approx(200, abs=2)
    assert rows.max() - rows.min() == pytest.approx(width, abs=2)
    assert columns.min() == pytest.approx(60 - width / 2, abs=2)
    assert columns.max() == pytest.approx(230 + width / 2, abs=2)


def test_clear_takes_everything_away(bench):
    bench.click("draw_load_sample")
    bench.stroke()
    bench.settle()
    bench.click("draw_clear")
    bench.settle()
    assert bench.panel.bars.values is None
    assert bench.panel.prepared.pixels is None
    assert bench.panel.strips.layers == ()
    assert not bench.find(QPushButton, "draw_clear").isEnabled()
    assert bench.find(QLabel, "draw_verdict").text() == "Nothing drawn yet"


def test_the_keyboard_loads_undoes_and_clears(bench):
    load = bench.find(QPushButton, "draw_load_sample")
    load.setFocus()
    bench.qtbot.keyClick(load, Qt.Key.Key_Space)
    assert bench.panel.canvas.drawing.loaded
    canvas = bench.panel.canvas
    bench.stroke(BAR)
    bench.store.apply(edits.change(bench.store.config, "training.learning_rate", 0.123))
    canvas.setFocus()
    bench.qtbot.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert canvas.drawing.strokes == []
    assert bench.store.config.training.learning_rate == 0.123
    bench.qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert canvas.drawing.is_empty


def test_the_brush_is_as_wide_as_it_is_set(bench):
    assert bench.panel.canvas.brush == RECIPES["digits"].brush
    bench.find(QSlider, "draw_brush").setValue(5)
    bench.stroke(BAR)
    rows = np.flatnonzero((bench.panel.canvas.drawing.ink > 0.5).any(axis=1))
    assert len(rows) == pytest.approx(0.05 * SIDE, abs=1)


def test_a_pen_draws_wider_the_harder_it_is_pressed_and_its_other_end_rubs_out(bench):
    canvas = bench.panel.canvas
    pen(canvas, QEvent.Type.TabletPress, (40, 140), 0.1)
    pen(canvas, QEvent.Type.TabletMove, (240, 140), 1.0)
    pen(canvas, QEvent.Type.TabletRelease, (240, 140), 0.0)
    ink = canvas.drawing.ink
    assert ink[:, 240].sum() > 2 * ink[:, 45].sum() > 0
    assert len(canvas.drawing.strokes) == 1
    pen(canvas, QEvent.Type.TabletPress, (240, 140), 1.0, QPointingDevice.PointerType.Eraser)
    assert canvas.drawing.ink[140, 240] == 0


def test_a_finger_draws(bench):
    canvas = bench.panel.canvas
    device = QTest.createTouchDevice()
    places = [canvas.place_of(*point).toPoint() for point in BAR]
    QTest.touchEvent(canvas, device).press(0, places[0]).commit()
    QTest.touchEvent(canvas, device).move(0, places[1]).commit()
    QTest.touchEvent(canvas, device).release(0, places[1]).commit()
    (stroke,) = canvas.drawing.strokes
    (left, y, _width), (right, _y, _w) = stroke.points
    assert canvas.drawing.ink[int(y), int(left + right) // 2] == 1
