"""A ring around a control."""

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from playground.ui.widgets.spotlight import GAP, Spotlight


def test_the_ring_follows_its_control(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    button = QPushButton(window)
    button.setGeometry(20, 30, 80, 24)
    window.show()
    ring = Spotlight(button)
    assert ring.geometry() == button.geometry().adjusted(-GAP, -GAP, GAP, GAP)
    button.move(100, 90)
    assert ring.geometry().center() == button.geometry().center()
    button.hide()
    assert not ring.isVisible()
    button.show()
    assert ring.isVisible()
