"""Small buttons in the colours of the classes, of which one is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from playground.ui.core import plain_text, theme
from playground.ui.widgets.flow_layout import FlowLayout


class ClassChips(QWidget):
    """What a click adds: a button for each class; ``chosen(k)`` is emitted when the user chooses one."""

    chosen = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        self._entries: tuple[tuple[str, str], ...] = ()
        self._room = FlowLayout(self, gap=4)

    @property
    def value(self) -> int:
        """Which one is chosen, from 0."""
        return max(0, self._group.checkedId())

    def set_value(self, index: int) -> None:
        """Choose one, if it is there."""
        button = self._group.button(index)
        if button is not None:
            button.setChecked(True)

    def set_entries(self, entries: Sequence[tuple[str, QColor]], tip: str) -> None:
        """Offer (words, colour) each; the place of the choice made stays. `tip` holds ``{words}`` and ``{key}``."""
        chosen = self.value if self._entries else len(entries) - 1
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._room.removeWidget(button)
            button.setParent(None)
            button.deleteLater()
        self._entries = tuple((words, colour.name()) for words, colour in entries)
        for k, (words, colour) in enumerate(entries):
            button = QPushButton(plain_text.button_text(words))
            button.setObjectName(f"{self._name}_{k + 1}")
            button.setProperty("role", "chip")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setIcon(QIcon(_dot(colour)))
            button.setIconSize(QSize(theme.px(10), theme.px(10)))
            button.setAccessibleName(tip.format(words=words, key=k + 1))
            button.setToolTip(plain_text.tip(tip.format(words=words, key=k + 1)))
            self._group.addButton(button, k)
            self._room.addWidget(button)
        self.set_value(min(chosen, len(entries) - 1))


def _dot(colour: QColor) -> QPixmap:
    side = theme.px(10) * 2
    pixmap = QPixmap(side, side)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(side / 4, side / 4), side / 4 - 0.5, side / 4 - 0.5)
    return pixmap
