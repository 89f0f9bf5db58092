"""The controls of slow motion."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.slow_motion.conftest import Slow


def test_keys_go_forward_back_to_the_end_and_to_the_start(slow: Slow, qtbot: QtBot) -> None:
    scene = slow("worked-example")
    scene.card.activateWindow()
    scene.panel.view.setFocus()
    qtbot.waitUntil(scene.panel.view.hasFocus)
    for key, position in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_Right, 2), (Qt.Key.Key_Left, 1), (Qt.Key.Key_End, 17)):
        qtbot.keyClick(scene.panel.view, key)
        assert scene.panel.position == position
    assert scene.find(QLabel, "slow_position").text() == "17 of 17"
    qtbot.keyClick(scene.panel.view, Qt.Key.Key_Home)
    assert scene.panel.position == 0
    assert not scene.find(QPushButton, "slow_back").isEnabled()


def test_the_size_of_a_step_can_be_changed_on_the_way(slow: Slow) -> None:
    scene = slow("worked-example")
    scene.press("slow_next", 5)
    assert "0.298371109" in scene.formula
    scene.click("slow_granularity_layer")
    assert scene.panel.position == 3
    assert "0.298371109" in scene.formula
    scene.click("slow_next")
    assert scene.formula.splitlines() == [
        "y1: (0.75136507 − 0.01)·0.186815602 = 0.138498562",
        "y2: (0.7729284653 − 0.99)·0.1755100528 = −0.0380982365",
    ]
    scene.click("slow_granularity_row")
    assert scene.panel.position == 2
    scene.press("slow_next", 2)
    assert scene.panel.position == 4
    assert not scene.find(QPushButton, "slow_next").isEnabled()


def test_play_slowly_goes_on_by_itself_and_stops(slow: Slow, qtbot: QtBot) -> None:
    scene = slow("worked-example")
    timer = scene.panel.findChild(QTimer, "slow_timer")
    timer.setInterval(5)
    scene.click("slow_play")
    qtbot.waitUntil(lambda: scene.panel.position == 17)
    qtbot.waitUntil(lambda: not timer.isActive())
    scene.click("slow_back")
    scene.click("slow_play")
    assert scene.panel.position == 17
    assert not timer.isActive()
    scene.press("slow_back", 17)
    timer.setInterval(60_000)
    scene.click("slow_play")
    assert scene.find(QPushButton, "slow_play").text() == "Stop"
    scene.click("slow_play")
    assert scene.find(QPushButton, "slow_play").text() == "Play slowly"
    assert scene.panel.position == 1


def test_every_control_has_a_name_and_says_what_it_is(slow: Slow) -> None:
    scene = slow("and-gate")
    names = ("scope", "granularity", "row", "formula", "view", "back", "next", "play", "end", "make", "pause")
    for name in names:
        assert scene.find(QWidget, f"slow_{name}").accessibleName(), name
