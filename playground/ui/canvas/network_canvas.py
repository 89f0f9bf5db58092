"""What the pictures of a network share: links by weight, images in boxes, what is at a place."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from playground.ui.canvas.images import CRISP, Array, indices, ink_table, table_image
from playground.ui.canvas.network_layout import Hit, Layout
from playground.ui.canvas.painted_view import PaintedView, blend
from playground.ui.core import theme

LEVELS = 16
"""Steps of |weight|, for either sign: each has one colour and one width, and is painted in one call."""

FULL_WIDTH = 5.0
FULL_COLOUR = 1.0
"""At this |weight| a link is widest, and at this its colour is full: fixed, so that two frames can be compared."""


class NetworkCanvas(PaintedView):
    """A picture of a network, laid out by the subclass in `layout_`; None as long as there is no network."""

    def __init__(self, name: str, label: str = "") -> None:
        super().__init__(name, label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.layout_: Layout | None = None

    def hit(self, place: QPointF) -> Hit | None:
        """Return what is at `place`: a unit, a bias, a link, the line "+38 more", the image of the inputs."""
        return None if self.layout_ is None else self.layout_.hit(place)

    def draw_links(self, painter: QPainter, weights: Sequence[Array], strength: float = 1.0) -> None:
        """Paint the links, weak ones first, by `weights` (n_in, n_out) of each layer.

        Links from an image, which stand for many weights, look like weight 0. A `strength` below 1 gives paler colours,
        where something else is written over them.
        """
        if self.layout_ is None:
            return
        groups: dict[int, list[QLineF]] = {}
        for k, (links, weight) in enumerate(zip(self.layout_.links, weights, strict=True)):
            shown = weight[links.source, links.target] * (0 if k == 0 and self.layout_.image else 1)
            for lines, level in zip(links.lines, _levels(shown), strict=True):
                groups.setdefault(level, []).extend(lines)
        for level in sorted(groups, key=abs):
            painter.setPen(_pen(level, strength, theme.current().name, theme.scale()))
            painter.drawLines(groups[level])

    def draw_picture(self, painter: QPainter, box: QRectF, image: QImage) -> None:
        """Paint an image in a box: in squares where each is some pixels wide, else smoothed."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, box.width() < CRISP * image.width())
        painter.drawImage(box, image)

    def draw_input_image(self, painter: QPainter, pixels: Array, low: float, high: float) -> None:
        """Paint the inputs (h, w) as the picture that they are, paper at `low` and ink at `high`."""
        assert self.layout_ is not None
        self.draw_picture(painter, self.layout_.boxes[0][0], table_image(indices(pixels, low, high), ink_table()))


def _levels(weights: Array) -> list[int]:
    """Return −LEVELS … LEVELS for each weight; 0 for one that is no number."""
    size = np.sqrt(np.minimum(np.abs(weights), FULL_WIDTH) * (LEVELS**2 / FULL_WIDTH))
    levels: list[int] = np.rint(np.nan_to_num(np.copysign(size, weights))).astype(int).tolist()
    return levels


@lru_cache(maxsize=8 * LEVELS)
def _pen(level: int, strength: float, _theme: str, scale: float) -> QPen:
    """Return the pen of a level: colour and width by |weight|, negative levels for negative weights."""
    size = FULL_WIDTH * (abs(level) / LEVELS) ** 2
    end = theme.color("negative" if level < 0 else "positive")
    share = min(1.0, (size / FULL_COLOUR) ** 0.6)
    colour = blend(blend(theme.color("strong_border"), theme.color("faint"), 0.5), end, 0.85 * share)
    width = max(1.0, 0.7 + 6.3 * size / FULL_WIDTH)  # at most 1, Qt paints it in half the time
    if strength < 1:
        colour, width = blend(theme.color("panel"), colour, strength), min(width, 2.0)
    pen = QPen(colour, scale * width)
    # pieces of a curve: square ends close the notches of a wide one, and dot a thin one
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if pen.widthF() < 3 else Qt.PenCapStyle.SquareCap)
    return pen
