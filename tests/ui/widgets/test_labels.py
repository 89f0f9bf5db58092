"""A line of text that ends in an ellipsis where it does not fit."""

from pytestqt.qtbot import QtBot

from playground.ui.widgets.labels import ElidedLabel


def test_it_can_be_narrower_than_its_text_and_looks_different_then(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.set_text("A name that is much too long for its place")
    assert label.minimumSizeHint().width() == 0
    assert label.accessibleName() == label.text()
    label.resize(400, 20)
    whole = label.grab().toImage().copy(0, 0, 60, 20)
    label.resize(60, 20)
    assert label.grab().toImage() != whole
