"""A hand that uses the window at random, but as people do: clicks, keys, typing, files, dialogs, storms of undo.

What is open on top is used or closed first: a menu, then the dialog that was opened last. Everything goes through real
widgets, found by what can be seen.
"""

import random
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QScrollBar,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

from playground.experiment.config import schema as configs
from playground.experiment.config.presets import PRESETS
from playground.ui.canvas.painted_view import PaintedView
from playground.ui.shell.main_window import MainWindow
from tests.benchmarks.hands import Drag

LEFT = Qt.MouseButton.LeftButton
NUMBERS = ("0", "1", "2", "3", "5", "10", "30", "64", "0.01", "0.1", "0.5", "3.7", "1e-3", "x", "")
ODD_NUMBERS = ("-0", "-1", "1e39", "1e308", "1e400", "nan", "0,5", "9" * 40, "1e-320", "−3", "<img src='x'>")
KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
MORE_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Escape, Qt.Key.Key_PageDown, Qt.Key.Key_Home)
LEFT_OUT = {"action_quit", "download_button", "action_copy_versions", "choose_data_folder"}
SIZES = ((1024, 640), (1280, 720), (1440, 900), (1920, 1080))
COMMANDS = ("play", "play", "step", "step_epoch", "reset", "faster", "slower", "undo", "undo", "redo", "race")
RARE_COMMANDS = ("presenter", "reset_layout", "keys", "about", "performance", "new", "copy_experiment")
FILE_COMMANDS = ("open", "save", "save_as", "export_picture", "paste_experiment")
DRAG_MOVES = 5
IMAGE = "<img src='file:///dev/zero'>"


