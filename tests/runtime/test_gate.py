"""The worker waits while a frame is drawn."""

import time


def stands_still(session):
    count = session.step_count
    time.sleep(0.005)
    return session.step_count == count


def test_the_gate_holds_training_while_a_frame_is_drawn(session, qtbot, monkeypatch):
    monkeypatch.setattr("playground.runtime.gate.LONGEST_PARKING", 10.0)
    session.play()
    qtbot.waitUntil(lambda: session.step_count >= 100)
    with session.gate:
        qtbot.waitUntil(lambda: stands_still(session))
        count = session.step_count
        time.sleep(0.02)
        assert session.step_count == count
    qtbot.waitUntil(lambda: session.step_count > count)


def test_a_gate_that_is_never_opened_cannot_stop_the_training(session, qtbot):
    session.play()
    with session.gate:
        time.sleep(0.02)
        count = session.step_count
        qtbot.waitUntil(lambda: session.step_count > count)
