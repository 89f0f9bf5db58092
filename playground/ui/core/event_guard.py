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

Answer = Callable[[], object]

ANSWERS: Mapping[str, Answer] = {
    "boundingRect": QRectF,
    "close": bool,
    "columnCount": int,
    "count": int,
    "event": bool,
    "eventFilter": bool,
    "expandingDirections": lambda: Qt.Orientation(0),
    "focusNextPrevChild": bool,
    "hasHeightForWidth": bool,
    "heightForWidth": lambda: -1,
    "minimumSize": QSize,
    "minimumSizeHint": QSize,
    "rowCount": int,
    "sizeHint": QSize,
    "viewportEvent": bool,
}
"""What makes the answer to Qt where a method fails: no, none, no size; it is None for all others."""


def install() -> None:
    """Guard the methods of every class derived from `QObject` from now on, as it is made.

    So no class has to think of it, neither here nor in the libraries that are imported later.
    """
    QObject.__init_subclass__ = classmethod(_guard_class)  # type: ignore[assignment, method-assign, arg-type]


def _guard_class(cls: type[QObject], **arguments: Any) -> None:
    super(QObject, cls).__init_subclass__(**arguments)
    of_qt = [base for base in cls.__mro__ if base.__module__.startswith("PySide6")]
    for name, method in list(vars(cls).items()):
        is_own = isinstance(method, FunctionType) and not name.startswith("__")
        if is_own and any(hasattr(base, name) for base in of_qt):
            setattr(cls, name, _guarded(method, ANSWERS.get(name, lambda: None)))


def _guarded(method: Callable[..., Any], otherwise: Answer) -> Callable[..., Any]:

    @functools.wraps(method)
    def guarded(*arguments: Any, **named: Any) -> Any:
        try:
            return method(*arguments, **named)
        except Exception:  # noqa: BLE001 - whatever it is, the window lives on
            sys.excepthook(*sys.exc_info())
            return otherwise()

    return guarded
