"""Everything that one training step computes, event by event, with the numbers themselves.

`record` makes one step on a copy of the network, stage by stage with the engine's own prepared calls, and reads
the buffers after each. A `StepTrace` so holds what a real step computes, and its events, played
to the end, leave the parameters that a real step leaves, bit for bit.

Letters: ``z`` the weighted sum of a unit with its bias, ``a`` its output, ``delta`` the gradient of one row's loss by
``z``. Rows first: (rows, units).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from playground.engine.backpropagation import Backpropagation
from playground.engine.losses import LOSSES
from playground.engine.network import Network, blocks_of
from playground.engine.optimizers import Optimizer
from playground.engine.program import execute
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.probes.snapshot import Probe
from playground.experiment.training.building import build_step
from playground.experiment.training.history import read_only
from playground.experiment.training.trainer import Trainer

Array = NDArray[Any]
Kind = Literal["sum", "activation", "unit", "loss", "delta", "gradient", "bias gradient", "update", "bias update"]
Granularity = Literal["row", "layer", "unit"]

FORWARD: tuple[Kind, ...] = ("sum", "activation", "unit")
UPDATES: tuple[Kind, ...] = ("update", "bias update")

MOST_UNITS = 10
"""Of a wider layer the first ``MOST_UNITS − 1`` units have events of their own, and the others one together."""

MOST_ROWS = 2_000
"""A step on more rows than this is not traced; a single row of them can be."""


@dataclass(frozen=True)
class TraceEvent:
    """One event of a training step.

    Attributes
    ----------
    kind
        ``"unit"`` (weighted sum and activation), or ``"sum"`` and ``"activation"`` where the activation needs the
        sums of the whole layer (softmax); ``"loss"``; ``"delta"``; ``"gradient"`` of a unit's weights and
        bias; ``"bias gradient"`` of the bias that a layer shares; ``"update"`` and ``"bias update"``.
    layer
        As in ``network.weights[layer]``; that of the outputs for the loss.
    units
        The units that it concerns, one after another.
    """

    kind: Kind
    layer: int
    units: range

    @property
    def unit(self) -> int | None:
        """The unit, where it is one."""
        return self.units[0] if len(self.units) == 1 else None


@dataclass(frozen=True, eq=False)
class StepTrace:
    """What one step computed.

    Attributes
    ----------
    config
        The experiment.
    step
        Steps made before.
    rows
        (rows,) which training rows it learns from.
    is_next
        Whether this is the very step that training makes next.
    sizes, input_names, output_names
        Units of each layer, inputs first, and the names of the first and the last (English).
    has_pixels
        Whether the inputs are the pixels of an image.
    inputs, targets
        (rows, n_in) as the network scales them, and (rows, n_out).
    z, a, derivatives, deltas
        (rows, units) of each layer. ``derivatives`` are f'(z); None where they take no part: the outputs where the loss
        has them built in, and softmax.
    losses, loss
        Of each row, (rows,), and the mean over them.
    gradient
        (n_in + 1, n_out) of each layer, biases last: of the mean or the sum over the rows, without regularisation.
    start, end
        The flat parameters before and after.
    above
        For each layer the weights through which its delta came down, those of the layer above: the new
        ones where a layer changes before its error is propagated down. None for the outputs.
    events
        All that happens, in order.
    """

    config: ExperimentConfig
    step: int
    rows: NDArray[np.intp]
    is_next: bool
    sizes: tuple[int, ...]
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    has_pixels: bool
    inputs: Array
    targets: Array
    z: tuple[Array, ...]
    a: tuple[Array, ...]
    derivatives: tuple[Array | None, ...]
    deltas: tuple[Array, ...]
    losses: Array
    loss: float
    gradient: tuple[Array, ...]
    start: Array
    end: Array
    above: tuple[Array | None, ...]
    events: tuple[TraceEvent, ...]

    @property
    def activations(self) -> tuple[str, ...]:
        """The name of each layer's activation, the output's last."""
        return (*self.config.network.activations, self.config.network.output)

    @property
    def old(self) -> list[Array]:
        """The parameters of each layer before the step, (n_in + 1, n_out)."""
        return blocks_of(self.start, self.sizes)

    @property
    def new(self) -> list[Array]:
        """The same after it."""
        return blocks_of(self.end, self.sizes)

    @property
    def row_factor(self) -> float:
        """What the sum over the rows is multiplied by for the gradient."""
        return 1.0 if self.config.training.reduction == "sum" else 1.0 / len(self.rows)

    def below(self, layer: int) -> Array:
        """Return the inputs of a layer, (rows, n_in)."""
        return self.inputs if layer == 0 else self.a[layer - 1]

    def changed_by(self, event: TraceEvent) -> tuple[slice, slice]:
        """Return which part of its layer's block of parameters a event's gradient or update is about."""
        if event.kind in ("bias gradient", "bias update"):
            return slice(-1, None), slice(None)
        units = slice(event.units.start, event.units.stop)
        return (slice(None, -1) if self.config.network.bias == "layer" else slice(None)), units

    def stages(self, granularity: Granularity) -> list[range]:
        """Return the events that are shown together, as runs of indices in `events`.

        ``"unit"``: each by itself; ``"layer"``: those of one layer and kind; ``"row"``: the whole way forward, the
        loss, the whole way back (with the updates where they come in between), the updates.
        """
        keys = [self._key(event, granularity, index) for index, event in enumerate(self.events)]
        starts = [k for k in range(len(keys)) if k == 0 or keys[k] != keys[k - 1]]
        return [range(a, b) for a, b in zip(starts, [*starts[1:], len(keys)], strict=True)]

    def _key(self, event: TraceEvent, granularity: Granularity, index: int) -> object:
        if granularity == "unit":
            return index
        if granularity == "layer":
            return event.layer, event.kind.removeprefix("bias ")
        if event.kind in FORWARD:
            return "forward"
        if event.kind in UPDATES and self.config.training.update == "together":
            return "update"
        return "loss" if event.kind == "loss" else "backward"


@dataclass(frozen=True)
class SlowMotion(Probe[StepTrace | None]):
    """A trace of the next step, or of a step on one training row alone.

    `row` is the number of a training row; None for all rows of the step that comes next.
    """

    row: int | None = None

    def compute(self, trainer: Trainer) -> StepTrace | None:
        """Return the trace, or None where there is no such row or the step has more than `MOST_ROWS` rows."""
        if self.row is not None and not 0 <= self.row < len(trainer.data.x_train):
            return None
        rows = trainer.step_loop.next_rows() if self.row is None else np.array([self.row], np.intp)
        return None if len(rows) > MOST_ROWS else record(trainer, rows)


def record(trainer: Trainer, rows: NDArray[np.intp]) -> StepTrace:
    """Return a trace of one step on some training rows; the network of the run is not changed."""
    config, network, data = trainer.config, trainer.network, trainer.data
    optimizer = trainer.step_loop.copy_optimizer(network.parameters)
    player = _Player(config, network.copy(), optimizer, len(rows))
    x, targets = data.x_train[rows], data.t_train[rows]
    with np.errstate(all="ignore"):
        z = network.pre_activations_of(x)
        player.play(x, targets)
        derivatives = tuple(_derivatives(network, config.training.loss, k, values) for k, values in enumerate(z))
        losses = LOSSES[config.training.loss].make.of_rows(network.output, z[-1], player.a[-1], targets)
    return StepTrace(
        config=config,
        step=trainer.step_count,
        rows=read_only(rows.copy()),
        is_next=np.array_equal(rows, trainer.step_loop.next_rows()),
        sizes=network.sizes,
        input_names=data.input_names,
        output_names=data.output_names,
        has_pixels=data.dataset.image_shape is not None,
        inputs=read_only(np.multiply(x, network.input_scale, dtype=network.dtype)),
        targets=read_only(targets.copy()),
        z=tuple(map(read_only, z)),
        a=tuple(map(read_only, player.a)),
        derivatives=derivatives,
        deltas=tuple(map(read_only, player.deltas)),
        losses=read_only(losses),
        loss=player.loss,
        gradient=tuple(map(read_only, player.gradient)),
        start=read_only(network.copy_parameters()),
        end=read_only(player.network.copy_parameters()),
        above=(*map(read_only, player.above), None),
        events=tuple(_events(config, network)),
    )


class _Player:
    """Runs the stages of a training step, and beside them those of the way back without any scale.

    The step's own deltas have the learning rate and the number of rows multiplied in, which saves time and would
    puzzle a reader; the second way back, on the same weights at the same events, has neither.
    """

    def __init__(self, config: ExperimentConfig, network: Network, optimizer: Optimizer, rows: int) -> None:
        self.network = network
        self._factor = 1.0 if config.training.reduction == "sum" else 1.0 / rows
        self._step = build_step(config, network, optimizer, rows)
        self._plain = Backpropagation(network, rows, config.training.loss)
        self._plain.set_scale(1.0)
        self.a: list[Array] = []
        self.deltas: list[Array] = []
        self.gradient: list[Array] = []
        self.above: list[Array] = []
        self.loss = 0.0

    def play(self, x: Array, targets: Array) -> None:
        """Make the step, and copy what the buffers hold after each stage."""
        for buffers in (self._step, self._plain):
            buffers.inputs[...], buffers.targets[...] = x, targets
        plain = {(stage.name, stage.layer): stage for stage in self._plain.stages}
        blocks = self.network.blocks_of(self._plain.gradient)
        for stage in self._step.stages():
            beside = plain.get((stage.name, stage.layer))
            if beside is not None:
                execute(beside.calls)
            if stage.name == "loss":
                self.a = [layer.T.copy() for layer in self._plain.a]
            elif stage.name == "backward" and stage.layer is not None:
                scale = self.network.input_scale if stage.layer == 0 else 1.0
                self.deltas.insert(0, self._plain.deltas[stage.layer].T / np.asarray(scale, self.network.dtype))
                self.gradient.insert(0, blocks[stage.layer] * np.asarray(self._factor, self.network.dtype))
                if stage.layer < self.network.layers - 1:
                    self.above.insert(0, self.network.weights[stage.layer + 1].copy())
            execute(stage.calls)
        self.loss = self._step.loss


def _derivatives(network: Network, loss: str, layer: int, z: Array) -> Array | None:
    """Return f'(z) of a layer, None where it takes no part."""
    function = network.functions[layer]
    is_fused = layer == network.layers - 1 and network.output in LOSSES[loss].make.fused
    if is_fused or not function.elementwise:
        return None
    return read_only(function.derivative(z, function.formula(z)))


