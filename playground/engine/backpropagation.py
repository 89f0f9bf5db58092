"""Backpropagation: the gradient of the loss by every parameter, layer by layer from the last to the first.

Letters: ``delta`` of a layer is the gradient of the loss by its ``z``, (units, rows). With the activations
``a`` below (see `forward_pass`) the gradient of a layer's block is ``a @ delta.T``, and what comes down
to the layer below is ``(weight @ delta) · f'(z)``.
Rumelhart, Hinton, Williams: Learning representations by back-propagating errors, 1986; Nielsen: Neural
networks and deep learning, 2015, chapter 2 (equations BP1 to BP4).
"""

from itertools import groupby

import numpy as np

from playground.engine.losses import LOSSES
from playground.engine.network import Network
from playground.engine.products import dot, product
from playground.engine.program import Array, Call, Stage, call, constant, copy


class Backpropagation:
    """The buffers and stages that compute the loss of some rows and its gradient.

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
        (rows, n_in) and (rows, n_out), to be filled before the stages are run.
    gradient
        Flat, laid out like ``network.parameters``: the gradient of the sum over the rows, times `scale`.
    deltas
        For each layer (units, rows), once its stage has run; the first layer's times the input scale.
    scale
        0-d; ``1 / rows`` gives the gradient of the mean over the rows.
    total, factor
        Their product is the loss of the rows, mean over them; `total` is 0-d and filled by the ``loss`` stage.
    kept, adding_up
        What the loss is a sum of, (n_out, rows), and the call of the ``loss`` stage that adds it up, last thing; see
        `Loss.can_wait`.
    stages
        ``forward`` for each layer, ``loss``, then ``backward`` for each layer from the last to the first.
    """

    def __init__(self, network: Network, rows: int, loss: str) -> None:
        self.network = network
        self.measure = LOSSES[loss].make
        n_out = network.sizes[-1]
        if self.measure.fused and network.output not in self.measure.fused:
            raise ValueError(
                f"the loss {loss} needs an output out of {sorted(self.measure.fused)}, not {network.output}"
            )
        self._is_fused = network.output in self.measure.fused
        self.forward = network.forward_pass(rows, keeps_output_z=self._is_fused)
        self.inputs = self.forward.inputs
        self._t = np.zeros((n_out, rows), network.dtype)
        self.targets = self._t.T
        self.gradient = np.zeros_like(network.parameters)
        self._gradient_blocks = network.blocks_of(self.gradient)
        self.deltas = [np.empty((units, rows), network.dtype) for units in network.sizes[1:]]
        self._slopes: dict[int, Array] = {}
        self.scale = constant(1.0, network.parameters)
        self.total = constant(0.0, network.parameters)
        self.kept = np.empty_like(self.deltas[-1])
        self._difference = self.kept if self.measure.keeps_difference else self.deltas[-1]
        self.factor = self.measure.factor(rows, n_out)
        self.stages = [
            *self.forward.stages,
            self._loss_stage(),
            *(self._backward_stage(k) for k in reversed(range(network.layers))),
        ]

    def set_scale(self, scale: float) -> None:
        """Make the gradient `scale` times that of the sum over the rows, from the next run on."""
        self.scale[()] = scale * self.measure.derivative(self.network.sizes[-1])

    def _loss_stage(self) -> Stage:
        """Return the calls for the loss, for y − t, and for f'(z) of all layers."""
        forward, last = self.forward, self.network.layers - 1
        scratch = forward.layer_of(forward.flat_scratch, last)
        z, a, delta = forward.z[last], forward.a[last], self.deltas[last]
        calls = self.measure.calls(self.network.output, z, a, scratch, self._t, delta, self.kept, self.total)
        self.adding_up = calls[-1]
        return Stage("loss", None, "delta = y − t, f'(z)", [*calls, *self._slope_calls()])

    def _slope_calls(self) -> list[Call]:
        """Return the calls for f'(z), one lot for each run of neighbouring layers with the same activation."""
        forward, calls = self.forward, []
        layers = [
            k
            for k, activation in enumerate(forward.activations)
            if activation.elementwise and not (self._is_fused and k == self.network.layers - 1)
        ]
        for activation, neighbours in groupby(layers, lambda k: forward.activations[k]):
            run = list(neighbours)
            span = forward.span_of(run[0], run[-1])
            derivative = activation.derivative(forward.flat_z[span], forward.flat_a[span], forward.flat_scratch[span])
            if derivative:
                self._slopes.update({k: forward.layer_of(forward.flat_scratch, k) for k in run})
            calls += derivative
        return calls

    def _backward_stage(self, layer: int) -> Stage:
        delta = self.deltas[layer]
        calls = self._output_delta(delta) if layer == self.network.layers - 1 else self._hidden_delta(layer, delta)
        if layer == 0 and self.network.input_scale != 1:
            calls.append(call(np.multiply, delta, constant(self.network.input_scale, delta), delta))
        return Stage(
            "backward",
            layer,
            "delta = W·delta · f'(z), gradient = a·delta",
            [*calls, *self._gradient_calls(layer, delta)],
        )

    def _output_delta(self, delta: Array) -> list[Call]:
        """Return the calls that turn y − t into the delta of the last layer."""
        last, forward = self.network.layers - 1, self.forward
        calls = [call(np.multiply, self._difference, self.scale, delta)]
        if last in self._slopes:
            calls.append(call(np.multiply, delta, self._slopes[last], delta))
        elif not forward.activations[last].elementwise and not self._is_fused:
            scratch = forward.layer_of(forward.flat_scratch, last)
            calls += forward.activations[last].backward(forward.z[last], forward.a[last], delta, scratch)
        return calls

    def _hidden_delta(self, layer: int, delta: Array) -> list[Call]:
        """Return the calls that bring the delta of the layer above down to this layer."""
        calls = product(self.network.weights[layer + 1], self.deltas[layer + 1], delta)
        if layer in self._slopes:
            calls.append(call(np.multiply, delta, self._slopes[layer], delta))
        return calls

    def _gradient_calls(self, layer: int, delta: Array) -> list[Call]:
        below, block, bias = self.forward.a_with_one[layer], self._gradient_blocks[layer], self.network.bias
        calls = product(below, delta.T, block)
        if layer == 0 and len(calls) > 1 and self.forward.rows < len(block):
            # Two matrices that lie rows first are multiplied more quickly, by more than turning one over takes.
            rows_first = self.forward.layer_of(self.forward.flat_scratch, layer).reshape(delta.T.shape)
            calls = [copy(delta.T, rows_first), *product(below, rows_first, block)]
        if bias in ("none", "fixed"):
            calls.append(call(block[-1].fill, 0.0))
        elif bias == "layer" and len(block[-1]) > 1:  # the bias of one unit is the layer's already
            total = constant(0, block)
            calls += [dot(block[-1], np.ones_like(block[-1]), total), call(np.positive, total, block[-1])]
        return calls
