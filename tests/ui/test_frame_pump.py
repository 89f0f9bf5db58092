import gc
import itertools
import weakref
from dataclasses import dataclass
from time import monotonic

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDockWidget,
    QGraphicsScene,
    QGraphicsView,
    QLabel,
    QMainWindow,
    QStatusBar,
    QVBoxLayout,
    QWidget,
)

from playground.experiment.config import ExperimentConfig, replace
from playground.experiment.snapshot import Probe
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.frame_budget import clock
from playground.ui.frame_pump import TICK_MS, FramePump
from playground.ui.panels.panel import Panel

asked: list[str] = []


@dataclass(frozen=True)
class Question(Probe[str]):
    """Notes in `asked` that it was asked, in the worker."""

    text: str

    def compute(self, trainer):
        asked.append(self.text)
        return f"{self.text} at {trainer.step_count}"


class Recorder(Panel):
    """Notes what it is handed and how often it is painted."""

    name = "recorder"

    def __init__(self, session, *questions, period_ms=33):
        super().__init__(None, session)
        self.questions = tuple(Question(text) for text in questions)
        self.period_ms = period_ms
        self.runs, self.snapshots, self.paints = [], [], 0

    def title(self):
        return "Recorder"

    def probes(self):
        return self.questions

    def show_run(self, info):
        self.runs.append(info)

    def show_snapshot(self, snapshot):
        self.snapshots.append(snapshot)
        self.update()

    def paintEvent(self, _event):
        self.paints += 1


class BrokenPanel(Recorder):
    def show_snapshot(self, snapshot):
        super().show_snapshot(snapshot)
        raise RuntimeError("a fault of the panel")


class CostlyPanel(Recorder):
    """Takes five milliseconds to show."""

    def show_snapshot(self, snapshot):
        super().show_snapshot(snapshot)
        end = clock() + 0.005
        while clock() < end:
            pass


class PromptPanel(Recorder):
    is_prompt = True


class CostlyPromptPanel(CostlyPanel):
    is_prompt = True


class Watcher(Recorder):
    keeps_watch = True


@pytest.fixture
def session(qtbot):
    asked.clear()
    session = Session(Store(ExperimentConfig()))
    qtbot.waitUntil(lambda: session.info is not None)
    yield session
    session.close()


@pytest.fixture
def window(qtbot):
    """Two docks behind one another's tabs, and one beside them."""
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(600, 400)
    return window


def dock(window, panel):
    dock = QDockWidget(window)
    dock.setWidget(panel)
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
    return dock


@pytest.fixture
def pump(session, qtbot):
    pump = FramePump(session)
    yield pump
    session.close()
    pump.deleteLater()


def show(qtbot, window):
    window.show()
    qtbot.waitExposed(window)


def test_a_paused_run_is_shown_once_and_then_there_is_silence(pump, session, window, qtbot):
    panel = Recorder(session, "a")
    window.setCentralWidget(panel)
    pump.add(panel)
    show(qtbot, window)
    qtbot.waitUntil(lambda: pump.is_resting)
    assert [info.run for info in panel.runs] == [1]
    assert [snapshot.step for snapshot in panel.snapshots] == [0]
    assert panel.snapshots[0].answer(Question("a")) == "a at 0"
    qtbot.wait(120)
    assert asked == ["a"]
    assert len(panel.snapshots) == 1


def test_each_order_while_paused_brings_its_state(pump, session, window, qtbot):
    panel = Recorder(session)
    window.setCentralWidget(panel)
    pump.add(panel)
    show(qtbot, window)
    qtbot.waitUntil(lambda: pump.is_resting)
    session.step(3)
    qtbot.waitUntil(lambda: pump.is_resting)
    assert panel.snapshots[-1].step == 3
    session.reset()
    qtbot.waitUntil(lambda: pump.is_resting and panel.runs[-1].run == 2)
    assert panel.snapshots[-1].step == 0
    assert panel.snapshots[-1].run == 2


def test_a_run_that_plays_is_shown_again_and_again_and_its_end_at_last(pump, session, window, qtbot):
    panel = Recorder(session)
    window.setCentralWidget(panel)
    pump.add(panel)
    show(qtbot, window)
    session.play()
    qtbot.waitUntil(lambda: len(panel.snapshots) >= 5)
    session.pause()
    qtbot.waitUntil(lambda: pump.is_resting)
    assert panel.snapshots[-1].step == session.step_count
    assert not panel.snapshots[-1].playing
    steps = [snapshot.step for snapshot in panel.snapshots]
    assert steps == sorted(steps)


