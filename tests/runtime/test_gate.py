"""The worker waits while a frame is drawn."""

import threading
import time


def test_the_gate_holds_training_while_a_frame_is_drawn(session, qtbot, monkeypatch):
    monkeypatch.setattr("playground.runtime.gate.LONGEST_PARKING", 10.0)
    parks, park = threading.Event(), session.gate.park
    monkeypatch.setattr(session.gate, "park", lambda: (parks.set(), park()))
    session.play()
    qtbot.waitUntil(lambda: session.step_count >= 100)
    with session.gate:
        assert parks.wait(10)
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
