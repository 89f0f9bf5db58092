"""Where everything stands in the slow-motion picture: boxes, strips, and the numbers along the links."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetrics

from playground.experiment.explain.step_text import unit_label
from playground.experiment.explain.step_trace import StepTrace
from playground.language import _
from playground.ui.canvas.network_layout import MOST_UNITS, SMALLEST_SLOT, lay_out
from playground.ui.core import theme
from playground.ui.slow_motion.step_shapes import between, cells, corners, on_links, overlapping
from playground.ui.slow_motion.step_state import short

BOX_WIDTH, LARGEST_BOX = 54.0, 48.0
WIDEST_NUMBER, BETWEEN, WIDEST_INPUT = "δ −0.000e−0", 60.0, 52.0
"""The longest text of a box, the room that a number needs on the links between two columns, the box of an input."""

LINE = 13.0
NAME = 60.0
STRIP = 18.0
PLACES = (0.3, 0.4, 0.2, 0.5, 0.1, 0.6, 0.7, 0.8, 0.0, 0.9)
"""Where along a link its number may stand, the best first, from the side where there are more units."""


class StepLayout:
    """The places in one picture of one network.

    Parameters
    ----------
    recording
        The step; only its network counts.
    room
        The picture.
    metrics
        Of the font in which the numbers are written.
    is_image
        Whether the inputs are one picture.

    Attributes
    ----------
    layout
        Columns, boxes and links.
    slots
        The place of the number of each link (layer, source, target) that has one of its own.
    """

    def __init__(self, recording: StepTrace, room: QRectF, metrics: QFontMetrics, *, is_image: bool) -> None:
        self._recording, self._room, self._metrics, self._is_image = recording, room, metrics, is_image
        scale = theme.scale()
        left, right = self._margins()
        steps = len(recording.sizes) - 1
        first = WIDEST_INPUT * scale
        full = QFontMetrics(theme.font(10, tabular=True)).horizontalAdvance(WIDEST_NUMBER) + 6.0
        spare = ((room.width() - left - right - first / 2) / steps - BETWEEN * scale) / (1 + 0.5 / steps)
        self._wide = max(BOX_WIDTH * scale, min(full, spare))
        self._first = min(first, self._wide)
        inner = room.adjusted(left + self._first / 2, 20 * scale, -right - self._wide / 2, -(LINE + 2) * scale)
        largest = self._largest_box(inner.height())
        inner.adjust(0 if is_image else -largest / 2, 0, largest / 2, 0)  # `lay_out` has square boxes in mind
        self.layout = lay_out(recording.sizes, inner, is_image, largest)
        self.slots: dict[tuple[int, int, int], QRectF] = {}
        self._find_slots()

    def is_strip(self, column: int) -> bool:
        """Return whether the units of a column are a strip (or an image) instead of boxes."""
        return self.layout.more[column] is not None or (column == 0 and self.layout.image)

    def box(self, column: int, unit: int) -> QRectF:
        """Return the box of a unit, as wide as a number needs."""
        box = self.layout.boxes[column][unit]
        wide = self._first if column == 0 else self._wide
        return QRectF(box.center().x() - wide / 2, box.top(), wide, box.height())

    def strip(self, column: int) -> QRectF:
        """Return the place of a column's strip."""
        x = self.layout.boxes[column][0].center().x()
        scale = theme.scale()
        return QRectF(x - STRIP * scale / 2, 20 * scale, STRIP * scale, self._room.height() - (20 + LINE + 4) * scale)

    def span(self, column: int, units: range | None) -> QRectF:
        """Return where some units of a column stand, or all of them."""
        if column == 0 and self.layout.image:
            return self.layout.boxes[0][0]
        if self.is_strip(column):
            return cells(
                self.strip(column), self._recording.sizes[column], units or range(self._recording.sizes[column])
            )
        chosen = units or range(len(self.layout.boxes[column]))
        return self.box(column, chosen[0]).united(self.box(column, chosen[-1]))

    def spare_slot(self, layer: int, points: NDArray[np.float64], taken: list[QRectF]) -> QRectF | None:
        """Return a place for the number of a link that has none of its own, among those that are shown now."""
        places = on_links(points[None], self._places(layer), 46 * theme.scale(), (LINE - 1) * theme.scale())
        for sides in places[0].tolist():
            slot = between(*sides)
            if not any(slot.intersects(other) for other in taken):
                return slot
        return None

    def _largest_box(self, height: float) -> float:
        """Return how high boxes may be, with room for the biases below them unless that makes them too small."""
        scale = theme.scale()
        boxed = min(MOST_UNITS, int(height / SMALLEST_SLOT))
        most = max((size for size in self._recording.sizes if size <= boxed), default=1)
        roomy, tight = ((height - gap * scale * (most - 1)) / most for gap in (LINE + 3, 4.0))
        return max(12.0, min(LARGEST_BOX * scale, roomy if roomy >= 22 * scale else tight))

    def _margins(self) -> tuple[float, float]:
        wide = NAME * theme.scale()
        names = [unit_label(self._recording, -1, unit) for unit in range(min(10, self._recording.sizes[0]))]
        longest = max(self._metrics.horizontalAdvance(name) for name in names) * theme.scale()
        targets = [float(value) for value in self._recording.targets.ravel()[:100]]
        target = max(
            self._metrics.horizontalAdvance(f"→ {_('target {value}').format(value=short(t))}") for t in targets
        )
        return (6.0 if self._is_image else min(wide, longest) + 10), min(wide + 8, target * theme.scale() + 8)

    def _find_slots(self) -> None:
        """Give the number of each link a place of its own, where there is one."""
        wide, high = self._metrics.horizontalAdvance("−0.0000") * theme.scale(), (LINE - 1) * theme.scale()
        boxes = [
            self.box(column, unit).adjusted(-2, -2, 2, LINE * theme.scale())
            for column in range(len(self.layout.boxes))
            if not self.is_strip(column)
            for unit in range(len(self.layout.boxes[column]))
        ]
        taken = np.empty((len(boxes) + sum(len(links.source) for links in self.layout.links), 4))
        taken[: len(boxes)] = np.reshape([corners(box) for box in boxes], (-1, 4))
        count = len(boxes)
        for layer, links in enumerate(self.layout.links):
            if self.is_strip(layer) or self.is_strip(layer + 1):
                continue
            places = on_links(links.points, self._places(layer), wide, high)
            for k, (source, target) in enumerate(zip(links.source.tolist(), links.target.tolist(), strict=True)):
                covered = overlapping(places[k], taken[:count])
                best = int(covered.argmin())
                if not covered[best]:
                    taken[count] = places[k, best]
                    count += 1
                    self.slots[layer, source, target] = between(*places[k, best].tolist())

    def _places(self, layer: int) -> tuple[float, ...]:
        """Return where along the links into a layer their numbers may stand: first where there are more units."""
        below, above = self._recording.sizes[layer : layer + 2]
        return PLACES if below >= above else tuple(1 - share for share in PLACES)