def test_a_panel_is_painted_once_a_snapshot(pump, session, window, qtbot):
    panel = Recorder(session)
    window.setCentralWidget(panel)
    pump.add(panel)
    show(qtbot, window)
    session.play()
    qtbot.waitUntil(lambda: len(panel.snapshots) >= 3)
    shown, painted = len(panel.snapshots), panel.paints
    qtbot.waitUntil(lambda: len(panel.snapshots) >= shown + 5)
    assert panel.paints - painted == len(panel.snapshots) - shown


def test_a_graphics_view_is_painted_once_a_snapshot(pump, session, window, qtbot):
    class View(QGraphicsView):
        paints = 0

        def paintEvent(self, event):
            self.paints += 1
            super().paintEvent(event)

    class ScenePanel(Recorder):
        def __init__(self, session):
            super().__init__(session)
            self.scene = QGraphicsScene()
            self.text = self.scene.addSimpleText("0")
            self.view = View(self.scene)
            QVBoxLayout(self).addWidget(self.view)

        def show_snapshot(self, snapshot):
            self.text.setText(f"{snapshot.step:010d}")
            super().show_snapshot(snapshot)

    panel = ScenePanel(session)
    window.setCentralWidget(panel)
    pump.add(panel)
    show(qtbot, window)
    session.play()
    qtbot.waitUntil(lambda: len(panel.snapshots) >= 3)
    shown, painted = len(panel.snapshots), panel.view.paints
    qtbot.waitUntil(lambda: len(panel.snapshots) >= shown + 5)
    assert panel.view.paints - painted == len(panel.snapshots) - shown


def test_a_hidden_panel_is_neither_asked_nor_drawn_until_it_is_uncovered(pump, session, window, qtbot):
    front, behind = Recorder(session, "front"), Recorder(session, "behind")
    front_dock, behind_dock = dock(window, front), dock(window, behind)
    window.tabifyDockWidget(behind_dock, front_dock)
    for panel in (front, behind):
        pump.add(panel)
    show(qtbot, window)
    session.play()
    qtbot.waitUntil(lambda: len(front.snapshots) >= 5)
    assert set(asked) == {"front"}
    assert behind.snapshots == []
    assert behind.paints == 0
    assert [info.run for info in behind.runs] == [1]
    session.pause()
    qtbot.waitUntil(lambda: pump.is_resting)
    behind_dock.raise_()
    qtbot.waitUntil(lambda: len(behind.snapshots) == 1)
    assert behind.snapshots[0].step == session.step_count
    shown = len(front.snapshots)
    session.step()
    qtbot.waitUntil(lambda: pump.is_resting and behind.snapshots[-1].step == session.step_count)
    assert len(front.snapshots) == shown


def test_a_hidden_panel_that_keeps_watch_is_asked_a_few_times_a_second_and_never_drawn(pump, session, window, qtbot):
    panel, other = Watcher(session, "watch", period_ms=200), Recorder(session)
    panel.setMinimumHeight(50)
    docks = [dock(window, it) for it in (panel, other)]
    for it in (panel, other):
        pump.add(it)
    docks[0].hide()
    show(qtbot, window)
    qtbot.waitUntil(lambda: pump.is_resting)
    assert asked == []  # nothing happens while it is paused
    session.play()
    began, before = monotonic(), len(other.snapshots)
    qtbot.waitUntil(lambda: len(panel.snapshots) >= 4)
    assert asked.count("watch") <= (monotonic() - began) / 0.2 * 1.3 + 2
    assert len(other.snapshots) - before > len(panel.snapshots)
    session.pause()
    qtbot.waitUntil(lambda: pump.is_resting)
    count = len(panel.snapshots)
    session.step()
    qtbot.waitUntil(lambda: pump.is_resting and other.snapshots[-1].step == session.step_count)
    assert len(panel.snapshots) == count
    assert panel.paints == 0
    docks[0].show()
    qtbot.waitUntil(lambda: pump.is_resting and panel.snapshots[-1].step == session.step_count)
    assert panel.paints > 0


