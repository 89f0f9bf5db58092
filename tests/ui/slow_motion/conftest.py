"""Slow motion on its bench."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from playground.ui.slow_motion.panel import SlowMotionPanel
from tests.ui.bench import Bench
from tests.ui.conftest import PanelBench

Slow = Callable[..., "Scene"]


class Scene(Bench):
    """The panel on its bench, and what it says."""

    panel: SlowMotionPanel

    @property
    def formula(self) -> str:
        return self.find(QPlainTextEdit, "slow_formula").toPlainText()

    @property
    def sentence(self) -> str:
        return self.find(QLabel, "slow_sentence").text()

    def press(self, name: str, times: int = 1) -> None:
        for _time in range(times):
            self.click(name)


@pytest.fixture
def slow(panel_bench: PanelBench) -> Slow:
    return lambda config: panel_bench(SlowMotionPanel, config, size=(680, 420), bench=Scene)
