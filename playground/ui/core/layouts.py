"""Widgets in rows and columns."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

Part = QWidget | QLayout
Item = Part | tuple[Part, int] | int | None
"""A widget or a layout, with its share of the room if it takes any; so many pixels left free; None for a stretch."""
Margins = tuple[int, int, int, int]
Box = TypeVar("Box", bound=QBoxLayout)
NO_MARGINS: Margins = (0, 0, 0, 0)


def row(*items: Item, parent: QWidget | None = None, gap: int = 0, margins: Margins = NO_MARGINS) -> QHBoxLayout:
    """Return the items side by side, `gap` pixels apart, as the layout of `parent` if there is one."""
    return _filled(QHBoxLayout(), parent, items, gap, margins)


def column(*items: Item, parent: QWidget | None = None, gap: int = 0, margins: Margins = NO_MARGINS) -> QVBoxLayout:
    """Return the items one below the other, `gap` pixels apart, as the layout of `parent` if there is one."""
    return _filled(QVBoxLayout(), parent, items, gap, margins)


def box(layout: QLayout) -> QWidget:
    """Return a widget that is nothing but its layout."""
    made = QWidget()
    made.setLayout(layout)
    return made


def scroll_area(content: QWidget, name: str = "", *, across: bool = False) -> QScrollArea:
    """Return an area in which a widget is scrolled up and down, and `across` too if wanted; Tab does not stop at it."""
    content.setObjectName(content.objectName() or "scroll_content")
    made = QScrollArea()
    made.setObjectName(name)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setWidgetResizable(True)
    if not across:
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(content)
    return made


def keep_room(widget: QWidget) -> None:
    """Leave the room of a widget empty while it is hidden."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)


def _filled(layout: Box, parent: QWidget | None, items: tuple[Item, ...], gap: int, margins: Margins) -> Box:
    if parent is not None:
        parent.setLayout(layout)
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    for item in items:
        part, share = item if isinstance(item, tuple) else (item, 0)
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QWidget):
            layout.addWidget(part, share)
        else:
            layout.addLayout(part, share)
    return layout
