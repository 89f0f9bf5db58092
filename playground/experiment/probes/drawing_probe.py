"""The network's answer to a drawing, and which of its pixels matter."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.network import Network
from playground.experiment.probes.probe import inputs_of_drawing
from playground.experiment.probes.snapshot import Probe
from playground.experiment.training.history import read_only
from playground.experiment.training.trainer import Trainer

Array = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Answer:
    """The output of every unit for one input.

    Attributes
    ----------
    layers
        (units,) for each hidden layer, outputs last.
    winner
        The index of the largest output.
    gradient
        (n_features,): by how much the winner would grow for one more level of each pixel, where the
        network is linear; None where it was not asked for.
    """

    layers: tuple[Array, ...]
    winner: int
    gradient: NDArray[np.float64] | None = None

    @property
    def outputs(self) -> Array:
        """The outputs, (n_out,)."""
        return self.layers[-1]


@dataclass(frozen=True)
class DrawingAnswer(Probe[Answer | None]):
    """The answer to one image.

    `pixels` are its bytes, row by row, in the units of the data; `with_gradient` asks which of them matter.
    """

    pixels: bytes
    with_gradient: bool = False

    def compute(self, trainer: Trainer) -> Answer | None:
        """Return the answer, or None where the data in use have another number of columns."""
        data, network = trainer.data, trainer.network
        inputs = inputs_of_drawing(data, self.pixels)
        if inputs is None:
            return None
        layers = tuple(read_only(layer[0].copy()) for layer in network.activations_of(inputs)[1:])
        winner = int(layers[-1].argmax())
        if not self.with_gradient:
            return Answer(layers, winner)
        gradient = input_gradient(network, inputs[0], winner)
        if data.deviation is not None:
            gradient /= data.deviation
        return Answer(layers, winner, read_only(gradient))


def input_gradient(network: Network, x: Array, output: int) -> NDArray[np.float64]:
    """Return the gradient of one output by the raw inputs (n_in,), where they are `x`.

    It is computed in float64: of an output that is 1 but for a millionth, float32 would leave nothing.
    """
    a = np.asarray(x, np.float64) * network.input_scale
    derivatives: list[Array] = []
    with np.errstate(all="ignore"):
        for function, weight, bias in zip(network.functions, network.weights, network.biases, strict=True):
            z = a @ weight + bias
            a = function.formula(z)
            derivatives.append(function.derivative(z, a))
        delta = np.zeros(network.sizes[-1])
        delta[output] = 1
        for weight, derivative in zip(reversed(network.weights), reversed(derivatives), strict=True):
            delta = weight @ (derivative @ delta if derivative.ndim == 2 else derivative * delta)  # softmax: a matrix
    gradient: NDArray[np.float64] = delta * network.input_scale
    return gradient
