"""What flows through the layers: activations up, gradients down, and how much each step changes."""

from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.experiment.probes.probe import RunEvidence
from playground.experiment.probes.snapshot import Probe, RunInfo, Snapshot
from playground.experiment.training.layer_statistics import ENDS, LayerStats, NetworkStats
from playground.language import _
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.canvas.histogram_grid import Bars, HistogramGrid
from playground.ui.canvas.legend import Legend
from playground.ui.core import layouts
from playground.ui.core.panel import Panel
from playground.ui.core.ticks import number_label
from playground.ui.gradient_flow.flow_plot import FlowPlot, band_colour, layer_colour
from playground.ui.widgets.labels import ElidedLabel

HEALTHY = (10**-3.5, 10**-2.5)
"""About a thousandth: the usual rule of thumb for how much of themselves weights should change in a step."""

ALARMING_SHARE = 0.5


class FlowPanel(Panel):
    """Per layer: what its units output, its gradient by step, and by how much steps change its weights."""

    name = "flow_panel"

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session)
        self.bars = HistogramGrid("flow_activations", (_("activation value"), ""))
        self.gradient = FlowPlot("flow_gradient")
        self.ratio = FlowPlot("flow_ratio", HEALTHY)
        self.header = self.legend = Legend("flow_legend")
        words = (
            (_("Activations now"), _("Outputs of the units of each layer, over up to 1,000 samples")),
            (_("Gradient by step"), _("The length (norm) of the gradient of each layer's weights and biases")),
            (
                _("Update ÷ weights by step"),
                _(
                    "The size of a step's update relative to the weights of each layer. As a rule "
                    "of thumb about 0.001 is good, the green band: with far more, training is "
                    "unstable; with far less, it hardly learns."
                ),
            ),
        )
        self._layers = 1
        views: tuple[QWidget, ...] = (self.bars, self.gradient, self.ratio)
        row = layouts.row(parent=self, gap=10, margins=(0, 0, 0, 1))  # wholly covered, it would count as out of sight
        for view, (name, tip), share in zip(views, words, (6, 7, 7), strict=True):
            title = ElidedLabel(text=name, tip=tip)
            title.setCursor(Qt.CursorShape.WhatsThisCursor)
            view.setAccessibleName(name)
            row.addLayout(layouts.column(title, (view, 1), gap=2), share)
        for plot, (_name, tip) in zip((self.gradient, self.ratio), words[1:], strict=True):
            plot.name_of = self._layer_name
            plot.setAccessibleDescription(tip)
            plot.set_titles(_("step"), "")  # the other one is the heading above it
        self.apply_theme()

    def probes(self) -> tuple[Probe[Any], ...]:
        return (RunEvidence(),)

    def prepare(self, info: RunInfo) -> None:
        self._layers = len(info.sizes) - 1
        for plot in (self.gradient, self.ratio):
            plot.reset(self._layers, info.last_step)
        self.bars.show_bars(())
        self.apply_theme()

    def apply_theme(self) -> None:
        ends = dict.fromkeys((0, self._layers - 1))
        layers = [(layer_colour(k, self._layers).name(), self._layer_name(k)) for k in ends]
        if self._layers > 2:
            layers.insert(1, (layer_colour(self._layers // 2, self._layers).name(), "…"))
        self.legend.set_entries((*layers, (band_colour().name(), _("a thousandth: a good step"))))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        evidence = snapshot.answer(RunEvidence())
        if evidence is None:
            return
        layers = enumerate(evidence.layers)
        self.bars.show_bars(tuple(self._bars_of(k, layer, evidence.rows) for k, layer in layers))
        self.bars.setAccessibleDescription("; ".join(f"{one.title}, {one.remark}" for one in self.bars.bars))
        flow = evidence.flow
        for plot in (self.gradient, self.ratio):
            plot.goal = snapshot.last_step
        self.gradient.set_flow(flow.steps, flow.gradient)
        self.ratio.set_flow(flow.steps, flow.ratio)
        self._show_why_empty(evidence)

    def _show_why_empty(self, evidence: NetworkStats) -> None:
        waits = _("shown from the first step on")
        for plot, reason in ((self.gradient, _("every gradient is 0")), (self.ratio, _("every weight is 0"))):
            words = reason if len(evidence.flow.steps) else waits
            plot.set_note(words if plot.is_empty else "")

    def _layer_name(self, k: int) -> str:
        return _("output") if k == self._layers - 1 else _("layer {n}").format(n=k + 1)

    def _bars_of(self, k: int, layer: LayerStats, rows: int) -> Bars:
        last = k == self._layers - 1
        label = _((OUTPUTS if last else ACTIVATIONS)[layer.activation].label)
        title = _("Output") if last else _("Layer {n}").format(n=k + 1)
        remark, alarm, tips = "", False, [f"{title} · {label}"]
        if layer.dead is not None:
            remark = _("{dead} of {units} dead").format(dead=layer.dead, units=layer.units)
            alarm = 2 * layer.dead >= layer.units
            tips.append(_("Dead: outputs 0 for each of the {rows:,} samples checked.").format(rows=rows))
        elif layer.saturated is not None:
            remark = _("{percent:.0f} % saturated").format(percent=100 * layer.saturated)
            alarm = not last and layer.saturated >= ALARMING_SHARE
            low, high = (number_label(end) for end in ENDS[layer.activation])
            tips.append(
                _("Saturated: below {low} or above {high}, where the curve is flat.").format(low=low, high=high)
            )
        tips.append(
            _("{count:,} outputs of {units:,} units.").format(count=int(np.sum(layer.counts)), units=layer.units)
        )
        return Bars(
            title,
            layer.counts,
            layer.low,
            layer.high,
            detail=f"· {label}",
            remark=remark,
            is_bad=alarm,
            colour=layer_colour(k, self._layers),
            tip="\n".join(tips),
        )
