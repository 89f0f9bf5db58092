"""One training step in the picture of the network: numbers appear on links and units as they are computed."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QResizeEvent

from playground.experiment.explain.formula import number
from playground.experiment.explain.step_text import unit_label
from playground.experiment.explain.step_trace import StepTrace, TraceEvent
from playground.language import _, ngettext
from playground.ui.canvas.network_canvas import NetworkCanvas
from playground.ui.canvas.network_layout import MOST_UNITS, Layout, lay_out
from playground.ui.canvas.painted_view import elide
from playground.ui.core import theme

MOST_NUMBERS = 24
"""Where there are more links into a layer, only those of the present events have their numbers."""

LARGEST_BOX, SMALLEST_SLOT = 48.0, 9.0
LONGEST_NUMBER, LONGEST_LABEL = "δ −0.000e−0", "g −0.0000"
"""The longest texts of a box and of a link."""

BETWEEN, LEAST_BETWEEN = 60.0, 10.0
"""Pixels between two columns: for numbers on the links, and where the boxes need the width."""

LINE = 13.0
TOP = 18.0
TWO_LINES = 25.0
"""Height of a box from which on it holds two lines."""

NAME = 60.0
SHARES = (0.3, 0.4, 0.2, 0.5, 0.1, 0.6, 0.7, 0.8, 0.0, 0.9)
"""Where along a link its number may stand, the best first, from the side where there are more units."""

Middle = Qt.AlignmentFlag.AlignCenter


DIGITS = 4
SMALLEST_PLAIN = 1e-2
"""Below this a number in the picture is written with an exponent, so that it keeps its digits in little space."""

OF_A_LAYER = ("activation", "loss", "bias gradient", "bias update")
"""Kinds of event that have nothing to do with single links."""


def short(value: float, digits: int = DIGITS) -> str:
    """Return a number with so many significant digits, in little space: ``0.1234``, ``−5.267e−3``."""
    size = abs(float(f"{float(value):.{digits - 1}e}"))  # in 32 bits 0.01 is a little less
    if not 0 < size < SMALLEST_PLAIN:
        return number(float(value), digits)
    mantissa, exponent = f"{float(value):.{digits - 1}e}".split("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}".replace("-", "−")


class StepState:
    """A trace after its first `done` events, of which those of `current` happen now, for one of its rows."""

    def __init__(self, trace: StepTrace, done: int = 0, current: Iterable[int] = (), row: int = 0) -> None:
        self.trace, self.row = trace, row
        self.current: tuple[TraceEvent, ...] = tuple(trace.events[k] for k in current)
        self._known: dict[tuple[str, int], int] = {
            (event.kind, event.layer): event.units.stop for event in trace.events[:done]
        }

    def _is_known(self, kinds: tuple[str, ...], layer: int, unit: int) -> bool:
        return any(self._known.get((kind, layer), 0) > unit for kind in kinds)

    def is_current(self, layer: int, unit: int) -> bool:
        """Return whether the present events are about a unit."""
        return any(event.layer == layer and unit in event.units for event in self.current)

    def touches(self, layer: int, source: int, unit: int) -> bool:
        """Return whether the present events use or change a link."""
        return any(
            (layer == event.layer + 1 and source in event.units)
            if event.kind == "delta"
            else (layer == event.layer and unit in event.units and event.kind not in OF_A_LAYER)
            for event in self.current
        )

    def touches_bias(self, layer: int, unit: int) -> bool:
        """Return whether the present events use or change a unit's bias."""
        learns = {"unit": ("gradient", "update"), "layer": ("bias gradient", "bias update")}
        kinds = ("unit", "sum", *learns.get(self.trace.config.network.bias, ()))
        return any(one.kind in kinds and one.layer == layer and unit in one.units for one in self.current)

    def parameter(self, layer: int, source: int, unit: int) -> tuple[str, str]:
        """Return the text for a weight now, or a bias (the last source), and its colour in the theme."""
        trace, is_bias, mode = self.trace, source == self.trace.sizes[layer], self.trace.config.network.bias
        of = "bias " if is_bias and mode == "layer" else ""
        learns = not (is_bias and mode == "fixed")
        if learns and self._is_known((f"{of}update",), layer, unit):
            return short(trace.new[layer][source, unit]), "accent_text"
        if learns and self._is_known((f"{of}gradient",), layer, unit):
            return "g " + short(trace.gradient[layer][source, unit]), "third"
        return short(trace.old[layer][source, unit]), "text"

    def numbers_of(self, column: int, unit: int, digits: int = DIGITS) -> list[str]:
        """Return what is known of a unit: its sum, its output, its delta; column 0 are the inputs."""
        trace, layer = self.trace, column - 1
        if column == 0:
            return [short(trace.inputs[self.row, unit], digits)]
        stages = (
            (("unit", "sum"), "z ", trace.z),
            (("unit", "activation"), "", trace.a),
            (("delta",), "δ ", trace.deltas),
        )
        return [
            sign + short(values[layer][self.row, unit], digits)
            for kinds, sign, values in stages
            if self._is_known(kinds, layer, unit)
        ]


