"""The input image of the network, and over it how much each pixel matters."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPen

from playground.language import _
from playground.ui.canvas.grid_view import Grid, GridView
from playground.ui.canvas.images import colour_image, indices, ink_table, symmetric_limit
from playground.ui.core import theme

STRONGEST, SOFTENED = 0.9, 0.7


class PreparedView(GridView):
    """Pixels (h, w) from 0 to `levels`, and a gradient (h, w) over them if there is one."""

    usual_size = (112, 112)

    def __init__(self) -> None:
        super().__init__("draw_prepared", _("The drawing as the network sees it"))
        self.setMinimumSize(56, 56)
        self.pixels: NDArray[np.uint8] | None = None
        self.gradient: NDArray[np.floating] | None = None
        self.levels = 255
        self.output = ""
        self.explain = self._explain

    def set_pixels(self, pixels: NDArray[np.uint8] | None, levels: int) -> None:
        """Show another image, or none; the gradient, if any, is set later."""
        self.pixels, self.levels = pixels, levels
        if pixels is None or (self.gradient is not None and self.gradient.shape != pixels.shape):
            self.gradient = None
        self.update()

    def set_gradient(self, gradient: NDArray[np.floating] | None, output: str) -> None:
        """Lay the gradient of the output called `output` over the image; None removes it."""
        self.gradient, self.output = gradient, output
        self.update()

    def grid(self) -> Grid:
        height, width = (1, 1) if self.pixels is None else self.pixels.shape
        scale = min((self.width() - 2) / width, (self.height() - 2) / height)
        return Grid(1, 1, scale, scale, width, 0 if self.pixels is None else width * height)

    def _explain(self, index: int) -> str:
        assert self.pixels is not None
        row, column = divmod(index, self.pixels.shape[1])
        text = _("row {row}, column {column}: {value} of {levels}").format(
            row=row + 1, column=column + 1, value=int(self.pixels[row, column]), levels=self.levels
        )
        if self.gradient is None:
            return text
        slope = _("derivative of output {name} with respect to this pixel: {slope}").format(
            name=self.output, slope=f"{float(self.gradient[row, column]) * self.levels:+.2g}".replace("-", "−", 1)
        )
        return f"{text}\n{slope}"

    def draw(self, painter: QPainter) -> None:
        grid = self.grid()
        room = grid.area if grid.count else grid.box(0)
        if self.pixels is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(room, self._image(self.pixels))
        painter.setBrush(theme.color("field") if self.pixels is None else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("strong_border"), 1))
        painter.drawRoundedRect(room, 3, 3)

    def _image(self, pixels: NDArray[np.uint8]) -> QImage:
        ink = ink_table()[indices(pixels.astype(np.float32), 0.0, self.levels)]
        if self.gradient is None:
            return colour_image(ink)
        share = np.nan_to_num(np.abs(self.gradient) / symmetric_limit(self.gradient))
        share = (STRONGEST * share.clip(0, 1) ** SOFTENED)[..., None]
        signs = theme.diverging()
        colour = np.where(self.gradient[..., None] < 0, signs[0], signs[-1])
        return colour_image(np.rint(ink * (1 - share) + colour * share).astype(np.uint8))
