"""The order in which Tab goes through a form: that of the eye, whatever came into it last."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def in_reading_order(widget: QWidget) -> Iterator[QWidget]:
    """Yield the widgets within `widget` that Tab can stop at, as its layouts hold them."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
        return
    layout = widget.layout()
    if layout is not None:
        yield from _within(layout)


def set_tab_order(widgets: list[QWidget]) -> None:
    """Let Tab go from each of these to the next."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)


def _within(layout: QLayout) -> Iterator[QWidget]:
    """Yield the widgets of a layout that Tab can stop at."""
    for place in range(layout.count()):
        item = layout.itemAt(place)
        inner, widget = (None, None) if item is None else (item.layout(), item.widget())
        if inner is not None:
            yield from _within(inner)
        elif widget is not None:
            yield from in_reading_order(widget)
