from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDockWidget, QGraphicsScene, QGraphicsView, QMainWindow, QScrollArea, QVBoxLayout, QWidget

from playground.experiment.config.schema import ExperimentConfig, replace
from playground.experiment.probes.snapshot import Probe
from playground.runtime.session import Session
from playground.runtime.speed import clock
from playground.runtime.store import Store
from playground.ui.core.panel import Panel
from playground.ui.core.refresh_loop import RefreshLoop, is_on_screen

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

    def __init__(self, session, *asks):
        super().__init__(None, session)
        self.asks = tuple(Question(text) for text in asks)
        self.runs, self.snapshots, self.paints = [], [], 0

    def requested_probes(self):
        return self.asks

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
def loop(session):
    loop = RefreshLoop(session)
    yield loop
    session.close()
    loop.deleteLater()


def show(qtbot, window):
    window.show()
    qtbot.waitExposed(window)


@pytest.fixture
def alone(loop, session, window, qtbot):
    """Return a function that shows a panel alone in the window, a recorder unless it is told which."""

    def show_alone(*asks, panel=None):
        panel = Recorder(session, *asks) if panel is None else panel
        window.setCentralWidget(panel)
        loop.add(panel)
        show(qtbot, window)
        return panel

    return show_alone


def test_a_paused_run_is_shown_once_and_then_there_is_silence(alone, loop, qtbot):
    panel = alone("a")
    qtbot.waitUntil(lambda: loop.is_idle)
    assert [info.run for info in panel.runs] == [1]
    assert [snapshot.step for snapshot in panel.snapshots] == [0]
    assert panel.snapshots[0].answer(Question("a")) == "a at 0"
    assert asked == ["a"]
    assert len(panel.snapshots) == 1


def test_each_order_while_paused_brings_its_state(alone, loop, session, qtbot):
    panel = alone()
    qtbot.waitUntil(lambda: loop.is_idle)
    session.step(3)
    qtbot.waitUntil(lambda: loop.is_idle)
    assert panel.snapshots[-1].step == 3
    session.reset()
    qtbot.waitUntil(lambda: loop.is_idle and panel.runs[-1].run == 2)
    assert panel.snapshots[-1].step == 0
    assert panel.snapshots[-1].run == 2


def test_a_run_that_plays_is_shown_again_and_again_and_its_end_at_last(alone, loop, session, qtbot):
    panel = alone()
    session.play()
    qtbot.waitUntil(lambda: len(panel.snapshots) >= 5)
    session.pause()
    qtbot.waitUntil(lambda: loop.is_idle)
    assert panel.snapshots[-1].step == session.step_count
    assert not panel.snapshots[-1].playing
    steps = [snapshot.step for snapshot in panel.snapshots]
    assert steps == sorted(steps)


def test_a_panel_is_painted_once_a_snapshot(alone, session, qtbot):
    panel = alone()
    session.play()
    qtbot.waitUntil(lambda: len(panel.snapshots) >= 3)
    shown, painted = len(panel.snapshots), panel.paints
    qtbot.waitUntil(lambda: len(panel.snapshots) >= shown + 5)
    assert panel.paints - painted == len(panel.snapshots) - shown


def test_a_graphics_view_is_painted_once_a_snapshot(alone, session, qtbot):
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

    panel = alone(panel=ScenePanel(session))
    session.play()
    qtbot.waitUntil(lambda: len(panel.snapshots) >= 3)
    shown, painted = len(panel.snapshots), panel.view.paints
    qtbot.waitUntil(lambda: len(panel.snapshots) >= shown + 5)
    assert panel.view.paints - painted == len(panel.snapshots) - shown


def test_a_hidden_panel_is_neither_asked_nor_drawn_until_it_is_uncovered(loop, session, window, qtbot):
    front, behind = Recorder(session, "front"), Recorder(session, "behind")
    front_dock, behind_dock = dock(window, front), dock(window, behind)
    window.tabifyDockWidget(behind_dock, front_dock)
    for panel in (front, behind):
        loop.add(panel)
    show(qtbot, window)
    session.play()
    qtbot.waitUntil(lambda: len(front.snapshots) >= 5)
    assert set(asked) == {"front"}
    assert behind.snapshots == []
    assert behind.paints == 0
    assert [info.run for info in behind.runs] == [1]
    session.pause()
    qtbot.waitUntil(lambda: loop.is_idle)
    behind_dock.raise_()
    qtbot.waitUntil(lambda: len(behind.snapshots) == 1)
    assert behind.snapshots[0].step == session.step_count
    shown = len(front.snapshots)
    session.step()
    qtbot.waitUntil(lambda: loop.is_idle and behind.snapshots[-1].step == session.step_count)
    assert len(front.snapshots) == shown


