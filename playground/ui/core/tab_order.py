"""The order in which Tab goes through the window: that of the eye, whatever came into it last."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QDockWidget, QLayout, QScrollArea, QWidget


def in_reading_order(widget: QWidget) -> Iterator[QWidget]:
    """Yield the widgets, of this one and of those within it, that Tab can stop at now.

    What lies in a layout comes in its order, what lies in none after it, in the order in which it was made. The
    headings of a table come before its rows.
    """
    if not widget.isVisible() or not widget.isEnabled():
        return
    is_stop = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    if not is_stop or isinstance(widget, QAbstractItemView):
        for child in _within(widget):
            yield from in_reading_order(child)
    if is_stop:
        yield widget


def focus_next(stops: Iterable[QWidget], current: QWidget | None, *, forward: bool) -> bool:
    """Give the focus to the stop after the current widget, or to the one before it; the first comes after the last.

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


def _within(widget: QWidget) -> Iterator[QWidget]:
    """Yield what lies in a widget: first what its layout holds."""
    if isinstance(widget, QScrollArea):
        inner = [widget.widget()]
    elif isinstance(widget, QDockWidget):
        inner = [widget.titleBarWidget(), widget.widget()]
    else:
        layout = widget.layout()
        inner = [] if layout is None else list(_held(layout))
        inner += [it for it in widget.children() if isinstance(it, QWidget) and not it.isWindow() and it not in inner]
    yield from (it for it in inner if it is not None)


def _held(layout: QLayout) -> Iterator[QWidget]:
    """Yield the widgets of a layout and of the layouts in it.

    They are not asked for with ``itemAt``: PySide keeps what that returns for as long as the layout, also when Qt has
    long deleted it, and takes the next widget at the same address for it.
    """
    parent = layout.parentWidget()
    widgets = [it for it in parent.children() if isinstance(it, QWidget)] if parent is not None else []
    layouts = [it for it in layout.children() if isinstance(it, QLayout)]
    places: list[tuple[int, QWidget | QLayout]] = [(layout.indexOf(it), it) for it in widgets]
    places += [(layout.indexOf(it), it) for it in layouts]
    for _place, held in sorted((it for it in places if it[0] >= 0), key=lambda it: it[0]):
        if isinstance(held, QLayout):
            yield from _held(held)
        else:
            yield held
