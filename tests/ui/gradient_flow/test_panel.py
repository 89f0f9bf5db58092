"""The flow view on a real session and in the real window."""

import numpy as np
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import InitialChoice
from playground.experiment.probes.probe import RunEvidence
from playground.ui.canvas.histogram_grid import Bars, HistogramGrid
from playground.ui.core import theme
from playground.ui.gradient_flow.panel import FlowPanel, FlowPlot
from tests.ui.conftest import PanelBench, endless


def test_the_whole_run_is_there_when_the_view_is_opened_after_it(panel_bench: PanelBench, qtbot: QtBot) -> None:
    stage = panel_bench(FlowPanel, "and-gate", hidden=True)
    panel = stage.panel
    stage.settle()
    before = panel.gradient.data("layer_0")[0]
    stage.step(2_000)
    assert panel.gradient.data("layer_0")[0] is before  # hidden, it is neither asked nor drawn
    stage.show()
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


def test_it_follows_a_run_that_plays_and_begins_again_with_it(panel_bench: PanelBench, qtbot: QtBot) -> None:
    stage = panel_bench(FlowPanel, endless(PRESETS["spiral"].config))
    panel = stage.panel
    assert panel.requested_probes() == (RunEvidence(),)
    stage.session.play()
    qtbot.waitUntil(lambda: len(panel.ratio.data("layer_0")[0]) > 10)
    stage.session.reset()
    stage.settle()
    assert not len(panel.ratio.data("layer_0")[0])


def test_it_follows_the_theme(panel_bench: PanelBench, qapp: QApplication) -> None:
    panel = panel_bench(FlowPanel, "digits").panel
    assert "dead" in panel.bars.bars[0].remark
    before = panel.grab().toImage()
    theme.apply(qapp, "dark")
    assert panel.grab().toImage() != before


def test_zeros_and_what_is_not_finite_are_left_out_and_the_band_stays_in_sight(qtbot: QtBot) -> None:
    plot = FlowPlot("flow_ratio", (3e-4, 3e-3))
    qtbot.addWidget(plot)
    plot.reset(2)
    plot.set_flow(np.array([1.0, 2.0, 3.0]), np.array([[0.0, 1.0], [10.0, np.nan], [1.0, np.inf]]))
    assert plot.data("layer_0")[0].tolist() == [2.0, 3.0]
    assert plot.data("layer_0")[1].tolist() == [10.0, 1.0]
    assert plot.data("layer_1")[0].tolist() == [1.0]
    (low, high) = plot.ranges[1]
    assert low < np.log10(3e-4)
    assert high > 1.0


def test_the_reason_is_not_cut_in_a_narrow_plot(qtbot: QtBot) -> None:
    plot = FlowPlot("flow_gradient")
    qtbot.addWidget(plot)
    plot.resize(180, 200)
    plot.note.setText("shown from the first step on")
    plot.show()
    note = plot.findChild(QLabel, "flow_gradient_note")
    assert note is not None
    assert note.minimumSizeHint().width() <= note.width()


def test_an_empty_plot_says_why(panel_bench: PanelBench, qtbot: QtBot) -> None:
    config = edits.change(
        edits.change(PRESETS["circle"].config, "network.activation", "relu"), "network.initial", InitialChoice("zeros")
    )
    stage = panel_bench(FlowPanel, config)
    note = stage.find(QLabel, "flow_ratio_note")
    qtbot.waitUntil(lambda: note.text() == "shown from the first step on")
    stage.session.step(30)
    qtbot.waitUntil(lambda: note.text() == "every weight is 0")
    assert not stage.panel.gradient.is_empty
    stage.store.apply(edits.change(config, "network.initial", InitialChoice("he")))
    stage.session.step(30)
    qtbot.waitUntil(lambda: note.text() == "")


def test_many_layers_stand_in_several_columns(qtbot: QtBot) -> None:
    view = HistogramGrid("flow_activations", ("x", "y"))
    qtbot.addWidget(view)
    view.resize(300, 400)
    view.show()
    bars = Bars("Layer 1", np.arange(40), -1.0, 1.0, detail="· Tanh", remark="3 % saturated", tip="tip")

    def are_inside(columns: int) -> bool:
        seen = [cell for cell in view.cells if cell.isVisible()]
        inside = all(view.rect().contains(cell.geometry()) for cell in seen)
        return inside and len({cell.x() for cell in seen}) == columns

    for count, columns in ((3, 1), (17, 3)):
        view.show_bars((bars,) * count)
        qtbot.waitUntil(lambda n=columns: are_inside(n))


def test_the_legend_names_every_layer_and_is_not_cut(panel_bench: PanelBench) -> None:
    stage = panel_bench(FlowPanel, "spiral")
    legend, step = stage.panel.legend, "a thousandth: a good step"
    assert [name for _colour, name in legend.entries] == ["layer 1", "layer 2", "output", step]
    for width, count in ((560, 3), (560, 6), (560, 16), (330, 16)):
        stage.card.resize(width, 380)
        stage.store.apply(edits.set_hidden(stage.config, (2,) * count))
        stage.settle()
        numbers = [str(k) for k in range(2, count + 1)]
        assert [words for _colour, words in legend.entries] == ["layer 1", *numbers, "output", step]
        assert len({colour for colour, _words in legend.entries}) == count + 2
        assert legend.isVisible()
        assert legend.width() <= stage.panel.width()
        assert legend.height() >= legend.heightForWidth(legend.width())
        names = [name for _colour, name in stage.panel.gradient.legend]  # in a saved picture there is room
        assert names == [*(f"layer {k + 1}" for k in range(count)), "output"]
        assert [name for _colour, name in stage.panel.ratio.legend] == [*names, step]