def test_a_panel_that_its_own_opaque_child_covers_is_seen_and_caught_up_with(loop, session, window, qtbot):
    front, behind = Recorder(session, "front"), Recorder(session, "behind")
    for panel in (front, behind):
        show_message = QWidget()
        show_message.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        room = QVBoxLayout(panel)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(show_message)
        loop.add(panel)
    front_dock, behind_dock = dock(window, front), dock(window, behind)
    window.tabifyDockWidget(behind_dock, front_dock)
    show(qtbot, window)
    session.step()
    qtbot.waitUntil(lambda: loop.is_idle and bool(front.snapshots) and front.snapshots[-1].step == 1)
    assert front.visibleRegion().isEmpty()
    assert behind.snapshots == []
    behind_dock.raise_()
    qtbot.waitUntil(lambda: bool(behind.snapshots) and behind.snapshots[-1].step == 1)
    session.play()
    drawn = len(behind.snapshots)
    qtbot.waitUntil(lambda: len(behind.snapshots) >= drawn + 3)


def test_a_minimised_window_asks_for_nothing(alone, loop, session, window, qtbot):
    alone("a")
    qtbot.waitUntil(lambda: loop.is_idle)
    window.showMinimized()
    asked.clear()
    session.play()
    qtbot.waitUntil(lambda: session.step_count >= 100)
    assert asked == []


def test_equal_questions_of_two_panels_are_answered_once(loop, session, window, qtbot):
    first, second = Recorder(session, "same"), Recorder(session, "same", "other")
    dock(window, first)
    dock(window, second)
    for panel in (first, second):
        loop.add(panel)
    show(qtbot, window)
    qtbot.waitUntil(lambda: loop.is_idle)
    assert sorted(asked) == ["other", "same"]
    assert first.snapshots == second.snapshots


def test_a_panel_that_fails_is_reported_once_and_the_others_go_on(loop, session, window, qtbot):
    broken, sound = BrokenPanel(session), Recorder(session)
    dock(window, broken)
    dock(window, sound)
    with qtbot.captureExceptions() as faults:
        for panel in (broken, sound):
            loop.add(panel)
        show(qtbot, window)
        session.play()
        qtbot.waitUntil(lambda: len(sound.snapshots) >= 5)
        session.pause()
        qtbot.waitUntil(lambda: loop.is_idle)
    assert [str(error) for _kind, error, _trace in faults] == ["a fault of the panel"]
    assert len(broken.snapshots) == 1


def test_while_there_is_no_run_the_loop_rests(alone, loop, session, qtbot):
    panel = alone()
    qtbot.waitUntil(lambda: loop.is_idle)
    with qtbot.waitSignal(session.data_missing):
        session.store.apply(replace(ExperimentConfig(), data=type(ExperimentConfig().data)("mnist")))
    assert loop.is_idle
    session.store.undo()
    qtbot.waitUntil(lambda: panel.runs[-1].run == 3 and loop.is_idle)
    assert panel.snapshots[-1].run == 3


def test_the_worker_waits_while_the_panels_take_over_a_new_run(loop, session, qtbot):
    panel = Recorder(session)
    qtbot.addWidget(panel)
    closed = []
    panel.show_run = lambda _info: closed.append(session.gate.is_closed)
    loop.add(panel)
    closed.clear()
    session.play()
    with qtbot.waitSignal(session.run_started):
        session.reset()
    assert closed == [True]
    assert not session.gate.is_closed


def test_a_panel_that_wants_to_show_something_else_is_asked_at_once_and_alone(loop, session, window, qtbot):
    first, second = Recorder(session, "first"), Recorder(session, "second")
    for panel in (first, second):
        dock(window, panel)
        loop.add(panel)
    show(qtbot, window)
    qtbot.waitUntil(lambda: loop.is_idle)
    asked.clear()
    first.asks = (Question("new"),)
    first.refresh_requested.emit()
    qtbot.waitUntil(lambda: loop.is_idle)
    assert asked == ["new"]
    assert first.snapshots[-1].answer(Question("new")) == "new at 0"
    assert len(second.snapshots) == 1


