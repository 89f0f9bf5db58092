"""How the layers bend the plane of the inputs, one after the other, until the classes come apart."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.experiment.probes.hidden_space import BETWEEN, Bend, HiddenSpace, shown_rows, turned_to
from playground.experiment.probes.snapshot import Probe, RunInfo, Snapshot
from playground.language import _, ngettext
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.canvas.class_colours import class_colour
from playground.ui.canvas.legend import Legend
from playground.ui.canvas.sample_colours import sample_colours, target_range
from playground.ui.core.labels import Rows, axis_name, class_names, output_range, unit_name
from playground.ui.core.panel import Panel
from playground.ui.core.ticks import value_label
from playground.ui.hidden_space.space_view import SpaceView, diverging_inks
from playground.ui.widgets.combo import ComboBox
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.segmented import SegmentedControl

Array = NDArray[Any]

READOUT, COMPONENTS, UNITS = "readout", "components", "units"
MOST_UNITS = 100
FEW_LAYERS = 6
MOST_CLASSES_IN_LEGEND, MOST_LETTERS_IN_LEGEND = 4, 12


class HiddenSpacePanel(Panel):
    """The bent grid of one layer, and what is chosen of it."""

    name = "hidden_space_panel"

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session)
        self.view = SpaceView()
        self.view.explain = self._explain
        self.legend = Legend("space_legend")
        self.axes = SegmentedControl("space_axes", (READOUT, COMPONENTS, UNITS), equal=False)
        self._wanted = {True: READOUT, False: COMPONENTS}  # for the last hidden layer, and for the others
        self.unit_x, self.unit_y = ComboBox("space_unit_x"), ComboBox("space_unit_y")
        self.caption = text_label("space_caption")
        self.layers = SegmentedControl("space_layer", ())  # there are none before the first run
        self._bend: Bend | None = None
        self._layer = 0
        self._offered: tuple[int, ...] = ()  # the sizes of the layers that there are buttons for
        self._shown: Array | None = None  # the samples as they were drawn last, to turn the next ones to
        self._slides = False
        self._build()
        self.axes.chosen.connect(self._on_axes_chosen)
        for box in (self.unit_x, self.unit_y):
            box.chosen.connect(self._on_view_chosen)
        self.retranslate()

    def _build(self) -> None:
        """Lay out the picture, and what is chosen of it at its side."""
        self._header = QWidget()
        self._tools = QHBoxLayout(self._header)
        self._tools.setContentsMargins(0, 0, 0, 0)
        self._tools.setSpacing(12)
        self._tools.addWidget(self.layers)
        self._tools.addWidget(self.legend)
        self._side = QWidget()
        self._side.setProperty("role", "space_side")
        column = QVBoxLayout(self._side)
        column.setContentsMargins(6, 4, 0, 0)
        column.setSpacing(8)
        for widget in (self.axes, self.unit_x, self.unit_y, self.caption):
            column.addWidget(widget)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 1)
        row.setSpacing(8)
        row.addWidget(self.view, 1)
        row.addWidget(self._side)

    def title(self) -> str:
        """Return the heading."""
        return _("Hidden space")

    def header(self) -> QWidget:
        """Return the choice of a layer, and the key to the colours."""
        return self._header

    def probes(self) -> tuple[Probe[Any], ...]:
        """Ask for the chosen layer."""
        return () if self._info is None else (self._question(),)

    def _question(self) -> HiddenSpace:
        """Return what is asked: the layer, and two of its units where they are chosen."""
        if self._offers_units() and self._axes() == UNITS:
            return HiddenSpace(self._layer, (int(self.unit_x.value() or 0), int(self.unit_y.value() or 1)))
        return HiddenSpace(self._layer, readout=self._axes() == READOUT)

    def _axes(self) -> str:
        """Return which axes are chosen."""
        return self._wanted[self._is_last_hidden()]

    def _is_last_hidden(self) -> bool:
        """Whether the chosen layer is the one that the output reads."""
        return self._info is not None and 0 < self._layer == len(self._info.sizes) - 2 and self._width() > 1

    def _width(self) -> int:
        """Return how many units the chosen layer has."""
        return 0 if self._info is None else self._info.sizes[self._layer]

    def _offers_units(self) -> bool:
        """Whether two units can be chosen out of several."""
        return 2 < self._width() <= MOST_UNITS

    def show_run(self, info: RunInfo) -> None:
        """Take over a run; the last hidden layer is shown first, where the classes come apart."""
        old = self._info
        super().show_run(info)
        if old is None or old.sizes != info.sizes:
            self._layer = max(0, len(info.sizes) - 2)
        self._bend = self._shown = None
        self._slides = False

    def load(self, info: RunInfo) -> None:
        """Offer the layers of the network, where it is another, and hand the samples to the picture."""
        if info.sizes != self._offered:
            self._offered = info.sizes
            self._offer_layers()
            self._offer_units()
        self._frame()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the layer as it is now."""
        question = self._question()
        bend = snapshot.answer(question)
        if self._info is None or bend is None or snapshot.run != self._info.run:
            return
        self._bend = bend
        if not bend.is_finite:
            self.view.set_message(_("The numbers in this layer overflowed: the run has diverged."))
            return
        self.view.set_message("")
        points, grid = self._turned(bend)
        slides = self._slides and not snapshot.playing
        self._slides = False
        self.view.set_shape(points, grid, self._shades(bend), cut=bend.cut, slides=slides)
        self._shown = points
        self._update_text(bend)

    def _turned(self, bend: Bend) -> tuple[Array, Array | None]:
        """Return samples and grid, principal components turned to what was shown before."""
        assert self._info is not None
        if bend.share is None:
            return bend.points, bend.grid
        before = self._shown if self._shown is not None and len(self._shown) == len(bend.points) else None
        if self._axes() == READOUT:  # to the right stays to the right, only the other direction may change sign
            up = -1.0 if before is not None and float(before[:, 1] @ bend.points[:, 1]) < 0 else 1.0
            turn = np.diag([1.0, up])
            return bend.points @ turn, None if bend.grid is None else bend.grid @ turn
        reference = before
        if reference is None and self._info.data.raw_train.shape[1] == 2:
            raw = self._info.data.raw_train[shown_rows(self._info.data)]
            reference = (raw - raw.mean(axis=0)) / (raw.std(axis=0) + 1e-12)
        if reference is None:
            return bend.points, bend.grid
        turn = turned_to(bend.points, reference)
        return bend.points @ turn, None if bend.grid is None else bend.grid @ turn

    def _shades(self, bend: Bend) -> NDArray[np.intp] | None:
        """Return the number of the ink of each point of the grid: what the network gives there."""
        if bend.outputs is None or self._info is None:
            return None
        data, outputs = self._info.data, bend.outputs
        if outputs.shape[2] > 2 and data.dataset.task == "classification":
            winners: NDArray[np.intp] = outputs.argmax(axis=2)
            return winners
        if data.dataset.task == "regression":
            low, high = target_range(data)
            values = data.targets_in_units(outputs)[..., 0]
        else:
            low, high = output_range(self._info.config.network.output) or (0.0, 1.0)
            values = outputs[..., -1]
        share = np.clip((values - low) / (high - low), 0, 1)
        return np.round(np.nan_to_num(share, nan=0.5) * (len(diverging_inks()) - 1)).astype(np.intp)

    def _frame(self) -> None:
        """Hand colours and axes to the picture; the places are to follow."""
        info = self._info
        if info is None:
            return
        data = info.data
        rows = shown_rows(data)
        labels = None if data.labels_train is None else data.labels_train[rows]
        colours = sample_colours(data, Rows(data.raw_train[rows], data.t_train[rows], labels))
        apart = self._width() == 1 or self._axes() == READOUT
        self.view.set_frame(self._axis_names(), colours, same_scale=not apart)
        names = class_names(data)
        many = len(names) > 2
        inks = tuple(class_colour(k, len(names)) for k in range(len(names))) if many else diverging_inks()
        self.view.set_inks(inks, BETWEEN if data.raw_train.shape[1] == 2 else 1)
        entries = [(class_colour(k, len(names)).name(), name) for k, name in enumerate(names)]
        fits = len(names) <= MOST_CLASSES_IN_LEGEND or len("".join(names)) <= MOST_LETTERS_IN_LEGEND
        self.legend.set_entries(tuple(entries if fits else ()), _("The colour of a point is its class."))
        self.axes.setVisible(self._offers_units() or self._is_last_hidden())
        self.axes.set_offered(READOUT, self._is_last_hidden())
        self.axes.set_offered(COMPONENTS, self._width() > 2)
        self.axes.set_value(self._axes())
        for box in (self.unit_x, self.unit_y):
            box.setVisible(self._offers_units() and self._axes() == UNITS)

    def _axis_names(self) -> tuple[str, str]:
        """Return what the two axes are."""
        assert self._info is not None
        question, width = self._question(), self._width()
        if width == 1:
            few = self._info.data.raw_train.shape[1] <= 2
            across = axis_name(self._info.data, 0) if few else _("1st principal component of the inputs")
            return across, "" if self._layer == 0 else unit_name(self._info, self._layer, 0)
        if question.readout:
            several = self._info.sizes[-1] > 2
            return (
                (_("first direction of the decision"), _("second direction of the decision"))
                if several
                else (
                    _("direction of the decision"),
                    _("widest other direction"),
                )
            )
        if width == 2 or question.units is not None:
            first, second = question.units or (0, 1)
            return unit_name(self._info, self._layer, first), unit_name(self._info, self._layer, second)
        return _("1st principal component"), _("2nd principal component")

    def _offer_layers(self) -> None:
        count = len(self._offered)
        old = self.layers
        self.layers = SegmentedControl("space_layer", [str(k) for k in range(count)], equal=False)
        self.layers.chosen.connect(self._on_layer_chosen)
        self._tools.replaceWidget(old, self.layers)
        old.setParent(None)
        old.deleteLater()
        self.layers.set_value(str(self._layer))
        self._name_layers()

    def _name_layers(self) -> None:
        """Write on the buttons which layers they stand for."""
        self.layers.setAccessibleName(_("Layer"))
        sizes = self._offered
        short = len(sizes) > FEW_LAYERS
        for k, size in enumerate(sizes):
            text = _("Layer {k}").format(k=k) if not short else str(k)
            text = _("Input") if k == 0 else _("Output") if k == len(sizes) - 1 else text
            tip = _("{layer}: {n} units").format(layer=text, n=size)
            self.layers.set_text(str(k), f" {text} ", tip)
            self.layers.button(str(k)).setAccessibleName(text)

    def _offer_units(self) -> None:
        if self._info is None:
            return
        units = range(self._width() if self._offers_units() else 0)
        for k, box in enumerate((self.unit_x, self.unit_y)):
            box.set_choices([(str(unit), unit_name(self._info, self._layer, unit), "") for unit in units])
            if box.value() is None and units:
                box.set_value(str(k))

    def _on_layer_chosen(self, key: str) -> None:
        """Show another layer; while paused, everything glides from the one to the other."""
        if self._info is not None and self._info.sizes != self._offered:
            return  # a button for the network before, in the moment in which another run begins
        self._layer = int(key)
        self._offer_units()
        self._on_view_chosen()

    def _on_axes_chosen(self, key: str) -> None:
        self._wanted[self._is_last_hidden()] = key
        self._on_view_chosen()

    def _on_view_chosen(self, _key: str = "") -> None:
        self._slides = True
        self._frame()
        self.refresh_requested.emit()

    def apply_theme(self) -> None:
        self._frame()
        self.refresh_requested.emit()

    def _explain(self, index: int) -> str:
        """Return which sample that is, and of which class; nothing while those of the run before are still there."""
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
        """Say what is seen."""
        assert self._info is not None
        data, width = self._info.data, self._width()
        if bend.share is not None and self._axes() == READOUT:
            first = _("Layer {k} as the output sees it.").format(k=self._layer)
            if bend.cut is not None:
                first += " " + _("Right of the dashed line the network predicts {name}.").format(
                    name=class_names(data)[-1]
                )
        elif bend.share is not None:
            first = _("Of {n} dimensions, the two in which the samples spread most: {share:.0%} of their spread.")
            first = first.format(n=width, share=bend.share)
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
        self.caption.setText(f"{first} {second}".strip())

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        self.view.setAccessibleName(_("The input grid and the samples as the chosen layer sees them"))
        self.axes.set_text(READOUT, _("Decision"), _("The direction by which the output decides."))
        self.axes.set_text(COMPONENTS, _("Spread"), _("The two directions in which the samples spread most."))
        self.axes.set_text(UNITS, _("Units"), _("The outputs of two units of the layer."))
        self.axes.setAccessibleName(_("Axes"))
        self.unit_x.setAccessibleName(_("Unit on the horizontal axis"))
        self.unit_y.setAccessibleName(_("Unit on the vertical axis"))
        self.setWindowTitle(self.title())
        self._name_layers()
        if self._info is None:
            self.view.set_message(_("How the layers transform the inputs appears here as soon as there is a network."))
            return
        self._offer_units()
        self._frame()
        if self._bend is not None:
            self._update_text(self._bend)
        self.refresh_requested.emit()
