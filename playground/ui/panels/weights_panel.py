"""The weights of each layer: heat maps with numbers, receptive fields for images."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from playground.experiment.probe import Parameters
from playground.experiment.snapshot import Probe, RunInfo, Snapshot
from playground.language import _
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.outcomes import class_names
from playground.ui.panels.panel import Panel
from playground.ui.plots.matrix_view import Frame, MatrixView
from playground.ui.plots.mosaic_view import MOST_TILES, MosaicView
from playground.ui.plots.ticks import value_label
from playground.ui.widgets.combo import ComboBox

Array = NDArray[np.floating]

TALL = 1.6
"""A layer with so many times more inputs than units lies on its side: a row a unit."""


class WeightsPanel(Panel):
    """Weights and biases of the chosen layer on one scale, ±max."""

    name = "weights_panel"
    period_ms = 100

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session)
        self.matrix = MatrixView("weights_matrix")
        self.mosaic = MosaicView()
        self.mosaic.explain = self._explain_pixel
        self.choice = ComboBox("weights_layer")
        self.choice.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
        self.choice.chosen.connect(self._on_layer_chosen)
        self.caption = QLabel()
        self.caption.setObjectName("weights_caption")
        self.caption.setProperty("role", "muted")
        self.caption.setWordWrap(True)
        self._info: RunInfo | None = None
        self._flat: Array | None = None
        views = QWidget()
        self._views = QStackedLayout(views)
        self._views.addWidget(self.matrix)
        self._views.addWidget(self.mosaic)
        room = QVBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.setSpacing(6)
        room.addWidget(views, 1)
        room.addWidget(self.caption)
        self.retranslate()

    def title(self) -> str:
        """Return the heading."""
        return _("Weights")

    def header(self) -> QWidget:
        """Return the choice of a layer."""
        return self.choice

    def probes(self) -> tuple[Probe[Any], ...]:
        """Ask for the parameters."""
        return (Parameters(),)

    @property
    def layer(self) -> int:
        """The layer shown, from 0: its weights lead from ``sizes[layer]`` to ``sizes[layer + 1]`` units."""
        return int(self.choice.value() or 0)

    def show_run(self, info: RunInfo) -> None:
        """Offer the layers of the new network."""
        same = self._info is not None and self._info.sizes == info.sizes
        self._info, self._flat = info, None
        if not same:
            self.choice.set_value(None)
        self.retranslate()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the weights of the chosen layer."""
        flat = snapshot.answer(Parameters())
        if self._info is not None and flat is not None and snapshot.run == self._info.run:
            self._flat = flat
            self._show()

    def _show(self) -> None:
        """Hand the chosen layer to its view."""
        if self._info is None or self._flat is None:
            return
        weights, biases = self._info.layers_of(self._flat)
        weight, bias = weights[self.layer], biases[self.layer]
        if self._is_mosaic():
            assert self._info.data.dataset.image_shape is not None
            self.mosaic.set_tiles(weight.T.reshape(-1, *self._info.data.dataset.image_shape))
        else:
            whole = np.vstack([weight, bias]) if self._has_bias() else weight
            self.matrix.set_values(whole.T if self._on_side() else whole)
        self._caption()

    def _is_mosaic(self) -> bool:
        """Whether the chosen layer looks at an image."""
        return self._info is not None and self._info.data.dataset.image_shape is not None and self.layer == 0

    def _has_bias(self) -> bool:
        """Whether the units have biases."""
        return self._info is not None and self._info.config.network.bias != "none"

    def _on_side(self) -> bool:
        """Whether there is a row, not a column, for each unit of the chosen layer."""
        assert self._info is not None
        return self._info.sizes[self.layer] > TALL * self._info.sizes[self.layer + 1]

    def _on_layer_chosen(self, _key: str) -> None:
        """Show another layer."""
        self._frame()
        self._show()

    def _frame(self) -> None:
        """Give the matrix the names of the chosen layer's inputs and units."""
        self._views.setCurrentWidget(self.mosaic if self._is_mosaic() else self.matrix)
        if self._info is None or self._is_mosaic():
            return
        inputs, units = self._names(self.layer), self._names(self.layer + 1)
        titles = (self._layer_title(self.layer), self._layer_title(self.layer + 1))
        apart = len(inputs) if self._has_bias() else -1
        inputs = (*inputs, _("bias")) if self._has_bias() else inputs
        if self._on_side():
            self.matrix.set_frame(Frame(units, inputs, titles[1], titles[0], apart, apart_row=False))
        else:
            self.matrix.set_frame(Frame(inputs, units, titles[0], titles[1], apart, apart_row=True))

    def _names(self, layer: int) -> tuple[str, ...]:
        """Return what the units of a layer are called."""
        assert self._info is not None
        data, sizes = self._info.data, self._info.sizes
        if layer == 0:
            return tuple(_(name) for name in data.input_names)
        if layer == len(sizes) - 1:
            return class_names(data) if sizes[-1] == len(class_names(data)) else tuple(map(_, data.output_names))
        return tuple(str(k + 1) for k in range(sizes[layer]))

    def _layer_title(self, layer: int) -> str:
        """Return what a layer is called."""
        assert self._info is not None
        if layer == 0:
            return _("inputs")
        if layer == len(self._info.sizes) - 1:
            return _("outputs")
        return _("units of layer {k}").format(k=layer)

    def _explain_pixel(self, tile: int, row: int, column: int) -> str:
        """Return the weight of one pixel into one unit, and the unit's bias."""
        if self._info is None or self._flat is None or self._info.data.dataset.image_shape is None:
            return ""
        weights, biases = self._info.layers_of(self._flat)
        pixel = row * self._info.data.dataset.image_shape[1] + column
        lines = [
            _("unit {n}").format(n=tile + 1),
            _("pixel in row {row}, column {column}: weight {value}").format(
                row=row + 1, column=column + 1, value=value_label(float(weights[0][pixel, tile]))
            ),
        ]
        if self._has_bias():
            lines.append(_("bias {value}").format(value=value_label(float(biases[0][tile]))))
        return "\n".join(lines)

    def _caption(self) -> None:
        """Say what is seen and on which scale."""
        if self._info is None:
            self.caption.setText("")
            return
        limit = value_label(float(f"{(self.mosaic if self._is_mosaic() else self.matrix).limit:.2g}"))
        if self._is_mosaic():
            units = self._info.sizes[1]
            text = _("What each of the {n} units looks for.").format(n=units)
            if units > MOST_TILES:
                text = _("What the first {most} of {n} units look for.").format(most=MOST_TILES, n=units)
        else:
            text = _("Orange is negative, blue is positive.")
        scale = _("Shared scale ±{limit}.").format(limit=limit)
        self.caption.setText(f"{text} {scale}")

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        self.choice.setAccessibleName(_("Layer"))
        self.matrix.setAccessibleName(_("Weights of the layer"))
        self.mosaic.setAccessibleName(_("What each unit looks for"))
        empty = "" if self._info is not None else _("The weights appear here as soon as there is a network.")
        self.matrix.set_message(empty)
        if self._info is None:
            return
        count = len(self._info.sizes) - 1
        titles = [(self._layer_title(k), self._layer_title(k + 1)) for k in range(count)]
        choices = [(str(k), f"{a} → {b}", _("Weights from one layer to the next")) for k, (a, b) in enumerate(titles)]
        self.choice.set_choices(choices)
        if self.choice.value() is None:
            self.choice.set_value("0")
        self.choice.setVisible(count > 1)
        self._frame()
        self._show()
        self._caption()
