"""What stands above the columns of the network diagram: captions, and buttons for units and layers."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.language import _
from playground.ui.core import theme
from playground.ui.widgets.icons import IconButton

HEIGHT = 22
BUTTON = 18
GAP = 3
ADDER_ROOM = 4.5
"""So many buttons wide is the way from one column to the next where a layer can be added between them."""


@dataclass(frozen=True)
class Head:
    """The captions of a layer, the first for where there is room, and how many units it has."""

    caption: str
    short: str
    units: int


@dataclass(eq=False)
class Buttons:
    """The buttons of one hidden layer."""

    fewer: IconButton
    more: IconButton
    remove: IconButton


class LayerHeads(QWidget):
    """Captions with − and + for the units and × for each hidden layer, and a + wherever a layer can be added.

    Signals
    -------
    units_asked(layer, units)
        A hidden layer (0 is the first) is to have so many units; 0 for none: the layer is to go.
    layer_asked(at)
        A hidden layer is to be added before the one numbered `at`, or behind the last.
    """

    units_asked = Signal(int, int)
    layer_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("layer_heads")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._heads: tuple[Head, ...] = ()
        self._centres: tuple[float, ...] = ()
        self._places: list[tuple[QRectF, str]] = []
        self._metrics = QFontMetricsF(theme.font(11))
        self._can_add = True
        self._layers: list[Buttons] = []
        self._adders: list[IconButton] = []

    def sizeHint(self) -> QSize:
        return QSize(200, theme.px(HEIGHT))

    def set_heads(self, heads: Sequence[Head], can_add: bool = True) -> None:
        """Show these layers, inputs first; `can_add` says whether one more layer is possible."""
        self._heads, self._can_add = tuple(heads), can_add
        self._fit_buttons(max(0, len(heads) - 2))
        self.retranslate()
        self._arrange()

    def set_centres(self, centres: Sequence[float]) -> None:
        """Place the heads above these x, in pixels."""
        if tuple(centres) != self._centres:
            self._centres = tuple(centres)
            self._arrange()

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        for k, buttons in enumerate(self._layers):
            units = self._heads[k + 1].units
            buttons.fewer.set_text(
                _("One unit fewer in layer {layer}").format(layer=k + 1)
                if units > 1
                else _("Remove layer {layer}").format(layer=k + 1)
            )
            buttons.more.set_text(_("One unit more in layer {layer}").format(layer=k + 1))
            buttons.remove.set_text(_("Remove layer {layer}").format(layer=k + 1))
        for k, adder in enumerate(self._adders):
            adder.set_text(_("Add a layer here, as layer {layer}").format(layer=k + 1))

    def _fit_buttons(self, hidden: int) -> None:
        """Have the buttons of so many hidden layers; those that there are stay, so that one can be clicked again."""
        while len(self._layers) > hidden:
            buttons = self._layers.pop()
            for button in (buttons.fewer, buttons.more, buttons.remove):
                _discard(button)
        while len(self._adders) > hidden + 1:
            _discard(self._adders.pop())
        while len(self._layers) < hidden:
            k = len(self._layers)
            made = Buttons(*(self._button(icon, f"diagram_{what}_{k + 1}") for what, icon in _OF_A_LAYER))
            made.fewer.clicked.connect(self._on_fewer)
            made.more.clicked.connect(self._on_more)
            made.remove.clicked.connect(self._on_remove)
            self._layers.append(made)
        while len(self._adders) < (hidden + 1 if self._heads else 0):
            adder = self._button("plus", f"diagram_add_{len(self._adders) + 1}", "round")
            adder.clicked.connect(self._on_add)
            self._adders.append(adder)

    def _button(self, icon: str, name: str, role: str = "icon") -> IconButton:
        button = IconButton(icon, name=name, role=role, size=10)
        button.setParent(self)
        return button

    def _pressed(self) -> int:
        """Return the number of the button that was pressed, from 0: its name ends with it."""
        sender = self.sender()
        return int(sender.objectName().rpartition("_")[2]) - 1 if sender is not None else 0

    @Slot()
    def _on_fewer(self) -> None:
        k = self._pressed()
        self.units_asked.emit(k, self._heads[k + 1].units - 1)

    @Slot()
    def _on_more(self) -> None:
        k = self._pressed()
        self.units_asked.emit(k, self._heads[k + 1].units + 1)

    @Slot()
    def _on_remove(self) -> None:
        self.units_asked.emit(self._pressed(), 0)

    @Slot()
    def _on_add(self) -> None:
        self.layer_asked.emit(self._pressed())

    def apply_theme(self) -> None:
        self.updateGeometry()
        self._arrange()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Place buttons and captions as far as there is room; the inputs and the outputs have captions only."""
        self._places = []
        known = len(self._centres) == len(self._heads) > 1
        pitch = self._centres[1] - self._centres[0] if known else 0.0
        side, self._metrics = theme.px(BUTTON), QFontMetricsF(theme.font(11))
        for k, adder in enumerate(self._adders):
            adder.setVisible(known and self._has_adders(pitch))
            if known:
                middle = (self._centres[k] + self._centres[k + 1]) / 2
                adder.setGeometry(round(middle - side / 2), (self.height() - side) // 2, side, side)
        for k, head in enumerate(self._heads if known else ()):
            is_hidden = 0 < k < len(self._heads) - 1
            self._arrange_head(k, head, pitch, self._layers[k - 1] if is_hidden else None)
        self.update()

    def _arrange_head(self, k: int, head: Head, pitch: float, buttons: Buttons | None) -> None:
        """Place one caption with its buttons around it; without them where there is no room."""
        side = theme.px(BUTTON)
        between = side if self._has_adders(pitch) else 0  # the button that adds a layer stands between two captions
        room = pitch - between - 2 * GAP
        free = room - 3 * side - 2 * GAP
        has_buttons = buttons is not None and free >= self._width(head.short)
        free = free if has_buttons else room
        text = head.caption if self._width(head.caption) <= free else head.short
        width = min(self._width(text), max(free, 0.0))
        left = self._centres[k] - width / 2 - (side / 2 if has_buttons else 0)
        left = min(max(left, 2.0), max(2.0, self.width() - width - 2))
        self._places.append((QRectF(left, 0, width + 1, self.height()), text))
        if buttons is None:
            return
        top = (self.height() - side) // 2
        for button, x in (
            (buttons.fewer, left - GAP - side),
            (buttons.more, left + width + GAP),
            (buttons.remove, left + width + GAP + side),
        ):
            button.setVisible(has_buttons)
            button.setGeometry(round(x), top, side, side)

    def _has_adders(self, pitch: float) -> bool:
        """Whether there is room, and leave, for the buttons that add a layer."""
        return self._can_add and pitch >= ADDER_ROOM * theme.px(BUTTON)

    def _width(self, text: str) -> float:
        """Return how wide a caption is."""
        return self._metrics.horizontalAdvance(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setFont(theme.font(11))
            painter.setPen(theme.color("muted"))
            for place, text in self._places:
                elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(place.width()) + 1)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)


_OF_A_LAYER = (("fewer", "minus"), ("more", "plus"), ("remove", "close"))


def _discard(button: IconButton) -> None:
    button.hide()
    button.deleteLater()
