"""The weights of each layer: their values, how they are spread, how they came about, how far they have moved."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStackedWidget, QWidget

from playground.experiment.probes.probe import Parameters, WeightCurves
from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.experiment.training.weight_history import MOST_PARAMETERS
from playground.language import _, sentences
from playground.ui.canvas.chart_items import Array
from playground.ui.canvas.grid_view import Grid, GridView
from playground.ui.canvas.histogram import counts
from playground.ui.canvas.histogram_grid import Bars, HistogramGrid
from playground.ui.canvas.images import CRISP, best_columns, indices, mosaic, symmetric_limit, table_image
from playground.ui.canvas.legend import Entries, Legend
from playground.ui.canvas.matrix_view import Frame, MatrixView
from playground.ui.canvas.output_bars import OutputBars
from playground.ui.core import layouts, number_text, theme
from playground.ui.core.panel import Panel, Probes
from playground.ui.core.ticks import round_up, value_label
from playground.ui.weights import weight_curves
from playground.ui.weights.weight_names import (
    describe_spread,
    layer_title,
    link_names,
    short_titles,
    step_titles,
    unit_names,
    whole_layer,
)
from playground.ui.widgets.combo import ComboBox
from playground.ui.widgets.labels import reason_label, show_text, text_label
from playground.ui.widgets.segmented import SegmentedControl

TALL = 1.6
"""A layer with so many times more inputs than units lies on its side: a row a unit."""

MOST_GROUPS_IN_LEGEND = 10


BINS_BY_SIZE = ((40, 11), (200, 21), (math.inf, 41))
"""Fewer numbers are counted in fewer bins; odd, so that zero stands in the middle of one."""


MOST_TILES = 256


class MosaicView(GridView):
    """Tiles (units, h, w) of numbers between ±`limit`; `explain_pixel` gets the unit, the row and the column."""

    def __init__(self, explain_pixel: Callable[[int, int, int], str]) -> None:
        super().__init__("mosaic_view", _("Weight pattern of each unit"))
        self.limit = 1.0
        self.explain_pixel = explain_pixel
        self._tiles: NDArray[np.floating] = np.empty((0, 1, 1))

    def set_tiles(self, tiles: NDArray[np.floating]) -> None:
        """Show the first `MOST_TILES` of `tiles` (units, h, w) on their shared scale, ±max."""
        self._tiles = tiles[:MOST_TILES]
        self.limit = symmetric_limit(self._tiles)
        self.update()

    def grid(self) -> Grid:
        count, height, width = self._tiles.shape
        room_width, room_height = self.width() - 2, self.height() - 4
        columns = best_columns(count, room_width, room_height, width, height)
        rows = max(1, -(-count // columns))
        scale = min(room_width / (columns * width), room_height / (rows * height))
        return Grid(0, 2, width * scale, height * scale, columns, count)

    def describe(self, place: QPointF) -> str:
        grid = self.grid()
        tile = grid.at(place)
        if tile is None:
            return ""
        _count, height, width = self._tiles.shape
        inside = place - grid.box(tile).topLeft()
        row, column = int(inside.y() / grid.height * height), int(inside.x() / grid.width * width)
        return self.explain_pixel(tile, min(row, height - 1), min(column, width - 1))

    def draw(self, painter: QPainter) -> None:
        if not len(self._tiles):
            return
        grid = self.grid()
        places = indices(mosaic(self._tiles, grid.columns), -self.limit, self.limit)
        is_smooth = grid.width < CRISP * self._tiles.shape[2]
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
        painter.drawImage(grid.area, table_image(places, theme.diverging()))
        grid.draw_gaps(painter, 3)


def explain(bars: Bars, k: int) -> str:
    """Return how many numbers are in a bin, now and at the start."""
    assert bars.outline is not None
    low, high = (value_label(float(f"{edge:.3g}")) for edge in bars.edges()[k : k + 2].tolist())
    now, start = (number_text.share(count[k] / max(1, count.sum())) for count in (bars.counts, bars.outline))
    return _("{low} to {high}: {now} of the weights, {start} at the start").format(
        low=low, high=high, now=now, start=start
    )


LARGEST = 1e307
"""An axis has no room for larger numbers; they count as this one."""


def spread(title: str, now: Array, start: Array) -> Bars:
    """Count the numbers of a layer (1-D), and those of its start, over a range that holds both and is round."""
    bins = next(count for size, count in BINS_BY_SIZE if now.size <= size)
    now, start = now.astype(np.float64), start.astype(np.float64)  # a round end may be beyond what 32 bits hold
    sizes = np.abs(np.concatenate([now, start]))
    finite = sizes[np.isfinite(sizes)]
    reach = min(round_up(float(finite.max())), LARGEST) if finite.size else 1.0
    now, start = np.clip(now, -reach, reach), np.clip(start, -reach, reach)
    end = reach * bins / (bins - 1)  # the outermost bins are centred on -reach and +reach
    return Bars(title, counts(now, bins, reach)[0], -end, end, outline=counts(start, bins, reach)[0])


class WeightsPanel(Panel):
    """Weights and biases of the chosen layer in one of four views."""

    name = "weights_panel"

    def build(self) -> None:
        self._flat: Array | None = None
        self.matrix = MatrixView("weights_matrix", _("Weights of the layer"))
        self.matrix.set_message(_("The weights appear here as soon as there is a network."))
        self.matrix.explain = self._explain_cell
        self.mosaic = MosaicView(self._explain_pixel)
        titles = (_("value of a weight"), _("weights"))
        self.histograms = HistogramGrid("weights_histograms", titles, explain)
        self.histograms.setMinimumSize(160, 120)
        self.histograms.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.histograms.selected = 0
        self.histograms.setAccessibleName(_("Histograms of the weights, one per layer"))
        self.histograms.chosen.connect(self._on_histogram_chosen)
        self.curves = weight_curves.WeightCurves()
        self.curves.set_titles(_("step"), _("weight or bias"))
        self.reason = reason_label("weights_reason")
        self.bars = OutputBars("weights_change", _("How much each layer has changed"))
        self.bars.hide()
        self.legend = Legend("weights_legend")
        self.caption = text_label("weights_caption")
        self.caption.hide()
        self._build_header()
        self._views = QStackedWidget()
        for view in (self.matrix, self.mosaic, self.histograms, self.curves, self.reason):
            self._views.addWidget(view)
        picture = layouts.row((self._views, 1), self.bars, gap=12)
        foot = layouts.row((self.caption, 1), self.legend, gap=10)
        layouts.column((picture, 1), foot, parent=self, gap=6)

    def _build_header(self) -> None:
        self.choice = ComboBox("weights_layer", _("Layer"))
        self.choice.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
        self.choice.chosen.connect(self._arrange)
        views = (
            ("values", _("Values"), _("Each weight and bias in its colour")),
            ("histograms", _("Histograms"), _("Distribution of the weights of each layer, now and at the start")),
            ("history", _("History"), _("Each weight and bias from the start until now")),
            ("change", _("Change"), _("How much each weight and bias has changed since the start")),
        )
        self.view_choice = SegmentedControl("weights_view", views, label=_("View of the weights"), usual_width=310)
        self.view_choice.set_value("values")
        self.view_choice.chosen.connect(self._arrange)
        self.header = layouts.box(layouts.row(self.choice, self.view_choice, gap=8))

    def probes(self) -> Probes:
        if self.view != "history":
            return (Parameters(),)
        return (WeightCurves(),) if self._is_followed() else ()

    @property
    def view(self) -> str:
        """Which view is shown: the key of its button."""
        return self.view_choice.value() or "values"

    @property
    def layer(self) -> int:
        """The layer shown, from 0: its weights lead from ``sizes[layer]`` to ``sizes[layer + 1]`` units."""
        return int(self.choice.value() or 0)

    def show_run(self, info: RunInfo) -> None:
        same = self._info is not None and self._info.sizes == info.sizes
        super().show_run(info)
        if not same:
            self.choice.set_value(None)

    def clear(self) -> None:
        self._flat = None

    def prepare(self, info: RunInfo) -> None:
        tip = _("Weights from one layer to the next")
        titles = step_titles(info)
        self.choice.set_choices([(str(k), title, tip) for k, title in enumerate(titles)])
        if self.choice.value() is None:
            self.choice.set_value("0")
        self.choice.setVisible(len(titles) > 1)
        self.reason.setText(
            _(
                "This network has {count:,} weights and biases, too many curves to tell apart: "
                "this works up to {most}. See Histograms and Change instead."
            ).format(count=info.start.size, most=MOST_PARAMETERS)
        )
        self.matrix.set_message("")
        self._frame(info)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        flat, past = snapshot.answer(Parameters()), snapshot.answer(WeightCurves())
        if past is not None and self.view == "history":
            self.curves.set_curves(past.steps, past.values[:, self._places()])
        if flat is not None:
            self._flat = flat
            self._show(self.info, flat)

    def _places(self) -> NDArray[np.intp]:
        numbers = np.arange(self.info.start.size, dtype=float)
        return np.asarray(whole_layer(self.info, numbers, self.layer).ravel(), np.intp)

    def _is_followed(self) -> bool:
        return self.info.start.size <= MOST_PARAMETERS

    def _show(self, info: RunInfo, flat: Array) -> None:
        if self.view == "histograms":
            now, then = (info.layers_of(a)[0] for a in (flat, info.start))
            layers = zip(step_titles(info), now, then, strict=True)
            self.histograms.show_bars(tuple(spread(title, a.ravel(), b.ravel()) for title, a, b in layers))
        elif self.view == "values":
            self._show_layer(info, flat)
        elif self.view == "change":
            self._show_layer(info, flat - info.start)
            self._show_lengths(info, flat - info.start)
        show_text(self.caption, self._sentence(info))

    def _show_layer(self, info: RunInfo, flat: Array) -> None:
        whole, shape = whole_layer(info, flat, self.layer), info.data.dataset.image_shape
        if self._is_mosaic() and shape is not None:
            self.mosaic.set_tiles(whole[: info.sizes[0]].T.reshape(-1, *shape))
        else:
            self.matrix.set_values(whole.T if self._on_side() else whole)

    def _show_lengths(self, info: RunInfo, change: Array) -> None:
        lengths = np.array([np.linalg.norm(whole_layer(info, change, k)) for k in range(len(self.bars.names))])
        captions = tuple(value_label(float(f"{length:.3g}")) for length in lengths)
        self.bars.set_values(lengths, captions, self.layer, (0.0, float(lengths.max()) or 1.0))

    def _is_mosaic(self) -> bool:
        return self.info.data.dataset.image_shape is not None and self.layer == 0

    def _on_side(self) -> bool:
        return self.info.sizes[self.layer] > TALL * self.info.sizes[self.layer + 1]

    def _on_histogram_chosen(self, layer: int) -> None:
        self.choice.set_value(str(layer))
        self._arrange()

    def _arrange(self) -> None:
        self.ensure_prepared()
        if self._info is None:
            return
        self._frame(self._info)
        if self._flat is not None:
            self._show(self._info, self._flat)
        self.refresh_requested.emit()

    def _frame(self, info: RunInfo) -> None:
        self.bars.setVisible(self.view == "change")
        self._name_colours(())
        current: QWidget = self.mosaic if self._is_mosaic() else self.matrix
        if self.view == "histograms":
            current = self.histograms
        elif self.view == "history":
            current = self.curves if self._is_followed() else self.reason
        self._views.setCurrentWidget(current)
        self.histograms.select(self.layer)
        self.bars.set_names(short_titles(info))
        if current is self.matrix:
            self._frame_matrix(info)
        elif current is self.curves:
            self._frame_curves(info)
        show_text(self.caption, self._sentence(info))

    def _frame_matrix(self, info: RunInfo) -> None:
        inputs, units = unit_names(info, self.layer), unit_names(info, self.layer + 1)
        rows, columns = layer_title(info, self.layer), layer_title(info, self.layer + 1)
        apart = "row" if info.config.network.has_biases else ""
        frame = Frame((*inputs, _("bias")) if apart else inputs, units, rows, columns, apart)
        self.matrix.set_frame(frame.transposed() if self._on_side() else frame)

    def _frame_curves(self, info: RunInfo) -> None:
        n_in, units = info.sizes[self.layer], info.sizes[self.layer + 1]
        rows, columns = np.indices((n_in + int(info.config.network.has_biases), units))
        by_unit = units > 1
        groups = (columns if by_unit else rows).ravel()
        links, last_step = link_names(info, self.layer), info.config.training.stop.steps
        self.curves.reset(groups, (rows == n_in).ravel(), short_titles(info)[self.layer], links, last_step)
        names = unit_names(info, self.layer + 1) if by_unit else (*unit_names(info, self.layer), _("bias"))
        if self.curves.groups <= MOST_GROUPS_IN_LEGEND:
            entries = zip(range(self.curves.groups), names, strict=False)
            self._name_colours(tuple((self.curves.colour(k).name(), name) for k, name in entries))

    def _name_colours(self, entries: Entries) -> None:
        self.legend.set_entries(entries)
        self.curves.legend = entries

    def _explain_pixel(self, tile: int, row: int, column: int) -> str:
        if self._flat is None:
            return ""
        shape = self.info.data.dataset.image_shape
        assert shape is not None
        pixel = row * shape[1] + column
        lines = [_("unit {n}").format(n=tile + 1)]
        where = {"row": row + 1, "column": column + 1}
        if self.view == "change":
            lines.append(_("pixel in row {row}, column {column}").format(**where))
            return "\n".join([*lines, self._explain_change(self._flat, pixel, tile)])
        weights, biases = self.info.layers_of(self._flat)
        value = value_label(float(weights[0][pixel, tile]))
        lines.append(_("pixel in row {row}, column {column}: weight {value}").format(**where, value=value))
        if self.info.config.network.has_biases:
            lines.append(_("bias {value}").format(value=value_label(float(biases[0][tile]))))
        return "\n".join(lines)

    def _explain_cell(self, index: int) -> str:
        text = self.matrix.names_and_value(index)
        if self.view != "change" or self._flat is None:
            return text
        row, column = divmod(index, self.matrix.values.shape[1])
        change = self._explain_change(self._flat, *((column, row) if self._on_side() else (row, column)))
        return "\n".join([text.split("\n")[0], change])

    def _explain_change(self, flat: Array, row: int, unit: int) -> str:
        info = self.info
        start, now = (float(whole_layer(info, a, self.layer)[row, unit]) for a in (info.start, flat))
        return _("change {change}: from {start} to {now}").format(
            change=value_label(now - start), start=value_label(start), now=value_label(now)
        )

    def _sentence(self, info: RunInfo) -> str:
        if self.view == "history":
            if not self._is_followed():
                return ""
            if info.sizes[self.layer + 1] > 1:
                return _("A colour for each unit; pale curves are biases, dots mark the start.")
            return _("A colour for each input; pale curves are biases, dots mark the start.")
        if self.view == "histograms":
            flat = info.start if self._flat is None else self._flat
            text = describe_spread(*(info.layers_of(a)[0][self.layer] for a in (flat, info.start)))
            is_cut = any(bars.is_cut for bars in self.histograms.bars[self.layer : self.layer + 1])
            return sentences(text, _("It is cut off at the top.")) if is_cut else text
        limit = value_label(float(f"{(self.mosaic if self._is_mosaic() else self.matrix).limit:.2g}"))
        scale = _("Shared scale ±{limit}.").format(limit=limit)
        if self.view == "change":
            if self._flat is None or np.array_equal(self._flat, info.start):
                return _("Nothing has changed since the start.")
            text = _(
                "Now minus the start: purple has fallen, teal has risen. Beside it, how far each layer has changed."
            )
        elif self._is_mosaic():
            text = _("The weights of each of the {n} units, drawn as an image.").format(n=info.sizes[1])
            if info.sizes[1] > MOST_TILES:
                text = _("The weights of the first {most} of {n} units, each drawn as an image.").format(
                    most=MOST_TILES, n=info.sizes[1]
                )
        else:
            text = _("Purple is negative, teal is positive.")
        return sentences(text, scale)
