"""The multilayer perceptron: its parameters, how they start, and what it predicts.

Letters: ``x`` are inputs, ``a`` outputs of a layer (``a`` of layer k is the input of layer k + 1),
``z = a·W + b`` what goes into an activation function, ``y`` the network's outputs, ``t`` targets. Samples
are rows: x is (n, n_in). The backward pass is in `backpropagation`, one step of learning in `training_step`.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from playground.engine.activations import ACTIVATIONS, OUTPUTS, Activation
from playground.engine.initializers import draw, layer_options
from playground.engine.losses import loss_for
from playground.engine.program import Array
from playground.language import _
from playground.registry import UserError, check_known

BIASES = ("unit", "layer", "none", "fixed")

_CHUNK_NUMBERS = 2**18
_CHUNK_ROWS = 4096


def layer_slices(sizes: Sequence[int]) -> list[slice]:
    """Return where each layer stands in flat parameters: for sizes n_in and n_out, (n_in + 1) · n_out of them."""
    ends = np.cumsum([0, *((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))]).tolist()
    return [slice(first, end) for first, end in pairwise(ends)]


def blocks_of(flat: Array, sizes: Sequence[int]) -> list[Array]:
    """Return the views (n_in + 1, n_out) of each layer's part of flat parameters: the weight, the bias as last row."""
    return [flat[part].reshape(-1, n_out) for part, n_out in zip(layer_slices(sizes), sizes[1:], strict=True)]