def test_a_panel_that_its_own_opaque_child_covers_is_seen_and_caught_up_with(pump, session, window, qtbot):
    front, behind = Recorder(session, "front"), Recorder(session, "behind")
    for panel in (front, behind):
        cover = QWidget()
        cover.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        room = QVBoxLayout(panel)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(cover)
        pump.add(panel)
    front_dock, behind_dock = dock(window, front), dock(window, behind)
    window.tabifyDockWidget(behind_dock, front_dock)
    show(qtbot, window)
    session.step()
    qtbot.waitUntil(lambda: pump.is_resting and bool(front.snapshots) and front.snapshots[-1].step == 1)
    assert front.visibleRegion().isEmpty()
    assert behind.snapshots == []
    behind_dock.raise_()
    qtbot.waitUntil(lambda: bool(behind.snapshots) and behind.snapshots[-1].step == 1)
    session.play()
    drawn = len(behind.snapshots)
    qtbot.waitUntil(lambda: len(behind.snapshots) >= drawn + 3)


def test_a_minimised_window_asks_for_nothing(pump, session, window, qtbot):
    panel = Recorder(session, "a")
    window.setCentralWidget(panel)
    pump.add(panel)
    show(qtbot, window)
    qtbot.waitUntil(lambda: pump.is_resting)
    window.showMinimized()
    asked.clear()
    session.play()
    qtbot.waitUntil(lambda: session.step_count >= 100)
    qtbot.wait(120)
    assert asked == []


def test_equal_questions_of_two_panels_are_answered_once(pump, session, window, qtbot):
    first, second = Recorder(session, "same"), Recorder(session, "same", "other")
    dock(window, first)
    dock(window, second)
    for panel in (first, second):
        pump.add(panel)
    show(qtbot, window)
    qtbot.waitUntil(lambda: pump.is_resting)
    assert sorted(asked) == ["other", "same"]
    assert first.snapshots == second.snapshots


def test_costly_panels_take_turns_and_leave_the_time_to_the_others(pump, session, window, qtbot):
    light = Recorder(session)
    costly = [CostlyPanel(session) for _ in range(3)]
    for panel in (light, *costly):
        dock(window, panel)
        pump.add(panel)
    show(qtbot, window)
    session.play()
    qtbot.waitUntil(lambda: all(len(panel.snapshots) >= 5 for panel in costly))
    session.pause()
    known = [{id(it) for it in panel.snapshots[2:] if it.playing} for panel in costly]  # what they cost is known
    assert all(known)
    assert not any(first & second for first, second in itertools.combinations(known, 2))
    assert len(light.snapshots) > 1.5 * len(costly[0].snapshots)


def test_a_prompt_panel_keeps_pace_whatever_the_others_cost(pump, session, window, qtbot):
    prompt, costly = PromptPanel(session, period_ms=100), [CostlyPanel(session) for _ in range(3)]
    for panel in (prompt, *costly):
        dock(window, panel)
        pump.add(panel)
    show(qtbot, window)
    session.play()
    qtbot.waitUntil(lambda: all(len(panel.snapshots) >= 5 for panel in costly))
    session.pause()
    assert len(prompt.snapshots) > 2 * max(len(panel.snapshots) for panel in costly)
    shown = {id(it) for it in prompt.snapshots}
    assert any(id(it) in shown for panel in costly for it in panel.snapshots)  # it takes no frame from the others


def test_a_prompt_panel_that_costs_much_is_none(pump, session, window, qtbot):
    prompt, light = CostlyPromptPanel(session), Recorder(session)
    for panel in (prompt, light):
        dock(window, panel)
        pump.add(panel)
    show(qtbot, window)
    session.play()
    qtbot.waitUntil(lambda: len(prompt.snapshots) >= 4)
    session.pause()
    assert len(light.snapshots) > 2 * len(prompt.snapshots)


def test_a_panel_that_fails_is_reported_once_and_the_others_go_on(pump, session, window, qtbot):
    broken, sound = BrokenPanel(session), Recorder(session)
    dock(window, broken)
    dock(window, sound)
    with qtbot.captureExceptions() as faults:
        for panel in (broken, sound):
            pump.add(panel)
        show(qtbot, window)
        session.play()
        qtbot.waitUntil(lambda: len(sound.snapshots) >= 5)
        session.pause()
        qtbot.waitUntil(lambda: pump.is_resting)
    assert [str(error) for _kind, error, _trace in faults] == ["a fault of the panel"]
    assert len(broken.snapshots) == 1


