"""What is shown once a run is loaded when the panel can be seen, and not before."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from playground.experiment.config import edits
from playground.experiment.config.schema import ExperimentConfig, OptimizerChoice, replace
from playground.experiment.probes.probe import Parameters
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.core.panel import Panel, Watch
from playground.ui.core.refresh_loop import RefreshLoop


class Recorder(Panel):
    """Notes in which order it is called."""

    name = "recorder"

    def __init__(self, session):
        super().__init__(None, session)
        self.calls = []
        self.faults = []

    def prepare(self, info):
        self.calls.append(f"load {info.run}")
        self.refresh_requested.emit()  # changes nothing: it is about to be asked anyway
        if self.faults:
            raise self.faults.pop()

    def probes(self):
        self.calls.append("probes")
        return (Parameters(),)

    def show_snapshot(self, snapshot):
        self.calls.append(f"snapshot {snapshot.run}")


@pytest.fixture
def scene(qtbot):
    """A session and a refresh loop, and two panels behind one another's tabs, the first in front."""

    class Scene:
        pass

    it = Scene()
    it.session = Session(Store(ExperimentConfig()))
    qtbot.waitUntil(lambda: it.session.info is not None)
    it.window = QMainWindow()
    qtbot.addWidget(it.window)
    it.window.resize(600, 400)
    it.panels, it.docks = [Recorder(it.session), Recorder(it.session)], []
    for panel in it.panels:
        dock = QDockWidget(it.window)
        dock.setWidget(panel)
        it.window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
        it.docks.append(dock)
    it.window.tabifyDockWidget(*reversed(it.docks))
    it.refresh_loop = RefreshLoop(it.session)
    for panel in it.panels:
        it.refresh_loop.add(panel)
    it.window.show()
    qtbot.waitExposed(it.window)
    qtbot.waitUntil(lambda: it.refresh_loop.is_idle)
    yield it
    it.session.close()
    it.refresh_loop.deleteLater()


def reset(scene, qtbot):
    run = scene.session.info.run
    scene.session.reset()
    qtbot.waitUntil(lambda: scene.session.info.run == run + 1 and scene.refresh_loop.is_idle)


def test_a_run_is_loaded_once_and_before_the_first_question(scene, qtbot):
    front = scene.panels[0]
    assert front.calls == ["load 1", "probes", "snapshot 1"]
    front.refresh_requested.emit()
    qtbot.waitUntil(lambda: scene.refresh_loop.is_idle and len(front.calls) > 3)
    assert front.calls[3:] == ["probes", "snapshot 1"]


def test_a_panel_behind_a_tab_loads_nothing_until_it_is_uncovered_and_then_the_last_run(scene, qtbot):
    behind = scene.panels[1]
    for _ in range(3):
        reset(scene, qtbot)
    assert scene.panels[0].calls.count("probes") == 4
    assert behind.calls == []
    scene.docks[1].raise_()
    qtbot.waitUntil(lambda: "snapshot 4" in behind.calls)
    assert behind.calls == ["load 4", "probes", "snapshot 4"]


def test_what_was_put_off_is_loaded_again_but_only_where_it_is_seen(scene, qtbot):
    front, behind = scene.panels
    front.invalidate()
    behind.invalidate()
    qtbot.waitUntil(lambda: scene.refresh_loop.is_idle and front.calls.count("load 1") == 2)
    assert behind.calls == []


def test_a_panel_that_cannot_load_can_still_call_for_attention_in_the_next_run(scene, qtbot):
    front = scene.panels[0]
    front.faults = [RuntimeError("a fault of the panel")]
    with qtbot.captureExceptions() as faults:
        reset(scene, qtbot)
    assert [str(error) for _kind, error, _trace in faults] == ["a fault of the panel"]
    reset(scene, qtbot)
    with qtbot.waitSignal(front.refresh_requested):
        front.invalidate()
    qtbot.waitUntil(lambda: scene.refresh_loop.is_idle)
    assert front.calls[-1] == "snapshot 3"


def test_no_panel_is_asked_before_all_know_of_the_new_run(scene, qtbot):
    front = scene.panels[0]
    eager = Recorder(scene.session)
    scene.refresh_loop.add(eager)
    dock = QDockWidget(scene.window)
    dock.setWidget(eager)
    scene.window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    qtbot.waitUntil(lambda: scene.refresh_loop.is_idle and "snapshot 1" in eager.calls)
    eager.calls.clear()
    front.show_run = lambda info: (Panel.show_run(front, info), front.refresh_requested.emit())
    reset(scene, qtbot)
    assert eager.calls == ["load 2", "probes", "snapshot 2"]


def test_without_a_run_there_is_nothing_to_load(scene):
    panel = Recorder(scene.session)
    panel.invalidate()
    panel.ensure_prepared()
    assert panel.calls == []
    panel.show_run(scene.session.info)
    panel.ensure_prepared()
    panel.ensure_prepared()
    assert panel.calls == ["load 1"]


def test_a_watch_calls_for_its_own_settings_and_goes_with_its_parent(qtbot: QtBot) -> None:
    store, parent, called = Store(ExperimentConfig()), QWidget(), []
    qtbot.addWidget(parent)
    Watch(store, ("training.optimizer", "seed"), lambda: called.append(store.config.seed), parent)
    store.apply(replace(store.config, seed=1))
    store.apply(edits.change(store.config, "training.learning_rate", 0.3))
    assert called == [1]
    store.apply(edits.change(store.config, "training.optimizer", OptimizerChoice("adam")))
    assert called == [1, 1]
    with qtbot.waitSignal(parent.destroyed):
        parent.deleteLater()
    store.apply(replace(store.config, seed=2))
    assert called == [1, 1]
