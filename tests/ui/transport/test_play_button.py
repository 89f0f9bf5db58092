"""Play stays where it is."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playground.experiment.config import schema as configs
from playground.experiment.config.presets import PRESETS
from tests.ui.conftest import OpenWindow


def test_play_stands_still_whatever_the_experiment_is_called_and_however_many_figures_it_has(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("and-gate", height=None)
    for width, height in ((1024, 640), (1280, 720), (1440, 900)):
        window.resize(width, height)
        places = set()
        for preset in ("and-gate", "sine-curve", "spiral"):
            config = PRESETS[preset].config
            for one in (config, configs.replace(config, name=40 * "long name "), configs.replace(config, seed=7)):
                window.store.apply(one)
                qtbot.waitUntil(lambda: window.session.is_current and window.refresh_loop.is_idle)
                bar = window.transport
                places.add(bar.play_button.mapTo(window, QPoint()).x())
                shown = [it for it in bar.findChildren(QWidget) if it.isVisible() and it.parent() is bar]
                assert all(bar.rect().contains(it.geometry()) for it in shown)
        assert len(places) == 1
