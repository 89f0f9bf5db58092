"""The gradient lab: one page in front, which alone is computed and asked for."""

import pytest

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import StopConfig
from playground.experiment.landscape.around import LossPlaneProbe, StepLineProbe
from playground.experiment.landscape.checking import CheckProbe
from playground.experiment.probes.snapshot import Snapshot
from playground.experiment.training.trainer import Trainer
from playground.ui.gradient_lab.panel import GradientLabPanel
from playground.ui.shell.main_window import SMALLEST
from tests.ui.conftest import OpenWindow, PanelBench

PAGES: dict[str, tuple[str, tuple[object, ...]]] = {
    "derivative": ("lab_derivative", ()),
    "descent": ("lab_descent", ()),
    "step": ("lab_step", (StepLineProbe(), LossPlaneProbe())),
    "check": ("lab_check", (CheckProbe(),)),
}


def test_each_page_comes_to_the_front_with_its_button_and_then_alone_asks_the_run(panel_bench: PanelBench) -> None:
    bench = panel_bench(GradientLabPanel, "and-gate", size=(900, 420))
    for key, (name, probes) in PAGES.items():
        bench.click(f"lab_page_{key}")
        assert [page.objectName() for page in bench.panel.pages.values() if page.isVisible()] == [name]
        assert bench.panel.requested_probes() == probes


def test_a_page_is_not_shown_what_the_page_before_has_asked_for(
    panel_bench: PanelBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = panel_bench(GradientLabPanel, "and-gate", size=(900, 420))
    shown: list[Snapshot] = []
    monkeypatch.setattr(bench.panel.pages["step"], "show_snapshot", shown.append)
    snapshot = Snapshot.of(bench.session.info.run, Trainer(bench.config), {}, playing=False, rate=0.0)
    bench.panel.show_page("step")
    bench.panel.show_snapshot(snapshot)
    assert shown == []
    bench.panel.requested_probes()
    bench.panel.show_snapshot(snapshot)
    assert shown == [snapshot]


def test_it_is_called_for_in_the_view_menu(kept_window: OpenWindow, qtbot) -> None:
    window = kept_window("and-gate")
    assert not window.area.docks["gradient_lab_panel"].isVisible()
    panel = window.area.show_panel("gradient_lab_panel")
    qtbot.waitUntil(lambda: panel.isVisible() and window.refresh_loop.is_idle)
    window.resize(*SMALLEST)
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    assert window.area.minimumSizeHint().width() <= window.area.width()  # nothing is pushed out of the smallest window


def test_what_costs_much_waits_until_training_is_paused(panel_bench: PanelBench) -> None:
    config = edits.change(PRESETS["spiral"].config, "training.stop", StopConfig())
    bench = panel_bench(GradientLabPanel, config, size=(900, 420))
    bench.panel.show_page("check")
    bench.settle()
    bench.session.play()
    bench.qtbot.waitUntil(lambda: bench.session.step_count > 5)
    assert bench.panel.requested_probes() == ()
    bench.panel.show_page("step")
    assert bench.panel.requested_probes() != ()
    bench.panel.show_page("check")
    bench.session.pause()
    bench.settle()
    assert bench.panel.requested_probes() == (CheckProbe(),)
