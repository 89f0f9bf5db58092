"""The picture of one step."""

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from playground.ui.core import i18n, theme
from playground.ui.slow_motion.panel import SlowMotionPanel
from playground.ui.slow_motion.step_view import short
from tests.ui.conftest import OpenWindow, part
from tests.ui.slow_motion.conftest import Slow


def test_a_number_in_32_bits_is_written_as_it_was_meant() -> None:
    assert short(float(np.float32(0.01)), 4) == short(0.01, 4) == "0.01"
    assert short(0.001, 4) == "1e−3"


def test_numbers_appear_in_the_picture_as_they_are_computed(slow: Slow) -> None:
    scene = slow("worked-example")
    scene.panel.grab()
    numbers = list(scene.panel.view.shown_numbers)
    assert {"0.05", "0.1", "0.15", "0.4"} <= set(numbers)
    assert "0.5933" not in numbers
    scene.click("slow_next")
    scene.panel.grab()
    assert {"z 0.3775", "0.5933"} <= set(scene.panel.view.shown_numbers)
    assert "0.5969" not in scene.panel.view.shown_numbers
    scene.click("slow_end")
    scene.panel.grab()
    assert {"δ 0.1385", "0.3589", "0.1498"} <= set(scene.panel.view.shown_numbers)
    assert "0.15" not in scene.panel.view.shown_numbers
    scene.click("slow_back")
    scene.panel.grab()
    assert "g −0.0226" in scene.panel.view.shown_numbers, "the last update is taken back"


@pytest.mark.parametrize(
    ("preset", "asked"),
    [("and-gate", "light"), ("height-weight", "dark"), ("digits", "dark"), ("simple-net", "light")],
)
def test_every_kind_of_data_is_drawn_at_every_moment(slow: Slow, qapp: QApplication, preset: str, asked: str) -> None:
    scene = slow(preset)
    theme.apply(qapp, asked)
    scene.click("slow_granularity_layer")
    pictures = set()
    while scene.find(QPushButton, "slow_next").isEnabled():
        scene.click("slow_next")
        picture = scene.panel.view.grab().toImage()  # it has to outlive its bits
        pictures.add(bytes(picture.constBits()))
        assert scene.formula
    assert len(pictures) == scene.panel.position


SMALLEST = (419, 166)
"""The panel in the smallest window in Chinese, in pixels."""


def test_every_delta_is_shown_in_full_in_the_smallest_window(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("spiral")
    window.resize(1024, 640)
    panel = window.area.show_panel("slow_motion_panel")
    window.session.step(200)
    qtbot.waitUntil(lambda: window.session.step_count == 200 and window.refresh_loop.is_idle)
    qtbot.waitUntil(lambda: panel.trace is not None)
    every_delta_is_shown_in_full(window, panel, 17)


def test_every_delta_is_shown_in_full_in_the_smallest_panel(slow: Slow, qapp: QApplication) -> None:
    i18n.use(qapp, "zh_CN")
    scene = slow("and-gate")
    scene.card.resize(scene.card.size() - scene.panel.size() + QSize(*SMALLEST))
    scene.step(200)
    every_delta_is_shown_in_full(scene.card, scene.panel, 5)


def every_delta_is_shown_in_full(window: QWidget, panel: SlowMotionPanel, units: int) -> None:
    part(window, "slow_end", QPushButton).click()
    panel.view.grab()
    shown = [float(text[2:].replace("−", "-")) for text in panel.view.shown_numbers if text.startswith("δ")]
    expected = [float(value) for layer in panel.trace.deltas for value in layer[0]]
    assert len(shown) == units
    assert shown == pytest.approx(expected, rel=0.06)
    assert all(panel.view.rect().contains(box.toRect()) for boxes in panel.view.layout_.boxes for box in boxes)
    controls = [part(window, f"slow_{name}") for name in ("back", "next", "play", "end", "make", "position", "row")]
    assert all(control.visibleRegion().boundingRect() == control.rect() for control in controls)
