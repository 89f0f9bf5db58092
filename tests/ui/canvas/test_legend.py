"""The key to the colours of a plot."""

from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from playground.ui.canvas.legend import Legend, with_legend


def test_it_shows_its_words_as_they_are_and_can_be_read_aloud(qtbot: QtBot) -> None:
    legend = Legend("key")
    qtbot.addWidget(legend)
    legend.set_entries((("accent", "train"), ("#e67e22", "<test>")), "Losses")
    assert legend.accessibleName() == "train, <test>"
    assert "&lt;test&gt;" in legend.text()
    assert legend.toolTip() == "Losses"


def test_a_picture_grows_by_the_lines_of_its_legend_and_not_at_all_without_one(qtbot: QtBot) -> None:
    size = QSize(200, 100)
    bare, few, many = (
        with_legend(tuple(("train", f"class {k}") for k in range(n)), size, print)[0] for n in (0, 2, 10)
    )
    assert bare == size
    assert few.width() == many.width() == 200
    assert 100 < few.height() < many.height()
