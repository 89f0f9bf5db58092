"""Icons painted from the shipped SVG files in a colour of the theme, and buttons that show them."""

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QByteArray, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QPushButton, QToolButton

from playground import paths
from playground.ui.core import plain_text, theme


@lru_cache(maxsize=256)
def drawing(folder: str, name: str, colour: str) -> QSvgRenderer:
    """Return what paints an SVG file of a folder of the resources in a colour, ``#rrggbb``."""
    source = paths.resource(folder, f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))


@lru_cache(maxsize=256)
def _pixmap(name: str, hex_color: str, pixels: int) -> QPixmap:
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawing("icons", name, hex_color).render(painter)
    return pixmap


def icon(name: str, color: str, size: int) -> QIcon:
    """Return an icon of ``resources/icons`` in a colour of the theme in use, drawn for the screens there are.

    `color` is a field of `theme.Theme`, `size` the pixels at scale 1.
    """
    colours = theme.current()
    made = QIcon()
    for ratio in {ceil(screen.devicePixelRatio()) for screen in QGuiApplication.screens()}:
        for colour, mode in ((getattr(colours, color), QIcon.Mode.Normal), (colours.faint, QIcon.Mode.Disabled)):
            pixmap = QPixmap(_pixmap(name, colour, theme.px(size) * ratio))
            pixmap.setDevicePixelRatio(ratio)
            made.addPixmap(pixmap, mode)
    return made


def swatch(colour: QColor, size: float, *, is_round: bool = False) -> QIcon:
    """Return a square or a dot in a colour, of `size` pixels at scale 1."""
    side = theme.px(size)
    density = 2 if is_round else 1  # a square has the same corners in any
    pixmap = QPixmap(density * side, density * side)
    pixmap.setDevicePixelRatio(density)
    pixmap.fill(Qt.GlobalColor.transparent if is_round else colour)
    if is_round:
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(side / 2, side / 2), side / 2 - 0.5, side / 2 - 0.5)
    return QIcon(pixmap)


class IconButton(QToolButton):
    """A small button that is only a picture; its text is its tooltip and accessible name.

    `role` is ``"icon"`` (flat), ``"boxed"`` (with a border), ``"round"`` (a small circle) or ``"play"`` (a large one).
    """

    def __init__(
        self,
        icon_name: str,
        *,
        name: str,
        text: str = "",
        role: str = "icon",
        color: str = "muted",
        size: int = 16,
    ) -> None:
        super().__init__()
        self._icon_name, self._color, self._size = icon_name, color, size
        self.setObjectName(name)
        self.setProperty("role", role)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_text(text)
        self.apply_theme()

    def set_icon(self, icon_name: str) -> None:
        if icon_name != self._icon_name:
            self._icon_name = icon_name
            self.apply_theme()

    def set_text(self, text: str) -> None:
        """Set the tooltip and the accessible name of the button."""
        self.setToolTip(plain_text.tip(text))
        self.setAccessibleName(text)

    def apply_theme(self) -> None:
        self.setIcon(icon(self._icon_name, self._color, self._size))
        self.setIconSize(QSize(theme.px(self._size), theme.px(self._size)))


class Button(QPushButton):
    """A button with a text, and a picture before it if wanted.

    `role` is ``""``, ``"primary"``, ``"small"`` or ``"link"``.
    """

    def __init__(self, *, name: str, text: str = "", tip: str = "", icon_name: str = "", role: str = "") -> None:
        super().__init__()
        self._icon_name = icon_name
        self.setObjectName(name)
        self.setProperty("role", role)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click, the space bar still plays
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_text(text, tip)
        self.apply_theme()

    def set_text(self, text: str, tip: str = "") -> None:
        """Set what stands on the button, and the sentence that a resting pointer shows."""
        self.setText(text)
        self.setAccessibleName(text.strip())
        self.setToolTip(plain_text.tip(tip))

    def apply_theme(self) -> None:
        if self._icon_name:
            color = "on_accent" if self.property("role") == "primary" else "text"
            self.setIcon(icon(self._icon_name, color, 15))
            self.setIconSize(QSize(theme.px(15), theme.px(15)))
