"""One step of learning: forward, loss, backward, update, on buffers that are made once.

A step is a list of prepared NumPy calls (see `program`), linked once for a network, a number of rows
and the choices below; running it allocates nothing.
"""

from weakref import WeakSet

import numpy as np
from numpy.typing import NDArray

from playground.engine.backpropagation import Backpropagation
from playground.engine.batches import BatchGatherer
from playground.engine.network import Network
from playground.engine.optimizers import SGD, Optimizer
from playground.engine.program import Array, Stage, call, constant, link
from playground.engine.symmetry import alike_layers, tie_identical_units

Floats = NDArray[np.float64]

WHOLE = slice(None)

BLOCK = 256
"""So many steps are made without a look at their losses."""

MOST_KEPT = 64
"""Where the loss of a step is a sum of no more numbers, they are kept, and added up for a block of steps at once.

A call that adds up one step's takes a small network a fifteenth of its time; a block's lie in the cache at hand.
"""


class TrainingStep:
    """A step of learning for a fixed number of rows.

    Fill `inputs` and `targets`, and `run` a step on them or `repeat` many. ::

        step = TrainingStep(network, rows=4, loss="squared", learning_rate=0.1)
        step.inputs[...], step.targets[...] = x, t
        with np.errstate(over="ignore"):
            step.repeat(losses)  # makes as many steps as there is room for losses

    Or say what fills them, and `learn` from one batch after another. ::

        step.gather_with(BatchGatherer(x, t, step.inputs, step.targets))
        step.learn(batches, losses)  # batches: (n, 4) numbers of rows

    Overflow in e^−z is meant to happen (1 / (1 + ∞) is 0), so whoever runs many steps sets ``np.errstate``
    once around them; a step does not do so itself, since that costs as much as four calls of a small network.

    Which layers have only units that are copies of one another is looked at when a step is made (see
    `symmetry`): make it again after such units were set apart by hand.

    Parameters
    ----------
    network
        Whose parameters are changed, in place.
    rows
        Rows in a batch; see `for_rows` for a last batch that is smaller.
    loss
        A name in `LOSSES`.
    optimizer
        Turns gradients into steps; plain gradient descent if left out. It holds the state that lives on.
    reduction
        ``"mean"``: the gradient is that of the mean over the rows; ``"sum"``: that of their sum.
    update
        ``"together"``: all layers change after the whole backward pass. ``"layerwise"``: each layer changes
        before it hands its gradient down, so that the layer below sees the new weights (article C).
    learning_rate, l1, l2
        As the setters below.

    Attributes
    ----------
    inputs, targets
        (rows, n_in) and (rows, n_out), to be filled before a step; inputs in raw units.
    family
        This step and those made by `for_rows`, as long as somebody holds them.
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
        if reduction not in ("mean", "sum") or update not in ("together", "layerwise"):
            raise ValueError(f"unknown reduction {reduction!r} or update order {update!r}")
        self.network = network
        self.rows = rows
        self.optimizer = SGD() if optimizer is None else optimizer
        self.optimizer.attach(network.parameters)
        self._choices = (loss, reduction, update)
        self._backward = Backpropagation(network, rows, loss)
        self.inputs, self.targets = self._backward.inputs, self._backward.targets
        self._rate = constant(learning_rate, network.parameters)
        self._decay: dict[str, Array] = {}
        self._alike = alike_layers(network)
        self._gatherer: BatchGatherer | None = None
        kept, measure = self._backward.kept, self._backward.measure
        self._waits = kept.size <= MOST_KEPT and measure.can_wait(network.output)
        self._totals = np.zeros(BLOCK, network.dtype)
        self._kept = np.zeros((BLOCK, kept.size if self._waits else 0), network.dtype)
        self._places = [
            self._kept[k].reshape(kept.shape) if self._waits else self._totals[k, ...] for k in range(BLOCK)
        ]
        self.family = WeakSet([self])
        self.adopt(learning_rate, l1, l2)

    @property
    def loss(self) -> float:
        """The data loss of the batch, mean over its rows, before the update of the last step."""
        return self._backward.total.item() * self._backward.factor  # type: ignore[no-any-return]

    @property
    def learning_rate(self) -> float:
        """The learning rate."""
        return self._learning_rate

    def set_learning_rate(self, learning_rate: float) -> None:
        """Change the learning rate from the next step on, here and in all steps made by `for_rows`."""
        for step in self.family:
            step.adopt(learning_rate, self._l1, self._l2)

    def set_regularisation(self, l1: float, l2: float) -> None:
        """Add l1 · sign(w) + l2 · w to the gradient by each weight w (biases are left alone).

        These are the gradients of l1 · Σ|w| and ½ · l2 · Σw², which the reported loss does not include. They
        are added once a step, whatever the reduction.
        """
        for step in self.family:
            step.adopt(self._learning_rate, l1, l2)

    def adopt(self, learning_rate: float, l1: float, l2: float) -> None:
        """Change the settings of this step alone, linking anew only where other calls are needed."""
        self._learning_rate, self._l1, self._l2 = learning_rate, l1, l2
        self._rate[()] = learning_rate
        in_gradient = learning_rate if self.optimizer.takes_scaled_gradient else 1.0
        self._backward.set_scale(in_gradient / (self.rows if self._choices[1] == "mean" else 1))
        wanted = {name: value for name, value in (("l1", l1), ("l2", l2)) if value}
        if wanted.keys() != self._decay.keys() or not hasattr(self, "_repeat"):
            self._decay = {name: np.zeros_like(self.network.parameters) for name in wanted}
            self._link()
        for name, value in wanted.items():
            for block in self.network.blocks_of(self._decay[name]):
                block[:-1] = value * in_gradient

    def gather_with(self, gatherer: BatchGatherer) -> None:
        """Say what fills `inputs` and `targets` from now on, when `learn` is called."""
        self._gatherer = gatherer
        self._link()

    def run(self) -> float:
        """Make one step on the rows that are in place, and return `loss`."""
        self._once()
        return self.loss

    def repeat(self, losses: Floats) -> None:
        """Make a step for each place in `losses`, all on the rows that are in place, and note their losses there."""
        for start in range(0, len(losses), BLOCK):
            noted = losses[start : start + BLOCK]
            self._repeat(self._places[: len(noted)])
            self._note(noted)

    def learn(self, batches: NDArray[np.intp], losses: Floats) -> None:
        """Make a step on each batch, and note their losses.

        Parameters
        ----------
        batches
            (n, rows): which rows of the gatherer's data each step learns from.
        losses
            (n,), to be filled with what `loss` is after each step.
        """
        for start in range(0, len(losses), BLOCK):
            noted = losses[start : start + BLOCK]
            self._learn(self._places[: len(noted)], batches[start : start + BLOCK])
            self._note(noted)

    def for_rows(self, rows: int) -> "TrainingStep":
        """Return a step for another number of rows that shares network, optimiser and settings with this one."""
        loss, reduction, update = self._choices
        for step in self.family:
            if step.rows == rows:
                return step
        twin = TrainingStep(
            self.network, rows, loss, self.optimizer, reduction, update, self._learning_rate, self._l1, self._l2
        )
        self.family.add(twin)
        twin.family = self.family
        return twin

    def scaled_gradient(self) -> tuple[Array, float]:
        """Return the gradient that the last step used, flat, regularisation included, and what it is multiplied by.

        The array is the step's own, to be read before the next step. Where the learning rate is 0 and the optimiser
        works with rate × gradient, it is all zeros.
        """
        is_scaled = self.optimizer.takes_scaled_gradient and self._learning_rate
        return self._backward.gradient, self._learning_rate if is_scaled else 1.0

    def stages(self) -> list[Stage]:
        """Return the parts of a step in order, each with its calls: forward, loss, backward, update."""
        begin = Stage("update", None, "", self.optimizer.begin(self._rate))
        stages = [begin, *self._backward.stages]
        if self._choices[2] == "together":
            return [*stages, self._update_stage(None, WHOLE)]
        ordered = []
        for stage in stages:
            ordered.append(stage)
            if stage.name == "backward" and stage.layer is not None:
                ordered.append(self._update_stage(stage.layer, self.network.parts[stage.layer]))
        return ordered

    def _link(self) -> None:
        """Write the programs: `_once` for one step, and two for many, which take a place for the loss of each.

        Such a place is for the total or, where that waits, for what will be added up. `_learn` takes the indices of
        batches too.
        """
        way_back = self._backward
        calls = [one for stage in self.stages() for one in stage.calls]
        self._once = link(calls)
        place = way_back.kept if self._waits else way_back.total
        if self._waits:
            calls = [one for one in calls if one is not way_back.adding_up]
        self._repeat = link(calls, [place])
        if self._gatherer is not None:
            self._learn = link([*self._gatherer.calls, *calls], [place, self._gatherer.indices])

    def _note(self, losses: Floats) -> None:
        way_back, totals = self._backward, self._totals[: len(losses)]
        if self._waits:
            way_back.measure.add_up(self._kept[: len(losses)], totals)
        np.multiply(totals, way_back.factor, losses, dtype=np.float64)
        way_back.total[()] = totals[-1]

    def _update_stage(self, layer: int | None, part: slice) -> Stage:
        """Return the calls that change a part of the parameters."""
        parameters, gradient = self.network.parameters, self._backward.gradient
        p, g = parameters[part], gradient[part]
        calls = tie_identical_units(self.network.blocks_of(gradient), self._alike, layer)
        for name, decay in self._decay.items():
            pull = np.empty_like(p)
            source = p
            if name == "l1":
                calls.append(call(np.sign, p, pull))
                source = pull
            calls += [call(np.multiply, source, decay[part], pull), call(np.add, g, pull, g)]
        calls += self.optimizer.update(parameters, gradient, self._rate, part)
        return Stage("update", layer, "W = W − rate · gradient", calls)