def _events(config: ExperimentConfig, network: Network) -> Iterator[TraceEvent]:
    last = network.layers - 1
    for layer in range(network.layers):
        is_softmax = layer == last and network.output == "softmax"
        yield from _of_units("sum" if is_softmax else "unit", network, layer)
        if is_softmax:
            yield from _of_units("activation", network, layer)
    yield TraceEvent("loss", last, range(network.sizes[-1]))
    layerwise = config.training.update == "layerwise"
    for layer in reversed(range(network.layers)):
        yield from _of_units("delta", network, layer)
        yield from _of_units("gradient", network, layer)
        if network.bias == "layer":
            yield TraceEvent("bias gradient", layer, range(network.sizes[layer + 1]))
        if layerwise:
            yield from _updates(network, layer)
    if not layerwise:
        for layer in range(network.layers):
            yield from _updates(network, layer)


def _updates(network: Network, layer: int) -> Iterator[TraceEvent]:
    yield from _of_units("update", network, layer)
    if network.bias == "layer":
        yield TraceEvent("bias update", layer, range(network.sizes[layer + 1]))


def _of_units(kind: Kind, network: Network, layer: int) -> Iterator[TraceEvent]:
    """List a event for each unit of a layer; in a wide one the last is about all others."""
    units = network.sizes[layer + 1]
    alone = units if units <= MOST_UNITS else MOST_UNITS - 1
    for unit in range(alone):
        yield TraceEvent(kind, layer, range(unit, unit + 1))
    if alone < units:
        yield TraceEvent(kind, layer, range(alone, units))
