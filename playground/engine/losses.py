"""Losses: how far the outputs are from the targets, each with the gradient that training starts from.

Letters: ``y`` (or ``a`` in a buffer) are the outputs, ``t`` the targets, ``z`` the sums that go into the
output activation. Public functions take samples in rows; the buffers of a step are features first.
"""

from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from playground.engine.products import dot
from playground.engine.program import Array, Call, call, constant
from playground.language import N_
from playground.registry import Entry, Registry


class Loss:
    """What a loss has to say. Subclasses are used as they are, without an instance.

    Every loss here has the gradient ``slope · (y − t)`` for a row: by the output ``a``, or, where the
    loss is `fused` with the output activation, already by ``z``.
    """

    fused: ClassVar[frozenset[str]] = frozenset()
    """Names of the outputs whose derivative is part of the gradient already; these need ``z`` kept."""

    keeps_difference: ClassVar[bool] = True
    """Whether what `calls` leave in `kept` is a − t itself."""

    @staticmethod
    def value(y: ArrayLike, t: ArrayLike) -> float:
        """Return the loss of the outputs `y` (n, n_out) for the targets `t` (n, n_out), mean over the rows."""
        raise NotImplementedError

    @staticmethod
    def derivative(n_out: int) -> float:
        """Return the factor of ``y − t`` in the gradient of one row's loss."""
        raise NotImplementedError

    @staticmethod
    def factor(rows: int, n_out: int) -> float:
        """Return what turns the total that `calls` leaves into the mean over the rows."""
        raise NotImplementedError

    @classmethod
    def of_rows(cls, output: str, z: Array, a: Array, t: Array) -> Array:
        """Return the loss of each row, (rows,), from `z`, `a` and `t` (n_out, rows)."""
        raise NotImplementedError

    @classmethod
    def can_wait(cls, output: str) -> bool:
        """Say whether the loss is a sum over `kept`, which can be had later, for many steps at once."""
        return True

    @classmethod
    def calls(
        cls, output: str, z: Array, a: Array, scratch: Array, t: Array, delta: Array, kept: Array, total: Array
    ) -> list[Call]:
        """Return the calls that work out ``a − t`` and, with the last one, put the loss, up to `factor`, into `total`.

        `z`, `a`, `t`, `delta` and `kept` are (n_out, rows), `scratch` too, as the output activation left it; `total`
        is 0-d. ``a − t`` comes into `kept` where it `keeps_difference`, else into `delta`. Where the loss `can_wait`,
        the last call sums up `kept`, as `add_up` does for many steps.
        """
        return [call(np.subtract, a, t, kept), dot(kept.reshape(-1), kept.reshape(-1), total)]

    @classmethod
    def add_up(cls, kept: Array, totals: Array) -> None:
        """Put the total of each step into `totals`, (steps,), from what the steps kept, (steps, n_out · rows)."""
        np.vecdot(kept, kept, totals)


class Squared(Loss):
    """Half the sum of the squared errors of a row, mean over the rows: ½ Σ (y − t)²."""

    @staticmethod
    def value(y: ArrayLike, t: ArrayLike) -> float:
        return squared_error(y, t)

    @staticmethod
    def derivative(n_out: int) -> float:
        return 1.0

    @staticmethod
    def factor(rows: int, n_out: int) -> float:
        return 0.5 / rows

    @classmethod
    def of_rows(cls, output: str, z: Array, a: Array, t: Array) -> Array:
        total: Array = 0.5 * np.square(a - t).sum(axis=0)
        return total


class MeanSquared(Loss):
    """The mean of the squared errors over rows and outputs."""

    @staticmethod
    def value(y: ArrayLike, t: ArrayLike) -> float:
        y, t = _same_shape(y, t)
        return float(np.mean((y - t) ** 2))

    @staticmethod
    def derivative(n_out: int) -> float:
        return 2.0 / n_out

    @staticmethod
    def factor(rows: int, n_out: int) -> float:
        return 1.0 / (rows * n_out)

    @classmethod
    def of_rows(cls, output: str, z: Array, a: Array, t: Array) -> Array:
        mean: Array = np.square(a - t).mean(axis=0)
        return mean


