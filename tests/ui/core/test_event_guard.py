"""Errors in the methods that Qt calls: said, and survived. What could crash is tried in a process of its own."""

import subprocess
import sys
from types import FunctionType

import pytest
from PySide6.QtCore import QObject

from playground.ui.shell.panel_catalog import PANELS

TRIED = """
import sys
import playground.ui
from PySide6.QtCore import QAbstractTableModel, QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QTableView, QWidget

class Wrong(QWidget):
    def __init__(self, text):
        super().__init__()
        self.text = text

    def {method}(self, *arguments):
        return eval(self.text)

class Model(QAbstractTableModel):
    def rowCount(self, parent=None): return 2
    def columnCount(self, parent=None): return 2
    def data(self, *arguments): return [][1]

application = QApplication([])
said = []
sys.excepthook = lambda kind, error, trace: said.append(kind.__name__)
widgets, table, model = [Wrong(text) for text in {failing}], QTableView(), Model()
table.setModel(model)
place, left = QPointF(5, 5), Qt.MouseButton.LeftButton
press, none = QEvent.Type.MouseButtonPress, Qt.KeyboardModifier.NoModifier

def begin():
    for one in (*widgets, table) if "{method}" == "data" else widgets:
        one.adjustSize()
        one.resize(60, 40)
        one.show()
    for widget in widgets:
        QApplication.postEvent(widget, QMouseEvent(press, place, place, left, left, none))
    QTimer.singleShot(100, application.quit)

QTimer.singleShot(0, begin)
application.exec()
print(sorted(set(said)))
"""
WRONG = {
    "[][1]": "IndexError",
    "{}['x']": "KeyError",
    "int('x')": "ValueError",
    "1 / 0": "ZeroDivisionError",
    "undefined": "NameError",
}


@pytest.mark.parametrize("method", ["paintEvent", "mousePressEvent", "resizeEvent", "showEvent"])
def test_an_error_in_an_event_is_said_and_survived(method: str) -> None:
    assert run(method, *WRONG) == str(sorted(WRONG.values()))


@pytest.mark.parametrize("method", ["event", "sizeHint", "data"])
def test_an_error_in_an_answer_is_said_and_survived(method: str) -> None:
    assert run(method, "[][1]") == "['IndexError']"


def test_every_method_of_the_window_that_qt_calls_is_guarded() -> None:
    for entry in PANELS:
        entry.load()
    found = {name: method for one in subclasses(QObject) for name, method in overridden(one).items()}
    names = {name.rpartition(".")[2] for name in found}
    assert {"paintEvent", "sizeHint", "setGeometry"} <= names
    assert {name for name, method in found.items() if not hasattr(method, "__wrapped__")} == set()


def run(method: str, *failing: str) -> str:
    """Return what a program says at its end whose widgets have a method that fails, each in its own way."""
    text = TRIED.format(method=method, failing=failing)
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def subclasses(kind: type) -> set[type]:
    """Return all classes derived from one that are our own."""
    found = {one for child in kind.__subclasses__() for one in {child, *subclasses(child)}}
    return {one for one in found if one.__module__.startswith("playground.ui.")}


def overridden(kind: type) -> dict[str, object]:
    """Return the methods of a class that stand before one of PySide's."""
    theirs = {name for base in kind.__mro__[1:] if base.__module__.startswith("PySide6") for name in vars(base)}
    own = [(name, one) for name, one in vars(kind).items() if isinstance(one, FunctionType)]
    return {f"{kind.__qualname__}.{name}": one for name, one in own if name in theirs and not name.startswith("__")}
