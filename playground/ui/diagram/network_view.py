"""The picture of the network: one painted widget; what is under the mouse or the arrow keys, and what is clicked."""

from collections.abc import Mapping, Sequence
from time import perf_counter

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent

from playground.ui.canvas.network_layout import MOST_UNITS, Hit, Layout, lay_out
from playground.ui.canvas.painted_view import PaintedView, paint_bubble
from playground.ui.core import theme
from playground.ui.diagram.network_cursor import Direction, moved
from playground.ui.diagram.network_painting import VALUE_WIDTH, NetworkPainting
from playground.ui.diagram.network_scene import Array, Scene, Structure, Tiles
from playground.ui.diagram.network_text import describe
from playground.ui.diagram.unit_choice import UnitChoice

LARGE_PICTURE = 84
MOST_BELOW = 3
MOMENT_MS = 30
"""How long the mouse may move on before it is looked again what is under it; twice that where it comes to rest."""

ARROWS: Mapping[int, Direction] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}


class NetworkView(PaintedView):
    """The network diagram: `set_structure` once a run, then `set_parameters`, `set_tiles` and `set_values` each frame.

    The arrow keys move a cursor; what it stands on is described like what the mouse is over.

    Signals
    -------
    pointed_changed(hit)
        Something else is under the mouse or the cursor: a `Hit`, or None.
    chosen(hit)
        A `Hit` was clicked, or Enter was pressed on it; on a unit, Enter means its bias.
    laid_out(centres)
        Where the columns of the layers are now: their x in pixels.
    """

    pointed_changed = Signal(object)
    chosen = Signal(object)
    laid_out = Signal(object)

    def __init__(self) -> None:
        super().__init__("network_view")
        self.setMinimumSize(280, 124)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.choice = UnitChoice()
        self.scene: Scene | None = None
        self.cursor_: Hit | None = None
        self._painting = NetworkPainting()
        self._pointed: Hit | None = None
        self._by_mouse = False
        self._hints = True
        self._has_moved_on = False
        self._next_look = 0.0
        self._rest = QTimer(self)  # runs out only where the mouse rests: each look begins it anew
        self._rest.setSingleShot(True)
        self._rest.setInterval(2 * MOMENT_MS)
        self._rest.timeout.connect(self._on_rest)

    def sizeHint(self) -> QSize:
        return QSize(640, 320)

    @property
    def layout_(self) -> Layout | None:
        """Where everything is; None as long as there is no network."""
        return self.scene.layout if self.scene is not None else None

    @property
    def pointed(self) -> Hit | None:
        """What is under the mouse, else under the cursor if the diagram has the focus."""
        return self._pointed

    def set_structure(self, structure: Structure) -> None:
        """Show a network of this structure; weights and pictures stay, so new words may come in the middle of a run."""
        if self.scene is None:
            self.scene = Scene(structure)
        self.scene.structure = structure
        self.lay_out()

    def clear(self) -> None:
        """Forget the network; another is to follow."""
        self.scene = None
        self.choice.forget()
        self._painting.forget()
        self._point()
        self.update()

    def set_parameters(self, weights: Sequence[Array], biases: Sequence[Array]) -> None:
        """Show these weights (n_in, n_out) and biases (n_out,), one of each a layer."""
        if self.scene is not None:
            self.scene.weights, self.scene.biases = weights, biases
            self.update()

    def set_hints(self, on: bool) -> None:
        """Say or do not say what is pointed at: something else stands there for a while."""
        self._hints = on
        self.update()

    def choose_units(self) -> bool:
        """Show the units of wide layers that differ most now; return whether these are others than before."""
        if self.scene is None or not self.choice.update(self.scene.weights, self.scene.biases, MOST_UNITS):
            return False
        self.lay_out()
        return True

    def set_tiles(self, tiles: Mapping[int, Tiles]) -> None:
        """Fill the boxes of some layers (0 is the inputs) with pictures; other layers keep those that they have."""
        if self.scene is None:
            return
        self.scene.tiles = {**self.scene.tiles, **tiles}
        for layer, one in tiles.items():
            self._painting.set_picture(layer, one.pixels, one.low, one.high)
        self.update()

    def set_values(self, values: Sequence[Array] | None) -> None:
        """Show what each unit gives out for the current sample: (units,) a layer, scaled inputs first."""
        if self.scene is not None:
            self.scene.values = values
            self.update()

    def set_input_image(self, pixels: Array, largest: float) -> None:
        """Show `pixels` (h, w), ink from 0 to `largest`, as the block of the inputs."""
        self._painting.set_input_image(pixels, largest)
        self.update()

    def apply_theme(self) -> None:
        """Take over the colours of the theme."""
        self._painting.restyle()
        self.lay_out()
        if self.scene is not None:
            self.set_tiles(dict(self.scene.tiles))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self.lay_out()

    def hit(self, place: QPointF) -> Hit | None:
        """Return what is at `place`: a unit, a bias, a link, the line "+38 more", the image of the inputs."""
        if self.scene is None or self.scene.layout is None:
            return None
        found = self.scene.layout.hit(place)
        if found and found.kind == "bias" and not self.scene.structure.biases:
            return Hit("unit", found.layer, found.unit)
        return found

    def describe(self, place: QPointF) -> str:
        """Return what is at `place` with its present value."""
        found = self.hit(place)
        return describe(self.scene, found) if found is not None and self.scene is not None else ""

    def lay_out(self) -> None:
        """Place everything in the room there is."""
        if self.scene is None:
            return
        self.scene.layout = None
        if self.width() >= 10:
            structure = self.scene.structure
            left, right = self._margins(structure)
            room = QRectF(self.rect()).adjusted(left, theme.px(8), -right, -theme.px(12))
            widest = structure.last * theme.px(250) + theme.px(60)
            spare = max(0.0, room.width() - widest) / 2
            room.adjust(spare, 0, -spare, 0)
            is_image = structure.image_shape is not None
            layout = lay_out(structure.sizes, room, is_image, theme.px(52), self.choice.units)
            self.scene.layout = layout
            self._painting.lay_out(structure, layout, self._notes(layout), self.size())
            self.laid_out.emit([boxes[0].center().x() for boxes in layout.boxes])
        self._point()
        self.update()

    def turn_page(self, layer: int) -> None:
        """Show the next units of a wide layer."""
        if self.layout_ is not None:
            self.choice.turn(layer, self.layout_.sizes[layer], self.layout_.rooms[layer])
            self.lay_out()

    def _notes(self, layout: Layout) -> tuple[str, ...]:
        """Return what stands below each layer that is not shown whole."""
        return tuple(
            "" if more is None else self.choice.note(layer, layout.sizes[layer], layout.rooms[layer])
            for layer, more in enumerate(layout.more)
        )

    def _margins(self, structure: Structure) -> tuple[float, float]:
        metrics = self.fontMetrics()
        widths = [
            max((metrics.horizontalAdvance(name) for name in names[:MOST_UNITS]), default=0)
            for names in (structure.input_names, structure.output_names)
        ]
        most = max(40, self.width() // 6)
        left, right = (min(width * theme.scale(), most) + theme.px(28) for width in widths)
        numbers = theme.px(VALUE_WIDTH)
        few = structure.sizes[-1] <= MOST_BELOW  # whose numbers stand below the names
        return left, max(right, numbers + theme.px(8)) if few else right + numbers

    def draw(self, painter: QPainter) -> None:
        """Paint the network."""
        if self.scene is not None:
            self._painting.paint(painter, self.scene)

    def paint_hint(self, painter: QPainter) -> None:
        """Paint what the mouse or the cursor is on stronger, and what is to be said of it; an image's unit in large."""
        hit, layout = self._pointed, self.layout_
        if hit is None or self.scene is None or layout is None:
            return
        self._painting.paint_pointed(painter, self.scene, hit)
        if not self._hints:
            return
        at = self.mouse if self._by_mouse else layout.centre(hit)
        place = self._large_picture(hit)
        side = theme.px(LARGE_PICTURE) if place is not None else 0
        if at is not None:
            room = QRectF(self.rect())
            picture = paint_bubble(painter, at, describe(self.scene, hit), room, side)
            if place is not None:
                self._painting.paint_large(painter, picture, hit.layer, place)

    def _large_picture(self, hit: Hit) -> int | None:
        """Return which picture of its layer to show in large beside a unit of image data, None for none."""
        assert self.scene is not None
        if hit.kind != "unit" or self.scene.structure.image_shape is None or hit.layer not in self.scene.tiles:
            return None
        return self.scene.tiles[hit.layer].place(hit.unit)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pointed is None:
            self.mouse = event.position()  # there is nothing to be said that would have to follow
        else:
            super().mouseMoveEvent(event)
        now = perf_counter()
        self._has_moved_on = now < self._next_look
        if not self._has_moved_on:
            self._next_look = now + MOMENT_MS / 1000
            self._point()
            self._rest.start()

    @Slot()
    def _on_rest(self) -> None:
        """Look at what is under the mouse where it came to rest."""
        if self._has_moved_on:
            self._has_moved_on = False
            self._point()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.cursor_ = self.hit(event.position())
        self.mouse = event.position()
        self._point()
        if self.cursor_ is not None:
            self.chosen.emit(self.cursor_)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in ARROWS and self.layout_ is not None:
            self.mouse = None  # the keys have the word until the mouse moves
            self._set_cursor(moved(self.layout_, self.cursor_, ARROWS[key]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.cursor_ is not None:
            at = self.cursor_
            has_bias = at.kind == "unit" and at.layer > 0 and self.scene is not None and self.scene.structure.biases
            self.chosen.emit(Hit("bias", at.layer, at.unit) if has_bias else at)
        elif key == Qt.Key.Key_Escape and self.cursor_ is not None:
            self._set_cursor(None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason) and self.layout_:
            self._set_cursor(self.cursor_ or moved(self.layout_, None, "down"))
        self._point()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point()

    def _set_cursor(self, hit: Hit | None) -> None:
        self.cursor_ = hit
        self._point()
        self.setAccessibleDescription(describe(self.scene, hit) if hit is not None and self.scene is not None else "")

    def _point(self) -> None:
        """Find out what is pointed at now, and tell if that is something else."""
        found = self.hit(self.mouse) if self.mouse is not None else None
        self._by_mouse = found is not None
        if found is None and self.hasFocus() and self.cursor_ is not None and self.layout_ is not None:
            found = self.cursor_ if self.layout_.centre(self.cursor_) is not None else None
        if found != self._pointed:
            self._pointed = found
            self.update()
            self.pointed_changed.emit(found)
