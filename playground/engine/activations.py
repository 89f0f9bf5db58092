"""Activation functions a = f(z), each beside its derivative.

Letters: ``z`` is what comes into the units of a layer (the weighted sum with the bias), ``a`` what they
give out. Buffers are features first, (units, rows). An activation does not compute: it says which
calls do (see `program`), so the same few lines serve training, prediction and the pictures.
"""

from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from playground.engine.program import Array, Call, call, constant, copy, execute
from playground.language import N_
from playground.registry import Entry, Registry

MANY = 300
"""Of so many numbers 1 / a is quicker than the reciprocal, which NumPy works out one by one; both are exact."""


class Activation:
    """What an activation function has to say. Subclasses are used as they are, without an instance."""

    keeps_z: ClassVar[bool] = False
    """Whether `derivative` needs ``z``; otherwise ``z`` and ``a`` may be one buffer and ``z`` is lost."""

    elementwise: ClassVar[bool] = True
    """Whether each output depends on its own ``z`` only (all but softmax)."""

    @classmethod
    def forward(cls, z: Array, a: Array, scratch: Array) -> list[Call]:
        """Return the calls that put f(z) into `a`, which may be the same buffer as `z` unless `keeps_z`."""
        raise NotImplementedError

    @classmethod
    def forward_scaled(cls, z: Array, a: Array, scratch: Array, scale: float) -> list[Call]:
        """Return the calls that multiply `z` by `scale` and then put f(z) into `a`."""
        calls = cls.forward(z, a, scratch)
        return calls if scale == 1 else [call(np.multiply, z, constant(scale, z), z), *calls]

    @classmethod
    def derivative(cls, z: Array, a: Array, out: Array) -> list[Call]:
        """Return the calls that put f'(z) into `out`; none where f' is 1 everywhere."""
        raise NotImplementedError

    @classmethod
    def backward(cls, z: Array, a: Array, delta: Array, scratch: Array) -> list[Call]:
        """Return the calls that turn `delta` from the gradient by ``a`` into the gradient by ``z``."""
        calls = cls.derivative(z, a, scratch)
        return [*calls, call(np.multiply, delta, scratch, delta)] if calls else []


class Sigmoid(Activation):
    """1 / (1 + e^−z); its derivative is a − a².

    Where e^−z overflows to infinity the result is 0, as it should be.
    """

    @classmethod
    def forward(cls, z: Array, a: Array, scratch: Array) -> list[Call]:
        return [call(np.negative, z, a), *cls._from_negative(a)]

    @classmethod
    def forward_scaled(cls, z: Array, a: Array, scratch: Array, scale: float) -> list[Call]:
        if z is not a or scale == 1:
            return super().forward_scaled(z, a, scratch, scale)
        return [call(np.multiply, z, constant(-scale, z), a), *cls._from_negative(a)]

    @classmethod
    def _from_negative(cls, a: Array) -> list[Call]:
        """Return the calls that turn −z into the sigmoid of z, in place."""
        one = constant(1, a)
        inverse = call(np.reciprocal, a, a) if a.size < MANY else call(np.divide, one, a, a)
        return [call(np.exp, a, a), call(np.add, a, one, a), inverse]

    @classmethod
    def derivative(cls, z: Array, a: Array, out: Array) -> list[Call]:
        return [call(np.square, a, out), call(np.subtract, a, out, out)]


class Tanh(Activation):
    """The hyperbolic tangent; its derivative is 1 − a²."""

    @classmethod
    def forward(cls, z: Array, a: Array, scratch: Array) -> list[Call]:
        return [call(np.tanh, z, a)]

    @classmethod
    def derivative(cls, z: Array, a: Array, out: Array) -> list[Call]:
        return [call(np.square, a, out), call(np.subtract, constant(1, a), out, out)]


class Relu(Activation):
    """max(0, z); its derivative is 1 where z > 0, and 0 elsewhere (at 0 too)."""

    @classmethod
    def forward(cls, z: Array, a: Array, scratch: Array) -> list[Call]:
        return [call(np.maximum, z, constant(0, z), out=a)]

    @classmethod
    def derivative(cls, z: Array, a: Array, out: Array) -> list[Call]:
        return [call(np.sign, a, out)]


class LeakyRelu(Activation):
    """z where z > 0, else 0.01 z; its derivative is 1 or 0.01."""

    SLOPE: ClassVar[float] = 0.01

    @classmethod
    def forward(cls, z: Array, a: Array, scratch: Array) -> list[Call]:
        return [call(np.multiply, z, constant(cls.SLOPE, z), scratch), call(np.maximum, z, scratch, out=a)]

    @classmethod
    def derivative(cls, z: Array, a: Array, out: Array) -> list[Call]:
        return [call(np.sign, a, out), call(np.maximum, out, constant(cls.SLOPE, a), out=out)]


