"""A page of images, each with what the network takes it for and what it is; the wrong ones stand out."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QImage, QKeyEvent, QMouseEvent, QPainter, QPen, QPixmap, QResizeEvent

from playground.ui.canvas.images import CRISP, best_columns, indices, ink_table, table_image
from playground.ui.canvas.painted_view import PaintedView, elide
from playground.ui.core import theme

CAPTION = 18
GAP = 8
OVERHANG = 3  # of a caption at either side
WORDY, CAPTION_WIDTH = 1.7, 92
"""How much wider than high the room of an image with a long caption is, and the most pixels that such a one gets."""


class GalleryView(PaintedView):
    """Images in rows: `set_images` once a page, `set_captions` each frame.

    Signals
    -------
    chosen(index)
        An image was clicked, or reached with the arrow keys; counted from 0 on its page.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__("gallery_view")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.current: int | None = None
        self.setMinimumSize(160, 120)
        self.captions: tuple[str, ...] = ()
        self.details: tuple[str, ...] = ()
        self.wrong: tuple[bool, ...] = ()
        self._wordy = False
        self._places: list[NDArray[np.uint8]] = []
        self._images: list[QImage] = []
        self._boxes: list[QRectF] = []
        self._caption_width = 0.0
        self._pixels: QPixmap | None = None

    def sizeHint(self) -> QSize:
        return QSize(560, 280)

    @property
    def count(self) -> int:
        return len(self._places)

    def set_images(self, images: NDArray[np.generic], largest: float, *, wordy: bool = False) -> None:
        """Show `images` (n, h, w), ink from 0 to `largest`; captions are to follow, which need room if `wordy`."""
        self._wordy = wordy
        self._places = [indices(image, 0.0, largest) for image in images.astype(np.float32)]
        self.captions = self.details = ("",) * len(images)
        self.wrong = (False,) * len(images)
        self.apply_theme()
        self.update()

    def set_captions(self, captions: tuple[str, ...], details: tuple[str, ...], wrong: tuple[bool, ...]) -> None:
        """Write `captions` under the images; `details` show at the mouse; the `wrong` ones are framed red."""
        if (captions, details, wrong) != (self.captions, self.details, self.wrong):
            self.captions, self.details, self.wrong = captions, details, wrong
            self.update()

    def set_current(self, index: int | None) -> None:
        """Mark an image, None for no image."""
        if index != self.current:
            self.current = index
            self.update()

    def apply_theme(self) -> None:
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
        caption = theme.px(CAPTION)
        columns = best_columns(self.count, self.width(), self.height(), WORDY if self._wordy else 1.0, 1.3)
        rows = math.ceil(self.count / columns)
        side = min((self.width() - 4) / columns - GAP, (self.height() - 4) / rows - GAP - caption, theme.px(110))
        pitch = side + GAP
        if self._wordy:
            pitch = max(pitch, min((self.width() - 4) / columns, theme.px(CAPTION_WIDTH)))
        self._caption_width = pitch
        left = 2 + (pitch - GAP - side) / 2
        places = [divmod(index, columns) for index in range(self.count)]
        return [QRectF(left + c * pitch, 2 + r * (side + GAP + caption), side, side) for r, c in places]

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._boxes, self._pixels = [], None

    def image_at(self, place: QPointF) -> int | None:
        """Return the number of the image at a place in pixels."""
        caption = theme.px(CAPTION)
        boxes = (self.box(k).adjusted(0, 0, 0, caption) for k in range(self.count))
        return next((k for k, box in enumerate(boxes) if box.contains(place)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.image_at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns = sum(self.box(k).top() == self.box(0).top() for k in range(self.count))
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns}
        by = moves.get(Qt.Key(event.key()))
        if by is None or not self.count:
            super().keyPressEvent(event)
            return
        target = 0 if self.current is None else self.current + by
        if 0 <= target < self.count:
            self.chosen.emit(target)

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
            if k == self.current:
                painter.setPen(QPen(theme.color("accent"), 2))
                painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 5, 5)
            painter.setPen(theme.color("bad" if bad else "muted"))
            painter.setFont(theme.font(11, QFont.Weight.DemiBold if bad else QFont.Weight.Normal))
            left = box.center().x() - self._caption_width / 2
            room = QRectF(left, box.bottom() + 1, self._caption_width, theme.px(CAPTION) - 2)
            room.adjust(-OVERHANG, 0, OVERHANG, 0)  # its neighbours are seldom as wide
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, elide(painter, self.captions[k], room.width()))

    def _page(self) -> QPixmap:
        """Return the images of the page, scaled once."""
        self._pixels = self.kept(self._pixels, self._draw_images)
        return self._pixels

    def _draw_images(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for k, image in enumerate(self._images):
            smooth = self.box(k).width() < CRISP * image.width()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(self.box(k), image)
