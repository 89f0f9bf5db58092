"""The heading of a card, with its buttons."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import OpenWindow


def test_the_buttons_of_a_card_show_beside_its_heading(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("spiral")
    head = window.area.docks["loss_panel"].head
    assert not head.float_button.isVisible()
    QTest.mouseMove(head.heading)
    qtbot.waitUntil(head.float_button.isVisible)
    left = head.float_button.mapTo(head, head.float_button.rect().topLeft()).x()
    assert left >= head.heading.geometry().right()
    QTest.mouseClick(head.float_button, Qt.MouseButton.LeftButton)
    assert window.area.docks["loss_panel"].isFloating()
    assert not head.float_button.isVisible()  # what has moved away from under the pointer
