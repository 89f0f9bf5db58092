"""The loss and the delta of one row as formulas whose shown digits add up."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.engine.losses import LOSSES
from playground.experiment.explain.formula import (
    DIGITS,
    Equation,
    bracketed,
    equation,
    joined,
    more_terms,
    negated,
    shortened,
    terms,
)
from playground.experiment.explain.step_trace import StepTrace

Array = NDArray[np.float64]


def loss_formula(
    name: str, output: str, outputs: ArrayLike, targets: ArrayLike, result: float, digits: int = DIGITS
) -> Equation:
    """Return ``½·((0.7 − 0)² + (0.2 − 1)²) = 0.565`` or ``−ln 0.7 = 0.3567``.

    `name` is one in `LOSSES`, `output` one in `OUTPUTS`, `outputs` and `targets` (n_out,) and `result` are of one row.
    """
    y, t = np.asarray(outputs, np.float64), np.asarray(targets, np.float64)
    if name == "cross-entropy":
        return _cross_entropy(y, t, output, result, digits)
    return _squares(y, t, 0.5 if name == "squared" else 1 / len(y), name == "squared", result, digits)


def _squares(y: Array, t: Array, factor: float, half: bool, result: float, digits: int) -> Equation:
    errors = (y - t) ** 2
    shown, rest = shortened(errors)
    values = [float(number) for k in shown for number in (y[k], t[k])] + rest
    pairs = 2 * len(shown)

    def evaluate(v: Sequence[float]) -> float:
        return factor * (sum((v[k] - v[k + 1]) ** 2 for k in range(0, pairs, 2)) + sum(v[pairs:]))

    def render(texts: Sequence[str]) -> str:
        squares = [f"({texts[k]} − {bracketed(texts[k + 1])})²" for k in range(0, pairs, 2)]
        squares += more_terms(len(errors) - len(shown), texts[pairs:])
        whole = " + ".join(squares) if len(squares) == 1 else f"({' + '.join(squares)})"
        return f"½·{whole}" if half else whole if len(errors) == 1 else f"{whole}/{len(errors)}"

    return equation(values, evaluate, render, result, digits)


def _cross_entropy(y: Array, t: Array, output: str, result: float, digits: int) -> Equation:
    parts = [(float(t[k]), False, float(y[k])) for k in range(len(y)) if t[k] != 0]
    if output != "softmax":
        parts += [(float(1 - t[k]), True, float(y[k])) for k in range(len(y)) if t[k] != 1]
    surprise = np.array([share * -_log(1 - value if rest else value) for share, rest, value in parts])
    shown, others = shortened(surprise)
    chosen = [parts[k] for k in shown]
    values = [value for _share, _rest, value in chosen] + others

    def evaluate(v: Sequence[float]) -> float:
        logs = [s * -_log(1 - x if rest else x) for (s, rest, _value), x in zip(chosen, v, strict=False)]
        return sum(logs) + sum(v[len(chosen) :])

    def render(texts: Sequence[str]) -> str:
        logs = []
        for (share, rest, _value), text in zip(chosen, texts, strict=False):
            before = "" if share == 1 else f"{share:.4g}·"
            logs.append(f"− {before}ln({'1 − ' if rest else ''}{text})")
        logs += [f"+ {text}" for text in more_terms(len(parts) - len(shown), texts[len(chosen) :])]
        return "−" + " ".join(logs)[2:]

    return equation(values, evaluate, render, result, digits)


def _log(value: float) -> float:
    return math.log(value) if value > 0 else -math.inf if value == 0 else math.nan


def delta_formula(trace: StepTrace, layer: int, unit: int, row: int, digits: int = DIGITS) -> Equation:
    """Return a unit's delta, the gradient of one row's loss by the unit's sum.

    ``(0.75 − 0.01)·0.187 = 0.138`` for an output, ``(0.4·0.138 − 0.5·0.038)·0.241 = 0.0088`` for a hidden unit.
    """
    derivatives = trace.derivatives[layer]
    has_derivative = derivatives is not None and trace.activations[layer] != "linear"
    derivative = float(derivatives[row, unit]) if derivatives is not None and has_derivative else None
    result = float(trace.deltas[layer][row, unit])
    above = trace.above[layer]
    if above is None:
        return _of_output(trace, unit, row, derivative, result, digits)
    summed = terms(above[unit], trace.deltas[layer + 1][row])
    if derivative is None:
        return equation(summed.values, summed.evaluate, summed.render, result, digits)

    def render(texts: Sequence[str]) -> str:
        whole = summed.render(texts[:-1])
        return f"{whole if len(texts) == 3 else f'({whole})'}·{bracketed(texts[-1])}"

    return equation([*summed.values, derivative], lambda v: summed.evaluate(v[:-1]) * v[-1], render, result, digits)


def has_shared_derivative(trace: StepTrace) -> bool:
    """Return whether each output's delta depends on all outputs: softmax with a loss that does not know of it."""
    network = trace.config.network
    return network.output == "softmax" and "softmax" not in LOSSES[trace.config.training.loss].make.fused


def _of_output(trace: StepTrace, unit: int, row: int, derivative: float | None, result: float, digits: int) -> Equation:
    outputs = trace.sizes[-1]
    factor = LOSSES[trace.config.training.loss].make.gradient_factor(outputs)
    before = "" if factor == 1 else f"{'2' if outputs == 1 else f'2/{outputs}'}·"
    y, t = (np.asarray(values[row], np.float64) for values in (trace.a[-1], trace.targets))
    values = [float(y[unit]), float(t[unit])]

    def error(texts: Sequence[str]) -> str:
        return f"{before}({joined([texts[0], negated(texts[1])])})"

    if has_shared_derivative(trace):
        return equation(
            [*values, factor * float(y @ (y - t))],
            lambda v: v[0] * (factor * (v[0] - v[1]) - v[2]),
            lambda texts: f"{texts[0]}·({joined([error(texts), negated(texts[2])])})",
            result,
            digits,
        )

    def render(texts: Sequence[str]) -> str:
        if derivative is not None:
            return f"{error(texts)}·{bracketed(texts[2])}"
        return error(texts) if before else joined([texts[0], negated(texts[1])])

    values += [] if derivative is None else [derivative]
    return equation(values, lambda v: factor * (v[0] - v[1]) * math.prod(v[2:]), render, result, digits)
