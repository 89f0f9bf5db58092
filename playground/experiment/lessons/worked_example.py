"""The gradient check on Matt Mazur's worked example, with the mistakes that a hand-written backward pass can have."""

import numpy as np
from numpy.typing import NDArray

from playground.engine.activations import Sigmoid
from playground.engine.gradients import numerical_gradient

X, TARGETS = np.array([0.05, 0.10]), np.array([0.01, 0.99])
PARAMETERS = np.array([0.15, 0.20, 0.25, 0.30, 0.35, 0.35, 0.40, 0.45, 0.50, 0.55, 0.60, 0.60])
"""w1 to w4 and the biases of h1 and h2, then w5 to w8 and the biases of y1 and y2."""

RATE = 0.5

Floats = NDArray[np.float64]


def gradient_check(early_update: bool = False, tied_bias: bool = False, missing_slope: bool = False) -> Floats:
    """Return each derivative of the backward pass divided by that of finite differences: 1 where they agree.

    Parameters
    ----------
    early_update
        The output layer's weights change before the error goes back through them.
    tied_bias
        A layer's biases all get the sum over its units.
    missing_slope
        The slope of the sigmoid is left out.

    Returns
    -------
    ndarray (6, 2)
        A column for each layer: its four weights, then its two biases.
    """
    weights, outputs = _layers(PARAMETERS), _outputs(PARAMETERS)
    slopes = [np.ones(2) if missing_slope else a * (1 - a) for a in outputs]
    output_deltas = (outputs[1] - TARGETS) * slopes[1]
    output_gradient = np.outer(output_deltas, outputs[0])
    seen = weights[1] - RATE * output_gradient if early_update else weights[1]
    deltas = output_deltas @ seen * slopes[0]
    found = [
        np.append(gradient, np.full(2, delta.sum()) if tied_bias else delta)
        for gradient, delta in ((np.outer(deltas, X), deltas), (output_gradient, output_deltas))
    ]
    differences = numerical_gradient(_error, PARAMETERS.copy())
    return (np.array(found) / differences.reshape(2, 6)).T


def _layers(parameters: Floats) -> list[Floats]:
    """Return the weights of both layers, (units, inputs) as the example numbers them."""
    return [row[:4].reshape(2, 2) for row in parameters.reshape(2, 6)]


def _outputs(parameters: Floats) -> list[Floats]:
    a, outputs = X, []
    for weight, bias in zip(_layers(parameters), parameters.reshape(2, 6)[:, 4:], strict=True):
        a = Sigmoid.formula(weight @ a + bias)
        outputs.append(a)
    return outputs


def _error(parameters: Floats) -> float:
    return float(0.5 * np.sum((_outputs(parameters)[1] - TARGETS) ** 2))
