"""Large changes of the window in several turns of the event loop, none of which is seen."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QDockWidget, QLabel, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from playground.experiment.config.presets import PRESETS
from playground.language import _, current
from playground.runtime.gate import Gate
from playground.ui.core import theme
from playground.ui.core.in_turns import Change, InTurns, at_once, turns
from playground.ui.shell.help_dialogs import KeysDialog
from tests.ui.conftest import OpenWindow, settle


@pytest.fixture
def shown(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.setCentralWidget(QLabel("before"))
    made.show()
    return made


@pytest.fixture
def made() -> Iterator[InTurns]:
    it = InTurns()
    yield it
    it.finish()


def parts(label: QLabel, words: list[str]) -> Change:
    for word in words:
        label.setText(word)
        yield


def test_a_change_goes_on_in_later_turns_and_is_not_seen_before_its_end(
    made: InTurns, shown: QMainWindow, qtbot: QtBot
) -> None:
    label = shown.centralWidget()
    assert isinstance(label, QLabel)
    made.make(parts(label, ["begun", "done, and longer than before"]))
    assert label.text() == "begun"
    assert not shown.updatesEnabled()
    qtbot.waitUntil(lambda: made.is_at_rest)
    assert label.text() == "done, and longer than before"
    assert shown.updatesEnabled()
    assert label.minimumSizeHint().width() <= label.width()


def test_changes_are_made_one_after_the_other(made: InTurns, qtbot: QtBot) -> None:
    seen: list[str] = []

    def change(name: str) -> Change:
        for part in ("begins", "ends"):
            seen.append(f"{name} {part}")
            yield

    made.make(change("one"))
    made.make(change("two"))
    qtbot.waitUntil(lambda: made.is_at_rest)
    assert seen == ["one begins", "one ends", "two begins", "two ends"]


def test_the_worker_waits_during_a_turn_and_works_between_them(made: InTurns, qtbot: QtBot) -> None:
    gate, closed = Gate(threading.Event()), []
    made.gates.add(gate)

    def change() -> Change:
        closed.append(gate.is_closed)
        yield
        closed.append(gate.is_closed)

    made.make(change())
    assert not gate.is_closed
    qtbot.waitUntil(lambda: made.is_at_rest)
    assert closed == [True, True]
    assert not gate.is_closed


def test_a_change_that_fails_does_not_keep_the_window_still(made: InTurns, shown: QMainWindow, qtbot: QtBot) -> None:
    def failing() -> Change:
        yield
        raise ValueError("broken")

    with qtbot.captureExceptions() as errors:
        made.make(failing())
        qtbot.waitUntil(lambda: made.is_at_rest)
    assert [str(error[1]) for error in errors] == ["broken"]
    assert shown.updatesEnabled()


def test_those_after_a_change_that_fails_are_made_when_it_is_finished_at_once(
    made: InTurns, shown: QMainWindow, qtbot: QtBot
) -> None:
    label = shown.centralWidget()
    assert isinstance(label, QLabel)

    def failing() -> Change:
        yield
        raise ValueError("broken")

    with qtbot.captureExceptions() as errors:
        made.make(failing())
        made.make(parts(label, ["done"]))
        made.finish()
    assert [str(error[1]) for error in errors] == ["broken"]
    assert label.text() == "done"
    assert shown.updatesEnabled()


def test_a_part_that_waits_for_events_is_neither_begun_again_nor_overtaken(
    made: InTurns, shown: QMainWindow, qtbot: QtBot
) -> None:
    seen: list[str] = []

    def waiting() -> Change:
        yield
        loop = QEventLoop()
        QTimer.singleShot(0, made.finish)
        QTimer.singleShot(20, loop.quit)
        loop.exec()
        seen.append("waited")
        yield
        seen.append("ended")

    made.make(waiting())
    made.make(parts(QLabel(), ["next"]))
    qtbot.waitUntil(lambda: made.is_at_rest)
    assert seen == ["waited", "ended"]
    assert shown.updatesEnabled()


def test_a_window_that_gets_another_size_meanwhile_is_filled(made: InTurns, shown: QMainWindow, qtbot: QtBot) -> None:
    made.make(iter([None, None]))
    shown.resize(shown.width() + 200, shown.height() + 100)
    qtbot.waitUntil(lambda: made.is_at_rest)
    centre = shown.centralWidget()
    assert centre is not None
    assert centre.size() == shown.size()


def test_a_dock_that_begins_to_float_meanwhile_is_painted_with_all_that_is_in_it(
    made: InTurns, shown: QMainWindow, qtbot: QtBot
) -> None:
    dock, inside = QDockWidget(), QLabel("inside")
    dock.setWidget(inside)
    shown.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
    made.make(iter([None, None]))
    dock.setFloating(True)
    qtbot.waitUntil(lambda: made.is_at_rest)
    assert dock.updatesEnabled()
    assert inside.updatesEnabled()


def test_a_dialog_that_opens_meanwhile_is_painted_with_all_that_is_in_it(
    made: InTurns, shown: QMainWindow, qtbot: QtBot
) -> None:
    made.make(iter([None, None]))
    dialog = QDialog(shown)
    QVBoxLayout(dialog).addWidget(QLabel("inside"))
    dialog.open()
    qtbot.waitUntil(lambda: made.is_at_rest)
    assert [it for it in (dialog, *dialog.findChildren(QWidget)) if not it.updatesEnabled()] == []


def test_a_window_that_goes_meanwhile_does_no_harm(made: InTurns, qtbot: QtBot) -> None:
    window = QMainWindow()
    window.show()
    made.make(iter([None, None]))
    window.deleteLater()
    qtbot.waitUntil(lambda: made.is_at_rest)


def test_all_at_once_leaves_nothing_for_later(shown: QMainWindow) -> None:
    label = shown.centralWidget()
    assert isinstance(label, QLabel)
    at_once(parts(label, ["begun", "done"]))
    assert label.text() == "done"
    assert shown.updatesEnabled()


def test_colours_and_language_of_a_window_change_in_turns(
    open_window: OpenWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    window = open_window()
    languages = {action.data(): action for action in window.actions_.languages.actions()}
    themes = {action.data(): action for action in window.actions_.themes.actions()}
    themes["dark"].trigger()
    languages["zh_CN"].trigger()
    assert not turns().is_at_rest
    assert current() == "en"
    qtbot.waitUntil(lambda: turns().is_at_rest)
    assert theme.current() is theme.DARK
    assert current() == "zh_CN"
    picture = window.grab().toImage()
    assert picture.pixelColor(4, picture.height() // 2).name() == theme.DARK.window


def test_a_window_that_closes_in_the_midst_of_a_change_makes_it_whole(open_window: OpenWindow) -> None:
    window = open_window()
    window.actions_["presenter"].trigger()
    window.close()
    assert turns().is_at_rest
    assert window.preferences.presenter
    assert theme.scale() == 1.0


def test_a_window_closes_whole_though_a_change_fails(open_window: OpenWindow, qtbot: QtBot) -> None:
    def failing() -> Change:
        yield
        raise ValueError("broken")

    window = open_window()
    with qtbot.captureExceptions() as errors:
        turns().make(failing())
        window.close()
    assert [str(error[1]) for error in errors] == ["broken"]
    assert not window.isVisible()
    assert window.preferences.last_experiment


def test_whatever_comes_in_the_midst_of_changes_the_last_of_each_kind_holds(
    open_window: OpenWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    window = open_window()
    actions, docks = window.actions_, window.area.docks
    languages = {action.data(): action for action in actions.languages.actions()}
    themes = {action.data(): action for action in actions.themes.actions()}
    settle(qapp)
    widths = {name: dock.width() for name, dock in docks.items() if dock.is_in_front}
    for action in (themes["dark"], languages["zh_CN"], actions["presenter"]):
        action.trigger()
    qapp.processEvents()
    window.store.apply(PRESETS["sine-curve"].config)
    for action in (themes["light"], languages["en"], actions["keys"], actions["presenter"]):
        action.trigger()
        qapp.processEvents()
    window.store.apply(PRESETS["spiral"].config)
    themes["dark"].trigger()
    languages["zh_CN"].trigger()
    assert not turns().is_at_rest
    qtbot.waitUntil(lambda: turns().is_at_rest, timeout=20_000)
    dialog = window.findChild(KeysDialog)
    assert dialog is not None
    assert dialog.windowTitle() == _("Keys")
    assert dialog.isVisible()
    dialog.close()
    qtbot.waitUntil(lambda: window.session.info is not None and window.session.info.config == window.store.config)
    settle(qapp)
    qtbot.waitUntil(lambda: window.pump.is_resting)
    assert current() == "zh_CN"
    assert theme.current() is theme.DARK
    assert theme.scale() == 1.0
    assert [it for it in qapp.allWidgets() if not it.updatesEnabled()] == []
    assert window.windowTitle() == _("{name} – Playground").format(name=_(PRESETS["spiral"].label))
    assert {name: docks[name].windowTitle() for name in window.area.panels if name in docks} == {
        name: panel.title() for name, panel in window.area.panels.items() if name in docks
    }
    assert {name: dock.width() for name, dock in docks.items() if dock.is_in_front} == widths
    picture = window.grab().toImage()
    assert picture.pixelColor(4, picture.height() // 2).name() == theme.DARK.window


def test_what_is_dressed_late_follows_every_change_though_one_comes_before_it_is_dressed(
    open_window: OpenWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    window = open_window()
    themes = {action.data(): action for action in window.actions_.themes.actions()}
    settle(qapp)
    before = {id(it) for it in qapp.allWidgets() if it.testAttribute(Qt.WidgetAttribute.WA_SetStyle)}
    for choice in ("dark", "light", "dark"):
        themes[choice].trigger()
        while not turns().is_at_rest:
            qapp.processEvents()  # and begin with the next while what is not seen is still dressed for this one
    themes["light"].trigger()
    qtbot.waitUntil(lambda: turns().is_at_rest)
    settle(qapp)
    after = [it for it in qapp.allWidgets() if it.testAttribute(Qt.WidgetAttribute.WA_SetStyle)]
    assert [it for it in after if id(it) not in before] == []
