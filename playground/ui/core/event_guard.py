"""What goes wrong in a method that Qt calls is reported there, and goes no further.

An exception has nobody to go to from there but Qt. PySide leaves it lying until some other call into Qt looks, which
then fails for no reason of its own; and on Python 3.11 PySide 6.11 ends the process where C code raised it, as for
``[][1]``, because it takes the exception up before the interpreter has made it whole.
"""

import functools
import sys
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any

from PySide6.QtCore import QObject, QRectF, QSize, Qt
from PySide6.QtWidgets import QLayout

Answer = Callable[[], object]
NOTHING = type(None)
ANSWERS: Mapping[str, Answer] = {
    "boundingRect": QRectF,
    "columnCount": int,
    "data": NOTHING,
    "doItemsLayout": NOTHING,
    "event": bool,
    "eventFilter": bool,
    "focusNextPrevChild": bool,
    "hasHeightForWidth": bool,
    "headerData": NOTHING,
    "heightForWidth": lambda: -1,
    "minimumSizeHint": QSize,
    "nextCheckState": NOTHING,
    "paint": NOTHING,
    "rowCount": int,
    "sizeHint": QSize,
}
"""What Qt calls, and what makes the answer where that fails: no, none, no size. ``paintEvent`` is like ``paint``."""

OF_LAYOUTS: Mapping[str, Answer] = {
    "addItem": NOTHING,
    "count": int,
    "expandingDirections": lambda: Qt.Orientation(0),
    "invalidate": NOTHING,
    "itemAt": NOTHING,
    "minimumSize": QSize,
    "setGeometry": NOTHING,
    "takeAt": NOTHING,
}
"""What Qt calls of a layout besides; elsewhere methods of these names are called by people."""


def install() -> None:
    """Guard the methods of every class derived from `QObject` from now on, as it is made.

    So no class has to think of it, neither here nor in the libraries that are imported later.
    """
    QObject.__init_subclass__ = classmethod(_guard_class)  # type: ignore[assignment, method-assign, arg-type]


def is_guarded(method: object) -> bool:
    """Return whether the errors of a method are reported and go no further."""
    return getattr(method, "__wrapped__", None) is not None


def _guard_class(cls: type[QObject], **arguments: Any) -> None:
    """Guard what a new class defines."""
    super(QObject, cls).__init_subclass__(**arguments)
    answers = {**ANSWERS, **OF_LAYOUTS} if issubclass(cls, QLayout) else ANSWERS
    for name, method in list(vars(cls).items()):
        if isinstance(method, FunctionType) and (name in answers or name.endswith("Event")):
            setattr(cls, name, _guarded(method, answers.get(name, NOTHING)))


def _guarded(method: Callable[..., Any], otherwise: Answer) -> Callable[..., Any]:
    """Return the method so that its errors go where those go that nobody has caught."""

    @functools.wraps(method)
    def guarded(*arguments: Any, **named: Any) -> Any:
        try:
            return method(*arguments, **named)
        except Exception:  # noqa: BLE001 - whatever it is, the window lives on
            sys.excepthook(*sys.exc_info())
            return otherwise()

    return guarded
