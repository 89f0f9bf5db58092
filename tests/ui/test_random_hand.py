"""A short walk of the random hand; ``python -m tests.benchmarks.random_actions`` takes it as far as you like."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.experiment.config import edits
from playground.ui.core import i18n, theme
from tests.benchmarks.random_actions import act_at_random, differences
from tests.ui.conftest import OpenWindow

ACTIONS = 160


@pytest.fixture(autouse=True)
def as_before(qapp: QApplication):
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    theme.set_scale(1.0)
    theme.apply(qapp, "light")
    i18n.use(qapp, "en")


@pytest.mark.parametrize("seed", [11, 12])
def test_nothing_breaks_and_what_is_shown_is_what_runs(qtbot: QtBot, tmp_path: Path, seed: int) -> None:
    outcome = act_at_random(ACTIONS, seed, tmp_path)
    assert outcome.failures == []
    assert outcome.actions >= ACTIONS  # a dialog that is open then is closed first
    assert outcome.rests >= 2


def test_a_run_that_is_not_the_one_shown_would_be_noticed(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("and-gate")
    window.session.step(5)
    qtbot.waitUntil(lambda: window.refresh_loop.is_resting)
    assert differences(window) == []
    config, trainer = window.store.config, window.session._worker._trainer
    assert trainer is not None
    window.store._config = edits.set_units(config, 0, 7)
    assert any("another experiment" in it for it in differences(window))
    assert any("asked for" in it for it in differences(window))
    window.store._config = config
    trainer.network.parameters[0] += 1
    assert differences(window) == ["the diagram shows other weights"]
    trainer.network.parameters[0] -= 1
    trainer.run(1)
    assert any("counts as" in it for it in differences(window))
