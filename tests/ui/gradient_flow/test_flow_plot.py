"""The curves of activations, gradients and updates."""

import numpy as np
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import InitialChoice
from playground.ui.canvas.histogram_grid import Bars, HistogramGrid
from playground.ui.gradient_flow.flow_plot import FlowPlot
from playground.ui.gradient_flow.panel import FlowPanel
from playground.ui.shell.main_window import MainWindow
from tests.ui.conftest import OpenWindow


def flow_of(window: MainWindow, qtbot: QtBot) -> FlowPanel:
    panel = window.area.panels["flow_panel"]
    window.area.docks["flow_panel"].raise_()
    qtbot.waitUntil(lambda: len(panel.bars.bars) > 0 and window.refresh_loop.is_idle)
    return panel


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
    plot.set_note("shown from the first step on")
    plot.show()
    note = plot.findChild(QLabel, "flow_gradient_note")
    assert note.minimumSizeHint().width() <= note.width()


def test_an_empty_plot_says_why(kept_window: OpenWindow, qtbot: QtBot) -> None:
    config = edits.change(
        edits.change(PRESETS["circle"].config, "network.activation", "relu"), "network.initial", InitialChoice("zeros")
    )
    window = kept_window(config)
    panel = flow_of(window, qtbot)
    note = window.findChild(QLabel, "flow_ratio_note")
    qtbot.waitUntil(lambda: note.text() == "shown from the first step on")
    window.session.step(30)
    qtbot.waitUntil(lambda: note.text() == "every weight is 0")
    assert not panel.gradient.is_empty
    window.store.apply(edits.change(config, "network.initial", InitialChoice("he")))
    window.session.step(30)
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
