"""Numbers of a run that a lesson can ask for by name: ``train_loss``, ``weight[1][0][0]``, ``published:softmax[0]``.

Layers count from 1, rows, units and inputs from 0. To add one, give it a line in `QUANTITIES`.
"""

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.engine.gradients import NumericalLossGradient, loss_gradient
from playground.engine.metrics import accuracy, predicted_classes
from playground.experiment.articles import figures
from playground.experiment.landscape import costs
from playground.experiment.landscape.around import batch_of
from playground.experiment.landscape.checking import ROWS, training_gradient
from playground.experiment.lessons.computations import compute, item_of
from playground.experiment.lessons.schema import Measure, Value
from playground.experiment.probes.snapshot import Probe
from playground.experiment.training.layer_statistics import distinct_units
from playground.experiment.training.trainer import Trainer
from playground.language import _
from playground.registry import UserError, quoted
from playground.suggestions import did_you_mean

PUBLISHED = "published:"
FIGURES = {figure.id: figure for figure in figures.FIGURES}

Readings = Mapping[str, float | None]
"""Quantities by their names; None where the run has no such number."""


def _gradient(trainer: Trainer, layer: int) -> Any:
    training, data = trainer.config.training, trainer.data
    flat = loss_gradient(trainer.network, data.x_train, data.t_train, training.loss, training.reduction)
    return trainer.network.blocks_of(flat)[layer - 1]


def _row(trainer: Trainer, row: int) -> Any:
    return trainer.data.x_train[[row]]


def _outputs(trainer: Trainer, layer: int) -> Any:
    return trainer.network.activations_of(trainer.data.x_train[:1000])[layer]


def _evaluated(trainer: Trainer, part: int, what: str) -> Any:
    return getattr(trainer.evaluate()[part], what)


def _correct(trainer: Trainer) -> Any:
    rows = trainer.data.x_test
    return None if rows is None else round(_evaluated(trainer, 1, "accuracy") * len(rows))


def _confusion(trainer: Trainer, true: int, predicted: int) -> Any:
    data = trainer.data
    x, labels = (data.x_train, data.labels_train) if data.x_test is None else (data.x_test, data.labels_test)
    assert labels is not None
    found = predicted_classes(trainer.network.predict(x), trainer.network.output)
    return np.count_nonzero((labels == true) & (found == predicted))


def _test_accuracy_at(trainer: Trainer, step: int) -> Any:
    """Return the test accuracy that was recorded nearest to a step."""
    history = trainer.history.view()
    return history.test_accuracy[int(np.argmin(np.abs(history.metric_steps - step)))]


def _accuracy_without(trainer: Trainer, layer: int, unit: int) -> Any:
    """Return the test accuracy with a hidden unit switched off: its output is taken as 0; None without test samples."""
    network, data = trainer.network.copy(), trainer.data
    if data.x_test is None:
        return None
    network.weights[layer][unit] = 0
    assert data.labels_test is not None
    return accuracy(network.predict(data.x_test), data.labels_test, network.output)


def _saturated(trainer: Trainer, layer: int) -> Any:
    """Return the share of a layer's outputs that lie below 0.01 or above 0.99."""
    a = _outputs(trainer, layer)
    return np.mean((a < 0.01) | (a > 0.99))


def _backprop_passes(trainer: Trainer) -> float:
    """Return the multiplications of one gradient by backpropagation, as a multiple of those of a forward pass."""
    found = costs.costs_of(trainer.network.sizes, rows=1)
    forward = found["numerical-naive"].multiplications / found["numerical-naive"].losses
    return found["backprop"].multiplications / forward


def _seconds(trainer: Trainer, way: Callable[..., float], **options: bool) -> float:
    return way(trainer.network, batch_of(trainer), trainer.config.training.loss, **options)


