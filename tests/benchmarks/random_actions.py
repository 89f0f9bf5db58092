"""Whether anything breaks in random use: ``python -m tests.benchmarks.random_actions --actions 5000 --seed 1``.

A hand uses the window at random, but as people do: clicks, keys, typing, files, dialogs, storms of undo; the same for
the same seed. What is open on top is used or closed first. Every exception, every traceback of the training and every
warning of Qt's is a failure, and so is a run that is not the one shown: now and then the hand rests until the window
does, and then experiment, run, figures and picture must agree. Without a seed each of four is used.
"""

import argparse
import faulthandler
import os
import random
import subprocess
import sys
import traceback
from collections import deque
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import (
    QEventLoop,
    QMessageLogContext,
    QPoint,
    QPointF,
    QRect,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

from playground.experiment.config import schema as configs
from playground.experiment.config.presets import PRESETS
from playground.experiment.probes.probe import Parameters
from playground.testing import WaitError, find, wait_until_drawn
from playground.ui.canvas.painted_view import PaintedView
from playground.ui.core import number_text
from playground.ui.core.experiment_text import shown_name
from playground.ui.diagram.network_view import NetworkView
from playground.ui.shell.main_window import MainWindow
from tests.benchmarks.live_window import Drag, open_window

SEEDS = (1, 2, 3, 4)
REST_EVERY = 40  # actions
DRAG_MOVES = 5
LEFT = Qt.MouseButton.LeftButton
IMAGE = "<img src='file:///dev/zero'>"
NUMBERS = ("0", "1", "2", "3", "5", "10", "30", "64", "0.01", "0.1", "0.5", "3.7", "1e-3", "x", "")
ODD_NUMBERS = ("-0", "-1", "1e39", "1e308", "1e400", "nan", "0,5", "9" * 40, "1e-320", "−3", "<img src='x'>")
KEYS = ["Space", "Tab", "Left", "Right", "Up", "Down", "Return", "Delete", "Escape", "PageDown", "Home"]
COMMANDS = ["play", "play", "step", "step_epoch", "reset", "faster", "slower", "undo", "undo", "redo", "race"]
RARE_COMMANDS = ["presenter", "reset_layout", "keys", "about", "performance", "new", "copy_experiment"]
FILE_COMMANDS = ["open", "save", "save_as", "export_picture", "paste_experiment"]
LEFT_OUT = {"action_quit", "download_button", "action_copy_versions", "choose_data_folder"}
IGNORED = ("This plugin does not support", "Detected locale")


def current_window() -> MainWindow:
    return next(it for it in QApplication.topLevelWidgets() if isinstance(it, MainWindow) and it.isVisible())


class RandomHand:
    """Does one thing after another to the window, chosen by a seed; `act` returns what it did, in words."""

    def __init__(self, seed: int, folder: Path) -> None:
        self._random = random.Random(seed)
        self._folder = folder
        self._drag: Drag | None = None
        self._moves = 0
        self._in_dialog = 0
        self._ways: dict[Callable[[], str], int] = {
            self._click: 22,
            self._type: 12,
            self._choose: 8,
            self._switch_tab: 8,
            self._switch_experiment: 5,
            self._begin_drag: 4,
            self._click_picture: 10,
            self._turn_wheel: 4,
            self._press_key: 8,
            self._storm: 3,
            self._paste: 2,
            lambda: self._trigger([f"action_{it}" for it in COMMANDS]): 12,
            lambda: self._trigger([f"action_{it}" for it in RARE_COMMANDS]): 2,
            lambda: self._trigger([f"action_{it}" for it in FILE_COMMANDS]): 4,
            lambda: self._trigger(["action_theme_light", "action_theme_dark"]): 1,
            lambda: self._trigger(["action_language_en", "action_language_zh_CN"]): 1,
        }
        write_files(folder)

    def act(self) -> str:
        """Do the next thing: with what is open on top, else go on dragging, else something new."""
        if isinstance(popup := QApplication.activePopupWidget(), QWidget):
            return self._use_popup(popup)
        if isinstance(dialog := QApplication.activeModalWidget(), QDialog):
            return self._use_dialog(dialog)
        self._in_dialog = 0
        if self._drag is not None:
            return self._go_on_dragging(self._drag)
        (way,) = self._random.choices(list(self._ways), list(self._ways.values()))
        return way()

    def _use_popup(self, popup: QWidget) -> str:
        words = popup.objectName() or type(popup).__name__
        if isinstance(popup, QMenu) and self._random.random() < 0.5:
            offered = [it for it in popup.actions() if it.isEnabled() and not it.isSeparator() and it.menu() is None]
            offered = [it for it in offered if it.objectName() not in LEFT_OUT]
            if offered:
                chosen = self._random.choice(offered)
                QTest.mouseClick(popup, LEFT, pos=popup.actionGeometry(chosen).center())
        if isValid(popup) and popup.isVisible():
            popup.close()
        return f"use {words}"

    def _use_dialog(self, dialog: QDialog) -> str:
        """Do up to a few things in the dialog that was opened last, then close it."""
        self._in_dialog += 1
        words = dialog.objectName() or type(dialog).__name__
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        if self._in_dialog > 4 or self._random.random() < 0.3:
            self._in_dialog = 0
            dialog.reject()
        elif isinstance(dialog, QFileDialog) and field is not None:
            names = [it.name for it in sorted(self._folder.iterdir())]
            name = self._random.choice([*names, "new.json", "nowhere.json", "picture.png", "no/such/folder.json"])
            field.setText(str(self._folder / name))
            QTest.keyClick(field, Qt.Key.Key_Return)
            words = f"{words} for {name}"
        elif inside := [it for it in dialog.findChildren(QAbstractButton) if it.isVisible() and it.isEnabled()]:
            press(self._random.choice(inside))
        return f"use {words}"

    def _one(self, kind: type[QWidget]) -> QWidget | None:
        found = [it for it in current_window().findChildren(kind) if it.isVisible() and it.isEnabled()]
        found = [it for it in found if it.objectName() not in LEFT_OUT and not it.visibleRegion().isEmpty()]
        return self._random.choice(found) if found else None

    def _within(self, widget: QWidget) -> QPoint:
        room = widget.visibleRegion().boundingRect() | QRect(0, 0, 1, 1)
        return QPoint(self._random.randint(room.left(), room.right()), self._random.randint(room.top(), room.bottom()))

    def _click(self) -> str:
        button = self._one(QAbstractButton)
        return press(button) if button is not None else "nothing"

    def _type(self) -> str:
        field = self._one(QLineEdit)
        if not isinstance(field, QLineEdit):
            return "nothing"
        text = self._random.choice(ODD_NUMBERS if self._random.random() < 0.25 else NUMBERS)
        words = f"type {text!r} into {field.objectName()}"
        field.setFocus()
        field.selectAll()
        QTest.keyClick(field, Qt.Key.Key_Delete)
        for letter in text:
            if letter.isascii():  # QTest aborts the process at any other letter
                QTest.keyClicks(field, letter)
            else:
                field.insert(letter)
        QTest.keyClick(field, Qt.Key.Key_Return)
        return words

    def _choose(self) -> str:
        box = self._one(QComboBox)
        if box is None:
            return "nothing"
        words = f"choose in {box.objectName()}"
        box.setFocus()
        QTest.keyClick(box, self._random.choice((Qt.Key.Key_Down, Qt.Key.Key_Up)))
        return words

    def _switch_tab(self) -> str:
        area, bar = current_window().area, self._one(QTabBar)
        if not isinstance(bar, QTabBar) or not bar.count() or self._random.random() < 0.3:
            name = self._random.choice(sorted(area.panels.keys() & area.docks.keys()))
            area.show_panel(name)
            return f"bring {name}"
        k = self._random.randrange(bar.count())
        words = f"tab {bar.tabText(k)}"
        QTest.mouseClick(bar, LEFT, pos=bar.tabRect(k).center())
        return words

    def _switch_experiment(self) -> str:
        name = self._random.choice([*PRESETS, "mnist-two-layer", "spiral", "digits"])
        current_window().experiment_menu.chosen.emit(PRESETS[name].config)
        return f"experiment {name}"

    def _begin_drag(self) -> str:
        self._drag, self._moves = Drag(current_window()), 0
        return "drag"

    def _go_on_dragging(self, drag: Drag) -> str:
        self._moves += 1
        if self._moves < DRAG_MOVES and isValid(drag):
            drag.move()
            return "move"
        if isValid(drag):
            drag.release()
        self._drag = None
        return "drop"

    def _click_picture(self) -> str:
        """Click into a picture: adds a point, opens the field on a weight, chooses a sample."""
        picture = self._one(PaintedView)
        if picture is None:
            return "nothing"
        over, at = self._within(picture), self._within(picture)
        button = LEFT if self._random.random() < 0.85 else Qt.MouseButton.RightButton
        QTest.mouseMove(picture, over)
        if not isValid(picture):  # the language was changed just before: the window is another one now
            return "nothing"
        return press(picture, button, at)

    def _turn_wheel(self) -> str:
        widget = self._one(QWidget)
        if widget is None:
            return "nothing"
        words = f"wheel over {widget.objectName() or type(widget).__name__}"
        at, turn = QPointF(self._within(widget)), QPoint(0, self._random.choice((-240, -120, 120, 240)))
        none, whole = Qt.MouseButton.NoButton, QPointF(widget.mapToGlobal(at.toPoint()))
        phase, keys = Qt.ScrollPhase.NoScrollPhase, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(widget, QWheelEvent(at, whole, QPoint(), turn, none, keys, phase, False))
        return words

    def _press_key(self) -> str:
        key = self._random.choice(KEYS)
        target = QApplication.focusWidget() or current_window()
        words = f"key {key} in {target.objectName() or type(target).__name__}"
        QTest.keyClick(target, getattr(Qt.Key, f"Key_{key}"))
        return words

    def _trigger(self, names: list[str]) -> str:
        name = self._random.choice(names)
        find(current_window(), name).trigger()
        return name

    def _storm(self) -> str:
        """Undo and redo many changes at once, faster than any run can be built."""
        count = self._random.randint(5, 40)
        for _time in range(count):
            self._trigger(["action_undo", "action_undo", "action_redo"])
        return f"storm of {count}"

    def _paste(self) -> str:
        changed = configs.replace(PRESETS["xor-gate"].config, seed=self._random.randrange(100))
        wrong = f'{{"training": {{"loss": "{IMAGE}"}}}}'
        QGuiApplication.clipboard().setText(self._random.choice((configs.encode(changed), "{", wrong, IMAGE)))
        return self._trigger(["action_paste_experiment"])


def press(widget: QWidget, button: Qt.MouseButton = LEFT, place: QPoint | None = None) -> str:
    """Click, where the widget outlives the press; `QTest.mouseClick` would go on with one that is gone, and crash."""
    words = f"click {widget.objectName() or type(widget).__name__}"
    place = QPoint(min(8, widget.width() // 2), widget.height() // 2) if place is None else place
    QTest.mousePress(widget, button, pos=place)
    if isValid(widget):
        QTest.mouseRelease(widget, button, pos=place)
    return words


def write_files(folder: Path) -> None:
    """Write what the hand opens: experiments, tables, and files that are neither."""
    for name in ("xor-gate", "spiral", "worked-example", "sine-curve"):
        (folder / f"{name}.json").write_text(configs.encode(PRESETS[name].config), encoding="utf-8")
    (folder / "broken.json").write_text('{"network": ', encoding="utf-8")
    (folder / "wrong.json").write_text(f'{{"network": {{"activation": "{IMAGE}"}}}}', encoding="utf-8")
    rows = "".join(f"{k % 7},{k % 5 - 2},{'yes' if k % 3 else IMAGE}\n" for k in range(60))
    (folder / "table.csv").write_text(f"a,{IMAGE},class\n{rows}", encoding="utf-8")
    (folder / "ragged.csv").write_text("a,b\n1,2\n3\n", encoding="utf-8")


def differences(window: MainWindow) -> list[str]:
    """Return in words where a window at rest shows something else than what its session has."""
    session, config, info = window.session, window.store.config, window.session.info
    title = window.windowTitle()
    found = [] if shown_name(config, window.files.saved) in title else [f"the title is {title}"]
    if info is None:
        return [*found, "there is no run"]
    if info.sizes[1:-1] != config.network.hidden:
        found.append(f"the network is {info.sizes}, asked for {config.network.hidden}")
    if (shown := find(window, "steps_value").text()) != number_text.count(session.step_count):
        found.append(f"step {session.step_count} is shown as {shown}")
    answered, view = QEventLoop(), window.findChild(NetworkView)
    session.snapshot_ready.connect(answered.quit)
    snapshot = None
    while snapshot is None or Parameters() not in snapshot.answers:  # a panel that is uncovered just now asks, too
        session.request((Parameters(),))
        answered.exec()
        snapshot = session.poll_snapshot()
    session.snapshot_ready.disconnect(answered.quit)
    if view is not None and view.scene is not None and not view.visibleRegion().isEmpty():
        flat = snapshot.answers[Parameters()]
        weights = np.concatenate([weight.ravel() for weight in view.scene.weights])
        if not np.isin(weights[np.isfinite(weights)], np.asarray(flat)).all():
            found.append("the diagram shows other weights")
    return found


class Walk:
    """Lets a hand act, one action in each turn of the event loop, and notes what fails."""

    def __init__(self, hand: RandomHand, count: int) -> None:
        self.actions, self.rests = 0, 0
        self.failures: list[str] = []
        self._hand, self._count = hand, count
        self._recent: deque[str] = deque(maxlen=8)
        self._is_resting = False
        self._loop = QEventLoop()

    def go(self) -> None:
        hook, handler = sys.excepthook, qInstallMessageHandler(self._on_message)
        sys.excepthook = lambda kind, error, trace: self._note("".join(traceback.format_exception(kind, error, trace)))
        current_window().session.failed.connect(self._note)
        try:
            self._act()
            self._loop.exec()
            self._rest()
        finally:
            sys.excepthook = hook
            qInstallMessageHandler(handler)

    def _act(self) -> None:
        """Do the next thing; what opens a dialog may keep this one waiting, until it is closed by a later one."""
        nested = QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None
        if self.actions >= self._count and not nested:
            self._loop.quit()
            return
        QTimer.singleShot(0, self._act)
        if self._is_resting:
            return
        try:
            if self.actions % REST_EVERY == REST_EVERY - 1 and not nested:
                self._rest()
            self._recent.append(self._hand.act())
        except Exception:  # noqa: BLE001 - a failure of the program or of the hand: both are told
            self._note(traceback.format_exc())
        finally:
            self.actions += 1

    def _rest(self) -> None:
        """Pause, wait until the window rests, and compare what is shown with what runs."""
        self._is_resting = True
        window = current_window()
        window.session.pause()
        try:
            wait_until_drawn(window)
            self.failures += [self._told(f"not the run that is shown: {it}") for it in differences(window)]
        except WaitError as error:
            if "cannot be built" not in str(error):
                self._note(str(error))
        finally:
            self.rests += 1
            self._is_resting = False

    def _told(self, text: str) -> str:
        return f"after {', '.join(self._recent)}:\n{text}"

    def _note(self, text: str) -> None:
        self.failures.append(self._told(text))

    def _on_message(self, kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not message.startswith(IGNORED):
            self._note(f"Qt: {message}")


def act_at_random(actions: int, seed: int, folder: Path) -> Walk:
    """Open a window, use it at random, close it, and return what was seen."""
    window = open_window(PRESETS["and-gate"].config, str(folder))
    files = folder / "files"
    files.mkdir(exist_ok=True)
    window.preferences.file_folder = str(files)
    walk = Walk(RandomHand(seed, files), actions)
    try:
        walk.go()
    finally:
        window = current_window()
        window.close()
        window.deleteLater()
    return walk


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.random_actions", description=__doc__)
    parser.add_argument("--actions", type=int, default=5_000, help="how many, for each seed (5000)")
    parser.add_argument("--seed", type=int, help="which random hand; without it each of 1 to 4")
    arguments = parser.parse_args()
    if arguments.seed is None:
        command = [sys.executable, "-m", "tests.benchmarks.random_actions", "--actions", str(arguments.actions)]
        return max(abs(subprocess.run([*command, "--seed", str(seed)], check=False).returncode) for seed in SEEDS)
    faulthandler.enable()
    _application = QApplication([])
    with TemporaryDirectory() as folder:
        walk = act_at_random(arguments.actions, arguments.seed, Path(folder))
    summary = f"seed {arguments.seed}: {walk.actions} actions, {walk.rests} comparisons, {len(walk.failures)} failures"
    print("\n".join([summary, *walk.failures]))  # noqa: T201
    return 1 if walk.failures else 0


if __name__ == "__main__":
    sys.exit(main())
