"""The picture of the network: units, links and biases, live."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.experiment.probe import Parameters, UnitGrids
from playground.experiment.snapshot import Probe, RunInfo, Snapshot
from playground.language import _, ngettext
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.outcomes import class_names, output_range
from playground.ui.panels.panel import Panel
from playground.ui.plots.images import symmetric_limit
from playground.ui.plots.legend import Legend
from playground.ui.plots.network_layout import MOST_UNITS
from playground.ui.plots.network_view import NetworkView, Structure, receptive_fields

RESOLUTION = 20
GRIDS = UnitGrids(RESOLUTION, MOST_UNITS)

Pictures = dict[int, tuple[NDArray[np.floating], float, float]]


class NetworkDiagramPanel(Panel):
    """The network diagram."""

    name = "network_diagram_panel"
    period_ms = 50

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session)
        self.view = NetworkView()
        self.legend = Legend("network_legend")
        self._info: RunInfo | None = None
        room = QVBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self.view)
        self.retranslate()

    def title(self) -> str:
        """Return the heading."""
        return _("Network")

    def header(self) -> QWidget:
        """Return the key to the colours."""
        return self.legend

    def probes(self) -> tuple[Probe[Any], ...]:
        """Ask for the parameters, and for what the units respond to where that is a picture over two inputs."""
        return (Parameters(), GRIDS) if self._is_plane() else (Parameters(),)

    def _is_plane(self) -> bool:
        """Whether the data lie in a plane."""
        return self._info is not None and self._info.data.raw_train.shape[1] == 2

    def show_run(self, info: RunInfo) -> None:
        """Show the new network's structure."""
        self._info = info
        self.view.clear()
        self.retranslate()
        if self._is_plane():
            self.view.set_pictures({0: (self._input_pictures(info), -1.0, 1.0)})
        elif info.data.dataset.image_shape is not None:
            first = np.asarray(info.data.raw_train[0], float).reshape(info.data.dataset.image_shape)
            self.view.set_input_image(first, 1.0 / info.data.dataset.x_scale)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show weights, biases and responses."""
        flat = snapshot.answer(Parameters())
        if self._info is None or flat is None or snapshot.run != self._info.run:
            return
        weights, biases = self._info.layers_of(flat)
        self.view.set_parameters(weights, biases)
        grids = snapshot.answer(GRIDS)
        if grids is not None:
            self.view.set_pictures(self._responses(grids))
        elif self._info.data.dataset.image_shape is not None:
            self.view.set_pictures({1: receptive_fields(weights[0], self._info.data.dataset.image_shape)})

    def _responses(self, grids: tuple[NDArray[np.float32], ...]) -> Pictures:
        """Return the picture of each unit over the plane, on the scale of its activation function."""
        assert self._info is not None
        network = self._info.config.network
        pictures: Pictures = {}
        for k, activation in enumerate((*network.activations, network.output)):
            tiles = grids[k + 1][:, ::-1]
            limit = symmetric_limit(tiles)
            low, high = output_range(activation) or (-limit, limit)
            pictures[k + 1] = (tiles, low, high)
        return pictures

    @staticmethod
    def _input_pictures(info: RunInfo) -> NDArray[np.floating]:
        """Return each input over the plane, from −1 where it is smallest to 1 where it is largest."""
        (x_low, x_high), (y_low, y_high) = info.data.bounds
        across, up = np.meshgrid(np.linspace(x_low, x_high, RESOLUTION), np.linspace(y_high, y_low, RESOLUTION))
        inputs = info.data.inputs_of(np.stack([across.ravel(), up.ravel()], axis=1))
        tiles = np.asarray(inputs, float).T.reshape(-1, RESOLUTION, RESOLUTION)
        low, high = tiles.min(axis=(1, 2), keepdims=True), tiles.max(axis=(1, 2), keepdims=True)
        scaled: NDArray[np.floating] = 2 * (tiles - low) / np.maximum(high - low, 1e-12) - 1
        return scaled

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        self.legend.set_entries((("negative", _("negative")), ("positive", _("positive"))))
        self.view.setAccessibleName(_("Picture of the network"))
        if self._info is None:
            self.view.set_message(_("The network appears here as soon as there are data for it."))
            return
        self.view.set_message("")
        self.view.set_structure(self._structure(self._info))

    @staticmethod
    def _structure(info: RunInfo) -> Structure:
        """Return sizes, names and captions of a network."""
        data, network = info.data, info.config.network
        image = data.dataset.image_shape
        counts = [ngettext("{n} input", "{n} inputs", info.sizes[0]).format(n=info.sizes[0])]
        for size, activation in zip(info.sizes[1:-1], network.activations, strict=True):
            label = _(ACTIVATIONS[activation].label)
            counts.append(
                ngettext("{n} unit, {activation}", "{n} units, {activation}", size).format(n=size, activation=label)
            )
        counts.append(_("output, {activation}").format(activation=_(OUTPUTS[network.output].label)))
        names = class_names(data) if data.n_outputs > 1 and data.dataset.class_names else data.output_names
        inputs = () if image is not None else tuple(_(name) for name in data.input_names)
        return Structure(
            info.sizes, inputs, tuple(_(name) for name in names), tuple(counts), image, biases=network.bias != "none"
        )
