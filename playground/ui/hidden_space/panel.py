"""How the layers bend the plane of the inputs, one after the other, until the classes are separable."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QStackedWidget, QWidget

from playground.experiment.probes.hidden_space import BETWEEN, Bend, HiddenSpace, aligning_rotation, shown_rows
from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.experiment.training.layer_statistics import RANGES
from playground.language import _, ngettext, sentences
from playground.ui.canvas.images import MANY, class_colour, target_range
from playground.ui.canvas.legend import Legend
from playground.ui.core import layouts, number_text
from playground.ui.core.labels import Array, axis_name, class_names, output_names, unit_name
from playground.ui.core.panel import Panel, Probes
from playground.ui.core.ticks import value_label
from playground.ui.hidden_space.space_view import INKS, SpaceView, diverging_inks
from playground.ui.widgets.combo import ComboBox
from playground.ui.widgets.labels import reason_label, text_label
from playground.ui.widgets.segmented import SegmentedControl

READOUT, COMPONENTS, UNITS = "readout", "components", "units"
MOST_UNITS = 100
FEW_LAYERS = 6
MOST_CLASSES_IN_LEGEND, MOST_LETTERS_IN_LEGEND = 4, 12


class HiddenSpacePanel(Panel):
    """The bent grid of one layer, and what is chosen of it."""

    name = "hidden_space_panel"

    def build(self) -> None:
        self._layer = 0
        self._wanted = {True: READOUT, False: COMPONENTS}  # for the last hidden layer, and for the others
        self._offered: tuple[int, ...] = ()  # the sizes of the layers that there are buttons for
        self._shown: Array | None = None  # the samples as they were drawn last, to which the next ones are turned
        self._slides = False
        self.view = SpaceView(self._explain)
        self.reason = reason_label("space_reason")
        self.reason.setText(_("How the layers transform the inputs appears here as soon as there is a network."))
        self._views = QStackedWidget()
        self._views.addWidget(self.reason)
        self._views.addWidget(self.view)
        self.legend = Legend("space_legend")
        self.layers = SegmentedControl("space_layer", ())  # there are none before the first run
        self._tools = layouts.row(self.layers, self.legend, gap=12)
        self.header = layouts.box(self._tools)
        layouts.row((self._views, 1), self._build_side(), parent=self, gap=8, margins=(0, 0, 0, 1))

    def _build_side(self) -> QWidget:
        axes = (
            (READOUT, _("Decision"), _("The direction by which the output decides.")),
            (COMPONENTS, _("Spread"), _("The two directions in which the samples spread most.")),
            (UNITS, _("Units"), _("The outputs of two units of the layer.")),
        )
        self.axes = SegmentedControl("space_axes", axes, label=_("Axes"), equal=False)
        self.axes.chosen.connect(self._on_axes_chosen)
        self.unit_x = ComboBox("space_unit_x", _("Unit on the horizontal axis"))
        self.unit_y = ComboBox("space_unit_y", _("Unit on the vertical axis"))
        self.caption = text_label("space_caption")
        parts = (self.axes, self.unit_x, self.unit_y, self.caption, None)
        side = layouts.box(layouts.column(*parts, gap=8, margins=(6, 4, 0, 0)))
        side.setProperty("role", "space_side")
        for box in (self.unit_x, self.unit_y):
            box.chosen.connect(self._on_view_chosen)
        return side

    def probes(self) -> Probes:
        return (self._probe(),)

    def _probe(self) -> HiddenSpace:
        if self._offers_units() and self._axes() == UNITS:
            return HiddenSpace(self._layer, (int(self.unit_x.value() or 0), int(self.unit_y.value() or 1)))
        return HiddenSpace(self._layer, readout=self._axes() == READOUT)

    def _axes(self) -> str:
        return self._wanted[self._is_last_hidden()]

    def _is_last_hidden(self) -> bool:
        return self._info is not None and 0 < self._layer == len(self._info.sizes) - 2 and self._width() > 1

    def _width(self) -> int:
        return 0 if self._info is None else self._info.sizes[self._layer]

    def _offers_units(self) -> bool:
        return 2 < self._width() <= MOST_UNITS

    def show_run(self, info: RunInfo) -> None:
        old = self._info
        super().show_run(info)
        if old is None or old.sizes != info.sizes:
            self._layer = max(0, len(info.sizes) - 2)
        self._shown, self._slides = None, False

    def prepare(self, info: RunInfo) -> None:
        if info.sizes != self._offered:
            self._offered = info.sizes
            self._offer_layers()
            self._offer_units()
        self._frame()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        probe = self._probe()
        bend = snapshot.answer(probe)
        if bend is None:
            return
        if not bend.is_finite:
            self.reason.setText(_("The numbers in this layer overflowed: the run has diverged."))
            self._views.setCurrentWidget(self.reason)
            return
        self._views.setCurrentWidget(self.view)
        points, grid = self._turned(bend)
        slides = self._slides and not snapshot.playing
        self._slides = False
        self.view.set_shape(points, grid, self._of_grid(bend), cut=bend.cut, slides=slides)
        self._shown = points
        self._update_text(bend)

    def _turned(self, bend: Bend) -> tuple[Array, Array | None]:
        """Return samples and grid, directions of spread turned to what was shown before: they have no sign."""
        if bend.share is None:
            return bend.points, bend.grid
        before = self._shown if self._shown is not None and len(self._shown) == len(bend.points) else None
        raw = self.info.data.raw_train
        if self._axes() == READOUT:  # to the right stays to the right, only the other direction may change sign
            up = -1.0 if before is not None and float(before[:, 1] @ bend.points[:, 1]) < 0 else 1.0
            turn = np.diag([1.0, up])
        elif before is not None:
            turn = aligning_rotation(bend.points, before)
        elif raw.shape[1] == 2:
            raw = raw[shown_rows(self.info.data)]
            turn = aligning_rotation(bend.points, (raw - raw.mean(axis=0)) / (raw.std(axis=0) + 1e-12))
        else:
            turn = np.eye(2)
        return bend.points @ turn, None if bend.grid is None else bend.grid @ turn

    def _inks(self, info: RunInfo) -> tuple[QColor, ...]:
        has_many = len(info.data.dataset.class_names) > 2
        return tuple(map(QColor, MANY)) if has_many else diverging_inks()

    def _of_points(self, info: RunInfo, rows: NDArray[np.intp]) -> NDArray[np.intp]:
        data = info.data
        if data.labels_train is None:
            return _shades(data.targets_in_units(data.t_train[rows])[:, 0], *target_range(data))
        labels = np.asarray(data.labels_train[rows], np.intp)
        return labels % len(MANY) if len(data.dataset.class_names) > 2 else labels * (INKS - 1)

    def _of_grid(self, bend: Bend) -> NDArray[np.intp] | None:
        data, outputs = self.info.data, bend.outputs
        if outputs is None:
            return None
        if data.dataset.task == "regression":
            return _shades(data.targets_in_units(outputs)[..., 0], *target_range(data))
        if outputs.shape[2] > 2:
            return np.asarray(outputs.argmax(axis=2) % len(MANY))
        return _shades(outputs[..., -1], *RANGES.get(self.info.config.network.output, (0.0, 1.0)))

    def _frame(self) -> None:
        info = self._info
        if info is None:
            return
        names, rows = class_names(info.data), shown_rows(info.data)
        same_scale = self._width() > 1 and self._axes() != READOUT
        every = BETWEEN if info.data.raw_train.shape[1] == 2 else 1
        titles = self._axis_names(info)
        self.view.set_frame(titles, self._inks(info), self._of_points(info, rows), every, same_scale=same_scale)
        self.view.sample_titles, self.view.samples = self._named_samples(info, rows)
        tip = _("The colour of a point is its class.")
        self.view.legend = tuple((class_colour(k, len(names)).name(), name) for k, name in enumerate(names))
        if info.data.labels_train is None:
            low, high = map(value_label, target_range(info.data))
            tip = _("The colour of a point is its target, from the smallest to the largest.")
            self.view.legend = (("low", f"{output_names(info.data)[0]} {low}"), ("high", high))
        fits = len(names) <= MOST_CLASSES_IN_LEGEND or len("".join(names)) <= MOST_LETTERS_IN_LEGEND
        self.legend.set_entries(self.view.legend if fits else (), tip)
        self.axes.setVisible(self._offers_units() or self._is_last_hidden())
        self.axes.set_offered(READOUT, self._is_last_hidden())
        self.axes.set_offered(COMPONENTS, self._width() > 2)
        self.axes.set_value(self._axes())
        for box in (self.unit_x, self.unit_y):
            box.setVisible(self._offers_units() and self._axes() == UNITS)

    def _named_samples(self, info: RunInfo, rows: NDArray[np.intp]) -> tuple[Sequence[str], Sequence[Sequence[object]]]:
        data, numbers = info.data, (info.data.rows_train[rows] + 1).tolist()
        if data.labels_train is not None:
            names = [class_names(data)[k] for k in data.labels_train[rows]]
            return (_("sample"), _("class")), list(zip(numbers, names, strict=True))
        targets = data.targets_in_units(data.t_train[rows]).tolist()
        return (_("sample"), *data.output_names), [(n, *t) for n, t in zip(numbers, targets, strict=True)]

    def _axis_names(self, info: RunInfo) -> tuple[str, str]:
        probe, width = self._probe(), self._width()
        if width == 1:
            few = info.data.raw_train.shape[1] <= 2
            across = axis_name(info.data, 0) if few else _("1st principal component of the inputs")
            return across, "" if self._layer == 0 else unit_name(info, self._layer, 0)
        if probe.readout:
            if info.sizes[-1] > 2:
                return _("first direction of the decision"), _("second direction of the decision")
            return _("direction of the decision"), _("widest other direction")
        if width == 2 or probe.units is not None:
            first, second = probe.units or (0, 1)
            return unit_name(info, self._layer, first), unit_name(info, self._layer, second)
        return _("1st principal component"), _("2nd principal component")

    def _offer_layers(self) -> None:
        count = len(self._offered)
        old = self.layers
        names = [_("Layer {k}").format(k=k) if count <= FEW_LAYERS else str(k) for k in range(count)]
        names[0], names[-1] = _("Input"), _("Output")
        choices = [
            (str(k), f" {name} ", _("{layer}: {n} units").format(layer=name, n=size))
            for k, (name, size) in enumerate(zip(names, self._offered, strict=True))
        ]
        self.layers = SegmentedControl("space_layer", choices, label=_("Layer"), equal=False)
        self.layers.chosen.connect(self._on_layer_chosen)
        self.layers.set_value(str(self._layer))
        self._tools.replaceWidget(old, self.layers)
        old.setParent(None)
        old.deleteLater()

    def _offer_units(self) -> None:
        units = range(self._width() if self._offers_units() else 0)
        for k, box in enumerate((self.unit_x, self.unit_y)):
            box.set_choices([(str(unit), unit_name(self.info, self._layer, unit), "") for unit in units])
            if box.value() is None and units:
                box.set_value(str(k))

    def _on_layer_chosen(self, key: str) -> None:
        if self.info.sizes != self._offered:
            return  # a button for the network before, in the moment in which another run begins
        self._layer = int(key)
        self._offer_units()
        self._on_view_chosen()

    def _on_axes_chosen(self, key: str) -> None:
        self._wanted[self._is_last_hidden()] = key
        self._on_view_chosen()

    def _on_view_chosen(self) -> None:
        self._slides = True
        self._frame()
        self.refresh_requested.emit()

    def apply_theme(self) -> None:
        self._frame()
        self.refresh_requested.emit()

    def _explain(self, index: int) -> str:
        if self._info is None or self._shown is None:
            return ""
        data, row = self._info.data, int(shown_rows(self._info.data)[index])
        lines = [_("sample {n}").format(n=int(data.rows_train[row]) + 1)]
        if data.labels_train is not None:
            lines.append(_("class {name}").format(name=class_names(data)[data.labels_train[row]]))
        else:
            lines.append(value_label(float(data.targets_in_units(data.t_train)[row, 0])))
        return "\n".join(lines)

    def _update_text(self, bend: Bend) -> None:
        data, width = self.info.data, self._width()
        if bend.share is not None and self._axes() == READOUT:
            first = _("Layer {k} as the output sees it.").format(k=self._layer)
            if bend.cut is not None:
                words = _("Right of the dashed line the network predicts {name}.")
                first = sentences(first, words.format(name=class_names(data)[-1]))
        elif bend.share is not None:
            first = _("Of {n} dimensions, the two in which the samples spread most: {share} of their spread.")
            first = first.format(n=width, share=number_text.share(bend.share))
        elif width == 1 and self._layer > 0:
            first = _("A layer of one unit: its value is the height.")
        else:
            first = ""
        if bend.grid is None:
            inputs = data.raw_train.shape[1]
            second = ngettext(
                "With {inputs} input there is no grid to bend; these are {n:,} samples.",
                "With {inputs} inputs there is no grid to bend; these are {n:,} samples.",
                inputs,
            ).format(inputs=inputs, n=len(bend.points))
        elif self._layer == 0:
            second = _("The inputs, before any layer. The colour of the lines is what the network gives there.")
        else:
            second = _(
                "The lines are the straight grid of the inputs, bent by the network; their colour is its output."
            )
        self.caption.setText(sentences(first, second))


def _shades(values: Array, low: float, high: float) -> NDArray[np.intp]:
    """Return the numbers of shades for values between `low` and `high`; the middle one for NaN."""
    share = np.nan_to_num(np.clip((values - low) / (high - low), 0, 1), nan=0.5)
    return np.round(share * (INKS - 1)).astype(np.intp)
