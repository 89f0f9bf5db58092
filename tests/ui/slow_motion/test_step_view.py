"""The picture of one step."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from playground.ui.core import i18n, theme
from playground.ui.shell.main_window import MainWindow
from playground.ui.slow_motion.step_view import short
from tests.ui.conftest import OpenWindow, part
from tests.ui.slow_motion.conftest import Slow


def test_a_number_in_32_bits_is_written_as_it_was_meant() -> None:
    assert short(float(np.float32(0.01)), 4) == short(0.01, 4) == "0.01"
    assert short(0.001, 4) == "1e−3"


def test_numbers_appear_in_the_picture_as_they_are_computed(slow: Slow) -> None:
    scene = slow("worked-example")
    numbers = scene.panel.view.shown_numbers
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
    [
        ("and-gate", "light"),
        ("height-weight", "dark"),
        ("spiral", "light"),
        ("digits", "dark"),
        ("simple-net", "light"),
    ],
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
    theme.apply(qapp, "light")


def test_every_delta_is_shown_in_full_in_the_smallest_window(
    kept_window: OpenWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    for code, name, units in (("en", "spiral", 17), ("zh_CN", "and-gate", 5)):
        i18n.use(qapp, code)
        window = kept_window(name)
        window.resize(1024, 640)
        every_delta_is_shown_in_full(window, qtbot, units)


def every_delta_is_shown_in_full(window: MainWindow, qtbot: QtBot, units: int) -> None:
    window.session.step(200)
    qtbot.waitUntil(lambda: window.session.step_count == 200 and window.refresh_loop.is_idle)
    panel = window.area.show_panel("slow_motion_panel")
    qtbot.waitUntil(lambda: panel.trace is not None)
    part(window, "slow_end", QPushButton).click()
    panel.view.grab()
    layout = panel.view.layout_
    shown = [float(text[2:].replace("−", "-")) for text in panel.view.shown_numbers if text.startswith("δ")]
    expected = [float(value) for layer in panel.trace.deltas for value in layer[0]]
    assert len(shown) == units
    assert shown == pytest.approx(expected, rel=0.06)
    assert all(panel.view.rect().contains(box.toRect()) for boxes in layout.boxes for box in boxes)
    controls = [part(window, f"slow_{name}") for name in ("back", "next", "play", "end", "make", "position", "row")]
    assert all(control.visibleRegion().boundingRect() == control.rect() for control in controls)
