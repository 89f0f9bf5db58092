"""Drop-down lists and sliders that leave the mouse wheel to what lies behind them."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QIcon, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QSlider, QStyle, QStyleOptionComboBox

from playground.ui.core import plain_text

SHORT_ROLE = Qt.ItemDataRole.UserRole + 1


class ComboBox(QComboBox):
    """A drop-down list of keys with labels.

    ``chosen(key)`` is emitted for a choice the user makes, never for `set_value`. `label` is its accessible name.
    """

    chosen = Signal(str)
    opening = Signal()
    """The list is about to drop down."""

    def __init__(self, name: str, label: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMaxVisibleItems(20)
        self.activated.connect(lambda index: self.chosen.emit(str(self.itemData(index))))

    def set_choices(self, choices: Sequence[tuple[str, str, str]]) -> None:
        """Offer (key, label, sentence) each; the choice made stays where its key is still offered."""
        key = self.value()
        with QSignalBlocker(self):
            self.clear()
            for k, (item, label, sentence) in enumerate(choices):
                self.addItem(label, item)
                self.setItemData(k, plain_text.tip(sentence), Qt.ItemDataRole.ToolTipRole)
            self.set_value(key)

    def set_short(self, key: str, text: str) -> None:
        """Set what is shown of a choice where its label does not fit the closed list."""
        self.setItemData(self.findData(key), text, SHORT_ROLE)

    def value(self) -> str | None:
        """Return the key of the choice; None where none is made."""
        data = self.currentData()
        return None if data is None else str(data)

    def set_value(self, key: str | None) -> None:
        """Show a choice by its key, or none, without emitting ``chosen``."""
        self.setCurrentIndex(-1 if key is None else self.findData(key))

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:  # noqa: N802 - Qt's name
        """Shorten the text where it does not fit."""
        super().initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self).width()
        text = self.currentText() or self.placeholderText()
        if self.fontMetrics().horizontalAdvance(text) > room:
            text = self.currentData(SHORT_ROLE) or text
        option.currentIcon = QIcon()  # pictures are for the open list
        option.currentText = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        self.opening.emit()
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + self.view().verticalScrollBar().width())
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Slider(QSlider):
    """A horizontal slider that leaves the mouse wheel to what lies behind it; `label` is its accessible name."""

    def __init__(self, name: str, low: int, high: int, label: str = "") -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setRange(low, high)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