def test_while_it_plays_other_painting_waits_for_the_frame(pump, session, window, qtbot):
    class Label(QLabel):
        paints = 0

        def paintEvent(self, event):
            self.paints += 1
            super().paintEvent(event)

    panel, label = Recorder(session), Label("as restless as a mouse")
    window.setCentralWidget(panel)
    window.setStatusBar(QStatusBar())
    window.statusBar().addWidget(label)
    pump.add(panel)
    show(qtbot, window)
    qtbot.waitUntil(lambda: pump.is_resting)
    for _ in range(3):
        before = label.paints
        label.update()
        QCoreApplication.processEvents()
        assert label.paints == before + 1
    session.play()
    qtbot.waitUntil(lambda: len(panel.snapshots) >= 3)
    shown, before, updates, begin = len(panel.snapshots), label.paints, 0, monotonic()
    while len(panel.snapshots) < shown + 10:
        label.update()
        QCoreApplication.processEvents()
        updates += 1
    painted = label.paints - before
    assert painted >= 5
    assert painted <= 2 * (monotonic() - begin) / (TICK_MS / 1000) + 2  # each look may end a frame and begin one
    assert updates > 2 * painted
    label.update()
    QCoreApplication.processEvents()
    before = label.paints
    session.pause()
    label.update()
    qtbot.waitUntil(lambda: label.paints > before)


def test_while_there_is_no_run_the_pump_rests(pump, session, window, qtbot):
    panel = Recorder(session)
    window.setCentralWidget(panel)
    pump.add(panel)
    show(qtbot, window)
    qtbot.waitUntil(lambda: pump.is_resting)
    with qtbot.waitSignal(session.data_missing):
        session._store.apply(replace(ExperimentConfig(), data=type(ExperimentConfig().data)("mnist")))
    assert pump.is_resting
    session._store.undo()
    qtbot.waitUntil(lambda: panel.runs[-1].run == 3 and pump.is_resting)
    assert panel.snapshots[-1].run == 3


def test_the_worker_waits_while_the_panels_take_over_a_new_run(pump, session, qtbot):
    panel = Recorder(session)
    qtbot.addWidget(panel)
    closed = []
    panel.show_run = lambda _info: closed.append(session.gate.is_closed)
    pump.add(panel)
    closed.clear()
    session.play()
    with qtbot.waitSignal(session.run_started):
        session.reset()
    assert closed == [True]
    assert not session.gate.is_closed


def test_a_pump_is_freed_without_the_collector(session, window, qtbot):
    panel = Recorder(session)
    window.setCentralWidget(panel)
    pumps = [FramePump(session)]
    pumps[0].add(panel)
    show(qtbot, window)
    qtbot.waitUntil(lambda: pumps[0].is_resting)
    assert not gc.isenabled()  # a living session keeps it at rest
    freed = weakref.ref(pumps.pop())
    assert freed() is None


def test_a_panel_that_wants_to_show_something_else_is_asked_at_once_and_alone(pump, session, window, qtbot):
    first, second = Recorder(session, "first"), Recorder(session, "second")
    for panel in (first, second):
        dock(window, panel)
        pump.add(panel)
    show(qtbot, window)
    qtbot.waitUntil(lambda: pump.is_resting)
    asked.clear()
    first.questions = (Question("new"),)
    first.outdated.emit()
    first.questions = (Question("newer"),)  # too late for the first question, which is on its way
    first.outdated.emit()
    qtbot.waitUntil(lambda: pump.is_resting)
    assert asked == ["new", "newer"]
    assert first.snapshots[-1].answer(Question("newer")) == "newer at 0"
    assert len(second.snapshots) == 1


def test_while_it_plays_what_a_hand_changes_does_not_wait_for_its_turn(pump, session, window, qtbot):
    first, second = Recorder(session, "first", period_ms=3_600_000), Recorder(session, "second")
    for panel in (first, second):
        dock(window, panel)
        pump.add(panel)
    show(qtbot, window)
    session.play()
    qtbot.waitUntil(lambda: len(second.snapshots) >= 5)
    shown = len(first.snapshots)
    first.questions = (Question("new"),)
    qtbot.waitUntil(lambda: len(second.snapshots) >= 10)
    assert len(first.snapshots) == shown
    first.outdated.emit()
    qtbot.waitUntil(lambda: len(first.snapshots) > shown)
    assert "new" in asked
