"""The key to the colours of a plot."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter, QTextDocument
from pytestqt.qtbot import QtBot

from playground.ui.canvas.legend import Entries, Legend, with_legend
from playground.ui.core import theme


def test_it_shows_its_words_as_they_are_and_can_be_read_aloud(qtbot: QtBot) -> None:
    legend = Legend("key")
    qtbot.addWidget(legend)
    legend.set_entries((("accent", "train"), ("#e67e22", "<test>")), "Losses")
    assert legend.accessibleName() == "train, <test>"
    assert "&lt;test&gt;" in legend.text()
    assert legend.toolTip() == "Losses"


@pytest.mark.parametrize("words", ["layer 1", "输出"])
def test_short_words_are_not_parted_at_the_end_of_a_line(qtbot: QtBot, words: str) -> None:
    key = Legend("key", vertical=True)
    qtbot.addWidget(key)
    key.set_entries((("accent", words),) * 2)
    text = QTextDocument()
    text.setHtml(key.text())
    text.setTextWidth(text.idealWidth() - 6)
    second = text.firstBlock().layout().lineAt(1).textStart()
    assert text.toPlainText()[second] == "■"


def test_a_picture_grows_by_the_lines_of_its_legend_and_not_at_all_without_one(qtbot: QtBot) -> None:
    size = QSize(200, 100)
    bare, few, many = (
        with_legend("Loss", tuple(("train", f"class {k}") for k in range(n)), size, print)[0] for n in (0, 2, 10)
    )
    assert bare == size
    assert few.width() == many.width() == 200
    assert 100 < few.height() < many.height()


def painted(title: str, entries: Entries, width: int) -> QImage:
    whole, draw = with_legend(title, entries, QSize(width, 50), lambda _painter: None)
    image = QImage(whole, QImage.Format.Format_RGB32)
    image.fill(theme.color("panel"))
    with QPainter(image) as painter:
        draw(painter)
    return image


@pytest.mark.parametrize("words", ["Gaussian, σ = 0.71", "高斯，标准差为一"])
def test_an_entry_begins_a_new_line_rather_than_go_over_to_it(qtbot: QtBot, words: str) -> None:
    """Else its second half would read as an entry of its own."""
    image = painted("Loss", (("#cc0000", words), ("#0000cc", words)), 220)
    marks = {
        colour: {(x, y) for x in range(220) for y in range(image.height()) if image.pixelColor(x, y).name() == colour}
        for colour in ("#cc0000", "#0000cc")
    }
    assert min(x for x, _y in marks["#0000cc"]) < theme.px(16)
    assert min(y for _x, y in marks["#0000cc"]) > max(y for _x, y in marks["#cc0000"])


def test_the_picture_says_what_it_shows(qtbot: QtBot) -> None:
    """Its heading stands outside of the chart."""
    entries = (("train", "a"),)

    def ink(title: str) -> int:
        image = painted(title, entries, 300)
        return sum(image.pixelColor(x, y).lightness() < 200 for x in range(300) for y in range(image.height()))

    assert ink("Loss of each network by step") > ink("Loss") > ink("")
