"""The current sample among those of one input, and among predictions."""

import numpy as np
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.experiment.config import edits
from playground.experiment.config.schema import DataChoice
from playground.runtime.selection import Sample
from playground.ui.boundary.panel import BoundaryPanel
from tests.ui.boundary.test_sample_chart import LEFT, lonely
from tests.ui.conftest import PanelBench


def test_the_current_sample_is_ringed_among_those_of_one_input(panel_bench: PanelBench) -> None:
    bench = panel_bench(BoundaryPanel, "sine-curve")
    panel = bench.panel
    fit, selection = panel.fit, bench.session.selection
    assert fit.current == tuple(fit.samples()[0].tolist())
    before = fit.grab().toImage()
    selection.set_sample(Sample("train", 7))
    assert fit.current == tuple(fit.samples()[7].tolist())
    assert fit.grab().toImage() != before
    places = [fit.place(*xy) for xy in fit.samples().tolist()]
    alone = lonely(np.array([[at.x(), at.y()] for at in places]), 20)
    at = fit.place(*fit.samples()[alone].tolist())
    values = fit.values_at(at)
    assert fit.describe(*values).startswith(f"sample {alone + 1}; click: the current one\nx1 = ")
    QTest.mouseClick(fit.viewport(), LEFT, pos=at.toPoint())
    assert selection.sample == Sample("train", alone)
    assert fit.describe(*values).startswith(f"sample {alone + 1}, the current one\nx1 = ")
    selection.set_sample(Sample("train", 10**6))
    assert fit.current is None


def test_among_predictions_of_many_inputs_there_is_nothing_to_choose(panel_bench: PanelBench, qtbot: QtBot) -> None:
    bench = panel_bench(BoundaryPanel, "sine-curve")
    panel = bench.panel
    inputs = np.random.default_rng(1).random((20, 3))
    rows = DataChoice("rows", x=inputs.tolist(), y=inputs.sum(axis=1, keepdims=True).tolist(), task="regression")
    bench.store.apply(edits.set_data(bench.store.config, rows))
    of_both_parts = len(inputs)  # and not those of the sine, which stay until the panel's turn comes

    def count() -> int:
        return sum(len(panel.fit.data(part)[0]) for part in ("train", "test"))

    qtbot.waitUntil(lambda: panel.mode == "scatter" and count() == of_both_parts)
    assert panel.fit.current is None
    first = [float(values[0]) for values in panel.fit.data("train")]
    assert not panel.fit.describe(*first).startswith("sample")
    QTest.mouseClick(panel.fit.viewport(), LEFT, pos=panel.fit.place(*first).toPoint())
    assert bench.session.selection.sample == Sample("train", 0)