class StepView(NetworkCanvas):
    """The network with the numbers of one row: all that is computed so far, the present events in colour.

    Links have their numbers where there is space, those of the present events first. `shown_numbers` are the texts
    painted last.
    """

    def __init__(self) -> None:
        super().__init__("slow_view", _("Picture of the network with the numbers of one step"))
        self.setMinimumSize(250, 72)
        self.shown_numbers: list[str] = []
        self.state: StepState | None = None
        self._image_shape: tuple[int, int] | None = None
        self._slots: dict[tuple[int, int, int], QRectF] = {}

    def set_trace(self, trace: StepTrace | None, image_shape: tuple[int, int] | None = None) -> None:
        """Show another step, or nothing; `image_shape` (h, w) where the inputs are one picture."""
        self.state = None if trace is None else StepState(trace)
        self._image_shape = image_shape
        self.layout_ = None
        self.update()

    def set_events(self, done: int, current: Iterable[int], row: int) -> None:
        """Show the state after the first `done` events, those of `current` in colour, for one row of the step."""
        if self.state is not None:
            self.state = StepState(self.state.trace, done, current, row)
            self.update()

    def apply_theme(self) -> None:
        self.layout_ = None

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self.layout_ = None

    def describe(self, place: QPointF) -> str:
        hit = self.hit(place)
        if hit is None or self.state is None or hit.kind not in ("unit", "bias"):
            return ""
        trace, column, unit = self.state.trace, hit.layer, hit.unit
        lines = [unit_label(trace, column - 1, unit), *self.state.numbers_of(column, unit, 9)]
        if column > 0 and trace.config.network.has_biases:
            lines.append("b " + self.state.parameter(column - 1, trace.sizes[column - 1], unit)[0])
        return "\n".join(lines)

    def draw(self, painter: QPainter) -> None:
        if self.state is None or self.width() < 10:
            return
        if self.layout_ is None:
            self.layout_ = self._laid_out(self.state.trace)
            self._slots = _number_slots(self.layout_)
        self.shown_numbers = []
        state, layout = self.state, self.layout_
        self._draw_captions(painter, layout)
        self.draw_links(painter, [block[:-1] for block in state.trace.old], 0.5)
        for layer in range(len(layout.links)):
            self._draw_link_numbers(painter, state, layout, layer)
        for column in range(len(layout.boxes)):
            if column == 0 and self._image_shape is not None:
                pixels = state.trace.inputs[state.row].reshape(self._image_shape)
                self.draw_input_image(painter, pixels, float(pixels.min()), float(pixels.max()))
            else:
                self._draw_units(painter, state, layout, column)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _laid_out(self, trace: StepTrace) -> Layout:
        """Place the columns: boxes as wide as their numbers, and space for numbers between them."""
        scale, columns = theme.scale(), len(trace.sizes)
        wide_of = QFontMetricsF(theme.font(11)).horizontalAdvance
        names = [unit_label(trace, -1, unit) for unit in range(min(MOST_UNITS, trace.sizes[0]))]
        left = 6.0 if self._image_shape else min(NAME * scale, max(map(wide_of, names))) + 10
        texts = [_("target {value}").format(value=short(float(value))) for value in trace.targets.ravel()[:100]]
        if trace.sizes[-1] > 1:
            last = columns - 2
            texts += [f"{unit_label(trace, last, unit)} → 1" for unit in range(min(MOST_UNITS, trace.sizes[-1]))]
        right = min(max(map(wide_of, texts)), 1.5 * NAME * scale) + 10
        full = QFontMetricsF(theme.font(10, tabular=True)).horizontalAdvance(LONGEST_NUMBER) + 6
        free = self.width() - left - right
        wide, narrow = ((free - (columns - 1) * gap * scale) / columns for gap in (LEAST_BETWEEN, BETWEEN))
        box = min(full, wide, max(narrow, 54 * scale))
        room = QRectF(self.rect()).adjusted(left, TOP * scale, -right, -3)
        fits = max(size for size in (1, *trace.sizes) if size <= MOST_UNITS)
        roomy = (room.height() - (LINE + 3) * scale * fits) / fits  # with a bias below each box
        largest = min(LARGEST_BOX * scale, roomy if roomy >= 22 * scale else LARGEST_BOX * scale)
        if largest == roomy:
            room.adjust(0, 0, 0, -LINE * scale)
        is_image = self._image_shape is not None
        return lay_out(
            trace.sizes, room, is_image, largest, smallest_slot=SMALLEST_SLOT * scale, widths=[box] * columns
        )

    def _draw_captions(self, painter: QPainter, layout: Layout) -> None:
        painter.setFont(theme.font(11))
        sizes, centres = layout.sizes, [boxes[0].center().x() for boxes in layout.boxes]
        pitch = min((b - a for a, b in pairwise(centres)), default=self.width())
        for column, (size, centre) in enumerate(zip(sizes, centres, strict=True)):
            text = ngettext("{n} unit", "{n} units", size)
            if column == 0:
                text = ngettext("{n} input", "{n} inputs", size)
            elif column == len(sizes) - 1:
                text = ngettext("{n} output", "{n} outputs", size)
            text = text.format(n=size)
            text = text if painter.fontMetrics().horizontalAdvance(text) < pitch else str(size)
            painter.setPen(theme.color("muted"))
            painter.drawText(_around(QPointF(centre, TOP * theme.scale() / 2), 130, 18), Middle, text)
            more = layout.more[column]
            if more is not None and self.state is not None:
                hidden = set(range(size)) - set(layout.units[column])
                lit = column > 0 and any(self.state.is_current(column - 1, unit) for unit in hidden)
                painter.setPen(theme.color("accent_text" if lit else "muted"))
                painter.drawText(more, Middle, _("+{n} more").format(n=len(hidden)))

    def _draw_link_numbers(self, painter: QPainter, state: StepState, layout: Layout, layer: int) -> None:
        links, weights = layout.links[layer], state.trace.old[layer]
        pairs = list(zip(links.source.tolist(), links.target.tolist(), strict=True))
        lit = [k for k, pair in enumerate(pairs) if state.touches(layer, *pair)]
        is_image = layer == 0 and layout.image
        for k in lit:
            name = "negative" if weights[pairs[k]] < 0 else "positive"
            if is_image:  # whose links stand for many weights: their colour is that of what happens to these
                name = "third" if state.current[0].kind == "gradient" else "accent"
            painter.setPen(QPen(theme.color(name), 2.2 * theme.scale()))
            painter.drawLines(links.lines[k])
        if is_image:
            return
        others = [k for k in range(len(pairs)) if k not in lit] if len(pairs) <= MOST_NUMBERS else []
        taken: list[QRectF] = []
        for k in (*lit, *others):
            slot = self._slots.get((layer, *pairs[k]))
            if slot is None and k in lit:
                slot = _free_slot(links.lines[k], SHARES, taken)
            if slot is not None and not any(slot.intersects(other) for other in taken):
                taken.append(slot)
                self._draw_label(painter, slot, *state.parameter(layer, *pairs[k]), k in lit)

    def _draw_label(self, painter: QPainter, slot: QRectF, text: str, colour: str, lit: bool) -> None:
        self.shown_numbers.append(text)
        painter.setFont(theme.font(10.5, QFont.Weight.DemiBold if lit else QFont.Weight.Normal, tabular=True))
        width = painter.fontMetrics().horizontalAdvance(text) + 4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent_soft" if lit else "panel"))
        painter.drawRoundedRect(_around(slot.center(), width, slot.height()), 3, 3)
        painter.setPen(theme.color("muted" if colour == "text" and not lit else colour))
        painter.drawText(_around(slot.center(), width + 20, slot.height()), Middle, text)

    def _draw_units(self, painter: QPainter, state: StepState, layout: Layout, column: int) -> None:
        boxes = layout.boxes[column]
        has_bias_line = len(boxes) < 2 or boxes[1].top() - boxes[0].bottom() >= (LINE - 1) * theme.scale()
        for unit, box in zip(layout.units[column], boxes, strict=True):
            lit = column > 0 and state.is_current(column - 1, unit)
            painter.setPen(QPen(theme.color("accent" if lit else "strong_border"), 1.8 if lit else 1))
            painter.setBrush(theme.color("accent_soft" if lit else "field"))
            painter.drawRoundedRect(box, 4, 4)
            self._draw_in_box(painter, box, state, column, unit)
            if column == 0:
                painter.setFont(theme.font(11))
                painter.setPen(theme.color("text"))
                place = QRectF(2, box.top(), box.left() - 8, box.height())
                name = elide(painter, unit_label(state.trace, -1, unit), place.width())
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, name)
                continue
            if column == len(layout.boxes) - 1:
                self._draw_output_name(painter, box, state, column, unit)
            if has_bias_line and state.trace.config.network.has_biases:
                text, colour = state.parameter(column - 1, state.trace.sizes[column - 1], unit)
                text = f"b {text}" if not text.startswith("g") else f"b: {text}"
                slot = QRectF(box.left(), box.bottom() + 0.5, box.width(), LINE * theme.scale() - 1)
                self._draw_label(painter, slot, text, colour, state.touches_bias(column - 1, unit))

    def _draw_in_box(self, painter: QPainter, box: QRectF, state: StepState, column: int, unit: int) -> None:
        """Paint the last one or two numbers of a unit: in the end its output and its delta."""
        rows = 2 if box.height() >= TWO_LINES * theme.scale() else 1
        count = min(rows, len(state.numbers_of(column, unit)))
        for k in range(count):
            texts = [state.numbers_of(column, unit, digits)[k - count] for digits in (DIGITS, 3, 2)]
            is_output = texts[0][0] not in "zδ"
            size = 9 if box.height() < 9 * theme.scale() else 11.5 if is_output and box.height() >= 16 else 10
            painter.setFont(theme.font(size, QFont.Weight.DemiBold if is_output else QFont.Weight.Normal, tabular=True))
            wide = painter.fontMetrics().horizontalAdvance
            text = next((text for text in texts if wide(text) <= box.width()), texts[-1])
            self.shown_numbers.append(text)
            painter.setPen(theme.color("text" if is_output else "third" if text[0] == "δ" else "muted"))
            row = QRectF(box.left(), box.top() + k * box.height() / count, box.width(), box.height() / count)
            painter.drawText(row, Middle | Qt.TextFlag.TextDontClip, text)

    def _draw_output_name(self, painter: QPainter, box: QRectF, state: StepState, column: int, unit: int) -> None:
        """Paint the name of an output and its target; in one line beside a low box."""
        name = unit_label(state.trace, column - 1, unit)
        value = short(state.trace.targets[state.row, unit])
        target = _("target {value}").format(value=value)
        place = QRectF(box.right() + 6, box.top(), self.width() - box.right() - 8, box.height())
        painter.setFont(theme.font(11 if box.height() >= theme.px(11) else 8))
        painter.setPen(theme.color("text"))
        side = Qt.AlignmentFlag.AlignVCenter
        if box.height() >= TWO_LINES * theme.scale():
            place.setHeight(place.height() / 2)
            painter.drawText(place, side, elide(painter, name, place.width()))
            place.translate(0, place.height())
        elif state.trace.sizes[-1] > 1:
            target = f"{name} → {value}"
        is_compared = any(event.kind == "loss" for event in state.current)
        painter.setPen(theme.color("accent_text" if is_compared else "muted"))
        painter.drawText(place, side, elide(painter, target, place.width()))