class RandomHand:
    """Does one thing after another to a window, chosen by a seed; `act` returns what it did, in words.

    Parameters
    ----------
    window
        What is used.
    seed
        Two hands of the same seed choose alike.
    folder
        Where files are opened and saved; without one no file is touched.
    """

    def __init__(self, window: MainWindow, seed: int, folder: Path | None = None) -> None:
        self._window = window
        self._random = random.Random(seed)
        self._folder = folder
        self._drag: Drag | None = None
        self._moves = 0
        self._in_dialog = 0
        self._ways: dict[Callable[[], str], int] = {
            self._click: 22,
            self._type: 12,
            self._choose: 8,
            self._slide: 4,
            self._switch_tab: 8,
            self._switch_experiment: 5,
            self._begin_drag: 4,
            self._point: 6,
            self._click_picture: 10,
            self._turn_wheel: 4,
            self._press_key: 8,
            self._command: 12,
            self._storm: 3,
            self._rare_command: 2,
            self._resize: 2,
            self._change_theme: 1,
            self._change_language: 1,
        }
        if folder is not None:
            self._ways |= {self._file_command: 4, self._put_on_clipboard: 2}
            write_files(folder)
            window.preferences.file_folder = str(folder)

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
        """Choose something in a menu, or close it."""
        words = popup.objectName() or type(popup).__name__
        if isinstance(popup, QMenu) and self._random.random() < 0.5:
            offered = [it for it in popup.actions() if it.isEnabled() and not it.isSeparator() and it.menu() is None]
            offered = [it for it in offered if it.objectName() not in LEFT_OUT]
            if offered:
                chosen = self._random.choice(offered)
                QTest.mouseClick(popup, LEFT, pos=popup.actionGeometry(chosen).center())
                if isValid(popup) and popup.isVisible():
                    popup.close()
                return f"choose in {words}"
        popup.close()
        return f"close {words}"

    def _use_dialog(self, dialog: QDialog) -> str:
        """Do up to a few things in the dialog that was opened last, then close it one way or another."""
        words = dialog.objectName() or type(dialog).__name__
        self._in_dialog += 1
        if isinstance(dialog, QFileDialog):
            return self._use_file_dialog(dialog)
        if self._in_dialog < 4 and self._random.random() < 0.6:
            inside = [it for it in dialog.findChildren(QAbstractButton) if it.isVisible() and it.isEnabled()]
            inside = [it for it in inside if it.objectName() not in LEFT_OUT]
            if inside:
                button = self._random.choice(inside)
                words = f"click {button.objectName() or button.text()} in {words}"
                _press_and_release(button, LEFT, QPoint(min(8, button.width() // 2), button.height() // 2))
                return words
        self._in_dialog = 0
        dialog.reject()
        return f"close {words}"

    def _use_file_dialog(self, dialog: QFileDialog) -> str:
        """Name a file that is there, is not, or is none; or cancel."""
        self._in_dialog += 1
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        if self._folder is None or field is None or self._in_dialog > 4 or self._random.random() < 0.2:
            self._in_dialog = 0
            dialog.reject()
            return "cancel the choice of a file"
        names = [it.name for it in sorted(self._folder.iterdir())]
        name = self._random.choice([*names, "new.json", "nowhere.json", "picture.png", "no/such/folder.json"])
        field.setText(str(self._folder / name))
        QTest.keyClick(field, Qt.Key.Key_Return)
        return f"choose the file {name}"

    def _seen(self, kind: type[QWidget]) -> list[QWidget]:
        """Return the widgets of a kind that can be seen and used.

        The worker waits meanwhile: to look through a thousand widgets is the hand's own business, no use of the
        window, and at each of its calls into Qt the worker would take the interpreter for half a millisecond.
        """
        with self._window.session.gate:
            found = [it for it in self._window.findChildren(kind) if it.isVisible() and it.isEnabled()]
            return [it for it in found if it.objectName() not in LEFT_OUT and not it.visibleRegion().isEmpty()]

    def _one(self, kind: type[QWidget]) -> QWidget | None:
        """Return one of them."""
        found = self._seen(kind)
        return self._random.choice(found) if found else None

    def _within(self, widget: QWidget) -> QPoint:
        """Return a place of a widget that can be seen."""
        room = widget.visibleRegion().boundingRect()
        return QPoint(self._random.randint(room.left(), room.right()), self._random.randint(room.top(), room.bottom()))

    def _click(self) -> str:
        button = self._one(QAbstractButton)
        if button is None:
            return "nothing"
        words = f"click {button.objectName() or type(button).__name__}"
        _press_and_release(button, LEFT, QPoint(min(8, button.width() // 2), button.height() // 2))
        return words

    def _type(self) -> str:
        """Type into a field, that on a weight or bias among them where it is open."""
        field = self._one(QLineEdit)
        if not isinstance(field, QLineEdit):
            return "nothing"
        odd = self._random.random() < 0.25
        text = self._random.choice(ODD_NUMBERS if odd else NUMBERS)
        words = f"type {text!r} into {field.objectName() or type(field.parent()).__name__}"
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

    def _slide(self) -> str:
        sliders = [it for it in self._seen(QAbstractSlider) if not isinstance(it, QScrollBar)]
        if not sliders:
            return "nothing"
        slider = self._random.choice(sliders)
        words = f"slide {slider.objectName()}"
        QTest.mouseClick(slider, LEFT, pos=self._within(slider))
        return words

    def _switch_tab(self) -> str:
        if self._random.random() < 0.3:
            name = self._random.choice(sorted(self._window.area.panels.keys() & self._window.area.docks.keys()))
            self._window.area.bring(name)
            return f"bring {name}"
        bars = [bar for bar in self._seen(QTabBar) if isinstance(bar, QTabBar) and bar.count()]
        if not bars:
            return "nothing"
        bar = self._random.choice(bars)
        k = self._random.randrange(bar.count())
        words = f"tab {bar.tabText(k)}"
        QTest.mouseClick(bar, LEFT, pos=bar.tabRect(k).center())
        return words

    def _switch_experiment(self) -> str:
        name = self._random.choice([*PRESETS, "mnist-two-layer", "spiral", "digits"])
        self._window.experiment_menu.chosen.emit(PRESETS[name].config)
        return f"experiment {name}"

    def _begin_drag(self) -> str:
        self._drag, self._moves = Drag(self._window), 0
        self._drag.start()
        return "drag"

    def _go_on_dragging(self, drag: Drag) -> str:
        self._moves += 1
        if self._moves > DRAG_MOVES:
            self._drag = None
            drag.stop()
            return "end of drag"
        return "drag"

    def _point(self) -> str:
        widget = self._one(QWidget)
        if widget is None:
            return "nothing"
        words = f"point to {widget.objectName() or type(widget).__name__}"
        QTest.mouseMove(widget, self._within(widget))
        return words

    def _click_picture(self) -> str:
        """Click into a picture: adds a point, opens the field on a weight, chooses a sample."""
        picture = self._one(PaintedView)
        if picture is None:
            return "nothing"
        button = LEFT if self._random.random() < 0.85 else Qt.MouseButton.RightButton
        words = f"click in {picture.objectName() or type(picture).__name__}"
        _press_and_release(picture, button, self._within(picture))
        return words

    def _turn_wheel(self) -> str:
        widget = self._one(QWidget)
        if widget is None:
            return "nothing"
        words = f"wheel over {widget.objectName() or type(widget).__name__}"
        at = QPointF(self._within(widget))
        turn = QPoint(0, self._random.choice((-240, -120, 120, 240)))
        none, whole = Qt.MouseButton.NoButton, QPointF(widget.mapToGlobal(at.toPoint()))
        phase = Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(at, whole, QPoint(), turn, none, Qt.KeyboardModifier.NoModifier, phase, False)
        QApplication.sendEvent(widget, event)
        return words

    def _press_key(self) -> str:
        key = self._random.choice((*KEYS, *MORE_KEYS))
        target = QApplication.focusWidget() or self._window
        words = f"key {key.name} in {target.objectName() or type(target).__name__}"
        QTest.keyClick(target, key)
        return words

    def _trigger(self, names: tuple[str, ...]) -> str:
        name = self._random.choice(names)
        self._window.actions_[name].trigger()
        return name

    def _command(self) -> str:
        return self._trigger(COMMANDS)

    def _rare_command(self) -> str:
        return self._trigger(RARE_COMMANDS)

    def _file_command(self) -> str:
        return self._trigger(FILE_COMMANDS)

    def _storm(self) -> str:
        """Take back and make again many changes at once, faster than any run can be built."""
        count = self._random.randint(5, 40)
        for _time in range(count):
            self._window.actions_[self._random.choice(("undo", "undo", "redo"))].trigger()
        return f"storm of {count}"

    def _put_on_clipboard(self) -> str:
        """Put on the clipboard what can be pasted, and what cannot."""
        changed = configs.replace(PRESETS["xor-gate"].config, seed=self._random.randrange(100))
        wrong = {"training": {"loss": IMAGE}}
        text = self._random.choice((configs.encode(changed), "{", str(wrong).replace('"', "").replace("'", '"'), IMAGE))
        QGuiApplication.clipboard().setText(text)
        return "copy something from elsewhere"

    def _resize(self) -> str:
        width, height = self._random.choice(SIZES)
        self._window.resize(width, height)
        return f"resize to {width}×{height}"

    def _change_theme(self) -> str:
        action = self._random.choice(self._window.actions_.themes.actions())
        action.trigger()
        return f"theme {action.data()}"

    def _change_language(self) -> str:
        action = self._random.choice(self._window.actions_.languages.actions())
        action.trigger()
        return f"language {action.data()}"


def write_files(folder: Path) -> None:
    """Write what the hand opens: experiments, tables, and files that are neither."""
    for name in ("xor-gate", "spiral", "worked-example", "sine-curve"):
        (folder / f"{name}.json").write_text(configs.encode(PRESETS[name].config), encoding="utf-8")
    (folder / "broken.json").write_text('{"network": ', encoding="utf-8")
    (folder / "wrong.json").write_text(f'{{"network": {{"activation": "{IMAGE}"}}}}', encoding="utf-8")
    rows = "".join(f"{k % 7},{k % 5 - 2},{'yes' if k % 3 else IMAGE}\n" for k in range(60))
    (folder / "table.csv").write_text(f"a,{IMAGE},class\n{rows}", encoding="utf-8")
    (folder / "ragged.csv").write_text("a,b\n1,2\n3\n", encoding="utf-8")


def _press_and_release(widget: QWidget, button: Qt.MouseButton, place: QPoint) -> None:
    """Click, where the widget outlives the press; `QTest.mouseClick` would go on with one that is gone, and crash."""
    QTest.mousePress(widget, button, pos=place)
    if isValid(widget):
        QTest.mouseRelease(widget, button, pos=place)
