import contextlib
import threading
import time

import pytest

from playground.runtime.interruption import Interrupted, Interruption


def endless(entered: threading.Event) -> None:
    entered.set()
    while True:
        sum(range(100))


def in_thread(interruption, work, *arguments):
    """Run work under the interruption in a thread; return the thread and the list its outcome goes to."""
    outcome: list[str] = []

    def main() -> None:
        try:
            outcome.append(str(interruption.run(work, *arguments)))
        except Interrupted:
            outcome.append("interrupted")
        except ValueError:
            outcome.append("its own error")
        outcome.append("on")

    thread = threading.Thread(target=main)
    thread.start()
    return thread, outcome


def test_an_endless_loop_is_broken_off():
    interruption = Interruption()
    entered = threading.Event()
    thread, outcome = in_thread(interruption, endless, entered)
    assert entered.wait(5)
    interruption.interrupt()
    thread.join(5)
    assert outcome == ["interrupted", "on"]


def test_work_that_swallows_everything_is_broken_off_at_its_end():
    interruption = Interruption()
    entered = threading.Event()

    def stubborn() -> None:
        with contextlib.suppress(BaseException):
            endless(entered)

    thread, outcome = in_thread(interruption, stubborn)
    assert entered.wait(5)
    interruption.interrupt()
    thread.join(5)
    assert outcome == ["interrupted", "on"]


def test_without_work_nothing_happens():
    interruption = Interruption()
    interruption.interrupt()
    assert interruption.run(lambda: 7) == 7
    interruption.interrupt()
    time.sleep(0)  # an exception on its way would be raised here


def test_what_the_work_raises_comes_through_and_nothing_follows():
    interruption = Interruption()

    def fail() -> None:
        raise ValueError("its own")

    with pytest.raises(ValueError, match="its own"):
        interruption.run(fail)
    interruption.interrupt()
    time.sleep(0)


def test_interrupting_again_and_again_never_escapes_the_work():
    interruption = Interruption()
    done = threading.Event()
    outcomes = {"done": 0, "interrupted": 0}

    def main() -> None:
        while not done.is_set():
            try:
                interruption.run(sum, range(2_000))
                outcomes["done"] += 1
            except Interrupted:
                outcomes["interrupted"] += 1

    thread = threading.Thread(target=main)
    thread.start()
    try:
        end = time.monotonic() + 20
        while outcomes["interrupted"] < 20 and time.monotonic() < end:
            interruption.interrupt()
            time.sleep(0)
        assert thread.is_alive()
    finally:
        done.set()
        thread.join(5)
    assert outcomes["interrupted"] >= 20