def _gradient_error(trainer: Trainer, exponent: int) -> float:
    """Return how far the gradient of a training step is from the numerical one with h = 10^−exponent.

    The largest difference, as a share of the largest number in the gradient, on a few rows.
    """
    network, training, batch = trainer.network, trainer.config.training, batch_of(trainer, ROWS)
    work = NumericalLossGradient(
        network, batch.x, batch.t, training.loss, reduction=training.reduction, h=10.0**-exponent
    )
    work.go_on()
    gradient = training_gradient(network, batch, training)
    return float(np.abs(gradient - work.gradient).max() / np.abs(work.gradient).max())


QUANTITIES: Mapping[str, Callable[..., Any]] = {
    "step": lambda trainer: trainer.step_count,
    "epoch": lambda trainer: trainer.epoch,
    "parameters": lambda trainer: trainer.network.parameter_count,
    "train_loss": lambda trainer: _evaluated(trainer, 0, "loss"),
    "test_loss": lambda trainer: _evaluated(trainer, 1, "loss"),
    "train_accuracy": lambda trainer: _evaluated(trainer, 0, "accuracy"),
    "test_accuracy": lambda trainer: _evaluated(trainer, 1, "accuracy"),
    "test_correct": _correct,
    "batch_loss": lambda trainer, step: trainer.history.loss_after(step),
    "output": lambda trainer, row, unit: trainer.network.predict(_row(trainer, row))[0][unit],
    "target": lambda trainer, row, unit: trainer.data.t_train[row][unit],
    "net_input": lambda trainer, layer, row, unit: trainer.network.pre_activations_of(_row(trainer, row))[layer - 1][0][
        unit
    ],
    "activation": lambda trainer, layer, row, unit: trainer.network.activations_of(_row(trainer, row))[layer][0][unit],
    "weight": lambda trainer, layer, source, unit: trainer.network.weights[layer - 1][source][unit],
    "bias": lambda trainer, layer, unit: trainer.network.biases[layer - 1][unit],
    "weight_gradient": lambda trainer, layer, source, unit: _gradient(trainer, layer)[source][unit],
    "bias_gradient": lambda trainer, layer, unit: _gradient(trainer, layer)[-1][unit],
    "gradient_length": lambda trainer, layer: trainer.flow.view().gradient[0][layer - 1],  # at the first watched step
    "distinct_units": lambda trainer, layer: distinct_units(
        trainer.network.weights[layer - 1], trainer.network.biases[layer - 1]
    ),
    "saturated": _saturated,
    "spread": lambda trainer, layer: np.std(_outputs(trainer, layer)),
    "confusion": _confusion,
    "lowest_test_loss": lambda trainer: np.nanmin(trainer.history.view().test_loss),
    "test_accuracy_at": _test_accuracy_at,
    "accuracy_without": _accuracy_without,
    "train_rows": lambda trainer: len(trainer.data.x_train),
    "numerical_passes": lambda trainer: costs.costs_of(trainer.network.sizes, rows=1)["numerical"].losses,
    "backprop_passes": _backprop_passes,
    "backprop_seconds": lambda trainer: _seconds(trainer, costs.backprop_seconds),
    "numerical_seconds": lambda trainer: _seconds(trainer, costs.numerical_seconds, naive=False),
    "naive_seconds": lambda trainer: _seconds(trainer, costs.numerical_seconds, naive=True),
    "gradient_error": _gradient_error,
}
"""The quantities by name: how each is read off a trainer, with an argument for each index of its name."""


def index_count(quantity: str) -> int:
    """Return how many indices the name of a quantity takes."""
    return len(inspect.signature(QUANTITIES[quantity]).parameters) - 1


