"""A page of images, each with its prediction and its true class; the wrong ones stand out."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from playground.language import _
from playground.ui.canvas.grid_view import Grid, GridView
from playground.ui.canvas.images import CRISP, best_columns, indices, ink_table, table_image
from playground.ui.canvas.painted_view import elide
from playground.ui.core import theme

CAPTION = 18
GAP = 8
OVERHANG = 3  # of a caption at either side
LARGEST_SIDE = 110
WORDY, CAPTION_WIDTH = 1.7, 92
"""How much wider than high the room of an image with a long caption is, and the most pixels that such a one gets."""


class GalleryView(GridView):
    """Images in rows: `set_images` once a page, `set_captions` each frame."""

    is_list = True

    def __init__(self) -> None:
        super().__init__("gallery_view", _("Images with the predictions of the network"), selectable=True)
        self.captions: tuple[str, ...] = ()
        self.details: tuple[str, ...] = ()
        self.wrong: tuple[bool, ...] = ()
        self.explain = lambda index: self.details[index]
        self._is_wordy = False
        self._images: NDArray[np.uint8] = np.empty((0, 1, 1), np.uint8)

    @property
    def count(self) -> int:
        return len(self._images)

    def set_images(self, images: NDArray[np.generic], largest: float, *, wordy: bool = False) -> None:
        """Show `images` (n, h, w), ink from 0 to `largest`; captions are set later, which need room if `wordy`."""
        self._images, self._is_wordy = indices(images.astype(np.float32), 0.0, largest), wordy
        self.set_captions(("",) * len(images), ("",) * len(images), (False,) * len(images))

    def set_captions(self, captions: tuple[str, ...], details: tuple[str, ...], wrong: tuple[bool, ...]) -> None:
        """Write `captions` under the images; `details` show at the mouse; the `wrong` ones are framed red."""
        self.captions, self.details, self.wrong = captions, details, wrong
        self.update()

    def _side(self, columns: int) -> float:
        rows = max(1, -(-self.count // columns))
        high = (self.height() - 4) / rows - GAP - theme.px(CAPTION)
        return max(1.0, min((self.width() - 4) / columns - GAP, high, theme.px(LARGEST_SIDE)))

    def grid(self) -> Grid:
        columns = best_columns(self.count, self.width(), self.height(), WORDY if self._is_wordy else 1.0, 1.3)
        side = self._side(columns)
        pitch = side + GAP
        if self._is_wordy:
            pitch = max(pitch, min((self.width() - 4) / columns, theme.px(CAPTION_WIDTH)))
        return Grid(2, 2, pitch, side + GAP + theme.px(CAPTION), columns, self.count)

    def draw(self, painter: QPainter) -> None:
        if not self.count:
            return
        _count, height, width = self._images.shape
        grid = self.grid()
        side = self._side(grid.columns)
        strip = table_image(self._images.reshape(-1, width), ink_table())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, side < CRISP * width)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for k, (caption, bad) in enumerate(zip(self.captions, self.wrong, strict=True)):
            cell = grid.box(k)
            box = QRectF(cell.center().x() - (GAP + side) / 2, cell.top(), side, side)
            painter.drawImage(box, strip.copy(0, k * height, width, height))  # of a part SVG would show the whole
            painter.setPen(QPen(theme.color("bad" if bad else "border"), 2 if bad else 1))
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(theme.color("bad" if bad else "muted"))
            painter.setFont(theme.font(11, QFont.Weight.DemiBold if bad else QFont.Weight.Normal))
            room = QRectF(cell.left() - GAP / 2, box.bottom() + 1, cell.width(), theme.px(CAPTION) - 2)
            room.adjust(-OVERHANG, 0, OVERHANG, 0)  # its neighbours are seldom as wide
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, elide(painter, caption, room.width()))
