"""Hidden views cost nothing: every panel of the catalogue, in the real window, while it trains."""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, closing

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from playground.ui.core.panel import Panel
from playground.ui.shell.main_window import MainWindow
from playground.ui.widgets.card import Card
from tests.ui.conftest import OpenWindow

CALLS = ("prepare", "probes", "show_snapshot")
FRAMES = 3


class Watch(QObject):
    """Counts what a panel is asked and told, and how often anything in it is painted."""

    def __init__(self, panel: Panel) -> None:
        super().__init__()
        self.panel = panel
        self.counts: Counter[str] = Counter()
        for name in CALLS:
            setattr(panel, name, self.counted(name, getattr(panel, name)))
        self.watched = [panel, *panel.findChildren(QWidget)]
        for widget in self.watched:
            widget.installEventFilter(self)

    def counted(self, name: str, call: Callable[..., object]) -> Callable[..., object]:
        def counting(*arguments: object) -> object:
            self.counts[name] += 1
            return call(*arguments)

        return counting

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.counts["paint"] += 1
        return False

    def close(self) -> None:
        for name in CALLS:
            delattr(self.panel, name)
        for widget in filter(isValid, self.watched):
            widget.removeEventFilter(self)


def card_of(window: MainWindow, panel: Panel) -> Card | None:
    return window.findChild(Card, f"{panel.name}_card")


def hide_all(window: MainWindow, way: str) -> list[Panel]:
    """Hide every panel that can be hidden that way, and return them."""
    area, hidden = window.area, []
    for name, panel in area.panels.items():
        card = card_of(window, panel)
        if way == "folded" and card is not None:
            card.set_folded(True)
        elif way == "closed" and card is None:
            area.docks[name].close()
        elif way == "behind" and card is None and not area.docks[name].is_in_front:
            pass
        else:
            continue
        hidden.append(panel)
    if way == "closed":
        area.docks["setup"].close()
        hidden += [panel for panel in area.panels.values() if card_of(window, panel) is not None]
    QApplication.processEvents()
    return hidden


@pytest.mark.parametrize("way", ["closed", "behind", "folded"])
def test_a_hidden_panel_is_neither_asked_nor_told_nor_painted(kept_window: OpenWindow, qtbot: QtBot, way: str) -> None:
    window = kept_window("digits")
    hidden = hide_all(window, way)
    assert hidden
    assert way != "closed" or len(hidden) == len(window.area.panels)
    with ExitStack() as stack:
        seen, *watches = (stack.enter_context(closing(Watch(panel))) for panel in (window.transport, *hidden))
        window.session.set_speed(500.0)  # slow enough not to be done at once
        window.session.reset()  # a new run, then frames while it plays, then the last one
        window.session.play()
        qtbot.waitUntil(lambda: seen.counts["show_snapshot"] >= FRAMES and seen.counts["paint"] >= FRAMES)
        window.session.pause()
        qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    assert {one.panel.name: one.counts for one in watches if one.counts and not one.panel.updates_when_hidden} == {}
    assert not any(one.counts["paint"] for one in watches)
