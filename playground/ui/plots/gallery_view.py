"""A page of images, each with what the network takes it for and what it is; the wrong ones stand out."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPen, QPixmap, QResizeEvent

from playground.ui import theme
from playground.ui.plots.images import CRISP, best_columns, indices, ink_table, table_image
from playground.ui.plots.painted_view import PaintedView, elide

CAPTION = 18
GAP = 8


class GalleryView(PaintedView):
    """Images in rows: `set_images` once a page, `set_captions` each frame."""

    def __init__(self) -> None:
        super().__init__("gallery_view")
        self.setMinimumSize(160, 120)
        self.captions: tuple[str, ...] = ()
        self.details: tuple[str, ...] = ()
        self.wrong: tuple[bool, ...] = ()
        self._places: list[NDArray[np.uint8]] = []
        self._images: list[QImage] = []
        self._boxes: list[QRectF] = []
        self._pixels: QPixmap | None = None

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(560, 280)

    @property
    def count(self) -> int:
        """How many images the page shows."""
        return len(self._places)

    def set_images(self, images: NDArray[np.generic], largest: float) -> None:
        """Show `images` (n, h, w), ink from 0 to `largest`; captions are to follow."""
        self._places = [indices(image, 0.0, largest) for image in images.astype(np.float32)]
        self.captions = self.details = ("",) * len(images)
        self.wrong = (False,) * len(images)
        self.restyle()
        self.update()

    def set_captions(self, captions: tuple[str, ...], details: tuple[str, ...], wrong: tuple[bool, ...]) -> None:
        """Write `captions` under the images; `details` show at the mouse; the `wrong` ones are framed red."""
        if (captions, details, wrong) != (self.captions, self.details, self.wrong):
            self.captions, self.details, self.wrong = captions, details, wrong
            self.update()

    def restyle(self) -> None:
        """Paint the images in ink on paper, in the colours of the theme."""
        self._boxes, self._pixels = [], None
        table = ink_table()
        self._images = [table_image(places, table) for places in self._places]

    def box(self, index: int) -> QRectF:
        """Return where an image is, in pixels, without its caption."""
        if not self._boxes:
            self._boxes = self._place_boxes()
        return self._boxes[index]

    def _place_boxes(self) -> list[QRectF]:
        """Lay the images out as large as they fit."""
        caption = theme.px(CAPTION)
        columns = best_columns(self.count, self.width(), self.height(), 1.0, 1.3)
        rows = math.ceil(self.count / columns)
        side = min((self.width() - 4) / columns - GAP, (self.height() - 4) / rows - GAP - caption, theme.px(110))
        places = [divmod(index, columns) for index in range(self.count)]
        return [QRectF(2 + c * (side + GAP), 2 + r * (side + GAP + caption), side, side) for r, c in places]

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Lay the images out anew."""
        self._boxes, self._pixels = [], None

    def image_at(self, place: QPointF) -> int | None:
        """Return the number of the image at a place in pixels."""
        caption = theme.px(CAPTION)
        boxes = (self.box(k).adjusted(0, 0, 0, caption) for k in range(self.count))
        return next((k for k, box in enumerate(boxes) if box.contains(place)), None)

    def describe(self, place: QPointF) -> str:
        """Return the details of the image under the mouse."""
        found = self.image_at(place)
        return self.details[found] if found is not None else ""

    def draw(self, painter: QPainter) -> None:
        """Paint the images, which stay, then frames and captions."""
        painter.drawPixmap(0, 0, self._page())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for k in range(self.count):
            box, bad = self.box(k), self.wrong[k]
            painter.setPen(QPen(theme.color("bad" if bad else "border"), 2 if bad else 1))
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(theme.color("bad" if bad else "muted"))
            painter.setFont(theme.font(11, QFont.Weight.DemiBold if bad else QFont.Weight.Normal))
            room = QRectF(box.left() - GAP / 2, box.bottom() + 1, box.width() + GAP, theme.px(CAPTION) - 2)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, elide(painter, self.captions[k], room.width()))

    def _page(self) -> QPixmap:
        """Return the images of the page, scaled once."""
        ratio = self.devicePixelRatioF()
        if self._pixels is None or self._pixels.devicePixelRatio() != ratio:
            self._pixels = QPixmap(self.size() * ratio)
            self._pixels.setDevicePixelRatio(ratio)
            self._pixels.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._pixels)
            for k, image in enumerate(self._images):
                smooth = self.box(k).width() < CRISP * image.width()
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
                painter.drawImage(self.box(k), image)
            painter.end()
        return self._pixels
