"""The forward pass of a network for a fixed number of rows: its buffers, and the calls that fill them.

Letters: ``x`` inputs, ``z`` weighted sums with the bias, ``a`` what the units give out.

Activations lie features first, (units, rows), with a last row of ones: the last row of a layer's block of
parameters is its bias, so that one product, ``z = block.T @ a``, does weights and bias together. All
layers lie one after another in one flat array, so that one call can treat several of them. Inputs lie
rows first, (rows, n_in), as data sets do, with a last column that holds the reciprocal of the input
scale: then scale · z is right for weights and bias, and raw pixels need not be divided by 255 one by one.
"""

from collections.abc import Sequence

import numpy as np

from playground.engine.activations import Activation
from playground.engine.products import product
from playground.engine.program import Array, Stage, copy, link

WIDE_INPUT = 32
"""From so many inputs on the first product is quicker rows first, although it has to be turned over."""


class ForwardPass:
    """Buffers of one forward pass and the stages that compute it.

    Parameters
    ----------
    blocks
        Weights and biases of each layer, (n_in + 1, n_out); they are read where they lie.
    activations
        The function of each layer.
    rows
        How many rows at a time.
    input_scale
        What the inputs are multiplied by.
    keeps_output_z
        Whether the last layer's z is asked for.

    Attributes
    ----------
    inputs
        (rows, n_in), to be filled by the caller before `run`, in raw units (before the input scale).
    z, a
        For each layer, (units, rows). They are one and the same buffer, and z is lost, unless the layer's
        activation needs z again, or `keeps_output_z` was asked for. (A softmax leaves z minus each row's largest.)
    a_with_one
        For the inputs and each hidden layer, (units + 1, rows): what comes into the next layer.
    stages
        One `Stage` a layer.
    run
        Makes all calls. Overflow in e^z is meant to happen, so call it within ``np.errstate(over="ignore")``.
    """

    def __init__(
        self,
        blocks: Sequence[Array],
        activations: Sequence[type[Activation]],
        rows: int,
        input_scale: float = 1.0,
        keeps_output_z: bool = False,
    ) -> None:
        self.rows = rows
        self.activations = activations
        self._blocks = blocks
        self._input_scale = input_scale
        units = [block.shape[1] for block in blocks]
        dtype = blocks[0].dtype

        input_buffer = np.full((rows, len(blocks[0])), 1 / input_scale, dtype)
        input_buffer[:, :-1] = 0
        self.inputs = input_buffer[:, :-1]

        kept = [activation.keeps_z for activation in self.activations]
        ends = np.cumsum([(n + 1) * rows for n in units])
        self._spans = [slice(int(end) - (n + 1) * rows, int(end)) for n, end in zip(units, ends, strict=True)]
        self.flat_a = np.ones(int(ends[-1]), dtype)
        self.flat_z = np.zeros_like(self.flat_a) if any(kept) else self.flat_a
        self.flat_scratch = np.empty_like(self.flat_a)

        self.a = [self.layer_of(self.flat_a, k) for k in range(len(units))]
        self.z = [self.layer_of(self.flat_z, k) if kept[k] else self.a[k] for k in range(len(units))]
        if keeps_output_z and not kept[-1]:
            self.z[-1] = np.zeros_like(self.a[-1])
        self.a_with_one = [input_buffer.T, *(self.flat_a[span].reshape(-1, rows) for span in self._spans[:-1])]
        self.stages = [self._stage(k) for k in range(len(units))]
        self.run = link(one for stage in self.stages for one in stage.calls)

    def span_of(self, first: int, last: int) -> slice:
        """Return where the layers from `first` to `last`, and the ones between them, lie in the flat arrays."""
        return slice(self._spans[first].start, self._spans[last].stop - self.rows)

    def layer_of(self, flat: Array, layer: int) -> Array:
        """Return the view (units, rows) of one layer in a flat array laid out like `flat_a`."""
        return flat[self.span_of(layer, layer)].reshape(-1, self.rows)

    def _stage(self, layer: int) -> Stage:
        """Return the calls of one layer: the product, then the activation."""
        block, below = self._blocks[layer], self.a_with_one[layer]
        z, a, scratch = self.z[layer], self.a[layer], self.layer_of(self.flat_scratch, layer)
        scale = self._input_scale if layer == 0 else 1.0
        if layer == 0 and len(block) > WIDE_INPUT:
            rows_first = scratch.reshape(z.T.shape)  # nothing else is in there yet
            calls = [*product(below.T, block, rows_first), copy(rows_first.T, z)]
        else:
            calls = product(block.T, below, z)
        calls += self.activations[layer].forward_scaled(z, a, scratch, scale)
        return Stage("forward", layer, "z = x·W + b, a = f(z)", calls)
