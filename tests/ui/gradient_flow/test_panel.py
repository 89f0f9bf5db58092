"""The flow view on a real session and in the real window."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig, StopConfig
from playground.experiment.probes.probe import RunEvidence
from playground.ui.core import theme
from playground.ui.gradient_flow.panel import FlowPanel
from playground.ui.shell.main_window import MainWindow
from tests.ui.conftest import OpenWindow


def endless(config: ExperimentConfig) -> ExperimentConfig:
    """Return the experiment without a stop condition."""
    return edits.change(config, "training.stop", StopConfig())


def flow_of(window: MainWindow, qtbot: QtBot) -> FlowPanel:
    panel = window.area.panels["flow_panel"]
    window.area.docks["flow_panel"].raise_()
    QApplication.processEvents()
    qtbot.waitUntil(lambda: len(panel.bars.bars) > 0 and window.refresh_loop.is_idle)
    return panel


def test_the_whole_run_is_there_when_the_view_is_opened_after_it(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("and-gate")
    panel = window.area.panels["flow_panel"]
    assert panel.visibleRegion().isEmpty()
    before = panel.gradient.data("layer_0")[0]
    window.session.step(2_000)
    qtbot.waitUntil(lambda: window.session.step_count == 2_000)
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    assert panel.gradient.data("layer_0")[0] is before  # hidden, it is neither asked nor drawn
    flow_of(window, qtbot)
    steps, lengths = panel.gradient.data("layer_0")
    assert steps[0] == 1
    assert len(steps) > 20
    assert (lengths > 0).all()
    assert len(panel.ratio.data("layer_1")[0]) == len(steps)
    assert not len(panel.ratio.data("layer_2")[0])
    assert [layer.title for layer in panel.bars.bars] == ["Layer 1", "Output"]
    assert "saturated" in panel.bars.bars[0].remark
    assert panel.bars.bars[0].counts.sum() == 4 * 4
    assert "layer 1" in panel.gradient.describe(10.0, 0.0)


def test_it_follows_a_run_that_plays_and_begins_again_with_it(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window(endless(PRESETS["spiral"].config))
    panel = flow_of(window, qtbot)
    assert panel.requested_probes() == (RunEvidence(),)
    window.session.play()
    qtbot.waitUntil(lambda: len(panel.ratio.data("layer_0")[0]) > 10)
    window.session.reset()
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    assert not len(panel.ratio.data("layer_0")[0])


def test_it_follows_the_theme(kept_window: OpenWindow, qtbot: QtBot, qapp: QApplication) -> None:
    window = kept_window("digits")
    panel = flow_of(window, qtbot)
    assert "dead" in panel.bars.bars[0].remark
    before = panel.grab().toImage()
    theme.apply(qapp, "dark")
    assert panel.grab().toImage() != before
