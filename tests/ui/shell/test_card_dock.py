"""The heading of a card, with its buttons."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from playground.ui.shell.card_dock import CardDock
from tests.ui.conftest import OpenWindow


def test_the_buttons_of_a_card_show_beside_its_heading(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("spiral")
    head = window.area.docks["loss_panel"].head
    assert head is not None
    assert not head.float_button.isVisible()
    QTest.mouseMove(head.heading)
    qtbot.waitUntil(head.float_button.isVisible)
    left = head.float_button.mapTo(head, head.float_button.rect().topLeft()).x()
    assert left >= head.heading.geometry().right()
    QTest.mouseClick(head.float_button, Qt.MouseButton.LeftButton)
    assert window.area.docks["loss_panel"].isFloating()
    assert not head.float_button.isVisible()  # what has moved away from under the pointer


def test_a_message_takes_the_place_of_the_content_which_cannot_be_reached_then(qtbot: QtBot) -> None:
    area, content = QWidget(), QLineEdit()
    dock = CardDock("some_dock", "Some", area)
    qtbot.addWidget(area)
    dock.fill(content)
    area.show()
    dock.show()
    assert content.isVisible()
    assert dock.message is None
    dock.show_message("No data", "Download them first.")
    assert not content.isVisible()
    assert dock.message == ("No data", "Download them first.")
    dock.show_content()
    assert content.isVisible()