def _number_slots(layout: Layout) -> dict[tuple[int, int, int], QRectF]:
    """Return a place for the number of each link (layer, source, target) that has a free one."""
    slots: dict[tuple[int, int, int], QRectF] = {}
    for layer, links in enumerate(layout.links):
        if layer == 0 and layout.image:
            continue
        below = LINE * theme.scale()
        taken = [box.adjusted(-2, -2, 2, below) for column in (layer, layer + 1) for box in layout.boxes[column]]
        more = layout.sizes[layer] >= layout.sizes[layer + 1]
        shares = SHARES if more else tuple(1 - share for share in SHARES)
        for k, pair in enumerate(zip(links.source.tolist(), links.target.tolist(), strict=True)):
            slot = _free_slot(links.lines[k], shares, taken)
            if slot is not None:
                taken.append(slot)
                slots[layer, *pair] = slot
    return slots


def _free_slot(lines: Sequence[QLineF], shares: Sequence[float], taken: Sequence[QRectF]) -> QRectF | None:
    """Return a place along a link that overlaps none of `taken`, wholly between the two columns; None without one."""
    width = QFontMetricsF(theme.font(10.5, tabular=True)).horizontalAdvance(LONGEST_LABEL)
    left, right = lines[0].x1() + width / 2 + 2, lines[-1].x2() - width / 2 - 2
    for share in shares if left < right else ():
        at = share * len(lines)
        line = lines[min(int(at), len(lines) - 1)]
        centre = line.pointAt(at - min(int(at), len(lines) - 1))
        centre.setX(min(max(centre.x(), left), right))
        slot = _around(centre, width, (LINE - 1) * theme.scale())
        if not any(slot.intersects(other) for other in taken):
            return slot
    return None


def _around(centre: QPointF, width: float, height: float) -> QRectF:
    return QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
