"""Activation functions a = f(z), each with its formula and its derivative in plain NumPy.

Letters: ``z`` is the input of the units of a layer (the weighted sum with the bias), ``a`` what they
output. The formulas take float arrays of any shape (softmax: one row for each sample). In them e^−z may
overflow to infinity, which comes out right (1 / (1 + ∞) is 0): silence NumPy with ``np.errstate(over="ignore")``.

Training does the same on buffers that lie units first, (units, rows): the methods that end in ``_calls`` say
with which calls (see `program`). They follow the formulas, so that no formula is written down twice.
"""

from typing import ClassVar

import numpy as np

from playground.engine.program import Array, Call, call, calls_of
from playground.language import N_
from playground.registry import Entry, Registry


class Activation:
    """An activation function; subclasses are used as they are, without an instance."""

    needs_z: ClassVar[bool] = False
    """Whether `derivative` reads ``z``; otherwise ``z`` and ``a`` may be one buffer, and ``z`` is lost."""

    has_corner: ClassVar[bool] = False
    """Whether `derivative` jumps at z = 0, where none is defined."""

    elementwise: ClassVar[bool] = True
    """Whether each output depends on its own ``z`` only (all but softmax)."""

    @staticmethod
    def formula(z: Array) -> Array:
        """Return a = f(z), of the shape of `z`."""
        raise NotImplementedError

    @staticmethod
    def derivative(z: Array, a: Array) -> Array:
        """Return f'(z), of the shape of `z`, from `z` and ``a = f(z)``, whichever of the two makes it simpler."""
        raise NotImplementedError

    @classmethod
    def forward_calls(cls, z: Array, a: Array, scratch: Array) -> list[Call]:
        """Return the calls that put f(z) into `a`.

        Parameters
        ----------
        z, a
            Buffers (units, rows), one and the same unless the activation `needs_z`; `z` may be overwritten.
        scratch
            Another buffer of that shape, which holds nothing afterwards unless a subclass says so.
        """
        return calls_of(cls.formula, [z], [a])

    @classmethod
    def backward_calls(cls, z: Array, a: Array, delta: Array, scratch: Array) -> list[Call]:
        """Return the calls that make delta · f'(z) of `delta`, in place: of the gradient by ``a`` that by ``z``.

        `z`, `a`, `delta` and `scratch` are buffers (units, rows).
        """
        return [*calls_of(cls.derivative, [z, a], [scratch]), call(np.multiply, delta, scratch, delta)]


class Sigmoid(Activation):
    """1 / (1 + e^−z); its derivative is a − a²."""

    @staticmethod
    def formula(z: Array) -> Array:
        return 1 / (1 + np.exp(-z))

    @staticmethod
    def derivative(z: Array, a: Array) -> Array:
        return a - np.square(a)


class Tanh(Activation):
    """The hyperbolic tangent; its derivative is 1 − a²."""

    @staticmethod
    def formula(z: Array) -> Array:
        return np.tanh(z)

    @staticmethod
    def derivative(z: Array, a: Array) -> Array:
        return 1 - np.square(a)


class Relu(Activation):
    """max(0, z); its derivative is 1 where z > 0, and 0 elsewhere (at 0 too)."""

    has_corner = True

    @staticmethod
    def formula(z: Array) -> Array:
        return np.maximum(z, 0)

    @staticmethod
    def derivative(z: Array, a: Array) -> Array:
        return np.sign(a)


class LeakyRelu(Activation):
    """z where z > 0, else 0.01 z; its derivative is 1 or 0.01."""

    has_corner = True

    @staticmethod
    def formula(z: Array) -> Array:
        return np.maximum(z, 0.01 * z)

    @staticmethod
    def derivative(z: Array, a: Array) -> Array:
        return np.maximum(np.sign(a), 0.01)


class Linear(Activation):
    """z itself; its derivative is 1."""

    @staticmethod
    def formula(z: Array) -> Array:
        return z

    @staticmethod
    def derivative(z: Array, a: Array) -> Array:
        return np.ones_like(z)

    @classmethod
    def backward_calls(cls, z: Array, a: Array, delta: Array, scratch: Array) -> list[Call]:
        """Return no calls: a product with 1 changes nothing."""
        return []


class Elu(Activation):
    """z where z > 0, else e^z − 1; its derivative is 1 or a + 1.

    Clevert, Unterthiner, Hochreiter: Fast and accurate deep network learning by exponential linear units, 2015.
    """

    @staticmethod
    def formula(z: Array) -> Array:
        return np.maximum(z, 0) + np.expm1(np.minimum(z, 0))

    @staticmethod
    def derivative(z: Array, a: Array) -> Array:
        return np.minimum(a, 0) + 1


