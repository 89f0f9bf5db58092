"""A card that says something, with things to do about it."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from playground import language
from playground.ui.widgets.message_card import MessageCard


def test_it_says_plain_text_offers_buttons_and_can_be_closed(qtbot: QtBot) -> None:
    card, done = MessageCard("card", dismissable=True), []
    qtbot.addWidget(card)
    card.set_text("Stuck", "at <b>0.5</b>")
    assert "&lt;b&gt;0.5" in card.text.text()
    assert card.accessibleName() == "Stuck"
    button = card.add_button("card_adam", lambda: done.append("adam"))
    card.show()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["adam"]
    with qtbot.waitSignal(card.dismissed):
        qtbot.mouseClick(card.findChild(object, "card_dismiss"), Qt.MouseButton.LeftButton)


def test_in_chinese_the_headline_and_the_sentence_have_no_space_between_them(qtbot: QtBot) -> None:
    language.use("zh_CN")
    card = MessageCard("card")
    qtbot.addWidget(card)
    card.set_text("一。", "二。")
    assert "</b>二。" in card.text.text()
