import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from playground.experiment.config import schema as configs
from playground.experiment.config.schema import DataChoice, ExperimentConfig, replace
from playground.experiment.probes.snapshot import Probe, Snapshot
from playground.runtime.session import Session
from playground.runtime.store import Store


def training(config: ExperimentConfig, **changes: object) -> ExperimentConfig:
    """Return the experiment with some fields of its training changed."""
    return configs.replace(config, training=configs.replace(config.training, **changes))


def network(config: ExperimentConfig, **changes: object) -> ExperimentConfig:
    """Return the experiment with some fields of its network changed."""
    return configs.replace(config, network=configs.replace(config.network, **changes))


@pytest.fixture
def new_session(qtbot) -> Iterator[Callable[..., Session]]:
    """Make sessions that are closed in the end; by default they are waited for until their run is built."""
    made: list[Session] = []

    def make(config: ExperimentConfig | None = None, wait: bool = True) -> Session:
        session = Session(Store(ExperimentConfig() if config is None else config))
        made.append(session)
        if wait:
            qtbot.waitUntil(lambda: session.info is not None)
        return session

    yield make
    for session in made:
        session.close()


@pytest.fixture
def session(new_session) -> Session:
    """Return a session with the AND gate, built and paused."""
    return new_session()


@pytest.fixture
def ask(qtbot) -> Callable[..., Snapshot]:
    """Request a snapshot and wait for it."""

    def ask(session: Session, *probes: object) -> Snapshot:
        taken: list[Snapshot] = []
        session.request(probes)

        def arrived() -> bool:
            snapshot = session.poll_snapshot()
            if snapshot is not None:
                taken.append(snapshot)
            return bool(taken)

        qtbot.waitUntil(arrived)
        return taken[0]

    return ask


AND = ExperimentConfig()


@dataclass(frozen=True)
class Parameters(Probe[np.ndarray]):
    """The flat parameter vector, copied."""

    def compute(self, trainer):
        return trainer.network.copy_parameters()


@dataclass(frozen=True)
class Broken(Probe[None]):
    def compute(self, _trainer):
        raise RuntimeError("a fault of the program")


@dataclass(frozen=True)
class Waiting(Probe[None]):
    """Stands for anything that takes long."""

    entered: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    def compute(self, _trainer):
        self.entered.set()
        self.go_on.wait(10)


NAIVE = training(
    network(replace(AND, data=DataChoice("digits")), hidden=(500,), output="softmax"),
    gradient="numerical-naive",
    loss="cross-entropy",
)
"""A step of it takes minutes."""