class CrossEntropy(Loss):
    """The surprise at the true class, −Σ t log y; for sigmoid outputs −Σ t log y + (1 − t) log(1 − y).

    Together with softmax or sigmoid its gradient by ``z`` is just ``y − t`` (for softmax the targets of a
    row must sum to 1). The loss is worked out from ``z``, never as the logarithm of an output that may
    have been rounded to 0: for softmax as log Σ e^z − Σ t z, for sigmoid as log(1 + e^z) − t z.
    Bishop: Pattern recognition and machine learning, 2006, sections 4.3.2 and 4.3.4.
    """

    fused = frozenset({"sigmoid", "softmax"})
    keeps_difference = False

    @staticmethod
    def value(y: ArrayLike, t: ArrayLike) -> float:
        """Return the loss of the outputs, mean over the rows.

        A single output is taken for a sigmoid's (two classes), several for a softmax's.
        """
        y, t = _same_shape(y, t)
        tiny = np.finfo(y.dtype).tiny
        surprise = t * np.log(np.maximum(y, tiny))
        if y.shape[-1] == 1:
            surprise = surprise + (1 - t) * np.log(np.maximum(1 - y, tiny))
        return float(-surprise.sum() / len(y))

    @staticmethod
    def derivative(n_out: int) -> float:
        return 1.0

    @staticmethod
    def factor(rows: int, n_out: int) -> float:
        return 1.0 / rows

    @classmethod
    def of_rows(cls, output: str, z: Array, a: Array, t: Array) -> Array:
        surprise: Array
        if output == "softmax":
            shifted = z - z.max(axis=0)
            surprise = np.log(np.exp(shifted).sum(axis=0)) - (t * shifted).sum(axis=0)
        else:
            surprise = (np.logaddexp(z, 0) - t * z).sum(axis=0)
        return surprise

    @classmethod
    def can_wait(cls, output: str) -> bool:
        return output == "sigmoid"

    @classmethod
    def calls(
        cls, output: str, z: Array, a: Array, scratch: Array, t: Array, delta: Array, kept: Array, total: Array
    ) -> list[Call]:
        difference = call(np.subtract, a, t, delta)
        if output == "softmax":
            return [difference, *cls._softmax_calls(z, scratch[0], t, total)]
        return [
            call(np.multiply, z, t, delta),
            call(np.logaddexp, z, constant(0, z), z),
            call(np.subtract, z, delta, kept),
            difference,
            call(np.add.reduce, kept, None, None, total),
        ]

    @classmethod
    def add_up(cls, kept: Array, totals: Array) -> None:
        np.add.reduce(kept, axis=1, out=totals)

    @staticmethod
    def _softmax_calls(shifted: Array, sums: Array, t: Array, total: Array) -> list[Call]:
        """Return the calls for log Σ e^z − Σ t z, from what softmax left: z minus each row's largest, and Σ e^z."""
        parts, signs = np.empty(2, t.dtype), np.array([1, -1], t.dtype)
        return [
            call(np.log, sums, sums),
            dot(sums, np.ones_like(sums), parts[0, ...]),
            dot(t.reshape(-1), shifted.reshape(-1), parts[1, ...]),
            dot(parts, signs, total),  # a third of the time of adding and subtracting single numbers
        ]


def squared_error(y: ArrayLike, t: ArrayLike) -> float:
    """Return ½ Σ (y − t)², mean over the rows where `y` and `t` are (n, n_out)."""
    y, t = _same_shape(y, t)
    rows = len(y) if y.ndim == 2 else 1
    return float(0.5 * np.sum((y - t) ** 2) / rows)


def cross_entropy(y: ArrayLike, t: ArrayLike, epsilon: float = 1e-7) -> float:
    """Return −Σ t log(y + epsilon), mean over the rows, as in articles A and B.

    Parameters
    ----------
    y
        Outputs, (n_out,) or (n, n_out).
    t
        Targets of the same shape, or the index of each row's class: a number or (n,).
    epsilon
        Keeps the logarithm of 0 finite.
    """
    y = np.atleast_2d(np.asarray(y))
    t = np.asarray(t)
    if t.ndim == 0 or (t.ndim == 1 and t.shape == (len(y),) and y.shape[1] != 1 and np.issubdtype(t.dtype, np.integer)):
        true = y[np.arange(len(y)), t]
        return float(-np.sum(np.log(true + epsilon)) / len(y))
    y, t = _same_shape(y, np.atleast_2d(t))
    return float(-np.sum(t * np.log(y + epsilon)) / len(y))


def _same_shape(y: ArrayLike, t: ArrayLike) -> tuple[Array, Array]:
    """Return both as float arrays; a column minus a row would broadcast to a square (article D)."""
    y, t = np.asarray(y), np.asarray(t)
    if y.shape != t.shape:
        raise ValueError(f"the outputs have the shape {y.shape} and the targets {t.shape}; they must be the same")
    kind = np.result_type(y, np.float32)
    return y.astype(kind, copy=False), t.astype(kind, copy=False)


LOSSES: Registry[type[Loss]] = Registry(
    "loss",
    Entry(
        "squared",
        N_("Squared error"),
        N_("Half the sum of the squared errors of a sample, averaged over the samples."),
        Squared,
    ),
    Entry("mse", N_("Mean squared error"), N_("The mean of the squared errors over samples and outputs."), MeanSquared),
    Entry(
        "cross-entropy",
        N_("Cross-entropy"),
        N_("The smaller the probability given to the true class, the larger this is: −ln of it."),
        CrossEntropy,
    ),
)
