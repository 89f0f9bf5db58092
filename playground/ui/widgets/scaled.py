"""Widths that grow with the type: in presenter mode everything is larger."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from playground.ui.core import theme


class _Width(QObject):
    """Keeps a width of its parent in step with the size of the type, as long as the parent lives."""

    def __init__(self, widget: QWidget, size: int, *, fixed: bool) -> None:
        super().__init__(widget)
        self._widget, self._size, self._fixed = widget, size, fixed
        theme.notifier().changed.connect(self._update_size)
        self._update_size()

    @Slot()
    def _update_size(self) -> None:
        set_width = self._widget.setFixedWidth if self._fixed else self._widget.setMinimumWidth
        set_width(theme.px(self._size))


def fix_width(widget: QWidget, size: int) -> None:
    """Make a widget exactly `size` pixels wide at the usual size of type, and as much wider as the type is larger."""
    _Width(widget, size, fixed=True)


def set_least_width(widget: QWidget, size: int) -> None:
    """Make a widget at least `size` pixels wide at the usual size of type, more where the type is larger."""
    _Width(widget, size, fixed=False)
