"""A small field that opens beside a number of a picture, to change it."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from playground.language import _
from playground.ui.core import layouts, plain_text
from playground.ui.forms.number_field import NumberField
from playground.ui.widgets.labels import show_text, text_label

STEP = 0.1


class ValueEditor(QFrame):
    """A heading, a number field, and a sentence where what was typed is no number.

    Enter takes the number (``entered(value)``) and closes, Escape closes (``closed()``); Up and Down add and
    subtract 0.1 at once.
    """

    entered = Signal(object)
    closed = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_editor")
        self.setProperty("role", "popup")
        self.heading = plain_text.label()
        self.heading.setProperty("role", "muted")
        self.field = NumberField(name, _("Value"), step=STEP)
        self.field.setProperty("role", "value")
        self.problem = text_label(f"{name}_problem", "problem")
        layouts.column(self.heading, self.field, self.problem, parent=self, gap=4, margins=(8, 6, 8, 8))
        self._anchor = QPoint()
        self.field.installEventFilter(self)
        self.field.committed.connect(self.entered)
        self.field.problem_changed.connect(self._on_problem)
        self.field.editingFinished.connect(self._on_finished)
        self.hide()

    def open(self, heading: str, value: float, anchor: QPoint) -> None:
        """Open beside `anchor`, in the parent's pixels, on a number."""
        self.heading.setText(heading)
        self.field.setAccessibleName(heading)
        self.field.setModified(False)
        self.field.set_value(value)
        self._anchor = anchor
        self.problem.hide()
        self._update_size()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.field.selectAll()

    def close_(self) -> None:
        """Close, and set the focus to the diagram again."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.field.setModified(False)
            self.close_()
            return True
        return super().eventFilter(watched, event)

    def _on_problem(self, sentence: str) -> None:
        show_text(self.problem, sentence)
        self._update_size()

    def _on_finished(self) -> None:
        if not self.field.problem():
            self.close_()

    def _update_size(self) -> None:
        self.adjustSize()
        parent = self.parentWidget()
        room = parent.rect() if parent is not None else QRect()
        x = min(self._anchor.x() + 12, room.right() - self.width() - 2)
        y = min(self._anchor.y() + 12, room.bottom() - self.height() - 2)
        self.move(max(0, x), max(0, y))
