"""One step of learning: forward, loss, backward, update, on buffers that are made once.

A step is a list of prepared NumPy calls (see `program`), linked once for a network, a number of rows
and the choices below; running it allocates nothing.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from playground.engine.backpropagation import Backpropagation
from playground.engine.losses import REDUCTIONS
from playground.engine.network import Network
from playground.engine.optimizers import SGD, Optimizer
from playground.engine.program import Array, Call, Stage, call, constant, copy, execute, link
from playground.registry import check_known

Floats = NDArray[np.float64]

UPDATES = ("together", "layerwise")


class TrainingStep:
    """A step of learning for a fixed number of rows.

    Fill `inputs` and `targets`, and `run` a step on them or `repeat` many. ::

        step = TrainingStep(network, rows=4, loss="squared", learning_rate=0.1)
        step.inputs[...], step.targets[...] = x, t
        with np.errstate(over="ignore"):
            step.repeat(losses)  # makes as many steps as there is room for losses

    Or set where their rows are taken from, and `learn` from one batch after another. ::

        step.take_from(x, t)
        step.learn(batches, losses)  # batches: (n, 4) numbers of rows

    Overflow in e^−z is meant to happen (1 / (1 + ∞) is 0), so whoever runs many steps sets ``np.errstate``
    once around them; a step does not do so itself, since that costs as much as four calls of a small network.

    Which layers have only units that are copies of one another is found out when a step is made (see
    `alike_layers`): make a new one after such units were edited one by one.

    Parameters
    ----------
    network
        Whose parameters are changed, in place.
    rows
        Rows in a batch; a last batch that is smaller needs a step of its own, with the same optimiser.
    loss
        A name in `LOSSES`.
    optimizer
        Computes steps from gradients, and holds the state between steps; plain gradient descent if left out.
    reduction
        ``"mean"``: the gradient is that of the mean over the rows; ``"sum"``: that of their sum.
    update
        ``"together"``: all layers change after the whole backward pass. ``"layerwise"``: each layer changes
        before its gradient is propagated down, so that the layer below sees the new weights (article C).
    learning_rate, l1, l2
        As the setters below.

    Attributes
    ----------
    inputs, targets
        (rows, n_in) and (rows, n_out), to be filled before a step; inputs in raw units.
    learning_rate
        The learning rate; see `set_learning_rate`.

    Raises
    ------
    ValueError
        For an unknown loss, reduction or update order, a loss that does not suit the network's output, or no rows.
    """

    def __init__(
        self,
        network: Network,
        rows: int,
        loss: str = "squared",
        optimizer: Optimizer | None = None,
        reduction: str = "mean",
        update: str = "together",
        learning_rate: float = 0.1,
        l1: float = 0.0,
        l2: float = 0.0,
    ) -> None:
        check_known("reduction", reduction, REDUCTIONS)
        check_known("update order", update, UPDATES)
        self.network = network
        self.rows = rows
        self.optimizer = SGD() if optimizer is None else optimizer
        self.optimizer.attach(network.parameters)
        self.learning_rate = learning_rate
        self._is_mean, self._is_layerwise = reduction == "mean", update == "layerwise"
        self._backward = Backpropagation(network, rows, loss)
        self.inputs, self.targets = self._backward.inputs, self._backward.targets
        self._rate = constant(learning_rate, network.parameters)
        self._penalties = (l1, l2)
        self._decay: dict[str, Array] = {}
        self._alike = alike_layers(network)
        self._indices: NDArray[np.intp] = np.zeros(rows, np.intp)
        self._gathering: list[Call] = []
        self._update_settings()
        self._link()

    @property
    def loss(self) -> float:
        """The data loss of the batch, mean over its rows, before the update of the last step."""
        return self._backward.total.item() * self._backward.factor  # type: ignore[no-any-return]

    def set_learning_rate(self, learning_rate: float) -> None:
        """Change the learning rate from the next step on."""
        self.learning_rate = learning_rate
        self._update_settings()

    def set_regularisation(self, l1: float, l2: float) -> None:
        """Add l1 · sign(w) + l2 · w to the gradient by each weight w (biases are left alone).

        These are the gradients of l1 · Σ|w| and ½ · l2 · Σw², which the reported loss does not include. They
        are added once a step, whatever the reduction.
        """
        self._penalties = (l1, l2)
        before = self._decay.keys()
        self._update_settings()
        if self._decay.keys() != before:
            self._link()

    def take_from(self, x: Array, t: Array) -> None:
        """Set the data that `fill` and `learn` take rows from.

        Parameters
        ----------
        x
            All inputs in raw units, (n, n_in), float or uint8; pixels stay uint8 until they are in the batch, as
            gathering float rows would take three times as long.
        t
            All targets, (n, n_out), of the network's type.
        """
        self._gathering = [*_gathering(x, self._indices, self.inputs), *_gathering(t, self._indices, self.targets)]
        self._link()

    def fill(self, indices: NDArray[np.intp]) -> None:
        """Copy the rows with these `indices`, (rows,), into `inputs` and `targets`. They must be valid."""
        self._indices[...] = indices
        execute(self._gathering)

    def run(self) -> float:
        """Make one step on the rows that are in place, and return `loss`."""
        self._once()
        return self.loss

    def repeat(self, losses: Floats) -> None:
        """Make a step for each place in `losses`, (n,), on the rows that are in place, and store their losses there."""
        totals = np.zeros(len(losses), self.network.dtype)
        self._repeat(totals[k, ...] for k in range(len(totals)))
        self._note(totals, losses)

    def learn(self, batches: NDArray[np.intp], losses: Floats) -> None:
        """Make a step on each batch, and store their losses.

        Parameters
        ----------
        batches
            (n, rows): which rows of the data each step learns from.
        losses
            (n,), to be filled with what `loss` is after each step.
        """
        totals = np.zeros(len(losses), self.network.dtype)
        self._learn((totals[k, ...] for k in range(len(totals))), batches)
        self._note(totals, losses)

    def scaled_gradient(self) -> tuple[Array, float]:
        """Return the gradient that the last step used, flat, regularisation included, and what it is multiplied by.

        The array is the step's own, to be read before the next step. Where the learning rate is 0 and the optimiser
        works with rate × gradient, it is all zeros.
        """
        is_scaled = self.optimizer.uses_scaled_gradient and self.learning_rate
        return self._backward.gradient, self.learning_rate if is_scaled else 1.0

    def stages(self) -> list[Stage]:
        """Return the parts of a step in order, each with its calls: forward, loss, backward, update."""
        ordered = [Stage("update", None, self.optimizer.begin())]
        for stage in self._backward.stages:
            ordered.append(stage)
            if self._is_layerwise and stage.name == "backward" and stage.layer is not None:
                ordered.append(self._update_stage(stage.layer, self.network.parts[stage.layer]))
        if not self._is_layerwise:
            ordered.append(self._update_stage(None, slice(None)))
        return ordered

    def _update_settings(self) -> None:
        """Put learning rate and penalties where the linked calls read them."""
        self._rate[()] = self.learning_rate
        in_gradient = self.learning_rate if self.optimizer.uses_scaled_gradient else 1.0
        self._backward.set_scale(in_gradient / (self.rows if self._is_mean else 1))
        wanted = {name: value for name, value in zip(("l1", "l2"), self._penalties, strict=True) if value}
        if wanted.keys() != self._decay.keys():
            self._decay = {name: np.zeros_like(self.network.parameters) for name in wanted}
        for name, value in wanted.items():
            for block in self.network.blocks_of(self._decay[name]):
                block[:-1] = value * in_gradient

    def _link(self) -> None:
        """Link the programs: `_once` for one step; `_repeat` and `_learn` for many, given where each total is stored.

        `_learn` is given the row numbers of the batches too.
        """
        calls = [one for stage in self.stages() for one in stage.calls]
        self._once = link(calls)
        self._repeat = link(calls, [self._backward.total])
        self._learn = link([*self._gathering, *calls], [self._backward.total, self._indices])

    def _note(self, totals: Array, losses: Floats) -> None:
        if len(totals):
            np.multiply(totals, self._backward.factor, losses, dtype=np.float64)
            self._backward.total[()] = totals[-1]

    def _update_stage(self, layer: int | None, part: slice) -> Stage:
        parameters, gradient = self.network.parameters, self._backward.gradient
        p, g = parameters[part], gradient[part]
        calls = _tie_identical_units(self.network.blocks_of(gradient), self._alike, layer)
        for name, decay in self._decay.items():
            pull = np.empty_like(p)
            source = p
            if name == "l1":
                calls.append(call(np.sign, p, pull))
                source = pull
            calls += [call(np.multiply, source, decay[part], pull), call(np.add, g, pull, g)]
        calls += self.optimizer.update(parameters, gradient, self._rate, part)
        return Stage("update", layer, calls)


def alike_layers(network: Network) -> tuple[int, ...]:
    """Return the hidden layers (0 is the first) in which every unit is a copy of every other, to the last bit.

    Units of a layer with the same weights in and out get equal gradients, so they stay equal for ever: that is
    why zero weights are a poor start. A processor's matrix product, though, sums some columns in another order
    than others (which ones depends on the machine), so that equal columns come out a last digit apart; over
    thousands of steps that breaks the tie, and a network starts to learn that on paper cannot. Where a layer
    starts with all units alike, the gradient of its first unit is therefore copied to the others.
    """
    blocks = network.blocks
    return tuple(
        k
        for k in range(network.layers - 1)
        if network.sizes[k + 1] > 1
        and bool((blocks[k] == blocks[k][:, :1]).all())
        and bool((blocks[k + 1][:-1] == blocks[k + 1][:1]).all())
    )


def _tie_identical_units(blocks: Sequence[Array], alike: Sequence[int], layer: int | None) -> list[Call]:
    """Return the calls that give the units of each layer in `alike` the gradient of its first unit.

    Parameters
    ----------
    blocks
        The gradient of each layer, (n_in + 1, n_out), changed in place.
    alike
        What `alike_layers` returned.
    layer
        The only block to change, or None for all.
    """
    calls: list[Call] = []
    for k in alike:
        if layer in (None, k):
            first = np.empty_like(blocks[k][:, :1])  # spread from a column of its own, five times as fast
            calls += [copy(blocks[k][:, :1], first), copy(first, blocks[k])]
        if layer in (None, k + 1):
            calls.append(copy(blocks[k + 1][:1], blocks[k + 1][1:-1]))
    return calls


def _gathering(source: Array, indices: NDArray[np.intp], out: Array) -> list[Call]:
    # mode="clip" is what lets take write into `out` without a buffer of its own.
    if out.dtype == source.dtype and out.flags.c_contiguous:
        return [call(source.take, indices, 0, out, "clip")]
    rows = np.empty(out.shape, source.dtype)
    return [call(source.take, indices, 0, rows, "clip"), copy(rows, out)]
