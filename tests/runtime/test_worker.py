"""The thread that trains: faults, probes, and its end."""

from dataclasses import dataclass

import pytest

from playground.experiment.probes.snapshot import Probe
from playground.experiment.training.trainer import Trainer
from playground.runtime.speed import RateMeter
from playground.runtime.worker import SLOW, Worker
from tests.runtime.conftest import AND, NAIVE, Broken, Waiting, training


def test_a_fault_in_the_worker_is_told_and_the_next_build_works(session, qtbot, ask):
    session.play()
    with qtbot.waitSignal(session.failed) as failed:
        session.request((Broken(),))
    assert "RuntimeError: a fault of the program" in failed.args[0]
    assert not session.is_running
    with qtbot.waitSignal(session.run_started):
        session.reset()
    session.play()
    qtbot.waitUntil(lambda: session.step_count >= 10)
    assert ask(session).run == 2


@pytest.mark.parametrize("config", [AND, NAIVE], ids=["quick steps", "a step of minutes"])
def test_closing_ends_the_thread_in_the_middle_of_a_step(new_session, qtbot, ask, config):
    session = new_session(config)
    session.play()
    qtbot.waitUntil(lambda: session.step_count >= 100 or ask(session).step_progress is not None)
    session.close()
    assert not session._worker._thread.is_alive()
    session.play()
    session.reset()
    assert not session.is_running


def test_closing_does_not_wait_for_ever(session, monkeypatch):
    monkeypatch.setattr("playground.runtime.session.CLOSE_PATIENCE", 0.05)
    waiting = Waiting()
    session.request((waiting,))
    assert waiting.entered.wait(5)
    session.close()
    assert session._worker._thread.is_alive()
    waiting.go_on.set()
    session._worker.stop(5)
    assert not session._worker._thread.is_alive()


def test_a_lack_of_memory_is_a_sentence_and_the_session_lives_on(session, qtbot, monkeypatch):
    def full(*_arguments):
        raise MemoryError

    monkeypatch.setattr(Trainer, "run", full)
    with qtbot.waitSignal(session.refused) as refused:
        session.play()
    assert "not enough memory" in refused.args[0]
    monkeypatch.undo()
    with qtbot.waitSignal(session.run_started):
        session.rebuild()
    session.step(3)
    qtbot.waitUntil(lambda: session.step_count == 3)


@pytest.mark.parametrize("rate", [SLOW - 1, SLOW + 1])
def test_where_a_run_without_a_limit_is_slow_its_metrics_are_kept_up(qapp, monkeypatch, rate):
    monkeypatch.setattr(RateMeter, "rate", lambda _meter: rate)
    monkeypatch.setattr("playground.runtime.worker.SLICE", 0)  # a step at a time
    worker = Worker()
    worker.build(1, training(AND, batch_size=1))
    worker.play(1)
    worker._work()
    worker.request(())
    worker._work()
    snapshot = worker.poll_snapshot()
    assert snapshot.step > 0
    assert (snapshot.evaluated_at == snapshot.step) == (rate < SLOW)


@dataclass(frozen=True)
class Overtaken(Probe[int]):
    """Asked for once more while it is computed."""

    worker: Worker

    def compute(self, trainer: Trainer) -> int:
        if trainer.step_count == 0:
            self.worker.make_steps(3)
            self.worker.request((self,))
        return trainer.step_count


def test_a_request_is_never_answered_by_a_snapshot_of_before(qapp):
    worker = Worker()
    worker.newest_run = 1
    worker.build(1, AND)
    worker.request(())
    worker._work()
    worker.make_steps(3)
    worker.request(())  # the same probes, and nobody has taken the first answer
    assert worker.poll_snapshot() is None
    worker._work()
    assert worker.poll_snapshot().step > 0
    worker.build(1, AND)
    worker.request((Overtaken(worker),))
    worker._work()
    assert worker.poll_snapshot() is None
    worker._work()
    assert worker.poll_snapshot().step > 0
