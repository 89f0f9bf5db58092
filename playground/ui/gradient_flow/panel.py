"""What flows through the layers: activations up, gradients down, and how much each step changes."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QWidget

from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.experiment.probes.probe import RunEvidence
from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.experiment.training.layer_statistics import ENDS, LayerStats, NetworkStats
from playground.language import _
from playground.ui.canvas.chart import BOTTOM, LEFT, NOTHING
from playground.ui.canvas.chart_items import Array, Series
from playground.ui.canvas.histogram_grid import Bars, HistogramGrid
from playground.ui.canvas.legend import Legend
from playground.ui.canvas.painted_view import blend
from playground.ui.canvas.run_chart import RunChart, last_of, nearest
from playground.ui.core import layouts, theme
from playground.ui.core.panel import Panel, Probes
from playground.ui.core.ticks import number_label, value_label
from playground.ui.widgets.labels import ElidedLabel, text_label

HEALTHY = (10**-3.5, 10**-2.5)
"""About a thousandth: the usual rule of thumb for how much of themselves weights should change in a step."""

ALARMING_SHARE = 0.5


MOST_LAYERS = 17
"""Sixteen hidden layers and the outputs."""
BAND_SHARE = 0.18
"""How green the band is; blended, since transparent paint is slow."""


def layer_colour(layer: int, layers: int) -> QColor:
    """Return the colour of a layer, counted from 0, out of `layers`, in the theme in use."""
    first, middle, last = (theme.color(f"layer_{name}") for name in ("first", "middle", "last"))
    place = 2 * layer / (layers - 1) if layers > 1 else 0.0
    return blend(first, middle, place) if place <= 1 else blend(middle, last, place - 1)


class FlowPlot(RunChart):
    """Curves of one positive number for each layer, and a band from the lowest to the highest healthy value, if any."""

    def __init__(self, name: str, band: tuple[float, float] | None = None) -> None:
        self._layers = 1
        self._band = band
        self._band_item = pg.LinearRegionItem(np.log10(band or (1, 1)), "horizontal", movable=False, pen=pg.mkPen(None))
        self._steps: Array = NOTHING
        self._values: Array = np.empty((0, 1))
        super().__init__(name, tuple(Series(f"layer_{k}", "line", "train") for k in range(MOST_LAYERS)))
        if band is not None:
            self._band_item.setZValue(-10)
            self.add(self._band_item)
        self.note = text_label(f"{name}_note")
        self.note.setParent(self)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_logarithmic(True)
        self.reset(1)

    @property
    def is_empty(self) -> bool:
        """Whether no curve is drawn."""
        return not np.isfinite(self._values).any()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.axes:
            self.note.setGeometry(self.rect().adjusted(theme.px(LEFT), 0, 0, -theme.px(BOTTOM)))

    def reset(self, layers: int, last_step: float | None = None) -> None:
        """Begin a new run of a network of so many layers, which ends at `last_step` if that is known."""
        self._layers, self.goal = layers, last_step
        self.colour_all()
        self.clear(*self.drawn)
        self.set_flow(NOTHING, np.empty((0, layers)))

    def set_flow(self, steps: Array, values: Array) -> None:
        """Show `values` (n, layers) at these steps; zeros and what is not finite are left out."""
        self._steps, self._values = steps, np.where(values > 0, values, np.nan)
        for k in range(values.shape[1]):
            self.set_data(f"layer_{k}", steps, self._values[:, k])
        self.fit_axes(last_of(steps), self._values, np.array(self._band or ()))

    def colour_series(self, one: Series, _ink: QColor) -> None:
        super().colour_series(one, layer_colour(int(one.key.removeprefix("layer_")), self._layers))
        self._band_item.setBrush(pg.mkBrush(band_colour()))

    def describe(self, x: float, _y: float) -> str:
        if not len(self._steps):
            return ""
        k = nearest(self._steps, x)
        lines = [_("step {n:,}").format(n=int(self._steps[k]))]
        values = zip(self.names.values(), self._values[k].tolist(), strict=True)
        return "\n".join([*lines, *(f"{name}  {value_label(value)}" for name, value in values)])


def band_colour() -> QColor:
    """Return the colour of the band of healthy values, in the theme in use."""
    return blend(theme.color("panel"), theme.color("good"), BAND_SHARE)


class FlowPanel(Panel):
    """Per layer: what its units output, its gradient by step, and by how much steps change its weights."""

    name = "flow_panel"

    def build(self) -> None:
        self.bars = HistogramGrid("flow_activations", (_("activation value"), ""))
        self.gradient = FlowPlot("flow_gradient")
        self.ratio = FlowPlot("flow_ratio", HEALTHY)
        self.legend = Legend("flow_legend", vertical=True)
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
        row = layouts.row(gap=10)
        # Wholly covered, the panel would count as out of sight.
        layouts.column(self.legend, (row, 1), parent=self, gap=6, margins=(0, 0, 0, 1))
        for view, (name, tip), share in zip(views, words, (6, 7, 7), strict=True):
            title = ElidedLabel(text=name, tip=tip)
            title.setCursor(Qt.CursorShape.WhatsThisCursor)
            view.setAccessibleName(name)
            row.addLayout(layouts.column(title, (view, 1), gap=2), share)
        for plot, (_name, tip) in zip((self.gradient, self.ratio), words[1:], strict=True):
            plot.setAccessibleDescription(tip)
            plot.set_titles(_("step"), "")  # the other one is the heading above it
        self.apply_theme()

    def probes(self) -> Probes:
        return (RunEvidence(),)

    def prepare(self, info: RunInfo) -> None:
        self._layers = len(info.sizes) - 1
        for plot in (self.gradient, self.ratio):
            plot.reset(self._layers, info.last_step)
        self.bars.show_bars(())
        self.apply_theme()

    def apply_theme(self) -> None:
        layers = tuple((layer_colour(k, self._layers).name(), self._layer_name(k)) for k in range(self._layers))
        band = (band_colour().name(), _("a thousandth: a good step"))
        self.gradient.legend, self.ratio.legend = layers, (*layers, band)
        for plot in (self.gradient, self.ratio):
            plot.names = {f"layer_{k}": name for k, (_colour, name) in enumerate(layers)}
        if self._layers > 3:  # the numbers alone, so that many layers have room
            layers = tuple(
                (ink, name if k in (0, self._layers - 1) else str(k + 1)) for k, (ink, name) in enumerate(layers)
            )
        self.legend.set_entries((*layers, band))

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
            plot.note.setText(words if plot.is_empty else "")

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
            short="" if last else str(k + 1),
        )
