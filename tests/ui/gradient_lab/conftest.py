"""A page of the lab alone in its card: one about a formula needs no run."""

from pytestqt.qtbot import QtBot

from playground.ui.gradient_lab.page import FormulaPage
from playground.ui.widgets.card import Card
from tests.ui.bench import CardBench


class PageBench(CardBench):
    """A page in its card, shown."""

    def __init__(self, qtbot: QtBot, page: FormulaPage, size: tuple[int, int]) -> None:
        super().__init__(qtbot, Card("lab_card"), page, size)
        self.page = page
        self.show()
