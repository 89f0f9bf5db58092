"""The gallery of data sets: one small picture each, chosen by a click or by the keyboard."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from playground.ui.core import plain_text, theme
from playground.ui.widgets.flow_layout import FlowLayout

Picture = Callable[[QPainter, QRectF], None]
"""Paints the small picture of a data set into a square."""

_WIDTH, _HEIGHT, _SMALL_HEIGHT, _LABEL = 36, 50, 38, 14

WALKING = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
)


class Tile(QAbstractButton):
    """One data set of the gallery: its picture above its label, outlined where it is the chosen one.

    `is_swap` is on during a click with Ctrl.
    """

    focused = Signal(QAbstractButton)

    def __init__(self, name: str, picture: Picture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._picture = picture
        self._is_small = False
        self.is_swap = False
        self.setObjectName(f"data_{name}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_WIDTH), theme.px(_SMALL_HEIGHT if self._is_small else _HEIGHT))

    def set_small(self, small: bool) -> None:
        """Be less high, or as high as usual."""
        self._is_small = small
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """Leave the check mark alone: it follows the experiment, not the click."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.is_swap = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        super().mouseReleaseEvent(event)
        self.is_swap = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in WALKING:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.focused.emit(self)
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        colours = theme.current()
        chosen = self.isChecked()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            line = 2.0 if chosen or self.hasFocus() else 1.0
            frame = QRectF(self.rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2)
            painter.setPen(QPen(QColor(colours.accent if chosen or self.hasFocus() else colours.border), line))
            painter.setBrush(QColor(colours.hover if self.underMouse() and not chosen else colours.field))
            painter.drawRoundedRect(frame, 6, 6)
            self._paint_label(painter, chosen)
            air = 3 if self._is_small else 5
            room = QRectF(self.rect()).adjusted(air, air, -air, -theme.px(_LABEL) - 1)
            side = min(room.width(), room.height())
            square = QRectF(0, 0, side, side)
            square.moveCenter(room.center())
            self._picture(painter, square)

    def _paint_label(self, painter: QPainter, chosen: bool) -> None:
        """Write the label below the picture, smaller where it would not fit."""
        colours = theme.current()
        area = QRectF(1, self.height() - theme.px(_LABEL) - 2, self.width() - 2, theme.px(_LABEL))
        painter.setPen(QColor(colours.accent_text if chosen else colours.muted))
        for size in (10.0, 9.0, 8.0):
            painter.setFont(theme.font(size, QFont.Weight.DemiBold if chosen else QFont.Weight.Normal))
            if painter.fontMetrics().horizontalAdvance(self.text()) <= area.width() - 2:
                break
        elided = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, elided)


class DataGallery(QWidget):
    """A grid of tiles that reflows with the width; the arrow keys walk through it, Space chooses.

    Signals
    -------
    chosen(name)
        The user asked for this data set.
    swapped(name)
        The user asked, by a click with Ctrl, for this data set in the present experiment.
    """

    chosen = Signal(str)
    swapped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: list[Tile] = []
        self._flow = FlowLayout(self, gap=5, stretch=True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, name: str, picture: Picture) -> None:
        """Append a tile for the data set called `name`."""
        tile = Tile(name, picture, self)
        tile.clicked.connect(self._on_clicked)
        tile.focused.connect(self._on_focused)
        self._tiles.append(tile)
        self._flow.addWidget(tile)
        self._on_focused(self._tiles[0])

    def set_texts(self, name: str, label: str, sentence: str, tip: str = "") -> None:
        """Set what one tile is called, its explanation, and what the tooltip adds of a click on it."""
        tile = self.tile(name)
        tile.setText(label)
        tile.setToolTip(plain_text.tip(f"{label}: {sentence}\n{tip}".rstrip()))
        tile.setAccessibleName(label)
        tile.setAccessibleDescription(sentence)
        tile.update()

    def set_small(self, small: bool) -> None:
        """Make the tiles less high, or as high as usual."""
        for tile in self._tiles:
            tile.set_small(small)
        self._flow.invalidate()

    def set_current(self, name: str) -> None:
        """Outline the chosen data set; none where the gallery does not hold it."""
        for tile in self._tiles:
            tile.setChecked(tile.name == name)
            if tile.name == name:
                self._on_focused(tile)

    def tile(self, name: str) -> Tile:
        """Return the tile of a data set."""
        return next(tile for tile in self._tiles if tile.name == name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        tiles = [tile for tile in self._tiles if not tile.isHidden()]
        at = next((place for place, tile in enumerate(tiles) if tile.hasFocus()), None)
        if at is None:
            super().keyPressEvent(event)
            return
        across = max(1, sum(tile.y() == tiles[0].y() for tile in tiles))
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -across,
            Qt.Key.Key_Down: across,
            Qt.Key.Key_Home: -at,
            Qt.Key.Key_End: len(tiles) - 1 - at,
        }
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            tiles[at].click()
        elif key in steps:
            if 0 <= at + steps[key] < len(tiles):
                tiles[at + steps[key]].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        """Pass on which data set was asked for."""
        tile = self.sender()
        if isinstance(tile, Tile):
            (self.swapped if tile.is_swap else self.chosen).emit(tile.name)

    def _on_focused(self, entered: QAbstractButton) -> None:
        """Make one tile the only one that Tab stops at, as in a group of radio buttons."""
        for tile in self._tiles:
            stop = Qt.FocusPolicy.StrongFocus if tile is entered else Qt.FocusPolicy.ClickFocus
            tile.setFocusPolicy(stop)

    def apply_theme(self) -> None:
        for tile in self._tiles:
            tile.updateGeometry()
            tile.update()
        self._flow.invalidate()