class Linear(Activation):
    """z itself; its derivative is 1."""

    @classmethod
    def forward(cls, z: Array, a: Array, scratch: Array) -> list[Call]:
        return [] if z is a else [copy(z, a)]

    @classmethod
    def derivative(cls, z: Array, a: Array, out: Array) -> list[Call]:
        return []


class Elu(Activation):
    """z where z > 0, else e^z − 1; its derivative is 1 or a + 1.

    Clevert, Unterthiner, Hochreiter: Fast and accurate deep network learning by exponential linear units, 2015.
    """

    @classmethod
    def forward(cls, z: Array, a: Array, scratch: Array) -> list[Call]:
        zero = constant(0, z)
        return [
            call(np.minimum, z, zero, out=scratch),
            call(np.expm1, scratch, scratch),
            call(np.maximum, z, zero, out=a),
            call(np.add, a, scratch, a),
        ]

    @classmethod
    def derivative(cls, z: Array, a: Array, out: Array) -> list[Call]:
        return [call(np.minimum, a, constant(0, a), out=out), call(np.add, out, constant(1, a), out)]


class Softplus(Activation):
    """log(1 + e^z), a smooth ReLU; its derivative, the sigmoid of z, is 1 − e^−a."""

    @classmethod
    def forward(cls, z: Array, a: Array, scratch: Array) -> list[Call]:
        return [call(np.logaddexp, z, constant(0, z), a)]

    @classmethod
    def derivative(cls, z: Array, a: Array, out: Array) -> list[Call]:
        return [call(np.negative, a, out), call(np.expm1, out, out), call(np.negative, out, out)]


class Swish(Activation):
    """z · sigmoid(z), also called SiLU; its derivative is a + sigmoid(z) · (1 − a).

    Ramachandran, Zoph, Le: Searching for activation functions, 2017.
    """

    keeps_z = True

    @classmethod
    def forward(cls, z: Array, a: Array, scratch: Array) -> list[Call]:
        return [*Sigmoid.forward(z, scratch, scratch), call(np.multiply, z, scratch, a)]

    @classmethod
    def derivative(cls, z: Array, a: Array, out: Array) -> list[Call]:
        product = np.empty_like(a)
        return [
            *Sigmoid.forward(z, out, out),
            call(np.multiply, out, a, product),
            call(np.subtract, out, product, out),
            call(np.add, out, a, out),
        ]


class Softmax(Activation):
    """e^z over the sum of e^z of all units of the layer, row by row: shares that sum to 1.

    The largest z of each row is taken off first, which changes nothing but keeps e^z from overflowing.
    """

    elementwise = False

    @classmethod
    def forward(cls, z: Array, a: Array, scratch: Array) -> list[Call]:
        """Return the calls that put the shares into `a`.

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
    def backward(cls, z: Array, a: Array, delta: Array, scratch: Array) -> list[Call]:
        """Return the calls for delta = a · (delta − sum of a · delta), the product with the whole Jacobian."""
        total = np.empty_like(a[0])
        return [
            call(np.multiply, a, delta, scratch),
            call(np.add.reduce, scratch, 0, None, total),
            call(np.subtract, delta, total, delta),
            call(np.multiply, delta, a, delta),
        ]


def apply(activation: type[Activation], z: Array) -> Array:
    """Return f(z) as a new array, for `z` of any shape; for softmax (classes, rows)."""
    kept = np.array(z, np.result_type(z, np.float32))
    a = np.empty_like(kept)
    with np.errstate(over="ignore"):
        execute(activation.forward(kept, a, np.empty_like(kept)))
    return a


def derivative(activation: type[Activation], z: Array) -> Array:
    """Return f'(z) as a new array, for `z` of any shape (not for softmax)."""
    kept = np.array(z, np.result_type(z, np.float32))
    a, out = np.empty_like(kept), np.ones_like(kept)
    with np.errstate(over="ignore"):
        execute(activation.forward(kept.copy(), a, np.empty_like(kept)))
        execute(activation.derivative(kept, a, out))
    return out


def softmax(z: ArrayLike) -> Array:
    """Return the softmax of each row of `z`, (n,) or (rows, n)."""
    z = np.asarray(z)
    return np.ascontiguousarray(apply(Softmax, np.atleast_2d(z).T).T).reshape(z.shape)


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