class Slow(Recorder):
    """Takes a twentieth of a second of processor time to show."""

    def show_snapshot(self, snapshot):
        super().show_snapshot(snapshot)
        end = clock() + 0.05
        while clock() < end:
            pass


class Watcher(Recorder):
    updates_when_hidden = True


def test_all_visible_panels_change_together_however_much_one_of_them_costs(loop, session, window, qtbot):
    panels = [Recorder(session, "first"), Slow(session), Recorder(session, "second")]
    for panel in panels:
        dock(window, panel)
        loop.add(panel)
    show(qtbot, window)
    session.play()
    qtbot.waitUntil(lambda: len(panels[1].snapshots) >= 5)
    session.pause()
    qtbot.waitUntil(lambda: loop.is_idle)
    assert panels[0].snapshots == panels[1].snapshots == panels[2].snapshots
    assert [panel.paints for panel in panels] == [panels[0].paints] * 3


def test_at_a_slow_speed_a_step_is_seen_in_the_next_frame_or_the_one_after(alone, loop, session, qtbot):
    panel = alone()
    qtbot.waitUntil(lambda: loop.is_idle)
    session.set_speed(20.0)
    session.play()
    seen = 0
    while session.step_count < 12:
        QCoreApplication.processEvents()
        if session.step_count != seen:
            seen, frames = session.step_count, len(panel.snapshots)
            qtbot.waitUntil(lambda step=seen: panel.snapshots[-1].step >= step)
            assert len(panel.snapshots) <= frames + 2
    session.pause()


def test_a_hidden_panel_that_is_updated_all_the_same_is_never_drawn(loop, session, window, qtbot):
    panel, other = Watcher(session, "watch"), Recorder(session)
    panel.setMinimumHeight(50)
    docks = [dock(window, it) for it in (panel, other)]
    for it in (panel, other):
        loop.add(it)
    docks[0].hide()
    show(qtbot, window)
    qtbot.waitUntil(lambda: loop.is_idle)
    assert asked == []  # nothing happens while it is paused
    session.play()
    qtbot.waitUntil(lambda: len(panel.snapshots) >= 4)
    session.pause()
    qtbot.waitUntil(lambda: loop.is_idle)
    count = len(panel.snapshots)
    session.step()
    qtbot.waitUntil(lambda: loop.is_idle and other.snapshots[-1].step == session.step_count)
    assert len(panel.snapshots) == count
    assert panel.paints == 0
    docks[0].show()
    qtbot.waitUntil(lambda: loop.is_idle and panel.snapshots[-1].step == session.step_count)
    assert panel.paints > 0


def test_a_panel_that_wants_to_show_something_else_while_it_plays_is_asked_with_the_next_frame(alone, session, qtbot):
    first = alone("first")
    session.set_speed(0.01)
    session.play()
    qtbot.waitUntil(lambda: session.step_count == 1 and bool(first.snapshots) and first.snapshots[-1].step == 1)
    first.asks = (Question("new"),)
    first.refresh_requested.emit()
    qtbot.waitUntil(lambda: first.snapshots[-1].answer(Question("new")) is not None)


def test_a_widget_is_on_screen_where_any_of_it_lies_within_all_that_holds_it(window, qtbot):
    front, behind = QWidget(), QWidget()
    front_dock, behind_dock = dock(window, front), dock(window, behind)
    window.tabifyDockWidget(behind_dock, front_dock)
    show(qtbot, window)
    assert is_on_screen(front)
    assert not is_on_screen(behind)
    behind_dock.raise_()
    qtbot.waitUntil(lambda: is_on_screen(behind) and not is_on_screen(front))
    window.showMinimized()
    assert not is_on_screen(behind)


def test_a_widget_that_is_scrolled_away_is_not_on_screen(qtbot):
    area, inside, low = QScrollArea(), QWidget(), QWidget()
    column = QVBoxLayout(inside)
    column.addSpacing(1000)
    column.addWidget(low)
    low.setMinimumHeight(30)
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.resize(200, 200)
    qtbot.addWidget(area)
    area.show()
    qtbot.waitExposed(area)
    assert not is_on_screen(low)
    area.ensureWidgetVisible(low)
    assert is_on_screen(low)
