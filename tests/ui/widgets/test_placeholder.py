"""What stands in a card whose content would be of something that is not there."""

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from playground.ui.widgets.placeholder import Placeholder


def test_a_message_takes_the_place_of_the_content_which_cannot_be_reached_then(qtbot: QtBot) -> None:
    body, content = Placeholder(), QLineEdit()
    qtbot.addWidget(body)
    body.set_content(content)
    body.show()
    assert content.isVisible()
    assert body.words is None
    body.show_message("No data", "Download them first.")
    assert not content.isVisible()
    assert body.words == ("No data", "Download them first.")
    body.show_content()
    assert content.isVisible()
