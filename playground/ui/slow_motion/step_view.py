"""One training step in the picture of the network: numbers appear on links and units as they are computed."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPolygonF, QResizeEvent

from playground.experiment.explain.step_text import unit_label
from playground.experiment.explain.step_trace import StepTrace
from playground.language import _, ngettext
from playground.ui.canvas.images import indices, ink_table, symmetric_limit, table_image
from playground.ui.canvas.painted_view import PaintedView, blend, elide
from playground.ui.core import theme
from playground.ui.slow_motion.step_layout import LINE, NAME, StepLayout
from playground.ui.slow_motion.step_shapes import around, band, cells, draw_cells
from playground.ui.slow_motion.step_state import DIGITS, OF_A_LAYER, StepState, short

MOST_NUMBERS = 24
"""Where there are more links into a layer, only those of the present moment have their numbers."""


class StepView(PaintedView):
    """The network with the numbers of one row: all that is computed so far, the present moment in colour.

    Layers of up to ten units are boxes with their numbers; wider ones are strips of colour, the inputs of an image the
    image itself. Links have their numbers where there is room, those of the present moment first.
    """

    def __init__(self) -> None:
        super().__init__("slow_view")
        self.setMinimumSize(260, 88)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.shown_numbers: list[str] = []
        self._state: StepState | None = None
        self._image_shape: tuple[int, int] | None = None
        self._places: StepLayout | None = None

    @property
    def state(self) -> StepState:
        """How far the step is played; there must be one."""
        assert self._state is not None
        return self._state

    @property
    def recording(self) -> StepTrace:
        """The step; there must be one."""
        return self.state.recording

    @property
    def places(self) -> StepLayout:
        """Where everything stands; there must be a step.

        To find them takes longer than a frame, so it waits for being looked at: sizes change behind a tab, too.
        """
        if self._places is None:
            is_image = self._image_shape is not None
            self._places = StepLayout(self.recording, QRectF(self.rect()), self.fontMetrics(), is_image=is_image)
        return self._places

    @property
    def _has_places(self) -> bool:
        """Whether there is a step, and room for it."""
        return self._state is not None and self.width() >= 10

    def sizeHint(self) -> QSize:
        return QSize(560, 180)

    def set_recording(self, recording: StepTrace | None, image_shape: tuple[int, int] | None = None) -> None:
        """Show another step, or nothing; `image_shape` (h, w) where the inputs are one picture."""
        self._state = None if recording is None else StepState(recording, 0, (), 0)
        self._image_shape = image_shape
        self._places = None
        self.update()

    def set_moment(self, done: int, current: Iterable[int], place: int) -> None:
        """Show the state after the first `done` moments, those of `current` in colour, for the row at `place`."""
        self._state = StepState(self.recording, done, current, place)
        self.update()

    def apply_theme(self) -> None:
        """Take over sizes of the theme."""
        self._places = None

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._places = None

    def describe(self, place: QPointF) -> str:
        """Return all that is known of the unit under the mouse."""
        hit = self.places.layout.hit(place) if self._has_places else None
        if hit is None or hit.kind != "unit" or self.places.is_strip(hit.layer):
            return ""
        name = unit_label(self.recording, hit.layer - 1, hit.unit)
        return "\n".join([name, *self.state.numbers_of(hit.layer, hit.unit, 9)])

    def draw(self, painter: QPainter) -> None:
        """Paint links, their numbers, then units, names and strips."""
        if not self._has_places:
            return
        self.shown_numbers = []
        self._draw_captions(painter)
        for layer in range(len(self.recording.sizes) - 1):
            if self.places.is_strip(layer) or self.places.is_strip(layer + 1):
                self._draw_band(painter, layer)
            else:
                self._draw_links(painter, layer)
        for column in range(len(self.recording.sizes)):
            if column == 0 and self.places.layout.image:
                self._draw_image(painter)
            elif self.places.is_strip(column):
                self._draw_strip(painter, column)
            else:
                self._draw_units(painter, column)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _draw_captions(self, painter: QPainter) -> None:
        """Paint what each column is."""
        sizes = self.recording.sizes
        painter.setFont(theme.font(11))
        painter.setPen(theme.color("muted"))
        for column, size in enumerate(sizes):
            if column == 0:
                text = ngettext("{n} input", "{n} inputs", size).format(n=size)
            elif column == len(sizes) - 1:
                text = ngettext("{n} output", "{n} outputs", size).format(n=size)
            else:
                text = ngettext("{n} unit", "{n} units", size).format(n=size)
            centre = self.places.layout.boxes[column][0].center().x()
            painter.drawText(around(QPointF(centre, 9 * theme.scale()), 130, 18), Qt.AlignmentFlag.AlignCenter, text)

    def _draw_links(self, painter: QPainter, layer: int) -> None:
        """Paint the links into a layer and their numbers, those of the moment last."""
        links = self.places.layout.links[layer]
        pairs = list(zip(links.source.tolist(), links.target.tolist(), strict=True))
        order = sorted(range(len(pairs)), key=lambda k: self.state.touches(layer, *pairs[k]))
        weights = self.recording.old[layer]
        limit = symmetric_limit(weights[:-1])
        for k in order:
            source, target = pairs[k]
            lit = self.state.touches(layer, source, target)
            weight = float(weights[source, target])
            end = theme.color("negative" if weight < 0 else "positive")
            colour = end if lit else blend(theme.color("border"), end, 0.45 * min(1.0, abs(weight) / limit))
            painter.setPen(QPen(colour, (2.2 if lit else 1.2) * theme.scale()))
            painter.drawPolyline(QPolygonF([QPointF(*point) for point in links.points[k].tolist()]))
        taken: list[QRectF] = []
        for k in reversed(order):
            source, target = pairs[k]
            lit = self.state.touches(layer, source, target)
            if not lit and len(pairs) > MOST_NUMBERS:
                break  # those of the moment come first
            slot = self.places.slots.get((layer, source, target))
            if slot is None and lit:
                slot = self.places.spare_slot(layer, links.points[k], taken)
            if slot is not None and not any(slot.intersects(other) for other in taken):
                taken.append(slot)
                self._label(painter, slot, *self.state.parameter(layer, source, target), lit)

    def _label(self, painter: QPainter, slot: QRectF, text: str, colour: str, lit: bool) -> None:
        self.shown_numbers.append(text)
        painter.setFont(theme.font(10.5, QFont.Weight.DemiBold if lit else QFont.Weight.Normal, tabular=True))
        width = painter.fontMetrics().horizontalAdvance(text) + 4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent_soft" if lit else "panel"))
        painter.drawRoundedRect(around(slot.center(), width, slot.height()), 3, 3)
        quiet = colour == "text" and not lit
        painter.setPen(theme.color("muted" if quiet else colour))
        painter.drawText(around(slot.center(), width + 20, slot.height()), Qt.AlignmentFlag.AlignCenter, text)

    def _draw_units(self, painter: QPainter, column: int) -> None:
        for unit in range(len(self.places.layout.boxes[column])):
            box = self.places.box(column, unit)
            lit = column > 0 and self.state.is_current(column - 1, unit)
            painter.setPen(QPen(theme.color("accent" if lit else "strong_border"), 1.8 if lit else 1))
            painter.setBrush(theme.color("accent_soft" if lit else "field"))
            painter.drawRoundedRect(box, 4, 4)
            self._draw_in_box(painter, box, column, unit)
            self._draw_name(painter, column, unit, box)
            self._draw_bias(painter, column, unit, box)

    def _draw_in_box(self, painter: QPainter, box: QRectF, column: int, unit: int) -> None:
        """Paint the last one or two numbers of a unit: in the end its output and its delta."""
        rows = 2 if box.height() >= 25 * theme.scale() else 1
        count = min(rows, len(self.state.numbers_of(column, unit)))
        for k in range(count):
            texts = [self.state.numbers_of(column, unit, digits)[k - count] for digits in (DIGITS, 3, 2)]
            is_output = texts[0][0] not in "zδ"
            size = 11.5 if is_output else 10
            painter.setFont(theme.font(size, QFont.Weight.DemiBold if is_output else QFont.Weight.Normal, tabular=True))
            wide = painter.fontMetrics().horizontalAdvance
            text = next((text for text in texts if wide(text) <= box.width()), texts[-1])
            self.shown_numbers.append(text)
            painter.setPen(theme.color("text" if is_output else "third" if text[0] == "δ" else "muted"))
            row = QRectF(box.left(), box.top() + k * box.height() / count, box.width(), box.height() / count)
            painter.drawText(row, Qt.AlignmentFlag.AlignCenter, text)

    def _draw_name(self, painter: QPainter, column: int, unit: int, box: QRectF) -> None:
        """Paint the name of an input, an output with its target, or (in the box's corner) a hidden unit."""
        name = unit_label(self.recording, column - 1, unit)
        painter.setFont(theme.font(11))
        painter.setPen(theme.color("text"))
        side, wide = Qt.AlignmentFlag.AlignVCenter, NAME * theme.scale()
        if column == 0:
            place = QRectF(box.left() - wide - 6, box.top(), wide, box.height())
            painter.drawText(place, side | Qt.AlignmentFlag.AlignRight, elide(painter, name, wide))
        elif column == len(self.recording.sizes) - 1:
            target = short(self.recording.targets[self.state.place, unit])
            place = QRectF(box.right() + 6, box.top(), wide + 8, box.height())
            if box.height() >= 25 * theme.scale():
                half = QRectF(place.left(), place.top(), place.width(), place.height() / 2)
                painter.drawText(half, side, elide(painter, name, wide))
                painter.setPen(theme.color("accent_text" if self.state.is_loss else "muted"))
                painter.drawText(half.translated(0, half.height()), side, _("target {value}").format(value=target))
            else:
                painter.setPen(theme.color("accent_text" if self.state.is_loss else "text"))
                alone = self.recording.sizes[-1] == 1
                text = _("target {value}").format(value=target) if alone else f"{name} → {target}"
                painter.drawText(place, side, elide(painter, text, place.width()))

    def _draw_bias(self, painter: QPainter, column: int, unit: int, box: QRectF) -> None:
        """Paint a unit's bias below its box, where the next box leaves room."""
        boxes, recording = self.places.layout.boxes[column], self.recording
        if column == 0 or recording.config.network.bias == "none":
            return
        if len(boxes) > 1 and boxes[1].top() - boxes[0].bottom() < (LINE - 1) * theme.scale():
            return
        text, colour = self.state.parameter(column - 1, recording.sizes[column - 1], unit)
        lit = self.state.touches_bias(column - 1, unit)
        text = f"b {text}" if not text.startswith("g") else f"b: {text}"
        slot = QRectF(box.left(), box.bottom() + 0.5, box.width(), LINE * theme.scale() - 1)
        self._label(painter, slot, text, colour, lit)

    def _draw_image(self, painter: QPainter) -> None:
        """Paint the inputs as the image that they are."""
        assert self._image_shape is not None
        pixels = self.recording.inputs[self.state.place].reshape(self._image_shape)
        block = self.places.layout.boxes[0][0]
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(block, table_image(indices(pixels, float(pixels.min()), float(pixels.max())), ink_table()))
        painter.setPen(QPen(theme.color("strong_border"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(block)

    def _draw_strip(self, painter: QPainter, column: int) -> None:
        """Paint a wide layer: its outputs as a strip of colour, its deltas beside it, the present units marked."""
        layer, units, place, row = column - 1, self.recording.sizes[column], self.places.strip(column), self.state.place
        if column == 0:
            draw_cells(painter, place, self.recording.inputs[row], units)
            return
        given = self.state.known(("unit", "activation"), layer)
        summed = self.state.known(("sum",), layer)
        shown = self.recording.a if given or not summed else self.recording.z
        draw_cells(painter, place, shown[layer][row], given or summed)
        beside = place.translated(place.width() + 4 * theme.scale(), 0)
        beside.setWidth(place.width() * 0.6)
        deltas = self.state.known(("delta",), layer)
        if deltas:
            draw_cells(painter, beside, self.recording.deltas[layer][row], deltas)
            painter.setPen(theme.color("third"))
            painter.setFont(theme.font(10.5))
            below = QPointF(beside.center().x(), place.bottom() + 8)
            painter.drawText(around(below, 30, 14), Qt.AlignmentFlag.AlignCenter, "δ")
        runs = [one.units for one in self.state.current if one.layer == layer and one.kind != "loss"]
        if runs:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(cells(place, units, range(runs[0].start, runs[-1].stop)).adjusted(-3, -1, 3, 1))
        if column == len(self.recording.sizes) - 1:
            self._draw_target(painter, place, beside.right() + 6)

    def _draw_target(self, painter: QPainter, place: QRectF, left: float) -> None:
        """Paint, beside the strip of the outputs, which of them should be largest."""
        targets = self.recording.targets[self.state.place]
        unit = int(targets.argmax())
        middle = cells(place, len(targets), range(unit, unit + 1)).center().y()
        name = unit_label(self.recording, len(self.recording.sizes) - 2, unit)
        painter.setFont(theme.font(11))
        painter.setPen(theme.color("accent_text" if self.state.is_loss else "muted"))
        room = QRectF(left, middle - 9, self.width() - left - 2, 18)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, _("target {value}").format(value=name))

    def _draw_band(self, painter: QPainter, layer: int) -> None:
        """Paint what stands for the many links of a wide layer: a band, and the fan of the present units in it."""
        left, right = self.places.span(layer, None), self.places.span(layer + 1, None)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend(theme.color("panel"), theme.color("border"), 0.5))
        painter.drawPolygon(band(left, right))
        for moment in self.state.current:
            if moment.kind in OF_A_LAYER:
                continue
            colour = "third" if moment.kind in ("delta", "gradient") else "accent"
            painter.setBrush(blend(theme.color("panel"), theme.color(colour), 0.3))
            if moment.kind == "delta" and layer == moment.layer + 1:
                painter.drawPolygon(band(self.places.span(layer, moment.units), right))
            elif moment.kind != "delta" and layer == moment.layer:
                painter.drawPolygon(band(left, self.places.span(layer + 1, moment.units)))