class Network:
    """A multilayer perceptron of any depth.

    Parameters
    ----------
    sizes
        Number of inputs, of units in each hidden layer, and of outputs: (n_in, …, n_out). Two sizes make a
        single layer.
    activations
        The name of each hidden layer's activation, or one name for all.
    output
        The name of the output activation.
    bias
        ``"unit"``: one bias for each unit. ``"layer"``: one bias shared by the units of a layer, its
        gradient summed over them (article C). ``"none"``: none. ``"fixed"``: there, but not trained.
    dtype
        float64 or float32: the type of all arithmetic.

    Attributes
    ----------
    parameters
        All weights and biases in one flat array, layer by layer.
    blocks
        Views of it, one per layer, (n_in + 1, n_out): the weight, and the bias as last row.
    weights, biases
        Views of the blocks: (n_in, n_out) and (n_out,) for each layer. Without biases these are zeros.
    functions
        The function of each layer, the output's last.
    input_scale
        What raw inputs are multiplied by, inside the first product: 1/255 for pixels. Set it before training.

    Raises
    ------
    ValueError
        Where sizes, names, the type or the number of activations do not fit.
    """

    def __init__(
        self,
        sizes: Sequence[int],
        activations: Sequence[str] | str = "sigmoid",
        output: str = "sigmoid",
        bias: str = "unit",
        dtype: DTypeLike = np.float64,
    ) -> None:
        self.sizes = tuple(int(size) for size in sizes)
        self.layers = len(self.sizes) - 1
        if self.layers < 1 or min(self.sizes) < 1:
            raise ValueError(f"a network needs at least two sizes, each at least 1, not {self.sizes}")
        self.activations = (activations,) * (self.layers - 1) if isinstance(activations, str) else tuple(activations)
        if len(self.activations) != self.layers - 1:
            raise ValueError(f"{self.layers - 1} hidden layers need as many activations, not {len(self.activations)}")
        check_known("bias", bias, BIASES)
        self.output = output
        self.functions: list[type[Activation]] = [ACTIVATIONS[name].make for name in self.activations]
        self.functions.append(OUTPUTS[output].make)
        self.bias = bias
        self.dtype = np.dtype(dtype)
        check_known("type", self.dtype.name, ("float64", "float32"))
        self.parts = layer_slices(self.sizes)
        self.parameters = np.zeros(self.parts[-1].stop, self.dtype)
        self.blocks = self.blocks_of(self.parameters)
        self.weights = [block[:-1] for block in self.blocks]
        self.biases = [block[-1] for block in self.blocks]
        self.input_scale = 1.0

    @property
    def parameter_count(self) -> int:
        """How many numbers training can change: a bias shared by a layer is one, a fixed one none."""
        weights = sum(weight.size for weight in self.weights)
        return weights + {"unit": sum(self.sizes[1:]), "layer": self.layers}.get(self.bias, 0)

    def blocks_of(self, flat: Array) -> list[Array]:
        """Return the views (n_in + 1, n_out) of each layer's part of an array laid out like `parameters`."""
        return blocks_of(flat, self.sizes)

    def initialize(self, choices: Sequence[tuple[str, Mapping[str, Any]]], rng: np.random.Generator) -> None:
        """Draw new initial weights and biases.

        Parameters
        ----------
        choices
            For each layer the name of a scheme in `INITIALIZERS` and its options.
        rng
            Where random numbers come from: the same state gives the same network.

        Raises
        ------
        UserError
            Where numbers given do not fit the network.
        ValueError
            For another number of choices than of layers, an unknown scheme, or an option that it does not allow.
        """
        if len(choices) != self.layers:
            raise ValueError(f"{self.layers} layers need as many initialisers, not {len(choices)}")
        for k, (scheme, options) in enumerate(choices):
            weight, bias = draw(scheme, layer_options(options, k), self.sizes[k], self.sizes[k + 1], rng)
            if self.bias == "none":
                bias[:] = 0
            elif self.bias == "layer":
                if scheme == "given" and np.ptp(bias) != 0:
                    raise UserError(
                        _("The given biases of layer {layer} differ, but its units share one bias.").format(layer=k + 1)
                    )
                bias[:] = bias[0]
            with np.errstate(over="ignore"):
                self.weights[k][...] = weight
                self.biases[k][...] = bias
            if not (np.isfinite(self.weights[k]).all() and np.isfinite(self.biases[k]).all()):
                sentence = _("layer {layer} would start from numbers larger than {precision} can hold ({most:.3g}).")
                most = float(np.finfo(self.dtype).max)
                raise UserError(sentence.format(layer=k + 1, precision=self.dtype.name, most=most))

    def copy_parameters(self) -> Array:
        """Return a copy of all parameters, flat, laid out like `parameters`."""
        return self.parameters.copy()

    def restore(self, flat: ArrayLike) -> None:
        """Put back what `copy_parameters` returned."""
        with np.errstate(over="ignore"):  # what this type cannot hold becomes infinite, and diverges
            self.parameters[...] = flat

    def copy(self, dtype: DTypeLike | None = None) -> "Network":
        """Return a network of the same structure and parameters, perhaps of another type."""
        twin = Network(self.sizes, self.activations, self.output, self.bias, self.dtype if dtype is None else dtype)
        twin.input_scale = self.input_scale
        twin.restore(self.parameters)
        return twin

    def predict(self, x: ArrayLike) -> Array:
        """Return the outputs (n, n_out) for raw inputs `x` (n, n_in) of any number type.

        Rows are treated some hundreds at a time, so memory hardly grows with n.

        Raises
        ------
        ValueError
            Where the rows are not n_in numbers wide.
        """
        x = self._checked(x)
        y = np.empty((len(x), self.sizes[-1]), self.dtype)
        for place in self._chunks(len(x)):
            y[place] = self._forward(x[place])[1][-1]
        return y

    def evaluate(self, x: ArrayLike, t: ArrayLike, loss: str) -> tuple[Array, float]:
        """Return the outputs (n, n_out), and the loss, a name in `LOSSES`, mean over the rows; some hundred at a time.

        Raw inputs are (n, n_in), targets (n, n_out).

        Raises
        ------
        ValueError
            For rows of another width, another number of targets, no rows, or a loss that there is not or that does
            not suit the output.
        """
        x, t = self.checked_samples(x, t)
        of_rows = loss_for(loss, self.output).of_rows
        y = np.empty((len(x), self.sizes[-1]), self.dtype)
        total = 0.0
        for place in self._chunks(len(x)):
            z, a = self._forward(x[place])
            y[place] = a[-1]
            total += float(of_rows(self.output, z[-1], a[-1], t[place]).sum(dtype=np.float64))
        return y, total / len(x)

    def loss(self, x: ArrayLike, t: ArrayLike, loss: str) -> float:
        """Return the loss, mean over the rows, for inputs (n, n_in) and targets (n, n_out)."""
        return self.evaluate(x, t, loss)[1]

    def activations_of(self, x: ArrayLike) -> list[Array]:
        """Return what each layer outputs for raw inputs (n, n_in), each (n, units): first the scaled inputs."""
        return self._forward(self._checked(x))[1]

    def pre_activations_of(self, x: ArrayLike) -> list[Array]:
        """Return z = a·W + b of each layer for raw inputs (n, n_in), each (n, units)."""
        return self._forward(self._checked(x))[0]

    def checked_samples(self, x: ArrayLike, t: ArrayLike) -> tuple[Array, Array]:
        """Return inputs and targets as arrays, (n, n_in) and (n, n_out).

        Raises
        ------
        ValueError
            Where they have other shapes, or there are no rows.
        """
        x, t = self._checked(x), np.asarray(t)
        if t.shape != (len(x), self.sizes[-1]):
            needed = f"{len(x)} rows of {self.sizes[-1]} numbers"
            raise ValueError(f"the targets must be {needed}; their shape is {t.shape}")
        if not len(x):
            raise ValueError("there are no samples: give at least one row")
        return x, t

    def _forward(self, x: Array) -> tuple[list[Array], list[Array]]:
        """Return z of each layer, and a of each, first the scaled inputs; all (n, units)."""
        z: list[Array] = []
        with np.errstate(all="ignore"):  # a run that diverges is not an error
            a = [np.multiply(x, self.input_scale, dtype=self.dtype, casting="same_kind")]
            for function, weight, bias in zip(self.functions, self.weights, self.biases, strict=True):
                z.append(a[-1] @ weight + bias)
                a.append(function.formula(z[-1]))
        return z, a

    def _chunks(self, count: int) -> Iterator[slice]:
        """Cut so many rows into parts of which all layers together hold some hundred thousand numbers."""
        chunk = max(16, min(_CHUNK_ROWS, _CHUNK_NUMBERS // sum(self.sizes)))
        return (slice(start, start + chunk) for start in range(0, count, chunk))

    def _checked(self, x: ArrayLike) -> Array:
        """Return `x` as an array (n, n_in)."""
        x = np.asarray(x)
        if x.ndim != 2 or x.shape[1] != self.sizes[0]:
            raise ValueError(f"inputs must be rows of {self.sizes[0]} numbers; their shape is {x.shape}")
        return x
