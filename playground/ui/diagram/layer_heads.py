"""What stands above the columns of the network diagram: captions, and buttons for units and layers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.language import _
from playground.ui.core import theme
from playground.ui.widgets.icons import IconButton

HEIGHT = 22
BUTTON = 18
GAP = 3
ADDER_ROOM = 4.5
"""Distance of two columns, in widths of a button, from which on a layer can be added between them."""


@dataclass(frozen=True)
class Head:
    """The captions of a layer, the first for where there is room, and how many units it has."""

    caption: str
    short: str
    units: int


class LayerHeads(QWidget):
    """Captions with − and + for the units and × for each hidden layer, and a + wherever a layer can be added.

    ``units_asked(layer, units)``: a hidden layer (0 is the first) is to have so many units; 0 if it is to go.
    ``layer_asked(at)``: one is to be added before the hidden layer `at`, or behind the last.
    """

    units_asked = Signal(int, int)
    layer_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("layer_heads")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._heads: tuple[Head, ...] = ()
        self._centres: tuple[float, ...] = ()
        self._captions: list[tuple[QRectF, str]] = []
        self._can_add = True
        self._layers: list[tuple[IconButton, IconButton, IconButton]] = []  # fewer, more, remove
        self._adders: list[IconButton] = []
        self.apply_theme()

    def set_heads(self, heads: Sequence[Head], can_add: bool) -> None:
        """Show these layers, inputs first; `can_add` says whether one more layer is possible."""
        self._heads, self._can_add = tuple(heads), can_add
        hidden = len(heads) - 2
        if hidden != len(self._layers) or not self._adders:
            self._make_buttons(hidden)
        for k, (fewer, more, remove) in enumerate(self._layers, start=1):
            text = _("One unit fewer in layer {layer}") if heads[k].units > 1 else _("Remove layer {layer}")
            fewer.set_text(text.format(layer=k))
            more.set_text(_("One unit more in layer {layer}").format(layer=k))
            remove.set_text(_("Remove layer {layer}").format(layer=k))
        self._arrange()

    def set_centres(self, centres: Sequence[float]) -> None:
        """Place the heads above these x, in pixels."""
        self._centres = tuple(centres)
        self._arrange()

    def _make_buttons(self, hidden: int) -> None:
        for button in (*(button for buttons in self._layers for button in buttons), *self._adders):
            button.setParent(None)
            button.deleteLater()
        self._layers, self._adders = [], []
        for k in range(hidden):
            fewer, more, remove = (
                self._button(icon, f"diagram_{what}_{k + 1}")
                for what, icon in (("fewer", "minus"), ("more", "plus"), ("remove", "close"))
            )
            fewer.clicked.connect(partial(self._ask_for, k, -1))
            more.clicked.connect(partial(self._ask_for, k, 1))
            remove.clicked.connect(partial(self.units_asked.emit, k, 0))
            self._layers.append((fewer, more, remove))
        for k in range(hidden + 1):
            adder = self._button("plus", f"diagram_add_{k + 1}", "round")
            adder.set_text(_("Add a layer here, as layer {layer}").format(layer=k + 1))
            adder.clicked.connect(partial(self.layer_asked.emit, k))
            self._adders.append(adder)

    def _button(self, icon: str, name: str, role: str = "icon") -> IconButton:
        button = IconButton(icon, name=name, role=role, size=10)
        button.setParent(self)
        return button

    def _ask_for(self, layer: int, more: int) -> None:
        self.units_asked.emit(layer, self._heads[layer + 1].units + more)

    def apply_theme(self) -> None:
        self.setFixedHeight(theme.px(HEIGHT))
        self._arrange()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Place buttons and captions as far as there is room; the inputs and the outputs have captions only."""
        self._captions = []
        known = len(self._centres) == len(self._heads) > 1
        pitch = self._centres[1] - self._centres[0] if known else 0.0
        side = theme.px(BUTTON)
        for k, adder in enumerate(self._adders):
            adder.setVisible(known and self._has_adders(pitch))
            if known:
                middle = (self._centres[k] + self._centres[k + 1]) / 2
                adder.setGeometry(round(middle - side / 2), (self.height() - side) // 2, side, side)
        for k, head in enumerate(self._heads if known else ()):
            self._arrange_head(k, head, pitch)
        self.update()

    def _arrange_head(self, k: int, head: Head, pitch: float) -> None:
        """Place one caption with its buttons around it; without them where there is no room."""
        buttons = self._layers[k - 1] if 0 < k < len(self._heads) - 1 else ()
        width_of = QFontMetricsF(theme.font(11)).horizontalAdvance
        side = theme.px(BUTTON)
        between = side if self._has_adders(pitch) else 0  # the button that adds a layer stands between two captions
        room = pitch - between - 2 * GAP
        beside = room - 3 * side - 2 * GAP
        has_buttons = bool(buttons) and beside >= width_of(head.short)
        free = beside if has_buttons else room
        text = head.caption if width_of(head.caption) <= free else head.short
        width = min(width_of(text), max(free, 0.0))
        left = self._centres[k] - width / 2 - (side / 2 if has_buttons else 0)
        left = min(max(left, 2.0), max(2.0, self.width() - width - 2))
        self._captions.append((QRectF(left, 0, width + 1, self.height()), text))
        right = left + width + GAP
        for button, x in zip(buttons, (left - GAP - side, right, right + side), strict=False):
            button.setVisible(has_buttons)
            button.setGeometry(round(x), (self.height() - side) // 2, side, side)

    def _has_adders(self, pitch: float) -> bool:
        return self._can_add and pitch >= ADDER_ROOM * theme.px(BUTTON)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setFont(theme.font(11))
            painter.setPen(theme.color("muted"))
            for place, text in self._captions:
                elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(place.width()) + 1)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
