"""Optimisers: rules that compute a step from a gradient, each with its formula in plain NumPy.

Letters: ``p`` the parameters, ``g`` the gradient of the loss by them, ``v`` and ``m`` running sums. All
are flat arrays. The definitions are PyTorch's (torch.optim, https://docs.pytorch.org/docs/stable/optim.html),
so that its results can be compared digit by digit.
"""

from typing import Any, ClassVar

import numpy as np

from playground.engine.program import Array, Call, call, calls_of, constant
from playground.language import N_
from playground.registry import Entry, Option, Registry


class Optimizer:
    """A rule with its running state, which all training steps of one network share.

    Subclasses name the arrays of their state in `slots`, in the order of the arguments and results of `formula`.

    Attributes
    ----------
    steps
        How many steps were made.
    """

    uses_scaled_gradient: ClassVar[bool] = False
    """Whether `update` wants learning rate × gradient, which is had for nothing, instead of the gradient."""

    slots: ClassVar[tuple[str, ...]] = ()
    """Names of the arrays that persist between steps, each as large as the parameters; zeros at first."""

    def __init__(self) -> None:
        self.steps = 0
        self._state: dict[str, Array] = {}
        self._attached: tuple[Any, ...] = ()

    def formula(self, p: Array, g: Array, rate: Array | float, *state: Array) -> tuple[Array, ...]:
        """Return the parameters after a step, and the new state, an array for each of `slots`; all of `p`'s shape."""
        raise NotImplementedError

    def count_step(self) -> None:
        """Count a new step; to be called before each `formula`, where that depends on their number."""
        self.steps += 1

    def attach(self, parameters: Array) -> None:
        """Make the state for these parameters, flat, unless there is one for parameters of the same size and type."""
        if self._attached != (parameters.shape, parameters.dtype):
            self._attached = (parameters.shape, parameters.dtype)
            self._state = {name: np.zeros_like(parameters) for name in self.slots}
            self.steps = 0

    def begin(self) -> list[Call]:
        """Return the calls to make once in each step, before any `update`."""
        return []

    def update(self, parameters: Array, gradient: Array, rate: Array, part: slice) -> list[Call]:
        """Return the calls that change ``parameters[part]`` in place, by `formula`.

        Parameters and gradient are all of them, flat; `rate`, 0-d, may change between steps; `part` is everything, or
        one layer in a layer-by-layer update.
        """
        p = parameters[part]  # one object, read and written: with two, NumPy would look each time how they overlap
        state = [self._state[name][part] for name in self.slots]
        return calls_of(self.formula, [p, gradient[part], rate, *state], [p, *state])

    def copy_state(self) -> dict[str, Any]:
        """Return a copy of the state that persists between steps: ``"steps"``, and each array under its name."""
        return {"steps": self.steps, **{name: array.copy() for name, array in self._state.items()}}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Put back what `copy_state` returned."""
        self.steps = state["steps"]
        for name, array in self._state.items():
            array[...] = state[name]


class SGD(Optimizer):
    """Plain gradient descent: p ← p − rate · g."""

    uses_scaled_gradient = True

    def formula(self, p: Array, g: Array, rate: Array | float, *state: Array) -> tuple[Array, ...]:
        return (p - rate * g,)

    def update(self, parameters: Array, gradient: Array, rate: Array, part: slice) -> list[Call]:
        """Return the call for p ← p − g, where `g` is the gradient times the learning rate."""
        p = parameters[part]
        return [call(np.subtract, p, gradient[part], p)]


class Momentum(Optimizer):
    """Rolls on in the direction of earlier steps: v ← momentum · v + g, p ← p − rate · v.

    Polyak: Some methods of speeding up the convergence of iteration methods, 1964; as ``torch.optim.SGD(momentum=…)``.
    """

    slots = ("velocity",)

    def __init__(self, momentum: float = 0.9) -> None:
        super().__init__()
        self._momentum = momentum

    def formula(self, p: Array, g: Array, rate: Array | float, *state: Array) -> tuple[Array, ...]:
        (v,) = state
        v = self._momentum * v + g
        return p - rate * v, v


class Nesterov(Momentum):
    """Momentum with the gradient one step ahead: v ← momentum · v + g, p ← p − rate · (g + momentum · v).

    Sutskever, Martens, Dahl, Hinton: On the importance of initialization and momentum in deep learning, 2013;
    as ``torch.optim.SGD(momentum=…, nesterov=True)``.
    """

    def formula(self, p: Array, g: Array, rate: Array | float, *state: Array) -> tuple[Array, ...]:
        (v,) = state
        v = self._momentum * v + g
        return p - rate * (g + self._momentum * v), v


class RMSProp(Optimizer):
    """Divides by the recent size of the gradient: v ← decay · v + (1 − decay) · g², p ← p − rate · g / (√v + ε).

    Tieleman, Hinton: Neural networks for machine learning, lecture 6.5, 2012; as ``torch.optim.RMSprop``.
    """

    slots = ("square",)

    def __init__(self, decay: float = 0.99, epsilon: float = 1e-8) -> None:
        super().__init__()
        self._decay = decay
        self._epsilon = epsilon

    def formula(self, p: Array, g: Array, rate: Array | float, *state: Array) -> tuple[Array, ...]:
        (v,) = state
        v = self._decay * v + (1 - self._decay) * np.square(g)
        return p - rate * (g / (np.sqrt(v) + self._epsilon)), v


class Adam(Optimizer):
    """Momentum, divided by the recent size of the gradient, both corrected for their start at zero.

    m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g²,
    p ← p − rate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε) in step t = 1, 2, ….
    Kingma, Ba: Adam, a method for stochastic optimization, 2015, algorithm 1; as ``torch.optim.Adam``.
    """

    slots = ("momentum", "square")

    def __init__(self, beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8) -> None:
        super().__init__()
        self._beta1 = beta1
        self._beta2 = beta2
        self._epsilon = epsilon
        self._correction1 = np.array(1.0)
        self._correction2 = np.array(1.0)

    def count_step(self) -> None:
        super().count_step()
        self._correction1[()] = 1 - self._beta1**self.steps
        self._correction2[()] = 1 - self._beta2**self.steps

    def formula(self, p: Array, g: Array, rate: Array | float, *state: Array) -> tuple[Array, ...]:
        m, v = state
        m = self._beta1 * m + (1 - self._beta1) * g
        v = self._beta2 * v + (1 - self._beta2) * np.square(g)
        return p - rate / self._correction1 * m / (np.sqrt(v / self._correction2) + self._epsilon), m, v

    def attach(self, parameters: Array) -> None:
        super().attach(parameters)
        if self._correction1.dtype != parameters.dtype:
            self._correction1, self._correction2 = constant(1, parameters), constant(1, parameters)

    def begin(self) -> list[Call]:
        return [call(self.count_step)]


_ALMOST_ONE = 0.999999


def _running(name: str, default: float, label: str, sentence: str, step: float = 0.01) -> Option:
    """Return the share of a running mean that each step keeps."""
    return Option(name, "float", default, label, sentence, low=0, high=_ALMOST_ONE, step=step)


_EPSILON = Option(
    "epsilon", "float", 1e-8, N_("Epsilon"), N_("A small number that prevents division by zero."), low=1e-16, high=1.0
)

_MOMENTUM = _running(
    "momentum", 0.9, N_("Momentum"), N_("The share of the previous step that is added to the next one."), step=0.05
)
_SLOWLY = N_("How slowly the recent size of the gradient is forgotten.")

OPTIMIZERS: Registry[type[Optimizer]] = Registry(
    "optimizer",
    Entry("sgd", N_("Gradient descent"), N_("Each step is the gradient times the learning rate, downhill."), SGD),
    Entry(
        "momentum",
        N_("Momentum"),
        N_("Keeps moving in the direction of earlier steps, like a rolling ball."),
        Momentum,
        (_MOMENTUM,),
    ),
    Entry(
        "nesterov",
        N_("Nesterov"),
        N_("Momentum that measures the gradient one step ahead."),
        Nesterov,
        (_MOMENTUM,),
    ),
    Entry(
        "rmsprop",
        N_("RMSProp"),
        N_("Divides each step by the recent size of the gradient, so that all parameters change at a similar rate."),
        RMSProp,
        (
            _running("decay", 0.99, N_("Decay"), _SLOWLY),
            _EPSILON,
        ),
    ),
    Entry(
        "adam",
        N_("Adam"),
        N_("Momentum and RMSProp together; a good first choice for most networks."),
        Adam,
        (
            _running("beta1", 0.9, N_("Beta 1"), N_("How slowly the direction of earlier steps is forgotten.")),
            _running("beta2", 0.999, N_("Beta 2"), _SLOWLY, step=0.001),
            _EPSILON,
        ),
    ),
)
