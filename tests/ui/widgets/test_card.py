from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playground.ui.widgets.card import Card


def test_a_card_folds_at_a_click_on_its_heading(qtbot: QtBot) -> None:
    card = Card("data_card", "Data", collapsible=True)
    qtbot.addWidget(card)
    body = QWidget()
    body.setMinimumHeight(100)
    card.set_content(body)
    card.show()
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(20, 14))
    assert card.is_folded
    QTest.mouseClick(card.findChild(QWidget, "data_card_fold"), Qt.MouseButton.LeftButton)
    assert not card.is_folded
