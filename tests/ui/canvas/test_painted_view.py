"""A picture that fails to be painted: it is reported, and everything else goes on."""

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from playground.ui.canvas.painted_view import PaintedView


class Failing(PaintedView):
    is_broken = False

    def draw(self, painter: QPainter) -> None:
        if self.is_broken:
            raise IndexError("no such ink")
        painter.drawPoint(0, 0)


def test_an_error_while_painting_leaves_no_painter_at_work(qtbot: QtBot, qapp: QApplication) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    view, label = Failing("picture"), QLabel("beside it")
    column.addWidget(view)
    column.addWidget(label)
    window.resize(200, 200)
    with qtbot.waitExposed(window):
        window.show()
    view.is_broken = True
    with qtbot.captureExceptions() as caught:
        view.update()
        qtbot.waitUntil(lambda: len(caught) == 1)
        assert not view.paintingActive()
    view.is_broken = False
    view.update()
    label.setText("goes on")
    qapp.processEvents()  # Qt warns, and the test fails, where a painter is still at work
    assert not window.grab().isNull()
