"""What the network is: hidden layers, activation, output, loss, biases, and the weights it starts from."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.engine.losses import LOSSES
from playground.engine.network import Network
from playground.experiment.config import edits
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.config.traits import traits_of
from playground.experiment.probes.snapshot import RunInfo
from playground.language import N_, _
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.canvas.histogram import LARGEST_SAMPLE, Histogram, thinned
from playground.ui.core import plain_text
from playground.ui.core.density import Density
from playground.ui.core.panel import Panel
from playground.ui.forms.config_rows import RESTARTS, ChoiceRow, Field, Item, items_of
from playground.ui.forms.row_grid import RowGrid
from playground.ui.setup.initial_editor import InitialEditor
from playground.ui.setup.layer_editor import LayerEditor
from playground.ui.widgets.disclosure import heading_row
from playground.ui.widgets.labels import text_label

ACTIVATION = Field(
    "activation",
    N_("Activation"),
    N_(
        "The function that each hidden unit applies to its weighted sum; without one, many layers "
        "can do no more than one."
    ),
    lambda config: config.network.activation,
    edits.set_activation,
)
OUTPUT = Field(
    "output",
    N_("Output"),
    N_("The function at the outputs: sigmoid and softmax give probabilities, linear gives any number."),
    lambda config: config.network.output,
    edits.set_output,
)
LOSS = Field(
    "loss",
    N_("Loss"),
    N_("How far the outputs are from the targets, as one number; training makes it smaller."),
    lambda config: config.training.loss,
    edits.set_loss,
)
BIAS = Field(
    "bias",
    N_("Bias"),
    N_("The number that a unit adds to its weighted sum."),
    lambda config: config.network.bias,
    edits.set_bias,
)
BIASES = (
    Item("unit", N_("per unit"), N_("Each unit learns a bias of its own.")),
    Item("layer", N_("per layer"), N_("The units of a layer share one bias, updated by the errors of all of them.")),
    Item("fixed", N_("fixed"), N_("Each unit keeps its initial bias, which is not trained.")),
    Item("none", N_("none"), N_("No biases: if all inputs are 0, every weighted sum is 0.")),
)

Layer = tuple[NDArray[Any], NDArray[Any]]


def layers_of(info: RunInfo) -> list[Layer]:
    """Return the weights and biases that each layer of a run starts from."""
    config = info.config.network
    network = Network(info.sizes, config.activations, config.output, config.bias, info.start.dtype)
    network.restore(info.start)
    return list(zip(network.weights, network.biases, strict=True))


def describe_start(layers: list[Layer]) -> str:
    """Return a sentence about the numbers that some layers start from."""
    count = sum(weight.size for weight, _bias in layers)
    low = min(float(weight.min()) for weight, _bias in layers)
    high = max(float(weight.max()) for weight, _bias in layers)
    biases = max(float(np.abs(bias).max()) for _weight, bias in layers)
    if low == high == biases == 0:
        return _("All {count} weights and the biases start at 0.").format(count=f"{count:,}")
    if low == high:
        weights = _("All {count} weights start at {value:.4g}").format(count=f"{count:,}", value=low)
    else:
        sentence = _("{count} weights, {low:.3g} … {high:.3g}")
        weights = sentence.format(count=f"{count:,}", low=low, high=high).replace("-", "−")
    return _("{weights}; biases 0.").format(weights=weights) if biases == 0 else f"{weights}."


class NetworkPanel(Panel):
    """Shows and edits the network of the experiment."""

    name = "network_panel"

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session)
        self._start: list[Layer] = []
        self._is_tight = False
        self._shape = text_label("network_shape", "strong", wraps=False)
        self._header = heading_row(self._shape)
        self._layers = LayerEditor()
        self._layers.units_changed.connect(self._on_units_changed)
        self._layers.added.connect(self._on_layer_added)
        self._layers.removed.connect(self._on_layer_removed)
        self.rows = [
            ChoiceRow(store, ACTIVATION, items_of(ACTIVATIONS)),
            ChoiceRow(store, OUTPUT, items_of(OUTPUTS), self._forbidden_output),
            ChoiceRow(store, LOSS, items_of(LOSSES), self._forbidden_loss),
            ChoiceRow(store, BIAS, BIASES),
        ]
        self._initial = InitialEditor(store)
        self._initial.layer_changed.connect(self._show_start)
        self._histogram = Histogram()
        self._histogram.setObjectName("initial_histogram")
        self._sentence = text_label("initial_sentence")
        activation, output, loss, bias = self.rows
        self._grid = RowGrid([[activation, output], [loss, bias]])
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._layers)
        column.addWidget(self._grid)
        column.addSpacing(2)
        column.addWidget(self._initial)
        column.addWidget(self._histogram)
        column.addWidget(self._sentence)
        store.changed.connect(self._on_store_changed)
        self._refresh()
        self.retranslate()

    def title(self) -> str:
        """Return the heading."""
        return _("Network")

    def header(self) -> QWidget:
        """Return the shape of the network."""
        return self._header

    def show_run(self, info: RunInfo) -> None:
        """Show the shape and what the weights start from."""
        super().show_run(info)
        self._show_shape(info.sizes)
        self._start = layers_of(info)
        self._show_start()

    def show_nothing(self) -> None:
        """Take back what was drawn for another network."""
        super().show_nothing()
        self._start = []
        self._show_start()

    def set_density(self, density: Density) -> None:
        """Let choices share lines, and put a small histogram beside its heading in a low window."""
        tight = density is Density.TIGHT
        self._grid.set_dense(density is not Density.ROOMY)
        self._initial.set_dense(density is not Density.ROOMY)
        self._histogram.set_small(tight)
        if tight:
            self._initial.put_beside_label(self._histogram)
        elif self._is_tight:
            self._column.insertWidget(self._column.indexOf(self._sentence), self._histogram)
        self._is_tight = tight
        self._show_start()

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        self._shape.setToolTip(_("Units of each layer, from the inputs to the outputs"))
        self.setToolTip(_(RESTARTS))
        self._layers.retranslate()
        for row in self.rows:
            row.retranslate()
        self.rows[0].combo.setPlaceholderText(_("mixed"))
        self._initial.retranslate()
        self._histogram.setAccessibleName(_("Histogram of the initial weights"))
        self._show_start()

    def _refresh(self) -> None:
        hidden = self.store.config.network.hidden
        self._layers.show_sizes(hidden)
        for row in self.rows:
            row.refresh()
        self.rows[0].combo.setEnabled(bool(hidden))
        self._initial.refresh()
        info = self.session.info
        known = info is not None and info.config.data == self.store.config.data
        ends = (info.sizes[0], info.sizes[-1]) if info is not None and known else ("…", "…")
        self._show_shape((ends[0], *hidden, ends[1]))

    def _show_shape(self, sizes: Sequence[int | str]) -> None:
        """Write the sizes of the layers, the middle ones left out where they are too many for the heading."""
        shown = [str(size) for size in sizes]
        if len(shown) > 6:
            shown = [*shown[:3], "…", *shown[-2:]]
        self._shape.setText(" – ".join(shown))

    def _show_start(self) -> None:
        """Show how the first weights of the layer looked at, or of all, are spread, with a sentence."""
        layer = self._initial.layer
        shown = self._start if layer is None else self._start[layer : layer + 1]
        self._histogram.setVisible(bool(shown))
        self._sentence.setVisible(bool(shown) and not self._is_tight)
        if shown:
            weights = np.concatenate([thinned(weight.ravel(), LARGEST_SAMPLE // len(shown)) for weight, _bias in shown])
            self._histogram.show_values(weights)
            sentence = describe_start(shown)
            self._sentence.setText(sentence)
            about = _("Distribution of the initial weights")
            self._histogram.setToolTip(plain_text.tip(f"{about}\n{sentence}" if self._is_tight else about))

    def _is_regression(self) -> bool:
        """Return whether the data have numbers to predict."""
        traits = traits_of(self.store.config.data, self.store.config.seed)
        return traits is not None and traits.classes == 0

    def _forbidden_output(self, output: str) -> str:
        """Return why an output cannot be, or an empty text."""
        if output == "softmax" and self._is_regression():
            return _("Softmax gives probabilities of classes; these data have numbers to predict.")
        return ""

    def _forbidden_loss(self, loss: str) -> str:
        """Return why a loss cannot be, or an empty text."""
        if loss != "cross-entropy":
            return ""
        if self._is_regression():
            return _("Cross-entropy compares classes; these data have numbers to predict.")
        output = self.store.config.network.output
        if output in edits.LIKELIHOOD_OUTPUTS:
            return ""
        return _("Cross-entropy needs a sigmoid or softmax output, not {output}.").format(
            output=_(OUTPUTS[output].label)
        )

    def _on_store_changed(self, new: ExperimentConfig, old: ExperimentConfig) -> None:  # noqa: ARG002 - the signal's
        self._refresh()

    def _on_units_changed(self, layer: int, units: int) -> None:
        """Make a hidden layer wider or narrower."""
        self.store.apply(edits.set_units(self.store.config, layer, units), merge=f"units {layer}")

    def _on_layer_added(self) -> None:
        self.store.apply(edits.add_layer(self.store.config))

    def _on_layer_removed(self) -> None:
        """Remove the last hidden layer."""
        self.store.apply(edits.remove_layer(self.store.config))
