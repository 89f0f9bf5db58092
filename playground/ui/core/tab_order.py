"""The order in which Tab goes through the window: that of the eye, whatever came into it last."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QScrollArea, QWidget


def in_reading_order(widget: QWidget) -> list[QWidget]:
    """Return the widgets, of this one and of those within it, that Tab can stop at now.

    They come in the order in which they were put into their layouts; the headings of a table before its rows.
    """
    stops: list[QWidget] = []
    for it in (widget, *widget.findChildren(QWidget)):
        is_stop = bool(it.focusPolicy() & Qt.FocusPolicy.TabFocus) and it.focusProxy() is None
        if is_stop and it.isVisible() and it.isEnabled() and it.window() is widget.window():
            table = stops[-1] if stops else None
            is_heading = isinstance(table, QAbstractItemView) and table.isAncestorOf(it)
            stops.insert(len(stops) - is_heading, it)
    return stops


def focus_next(stops: Iterable[QWidget], current: QWidget | None, *, forward: bool) -> bool:
    """Move the keyboard focus to the next stop or the one before; the first follows the last.

    Where the current widget is no stop itself, its first one comes next.
    """
    known = list(stops)
    if not known:
        return False
    inside: list[int] = []
    around = current
    while around is not None and not inside:
        inside = [k for k, stop in enumerate(known) if stop is around or around.isAncestorOf(stop)]
        around = around.parentWidget()
    first = inside[-1] if current in known else inside[0] if inside else 0
    goal = first + (current in known if forward else -1)
    target = known[goal % len(known)]
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    parent = target.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(target)
        parent = parent.parentWidget()
    return True
