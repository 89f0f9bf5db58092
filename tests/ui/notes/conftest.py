"""The cards of a window, and steps after which they are up to date."""

from pytestqt.qtbot import QtBot

from playground.ui.notes.finding_card import FindingCard
from playground.ui.shell.main_window import MainWindow


def shown_cards(window: MainWindow) -> list[str]:
    return [card.objectName() for card in window.findChildren(FindingCard) if card.isVisible()]


def after_steps(window: MainWindow, qtbot: QtBot, steps: int) -> None:
    """Make steps, and wait until everything shows them."""
    reached = window.session.step_count + steps
    window.session.step(steps)
    qtbot.waitUntil(lambda: window.session.step_count >= reached)
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
