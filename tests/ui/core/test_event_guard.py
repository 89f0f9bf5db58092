"""Errors in the methods that Qt calls: said, and survived. What could crash is tried in a process of its own."""

import json
import subprocess
import sys
from types import FunctionType

from PySide6.QtCore import QObject

from playground.ui.shell.panel_catalog import PANELS

TRIED = """
import json
import sys
import playground.ui
from PySide6.QtCore import QAbstractTableModel, QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QTableView, QWidget

class Model(QAbstractTableModel):
    def rowCount(self, parent=None): return 2
    def columnCount(self, parent=None): return 2
    def data(self, *arguments): return [][1]

application = QApplication([])
place, left = QPointF(5, 5), Qt.MouseButton.LeftButton
press, none, model = QEvent.Type.MouseButtonPress, Qt.KeyboardModifier.NoModifier, Model()

def wrong(method, text):
    return type("Wrong", (QWidget,), {method: lambda self, *arguments: eval(text)})()

def said(method, failing):
    kinds = set()
    sys.excepthook = lambda kind, error, trace: kinds.add(kind.__name__)
    widgets = [QTableView()] if method == "data" else [wrong(method, text) for text in failing]
    for one in widgets:
        if method == "data":
            one.setModel(model)
        one.adjustSize()
        one.resize(60, 40)
        one.show()
        application.postEvent(one, QMouseEvent(press, place, place, left, left, none))
    for _pass in range(20):
        application.processEvents()
    return sorted(kinds)

print(json.dumps({method: said(method, failing) for method, failing in json.loads(sys.argv[1]).items()}))
"""
WRONG = {
    "[][1]": "IndexError",
    "{}['x']": "KeyError",
    "int('x')": "ValueError",
    "1 / 0": "ZeroDivisionError",
    "undefined": "NameError",
}
METHODS = {
    **dict.fromkeys(("paintEvent", "mousePressEvent", "resizeEvent", "showEvent"), WRONG),
    **{name: {"[][1]": "IndexError"} for name in ("event", "sizeHint", "data")},
}
"""By the method that Qt calls: the ways in which it fails, and what is then said."""


def test_an_error_in_a_method_that_qt_calls_is_said_and_survived() -> None:
    command = [sys.executable, "-c", TRIED, json.dumps({name: list(failing) for name, failing in METHODS.items()})]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {name: sorted(failing.values()) for name, failing in METHODS.items()}


def test_every_method_of_the_window_that_qt_calls_is_guarded() -> None:
    for entry in PANELS:
        entry.load()
    found = {name: method for one in subclasses(QObject) for name, method in overridden(one).items()}
    names = {name.rpartition(".")[2] for name in found}
    assert {"paintEvent", "sizeHint", "setGeometry"} <= names
    assert {name for name, method in found.items() if not hasattr(method, "__wrapped__")} == set()


def subclasses(kind: type) -> set[type]:
    """Return all classes derived from one that are our own."""
    found = {one for child in kind.__subclasses__() for one in {child, *subclasses(child)}}
    return {one for one in found if one.__module__.startswith("playground.ui.")}


def overridden(kind: type) -> dict[str, object]:
    """Return the methods of a class that stand before one of PySide's."""
    theirs = {name for base in kind.__mro__[1:] if base.__module__.startswith("PySide6") for name in vars(base)}
    own = [(name, one) for name, one in vars(kind).items() if isinstance(one, FunctionType)]
    return {f"{kind.__qualname__}.{name}": one for name, one in own if name in theirs and not name.startswith("__")}
