"""A call in a thread of its own: how it ends is told in the window's thread, or nobody is told."""

import threading

import pytest

from playground.registry import UserError
from playground.runtime.background_task import BackgroundTask


@pytest.fixture
def heard(qapp):
    """What a task has told, and a function that listens to one."""
    told = []

    def listen(task):
        task.succeeded.connect(lambda result: told.append(("succeeded", result)))
        task.refused.connect(lambda error: told.append(("refused", str(error))))
        task.broke.connect(lambda text: told.append(("broke", text.strip().rpartition("\n")[2])))
        task.progress.connect(lambda done, total: told.append((done, total)))
        return task

    return told, listen


def test_a_result_arrives_after_the_progress_to_it(qtbot, heard):
    told, listen = heard

    def work(call):
        call.report(3_000_000_000, 4_000_000_000)
        return threading.current_thread()

    task = listen(BackgroundTask(work))
    with qtbot.waitSignal(task.succeeded):
        pass
    assert told[0] == (3_000_000_000, 4_000_000_000)
    assert told[1][0] == "succeeded"
    assert told[1][1] is not threading.current_thread()


@pytest.mark.parametrize(
    ("error", "expected"),
    [(UserError("There is none."), ("refused", "There is none.")), (RuntimeError("x"), ("broke", "RuntimeError: x"))],
)
def test_what_a_user_can_mend_is_told_from_a_fault_of_the_program(qtbot, heard, error, expected):
    told, listen = heard

    def work(_call):
        raise error

    task = listen(BackgroundTask(work))
    with qtbot.waitSignal(task.destroyed):
        pass
    assert told == [expected]


def test_who_waits_for_a_quick_call_is_told_at_once(heard):
    told, listen = heard
    listen(BackgroundTask(lambda _call: 7)).wait(5)
    assert told == [("succeeded", 7)]


def test_a_call_that_is_stopped_hears_of_it_and_tells_nobody(qtbot, heard):
    told, listen = heard
    ended = threading.Event()

    def work(call):
        while not call.should_stop():
            pass
        ended.set()
        raise UserError("stopped")

    task = listen(BackgroundTask(work))
    task.wait(0)
    assert told == []
    task.stop()
    assert ended.wait(5)
    with qtbot.waitSignal(task.destroyed):
        pass
    assert told == []
