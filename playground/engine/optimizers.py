"""Optimisers: rules that turn a gradient into a step.

Letters: ``p`` the parameters, ``g`` the gradient of the loss by them, ``v`` and ``m`` running sums. All
are flat arrays. The definitions are PyTorch's (torch.optim, https://docs.pytorch.org/docs/stable/optim.html),
so that its results can be compared digit by digit.
"""

import math
from typing import Any, ClassVar

import numpy as np

from playground.engine.program import Array, Call, call, constant
from playground.language import N_
from playground.registry import Entry, Option, Registry


class Optimizer:
    """A rule with its running state, which all training steps of one network share.

    Subclasses name the arrays of their state in `slots` and the calls of an update in `update`.
    """

    takes_scaled_gradient: ClassVar[bool] = False
    """Whether `update` wants learning rate × gradient, which is had for nothing, instead of the gradient."""

    slots: ClassVar[tuple[str, ...]] = ()
    """Names of the arrays that live on from step to step, each as large as the parameters."""

    def __init__(self) -> None:
        self.steps = 0
        self._state: dict[str, Array] = {}
        self._scratch = np.empty(0)
        self._attached: tuple[Any, ...] = ()

    def attach(self, parameters: Array) -> None:
        """Make room for the state of these parameters, once."""
        if self._attached != (parameters.shape, parameters.dtype):
            self._attached = (parameters.shape, parameters.dtype)
            if self.slots:
                self._scratch = np.empty_like(parameters)
            self._state = {name: np.zeros_like(parameters) for name in self.slots}
            self.steps = 0

    def begin(self, rate: Array) -> list[Call]:
        """Return the calls to make once in each step, before any `update`."""
        return []

    def update(self, parameters: Array, gradient: Array, rate: Array, part: slice) -> list[Call]:
        """Return the calls that change ``parameters[part]`` in place.

        Parameters
        ----------
        parameters, gradient
            All of them, flat. The gradient may be overwritten.
        rate
            The learning rate, 0-d; it may change between steps.
        part
            What to update: everything, or one layer in a layer-by-layer update.
        """
        raise NotImplementedError

    def copy_state(self) -> dict[str, Any]:
        """Return a copy of everything that lives on from step to step."""
        return {"steps": self.steps, **{name: array.copy() for name, array in self._state.items()}}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Put back what `copy_state` returned."""
        self.steps = state["steps"]
        for name, array in self._state.items():
            array[...] = state[name]

    def reset(self) -> None:
        """Forget all earlier steps."""
        self.steps = 0
        for array in self._state.values():
            array[...] = 0


class SGD(Optimizer):
    """Plain gradient descent: p ← p − rate · g."""

    takes_scaled_gradient = True

    def update(self, parameters: Array, gradient: Array, rate: Array, part: slice) -> list[Call]:
        p = parameters[part]  # one object, read and written: with two, NumPy would look each time how they overlap
        return [call(np.subtract, p, gradient[part], p)]


class Momentum(Optimizer):
    """Rolls on in the direction of earlier steps: v ← momentum · v + g, p ← p − rate · v.

    Polyak: Some methods of speeding up the convergence of iteration methods, 1964; as ``torch.optim.SGD(momentum=…)``.
    """

    slots = ("velocity",)

    def __init__(self, momentum: float = 0.9) -> None:
        super().__init__()
        self._momentum = momentum

    def update(self, parameters: Array, gradient: Array, rate: Array, part: slice) -> list[Call]:
        p, g, v, s = parameters[part], gradient[part], self._state["velocity"][part], self._scratch[part]
        return [
            call(np.multiply, v, constant(self._momentum, p), v),
            call(np.add, v, g, v),
            call(np.multiply, v, rate, s),
            call(np.subtract, p, s, p),
        ]


class Nesterov(Momentum):
    """Momentum that looks ahead: v ← momentum · v + g, p ← p − rate · (g + momentum · v).

    Sutskever, Martens, Dahl, Hinton: On the importance of initialization and momentum in deep learning, 2013;
    as ``torch.optim.SGD(momentum=…, nesterov=True)``.
    """

    def update(self, parameters: Array, gradient: Array, rate: Array, part: slice) -> list[Call]:
        p, g, v, s = parameters[part], gradient[part], self._state["velocity"][part], self._scratch[part]
        momentum = constant(self._momentum, p)
        return [
            call(np.multiply, v, momentum, v),
            call(np.add, v, g, v),
            call(np.multiply, v, momentum, s),
            call(np.add, s, g, s),
            call(np.multiply, s, rate, s),
            call(np.subtract, p, s, p),
        ]


class RMSProp(Optimizer):
    """Divides by the recent size of the gradient: v ← decay · v + (1 − decay) · g², p ← p − rate · g / (√v + ε).

    Tieleman, Hinton: Neural networks for machine learning, lecture 6.5, 2012; as ``torch.optim.RMSprop``.
    """

    slots = ("square",)

    def __init__(self, decay: float = 0.99, epsilon: float = 1e-8) -> None:
        super().__init__()
        self._decay = decay
        self._epsilon = epsilon

    def update(self, parameters: Array, gradient: Array, rate: Array, part: slice) -> list[Call]:
        p, g, v, s = parameters[part], gradient[part], self._state["square"][part], self._scratch[part]
        return [
            call(np.multiply, g, g, s),
            call(np.multiply, s, constant(1 - self._decay, p), s),
            call(np.multiply, v, constant(self._decay, p), v),
            call(np.add, v, s, v),
            call(np.sqrt, v, s),
            call(np.add, s, constant(self._epsilon, p), s),
            call(np.divide, g, s, s),
            call(np.multiply, s, rate, s),
            call(np.subtract, p, s, p),
        ]


class Adam(Optimizer):
    """Momentum, divided by the recent size of the gradient, both corrected for their start at zero.

    m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g²,
    p ← p − rate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε) in step t = 1, 2, ….
    Kingma, Ba: Adam, a method for stochastic optimization, 2015, algorithm 1; as ``torch.optim.Adam``.

    What is kept is m / (1 − β₁) and v / (1 − β₂), which saves two passes over the parameters; the factors
    are put back in the two numbers that `begin` works out for each step.
    """

    slots = ("momentum", "square")

    def __init__(self, beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8) -> None:
        super().__init__()
        self._beta1 = beta1
        self._beta2 = beta2
        self._epsilon = epsilon

    def attach(self, parameters: Array) -> None:
        super().attach(parameters)
        self._root_scale = constant(1, parameters)
        self._step_size = constant(0, parameters)

    def begin(self, rate: Array) -> list[Call]:
        return [call(self._count, rate, self._root_scale, self._step_size)]

    def _count(self, rate: Array, root_scale: Array, step_size: Array) -> None:
        self.steps += 1
        root_scale[()] = math.sqrt((1 - self._beta2) / (1 - self._beta2**self.steps))
        step_size[()] = rate.item() * (1 - self._beta1) / (1 - self._beta1**self.steps)

    def update(self, parameters: Array, gradient: Array, rate: Array, part: slice) -> list[Call]:
        p, g, s = parameters[part], gradient[part], self._scratch[part]
        m, v = self._state["momentum"][part], self._state["square"][part]
        return [
            call(np.multiply, m, constant(self._beta1, p), m),
            call(np.add, m, g, m),
            call(np.multiply, g, g, s),
            call(np.multiply, v, constant(self._beta2, p), v),
            call(np.add, v, s, v),
            call(np.sqrt, v, s),
            call(np.multiply, s, self._root_scale, s),
            call(np.add, s, constant(self._epsilon, p), s),
            call(np.divide, m, s, s),
            call(np.multiply, s, self._step_size, s),
            call(np.subtract, p, s, p),
        ]


_ALMOST_ONE = 0.999999

_MOMENTUM = Option(
    "momentum",
    "float",
    0.9,
    N_("Momentum"),
    N_("The share of the previous step that is added to the next one."),
    low=0,
    high=_ALMOST_ONE,
    step=0.05,
)
_EPSILON = Option(
    "epsilon", "float", 1e-8, N_("Epsilon"), N_("A small number that prevents division by zero."), low=1e-16, high=1.0
)

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
            Option(
                "decay",
                "float",
                0.99,
                N_("Decay"),
                N_("How slowly the recent size of the gradient is forgotten."),
                low=0,
                high=_ALMOST_ONE,
                step=0.01,
            ),
            _EPSILON,
        ),
    ),
    Entry(
        "adam",
        N_("Adam"),
        N_("Momentum and RMSProp together; a good first choice for most networks."),
        Adam,
        (
            Option(
                "beta1",
                "float",
                0.9,
                N_("Beta 1"),
                N_("How slowly the direction of earlier steps is forgotten."),
                low=0,
                high=_ALMOST_ONE,
                step=0.01,
            ),
            Option(
                "beta2",
                "float",
                0.999,
                N_("Beta 2"),
                N_("How slowly the recent size of the gradient is forgotten."),
                low=0,
                high=_ALMOST_ONE,
                step=0.001,
            ),
            _EPSILON,
        ),
    ),
)
