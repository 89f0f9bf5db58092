"""What the session orders and the worker does, between two steps; frozen values in a queue."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.runs.initial_weights import InitialWeights

ParameterEdit = Callable[[NDArray[np.floating]], NDArray[np.floating]]


@dataclass(frozen=True)
class Play:
    """Make steps until told otherwise; `number` tells this play from earlier ones.

    With `past_stop` the run goes on past the stop conditions, one of which has ended it. So it is for steps and epochs.
    """

    number: int
    past_stop: bool = False


@dataclass(frozen=True)
class Pause:
    """Make no more steps; `met` is set when the last one is made."""

    met: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class SetSpeed:
    """Make so many steps a second when playing; None for as many as can be."""

    speed: float | None


@dataclass(frozen=True)
class Steps:
    """Make so many steps at full speed, then rest."""

    count: int
    past_stop: bool = False


@dataclass(frozen=True)
class Epoch:
    """Make steps to the end of the present pass over the training rows."""

    past_stop: bool = False


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
class UpdateSettings:
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


@dataclass(frozen=True)
class StartRace:
    """Go back to the start, as run number `run`, with rivals that start from other weights; and rest there."""

    starts: tuple[InitialWeights, ...]
    run: int


@dataclass(frozen=True)
class EndRace:
    """Let the rivals go; the run goes on."""


@dataclass(frozen=True)
class PromoteRun:
    """Let racer number `racer` (0 is the run itself) go on alone, as run number `run` of `config`."""

    racer: int
    config: ExperimentConfig
    run: int


Command = (
    Play | Pause | SetSpeed | Steps | Epoch | Build | UpdateSettings | Reset | Edit | StartRace | EndRace | PromoteRun
)
OF_THE_RUN = (Steps, Epoch, Build, UpdateSettings, Reset, Edit, StartRace, EndRace, PromoteRun)


def is_fresh_start(order: Command) -> bool:
    """Return whether an order makes the orders `OF_THE_RUN` before it pointless: it begins from first weights."""
    return isinstance(order, Build) and not order.carry
