"""Backpropagation on buffers made once: forward through the network, then the gradient, layer by layer back.

Letters: ``z`` weighted sums with the bias, ``a`` what the units output, ``delta`` of a layer the gradient of
the loss by its ``z``. With the activations ``a`` below, the gradient of a layer's parameters is ``a · deltaᵀ``,
and the layer below has ``delta = (weight · delta) · f'(z)``.
Rumelhart, Hinton, Williams: Learning representations by back-propagating errors, 1986; Nielsen: Neural
networks and deep learning, 2015, chapter 2 (equations BP1 to BP4).

Buffers lie units first, (units, rows), with a last row of ones in each ``a``: the last row of a layer's block of
parameters is its bias, so that one product, ``z = block.T @ a``, does weights and bias together. Inputs lie
rows first, (rows, n_in), as data sets do, with a last column that holds the reciprocal of the input
scale: then scale · z is right for weights and bias, and raw pixels need not be divided by 255 one by one.
"""

import numpy as np

from playground.engine.activations import Linear
from playground.engine.losses import loss_for
from playground.engine.network import Network
from playground.engine.program import Array, Call, Stage, call, calls_of, constant, copy, dot

WIDE_INPUT = 32
"""From so many inputs on the first product is quicker rows first, although it has to be transposed."""


class Backpropagation:
    """The buffers and stages that compute the loss of some rows and its gradient.

    Overflow in e^z is meant to happen, so make the calls within ``np.errstate(over="ignore")``.

    Parameters
    ----------
    network
        Whose loss; its parameters are read where they lie.
    rows
        How many rows at a time.
    loss
        A name in `LOSSES`.

    Attributes
    ----------
    inputs, targets
        (rows, n_in) in raw units and (rows, n_out), to be filled before the stages are run.
    a
        For each layer (units, rows), once its stage has run.
    deltas
        The same, on the way back; times `scale`, and the first layer's times the input scale.
    gradient
        Flat, laid out like ``network.parameters``: the gradient of the sum over the rows, times `scale`.
    total, factor
        Their product is the loss of the rows, mean over them; `total` is 0-d and filled by the ``loss`` stage.
    stages
        ``forward`` for each layer, ``loss``, then ``backward`` for each layer from the last to the first.

    Raises
    ------
    ValueError
        Where there is no such loss, or it is fused with other outputs than the network's, or there are no rows.
    """

    def __init__(self, network: Network, rows: int, loss: str) -> None:
        self.network = network
        self._loss = loss_for(loss, network.output)
        if rows < 1:
            raise ValueError(f"a step needs at least 1 row, not {rows}")
        dtype, n_in, n_out = network.dtype, network.sizes[0], network.sizes[-1]
        inputs = np.zeros((rows, n_in + 1), dtype)
        inputs[:, -1] = 1 / network.input_scale
        self.inputs = inputs[:, :-1]
        self._t = np.zeros((n_out, rows), dtype)
        self.targets = self._t.T
        ends = np.cumsum([(units + 1) * rows for units in network.sizes[1:]])
        flat_a, flat_scratch = np.ones(ends[-1], dtype), np.empty(ends[-1], dtype)
        with_ones = [part.reshape(-1, rows) for part in np.split(flat_a, ends[:-1])]
        self._below = [inputs.T, *with_ones[:-1]]
        self.a = [one[:-1] for one in with_ones]
        self._z = [np.zeros_like(a) if f.needs_z else a for f, a in zip(network.functions, self.a, strict=True)]
        self._is_fused = network.output in self._loss.fused
        if self._is_fused:
            self._z[-1] = np.zeros_like(self.a[-1])
        self._scratch = [part.reshape(-1, rows)[:-1] for part in np.split(flat_scratch, ends[:-1])]
        # Small networks are quicker where layers that have one activation in common get its derivative in one go.
        derived, function = network.functions[: network.layers - self._is_fused], network.functions[0]
        self._is_joint = (
            len(derived) > 1 and {*derived} == {function} and function is not Linear and not function.needs_z
        )
        whole = slice(ends[len(derived) - 1] - rows)
        self._joint = flat_a[whole], flat_scratch[whole]
        self.deltas = [np.empty_like(a) for a in self.a]
        self.gradient = np.zeros_like(network.parameters)
        self._gradient_blocks = network.blocks_of(self.gradient)
        self._scale = constant(1.0, network.parameters)
        self.total = constant(0.0, network.parameters)
        self.factor = self._loss.mean_factor(rows, n_out)
        layers = range(network.layers)
        self.stages = [
            *(self._forward_stage(k) for k in layers),
            self._loss_stage(),
            *(self._backward_stage(k) for k in reversed(layers)),
        ]

    def set_scale(self, scale: float) -> None:
        """Make the gradient `scale` times that of the sum over the rows, from the next run on."""
        self._scale[()] = scale * self._loss.gradient_factor(self.network.sizes[-1])

    def _forward_stage(self, layer: int) -> Stage:
        block, below, z, scratch = self.network.blocks[layer], self._below[layer], self._z[layer], self._scratch[layer]
        if layer == 0 and len(block) > WIDE_INPUT:
            rows_first = scratch.reshape(z.T.shape)
            calls = [dot(below.T, block, rows_first), copy(rows_first.T, z)]
        else:
            calls = [dot(block.T, below, z)]
        if layer == 0 and self.network.input_scale != 1:
            calls.append(call(np.multiply, z, constant(self.network.input_scale, z), z))
        calls += self.network.functions[layer].forward_calls(z, self.a[layer], scratch)
        return Stage("forward", layer, calls)

    def _loss_stage(self) -> Stage:
        z, y, scratch, delta = self._z[-1], self.a[-1], self._scratch[-1], self.deltas[-1]
        calls = self._loss.calls(self.network.output, z, y, scratch, self._t, delta, self.total)
        calls.append(call(np.multiply, delta, self._scale, delta))
        if self._is_joint:
            flat_a, flat_scratch = self._joint
            calls += calls_of(self.network.functions[0].derivative, [flat_a, flat_a], [flat_scratch])
        return Stage("loss", None, calls)

    def _backward_stage(self, layer: int) -> Stage:
        delta, is_output = self.deltas[layer], layer == self.network.layers - 1
        calls = [] if is_output else [dot(self.network.weights[layer + 1], self.deltas[layer + 1], delta)]
        scratch = self._scratch[layer]
        if not (is_output and self._is_fused):
            function = self.network.functions[layer]
            if self._is_joint:
                calls.append(call(np.multiply, delta, scratch, delta))
            else:
                calls += function.backward_calls(self._z[layer], self.a[layer], delta, scratch)
        if layer == 0 and self.network.input_scale != 1:
            calls.append(call(np.multiply, delta, constant(self.network.input_scale, delta), delta))
        calls += self._gradient_calls(layer, delta)
        return Stage("backward", layer, calls)

    def _gradient_calls(self, layer: int, delta: Array) -> list[Call]:
        block, bias = self._gradient_blocks[layer], self.network.bias
        calls = [dot(self._below[layer], delta.T, block)]
        if bias in ("none", "fixed"):
            calls.append(call(block[-1].fill, 0.0))
        elif bias == "layer" and len(block[-1]) > 1:  # the bias of one unit is the layer's already
            total = constant(0, block)
            calls += [dot(block[-1], np.ones_like(block[-1]), total), call(np.positive, total, block[-1])]
        return calls
