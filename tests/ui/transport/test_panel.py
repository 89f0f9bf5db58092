"""The bar at the top: what Play and Step do and say, how fast it goes, and that nothing in it moves."""

from time import monotonic

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from playground.runtime.speed import AUTO
from playground.ui.core import number_text
from tests.ui.conftest import OpenWindow, part, text


def test_the_speed_slider_the_keys_and_the_menu_agree(open_window: OpenWindow) -> None:
    window = open_window()
    slider = window.transport.speed_slider
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert window.session.speed == 1
    assert window.preferences.speed == 1
    QTest.keyClick(window, Qt.Key.Key_Plus)
    assert window.session.speed == 2
    checked = window.actions_.speeds.checkedAction()
    assert checked is not None
    assert checked.data() == "2"
    window.actions_.speeds.actions()[-1].trigger()
    assert window.session.speed is None
    assert slider.value() == slider.maximum()


def test_a_first_start_plays_at_a_speed_to_be_watched_and_one_key_makes_it_unlimited(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(speed=AUTO)
    assert window.session.speed_limit == 1_000  # ten thousand steps in ten seconds
    assert text(window, "speed_value") == "auto, 1,000/s"
    begin = monotonic()
    QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.step_count >= 400)
    assert monotonic() - begin > 0.3
    QTest.keyClick(window, Qt.Key.Key_U)
    assert window.session.speed_limit is None
    assert window.preferences.speed is None
    assert window.transport.speed_slider.value() == window.transport.speed_slider.maximum()
    qtbot.waitUntil(lambda: window.session.step_count == 10_000)
    QTest.keyClick(window, Qt.Key.Key_U)
    assert window.session.speed == AUTO
    QTest.keyClick(window, Qt.Key.Key_Minus)
    assert window.session.speed == 500
    QTest.keyClick(window, Qt.Key.Key_U)
    QTest.keyClick(window, Qt.Key.Key_U)
    assert window.preferences.speed == 500


def test_a_counter_holds_ten_digits(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("and-gate")
    for name in ("epoch_value", "steps_value"):
        label = part(window, name, QLabel)
        assert isinstance(label, QLabel)
        for number in (9_999_999, 12_345_678, 1_234_567_890):
            words = number_text.count(number)
            assert label.fontMetrics().horizontalAdvance(words) <= label.width(), (name, words)
