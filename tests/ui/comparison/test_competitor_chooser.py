"""Choosing the initial weights to compare."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from playground.experiment.config.presets import PRESETS
from playground.experiment.runs.initial_weights import usual_starts
from playground.ui.shell.main_window import MainWindow
from tests.ui.conftest import OpenWindow, part, text


def box(window: MainWindow, start: str) -> QCheckBox:
    found = window.findChild(QCheckBox, f"race_start_{start}")
    assert found is not None, start
    return found


def test_a_race_is_chosen_and_begun_with_the_keyboard(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("spiral")
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: box(window, "zeros").hasFocus())
    assert "which starts from: Xavier." in text(window, "race_words")
    assert not box(window, "xavier").isVisible()
    assert [key for key in usual_starts((2, 1)) if box(window, key).isChecked()] == ["fitting"]
    QTest.keyClick(box(window, "zeros"), Qt.Key.Key_Space)
    box(window, "he").setFocus()
    QTest.keyClick(box(window, "he"), Qt.Key.Key_Space)
    assert not box(window, "wide").isEnabled()
    begin = part(window, "race_begin")
    begin.setFocus()
    QTest.keyClick(begin, Qt.Key.Key_Space)
    starts = usual_starts((2, 8, 8, 1))
    assert window.session.competitors == (starts["zeros"], starts["fitting"], starts["he"])
    qtbot.waitUntil(lambda: "distinct units: 8 of 8, 8 of 8" in text(window, "racer_3_units"))
    assert text(window, "racer_1_units") == "distinct units: 1 of 8, 1 of 8"
    assert window.session.is_running
    window.session.pause()


def test_nothing_can_be_begun_without_a_rival(kept_window: OpenWindow) -> None:
    window = kept_window("and-gate")
    window.actions_["race"].trigger()
    assert part(window, "race_begin").isEnabled()
    box(window, "fitting").setFocus()
    QTest.keyClick(box(window, "fitting"), Qt.Key.Key_Space)
    assert not part(window, "race_begin").isEnabled()


def test_another_run_offers_other_starts(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("and-gate")
    window.actions_["race"].trigger()
    assert box(window, "fitting").text() == "Gaussian, σ = 0.71, 0.5"
    window.store.apply(PRESETS["digits"].config)
    qtbot.waitUntil(lambda: box(window, "fitting").text() == "Gaussian, σ = 0.12, 0.18")
    assert not box(window, "he").isVisible()
    assert box(window, "wide").isVisible()
