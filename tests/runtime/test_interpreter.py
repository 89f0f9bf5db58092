"""Garbage is collected in the window's thread."""

import gc
import sys
import weakref

import pytest

from playground.runtime.session import Session


def test_garbage_is_collected_in_the_thread_of_the_window_only(new_session):
    new_session().close()
    assert not gc.isenabled()
    assert sys.getswitchinterval() == pytest.approx(0.0005)


def test_a_closed_session_is_freed_without_the_collector(new_session, qtbot):
    other = new_session()  # keeps the collector at rest
    session = Session(other.store)
    with qtbot.waitSignal(session.run_started):
        session.play()
    session.close()
    freed = weakref.ref(session), weakref.ref(session._worker)
    assert not gc.isenabled()
    del session
    assert [reference() for reference in freed] == [None, None]
