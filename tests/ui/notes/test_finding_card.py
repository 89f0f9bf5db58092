"""A card: why, what to do about it, and closing it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from playground.experiment.config.presets import PRESETS
from tests.ui.conftest import OpenWindow, part
from tests.ui.notes.conftest import after_steps, shown_cards

LEFT = Qt.MouseButton.LeftButton


def test_a_card_says_why_and_breaks_the_symmetry_with_one_click(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("xor-gate-zeros")
    after_steps(window, qtbot, 100)
    qtbot.waitUntil(lambda: "identical_units_notice" in shown_cards(window))
    QTest.mouseClick(part(window, "identical_units_why"), LEFT)
    popup = part(window, "identical_units_why_popup")
    assert popup.isVisible()
    words = [label.text() for label in popup.findChildren(QLabel)]
    assert "4 hidden units that act as 1." in words
    assert {"Units in the layer", "4", "Units that differ", "1"} <= set(words)
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    before = window.store.config
    QTest.mouseClick(part(window, "identical_units_break"), LEFT)
    assert "identical_units_notice" not in shown_cards(window)
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    assert not window.session.is_running
    assert window.session.step_count == 100
    assert window.store.config == before
    after_steps(window, qtbot, 500)
    assert "identical_units_notice" not in shown_cards(window)


@pytest.mark.parametrize("height", [640, 1000])
def test_a_card_that_comes_or_goes_moves_nothing(kept_window: OpenWindow, qtbot: QtBot, height: int) -> None:
    window = kept_window("xor-gate-zeros", height=height)

    def places() -> list[object]:
        return [(name, dock.geometry()) for name, dock in window.area.docks.items() if dock.isVisible()]

    before = places()
    after_steps(window, qtbot, 100)
    qtbot.waitUntil(lambda: "identical_units_notice" in shown_cards(window))
    assert places() == before
    QTest.mouseClick(part(window, "identical_units_notice_dismiss"), LEFT)
    assert shown_cards(window) == []
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    assert places() == before
    window.store.apply(PRESETS["moons"].config)
    qtbot.waitUntil(lambda: window.session.info is not None and window.session.info.config.name == "moons")
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    assert [it for it in places() if it[0] in ("loss_panel", "accuracy_panel", "notes_panel")] == [
        it for it in before if it[0] in ("loss_panel", "accuracy_panel", "notes_panel")
    ]


def test_a_card_that_is_closed_stays_closed_for_this_run(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("and-gate-zeros")
    after_steps(window, qtbot, 100)
    qtbot.waitUntil(lambda: "identical_units_notice" in shown_cards(window))
    QTest.mouseClick(part(window, "identical_units_notice_dismiss"), LEFT)
    assert shown_cards(window) == []
    after_steps(window, qtbot, 100)
    assert shown_cards(window) == []
    window.session.reset()
    after_steps(window, qtbot, 100)
    qtbot.waitUntil(lambda: "identical_units_notice" in shown_cards(window))
