"""What the session orders and the worker does, between two steps; frozen values in a queue."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from playground.experiment.config import ExperimentConfig

ParameterEdit = Callable[[NDArray[np.floating]], NDArray[np.floating]]


@dataclass(frozen=True)
class Play:
    """Make steps until told otherwise; `number` tells this play from earlier ones."""

    number: int


@dataclass(frozen=True)
class Pause:
    """Make no more steps; `met` is set when the last one is made."""

    met: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class Limit:
    """Make so many steps a second when playing; None for as many as can be."""

    speed: float | None


@dataclass(frozen=True)
class Steps:
    """Make so many steps at full speed, then rest."""

    count: int


@dataclass(frozen=True)
class Epoch:
    """Make steps to the end of the present pass over the training rows."""


@dataclass(frozen=True)
class Build:
    """Build the experiment as run number `run`; its data are made or read again if asked, or if they changed.

    With `carry` the run goes on from the weights of now where they fit; its own first weights stay those that
    a reset goes back to.
    """

    config: ExperimentConfig
    run: int
    again: bool = False
    carry: bool = False


@dataclass(frozen=True)
class Live:
    """Go on with some settings changed; built as run `run` where nothing could be built before."""

    config: ExperimentConfig
    run: int


@dataclass(frozen=True)
class Reset:
    """Go back to the start, bit for bit, as run number `run`."""

    run: int


@dataclass(frozen=True)
class Edit:
    """Go on from other parameters: `edit` is given a copy of the flat vector and returns the new one."""

    edit: ParameterEdit


Order = Play | Pause | Limit | Steps | Epoch | Build | Live | Reset | Edit
OF_THE_RUN = (Steps, Epoch, Build, Live, Reset, Edit)


def is_fresh_start(order: Order) -> bool:
    """Return whether an order makes the orders `OF_THE_RUN` before it pointless: it begins from first weights."""
    return isinstance(order, Build) and not order.carry
