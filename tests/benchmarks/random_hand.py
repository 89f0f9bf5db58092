"""A hand that uses the window at random, but as people do: clicks, keys, typing, dragging, other data, other sizes."""

import random
from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

from playground.experiment.presets import PRESETS
from playground.ui.main_window import MainWindow
from playground.ui.plots.painted_view import PaintedView
from tests.benchmarks.hands import Drag

LEFT = Qt.MouseButton.LeftButton
NUMBERS = ("0", "1", "2", "3", "5", "10", "30", "64", "0.01", "0.1", "0.5", "3.7", "1e-3", "-1", "x", "")
KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
MORE_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Escape, Qt.Key.Key_PageDown, Qt.Key.Key_Home)
LEFT_OUT = {"action_quit", "download_button", "action_copy_versions"}
SIZES = ((1024, 640), (1280, 720), (1440, 900), (1920, 1080))
COMMANDS = ("play", "play", "step", "step_epoch", "reset", "faster", "slower", "undo", "undo", "redo", "race")
RARE_COMMANDS = ("presenter", "reset_layout", "keys", "about", "new", "open", "save_as", "copy_experiment")
DRAG_MOVES = 25


class RandomHand:
    """Does one thing after another to a window, chosen by a seed; `act` returns what it did, in words."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self._window = window
        self._random = random.Random(seed)
        self._drag: Drag | None = None
        self._moves = 0
        self._ways: dict[Callable[[], str], int] = {
            self._click: 22,
            self._type: 10,
            self._choose: 8,
            self._slide: 4,
            self._switch_tab: 8,
            self._switch_experiment: 6,
            self._begin_drag: 6,
            self._point: 8,
            self._click_picture: 6,
            self._turn_wheel: 5,
            self._press_key: 8,
            self._command: 14,
            self._rare_command: 2,
            self._resize: 3,
            self._change_theme: 2,
            self._change_language: 2,
        }

    def act(self) -> str:
        """Do the next thing: end what is open on top, go on dragging, or something new."""
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
            return f"close {popup.objectName() or type(popup).__name__}"
        if isinstance(dialog := QApplication.activeModalWidget(), QDialog):
            dialog.reject()
            return f"close {dialog.objectName() or type(dialog).__name__}"
        if self._drag is not None:
            return self._go_on_dragging(self._drag)
        (way,) = self._random.choices(list(self._ways), list(self._ways.values()))
        return way()

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
        field = self._one(QLineEdit)
        if not isinstance(field, QLineEdit):
            return "nothing"
        text = self._random.choice(NUMBERS)
        field.setFocus()
        field.selectAll()
        QTest.keyClick(field, Qt.Key.Key_Delete)
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        return f"type {text!r} into {field.objectName() or type(field.parent()).__name__}"

    def _choose(self) -> str:
        box = self._one(QComboBox)
        if box is None:
            return "nothing"
        box.setFocus()
        QTest.keyClick(box, self._random.choice((Qt.Key.Key_Down, Qt.Key.Key_Up)))
        return f"choose in {box.objectName()}"

    def _slide(self) -> str:
        sliders = [it for it in self._seen(QAbstractSlider) if not isinstance(it, QScrollBar)]
        if not sliders:
            return "nothing"
        slider = self._random.choice(sliders)
        QTest.mouseClick(slider, LEFT, pos=self._within(slider))
        return f"slide {slider.objectName()}"

    def _switch_tab(self) -> str:
        if self._random.random() < 0.3:
            name = self._random.choice(list(self._window.area.panels.keys() & self._window.area.docks.keys()))
            self._window.area.bring(name)
            return f"bring {name}"
        bars = [bar for bar in self._seen(QTabBar) if isinstance(bar, QTabBar) and bar.count()]
        if not bars:
            return "nothing"
        bar = self._random.choice(bars)
        assert isinstance(bar, QTabBar)
        k = self._random.randrange(bar.count())
        QTest.mouseClick(bar, LEFT, pos=bar.tabRect(k).center())
        return f"tab {bar.tabText(k)}"

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
        if self._moves > DRAG_MOVES // 5:
            self._drag = None
            drag.stop()
            return "end of drag"
        return "drag"

    def _point(self) -> str:
        widget = self._one(QWidget)
        if widget is None:
            return "nothing"
        QTest.mouseMove(widget, self._within(widget))
        return f"point to {widget.objectName() or type(widget).__name__}"

    def _click_picture(self) -> str:
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
        at = QPointF(self._within(widget))
        turn = QPoint(0, self._random.choice((-240, -120, 120, 240)))
        none, whole = Qt.MouseButton.NoButton, QPointF(widget.mapToGlobal(at.toPoint()))
        phase = Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(at, whole, QPoint(), turn, none, Qt.KeyboardModifier.NoModifier, phase, False)
        QApplication.sendEvent(widget, event)
        return f"wheel over {widget.objectName() or type(widget).__name__}"

    def _press_key(self) -> str:
        key = self._random.choice((*KEYS, *MORE_KEYS))
        target = QApplication.focusWidget() or self._window
        words = f"key {key.name} in {target.objectName() or type(target).__name__}"
        QTest.keyClick(target, key)
        return words

    def _command(self) -> str:
        name = self._random.choice(COMMANDS)
        self._window.actions_[name].trigger()
        return name

    def _rare_command(self) -> str:
        name = self._random.choice(RARE_COMMANDS)
        self._window.actions_[name].trigger()
        return name

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


def _press_and_release(widget: QWidget, button: Qt.MouseButton, place: QPoint) -> None:
    """Click, where the widget outlives the press; `QTest.mouseClick` would go on with one that is gone, and crash."""
    QTest.mousePress(widget, button, pos=place)
    if isValid(widget):
        QTest.mouseRelease(widget, button, pos=place)