def parse(text: str) -> tuple[str, tuple[int, ...]]:
    """Return what a name asks for and its indices: ``("weight", (1, 0, 0))`` of ``"weight[1][0][0]"``.

    Raises
    ------
    UserError
        Where there is no such quantity, or it takes another number of indices.
    """
    found = re.fullmatch(r"(published:[\w-]+|\w+)((?:\[\d{1,6}\])*)", text)
    if not found:
        raise UserError(_("{name} is not the name of a quantity.").format(name=quoted(text)))
    name, indices = found[1], tuple(int(it) for it in re.findall(r"\d+", found[2]))
    if name.startswith(PUBLISHED):
        _published(name, indices)
        return name, indices
    if name not in QUANTITIES:
        known = (*QUANTITIES, f"{PUBLISHED}…")
        sentence = _("there is no quantity {name}; there are {known}.")
        raise UserError(sentence.format(name=quoted(name), known=", ".join(known)) + did_you_mean(name, QUANTITIES))
    if len(indices) != index_count(name):
        sentence = _("{name} takes {n} indices in brackets, not {given}.")
        raise UserError(sentence.format(name=name, n=index_count(name), given=len(indices)))
    return name, indices


def read(text: str, trainer: Trainer) -> float | None:
    """Return a quantity of a run as it is now; None where the run has no such number."""
    name, indices = parse(text)
    if name.startswith(PUBLISHED):
        return _published(name, indices)
    try:
        value = QUANTITIES[name](trainer, *indices)
    except (IndexError, AttributeError, TypeError, ValueError):
        return None
    return None if value is None else float(value)


@dataclass(frozen=True)
class Measured(Probe[dict[str, float | None]]):
    """The quantities of these names at this step."""

    names: tuple[str, ...]

    def compute(self, trainer: Trainer) -> dict[str, float | None]:
        """Return each quantity by its name; None where the run has no such number."""
        return {name: read(name, trainer) for name in self.names}


def names_in(*values: Value | None) -> tuple[str, ...]:
    """Return the names of the quantities that some values need of a run."""
    measures = [value for value in values if isinstance(value, Measure)]
    found = [name for it in measures for name in (it.quantity or "", *names_in_arguments(it.arguments))]
    return tuple(dict.fromkeys(name for name in found if name))


def names_in_arguments(arguments: Any) -> tuple[str, ...]:
    """Return the quantities that arguments of a computation refer to, as ``{"quantity": …}``, at any depth."""
    if isinstance(arguments, list):
        return tuple(name for it in arguments for name in names_in_arguments(it))
    if not isinstance(arguments, dict):
        return ()
    if isinstance(arguments.get("quantity"), str):
        return (arguments["quantity"],)
    return tuple(name for it in arguments.values() for name in names_in_arguments(it))


def value_of(value: Value, readings: Readings) -> float:
    """Return a number, given or measured.

    Raises
    ------
    UserError
        Where the run has no such number, or it cannot be computed.
    """
    if not isinstance(value, Measure):
        return float(value)
    if value.quantity is not None:
        return _reading(value.quantity, readings)
    return item_of(compute(value.computation or "", resolved(value.arguments, readings)), value.item)


def resolved(arguments: Mapping[str, Any], readings: Readings) -> dict[str, Any]:
    """Return the arguments of a computation with each ``{"quantity": …}`` replaced by its number."""
    return {key: _inside(it, readings) for key, it in arguments.items()}


def _inside(value: Any, readings: Readings) -> Any:
    if isinstance(value, list):
        return [_inside(it, readings) for it in value]
    return _reading(str(value.get("quantity", "")), readings) if isinstance(value, dict) else value


def _reading(name: str, readings: Readings) -> float:
    if name.startswith(PUBLISHED):
        return _published(*parse(name))
    value = readings.get(name)
    if value is None:
        raise UserError(_("this run has no {name}.").format(name=quoted(name)))
    return value


def _published(name: str, indices: Sequence[int]) -> float:
    figure = FIGURES.get(name.removeprefix(PUBLISHED))
    if figure is None:
        sentence = _("there is no published figure {name}.").format(name=quoted(name.removeprefix(PUBLISHED)))
        raise UserError(sentence + did_you_mean(name.removeprefix(PUBLISHED), FIGURES))
    place = indices[0] if indices else 0
    if len(indices) > 1 or place >= len(figure.printed):
        raise UserError(_("{name} has {n} numbers, counted from 0.").format(name=name, n=len(figure.printed)))
    return float(figure.printed[place])