class Softplus(Activation):
    """log(1 + e^z), a smooth ReLU; its derivative, the sigmoid of z, is 1 − e^−a."""

    @staticmethod
    def formula(z: Array) -> Array:
        return np.logaddexp(z, 0)

    @staticmethod
    def derivative(z: Array, a: Array) -> Array:
        return -np.expm1(-a)


class Swish(Activation):
    """z · sigmoid(z), also called SiLU; its derivative is a + sigmoid(z) · (1 − a).

    Ramachandran, Zoph, Le: Searching for activation functions, 2017.
    """

    needs_z = True

    @staticmethod
    def formula(z: Array) -> Array:
        return z * Sigmoid.formula(z)

    @staticmethod
    def derivative(z: Array, a: Array) -> Array:
        sigmoid = Sigmoid.formula(z)
        derivative: Array = sigmoid - sigmoid * a + a
        return derivative


class Softmax(Activation):
    """e^z over the sum of e^z of all units of the layer, row by row: shares that sum to 1.

    The largest z of each row is subtracted first, which changes nothing but keeps e^z from overflowing.
    Each share depends on every z of its row: the derivative is a matrix for each row, aᵢ (δᵢⱼ − aⱼ).
    """

    elementwise = False

    @staticmethod
    def formula(z: Array) -> Array:
        powers = np.exp(z - z.max(axis=-1, keepdims=True))
        shares: Array = powers / powers.sum(axis=-1, keepdims=True)
        return shares

    @staticmethod
    def derivative(z: Array, a: Array) -> Array:
        """Return the derivative of each share by each z of its row, (…, n, n)."""
        jacobian: Array = a[..., :, None] * (np.eye(a.shape[-1], dtype=a.dtype) - a[..., None, :])
        return jacobian

    @classmethod
    def forward_calls(cls, z: Array, a: Array, scratch: Array) -> list[Call]:
        """Return the calls that put the shares into `a`, all (units, rows).

        They leave z minus each row's largest in `z`, and the sum of its exponentials in ``scratch[0]``.
        """
        of_row = scratch[0]
        return [
            call(np.maximum.reduce, z, 0, None, of_row),
            call(np.subtract, z, of_row, z),
            call(np.exp, z, a),
            call(np.add.reduce, a, 0, None, of_row),
            call(np.divide, a, of_row, a),
        ]

    @classmethod
    def backward_calls(cls, z: Array, a: Array, delta: Array, scratch: Array) -> list[Call]:
        """Return the calls for delta = a · (delta − sum of a · delta), the product with the whole derivative."""
        total = np.empty_like(a[0])
        return [
            call(np.multiply, a, delta, scratch),
            call(np.add.reduce, scratch, 0, None, total),
            call(np.subtract, delta, total, delta),
            call(np.multiply, delta, a, delta),
        ]


_SIGMOID: Entry[type[Activation]] = Entry("sigmoid", N_("Sigmoid"), N_("An S-shaped curve from 0 to 1."), Sigmoid)
_TANH: Entry[type[Activation]] = Entry("tanh", N_("Tanh"), N_("An S-shaped curve from −1 to 1, centred on 0."), Tanh)
_LINEAR: Entry[type[Activation]] = Entry("linear", N_("Linear"), N_("The weighted sum itself, unchanged."), Linear)

ACTIVATIONS: Registry[type[Activation]] = Registry(
    "activation",
    _SIGMOID,
    _TANH,
    Entry("relu", N_("ReLU"), N_("0 where the weighted sum is negative, else the sum itself."), Relu),
    Entry("leaky-relu", N_("Leaky ReLU"), N_("Like ReLU, but with a slight slope (0.01) below 0."), LeakyRelu),
    _LINEAR,
    Entry("elu", N_("ELU"), N_("Like ReLU, but falling smoothly to −1 below 0."), Elu),
    Entry("softplus", N_("Softplus"), N_("A smooth ReLU: the logarithm of 1 + e^z."), Softplus),
    Entry("swish", N_("Swish"), N_("The weighted sum times its own sigmoid: a smooth ReLU with a dip below 0."), Swish),
)

OUTPUTS: Registry[type[Activation]] = Registry(
    "output",
    _SIGMOID,
    Entry(
        "softmax",
        N_("Softmax"),
        N_("Probabilities: numbers between 0 and 1 that add up to 1 over the outputs."),
        Softmax,
    ),
    _TANH,
    _LINEAR,
)
