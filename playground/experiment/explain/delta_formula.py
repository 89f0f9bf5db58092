"""The delta of a unit, the gradient of one row's loss by its sum, as a formula whose shown digits add up."""

from collections.abc import Sequence

import numpy as np

from playground.engine.losses import LOSSES
from playground.experiment.explain.formula import DIGITS, Equation, bracketed, equation, joined, negated, terms
from playground.experiment.explain.step_trace import StepTrace


def delta_formula(recording: StepTrace, layer: int, unit: int, place: int, digits: int = DIGITS) -> Equation:
    """Return ``(0.75 − 0.01)·0.187 = 0.138`` for an output, ``(0.4·0.138 − 0.5·0.038)·0.241 = 0.0088`` elsewhere.

    Parameters
    ----------
    recording, layer, unit
        Whose delta.
    place
        Of which of the recording's rows.
    digits
        Significant digits of the result.
    """
    slopes = recording.slopes[layer]
    has_slope = slopes is not None and recording.activations[layer] != "linear"
    derivative = float(slopes[place, unit]) if slopes is not None and has_slope else None
    result = float(recording.deltas[layer][place, unit])
    above = recording.above[layer]
    if above is None:
        return _of_output(recording, unit, place, derivative, result, digits)
    summed = terms(above[unit], recording.deltas[layer + 1][place])
    if derivative is None:
        return equation(summed.values, summed.evaluate, summed.render, result, digits)

    def render(texts: Sequence[str]) -> str:
        whole = summed.render(texts[:-1])
        return f"{whole if len(texts) == 3 else f'({whole})'}·{bracketed(texts[-1])}"

    return equation([*summed.values, derivative], lambda v: summed.evaluate(v[:-1]) * v[-1], render, result, digits)


def has_shared_slope(recording: StepTrace) -> bool:
    """Return whether each output's delta depends on all outputs: softmax with a loss that does not know of it."""
    network = recording.config.network
    return network.output == "softmax" and "softmax" not in LOSSES[recording.config.training.loss].make.fused


def _of_output(
    recording: StepTrace, unit: int, place: int, derivative: float | None, result: float, digits: int
) -> Equation:
    """Return output minus target, times what loss and activation make of it."""
    outputs = recording.sizes[-1]
    factor = LOSSES[recording.config.training.loss].make.gradient_factor(outputs)
    before = "" if factor == 1 else f"{'2' if outputs == 1 else f'2/{outputs}'}·"
    y, t = (np.asarray(values[place], np.float64) for values in (recording.a[-1], recording.targets))
    values = [float(y[unit]), float(t[unit])]

    def error(texts: Sequence[str]) -> str:
        return f"{before}({joined([texts[0], negated(texts[1])])})"

    if has_shared_slope(recording):
        values.append(factor * float(y @ (y - t)))
        return equation(
            values,
            lambda v: v[0] * (factor * (v[0] - v[1]) - v[2]),
            lambda texts: f"{texts[0]}·({joined([error(texts), negated(texts[2])])})",
            result,
            digits,
        )
    if derivative is not None:
        return equation(
            [*values, derivative],
            lambda v: factor * (v[0] - v[1]) * v[2],
            lambda texts: f"{error(texts)}·{bracketed(texts[2])}",
            result,
            digits,
        )
    return equation(
        values,
        lambda v: factor * (v[0] - v[1]),
        lambda texts: error(texts) if before else joined([texts[0], negated(texts[1])]),
        result,
        digits,
    )
