"""Pictures and tables in files: whole or not at all."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPoint, QRect, QSize, QSizeF
from PySide6.QtGui import QImage, QImageWriter, QPageSize, QPainter, QPdfWriter, QPixmap
from PySide6.QtSvg import QSvgGenerator

from playground.experiment.config.files import write_whole
from playground.language import _
from playground.registry import UserError
from playground.ui.core import theme

Draw = Callable[[QPainter], None]
Table = tuple[Sequence[str], Iterable[Sequence[object]]]
"""The names of the columns, and the rows."""

VECTOR = ("svg", "pdf")
DENSITY = 2
"""Pixels of a saved or copied picture for each of the screen's."""

PER_INCH = 96


def check_format(path: Path, more: Sequence[str] = ()) -> None:
    """Refuse a file whose ending says no kind of picture, with those there are, and `more`.

    Raises
    ------
    UserError
        Where that is so.
    """
    kinds = sorted({bytes(kind.data()).decode() for kind in QImageWriter.supportedImageFormats()} | set(more))
    if path.suffix.lower().removeprefix(".") not in kinds:
        sentence = _("{file}: the name must end in one of {kinds}.")
        raise UserError(sentence.format(file=path.name, kinds=", ".join(kinds)))


def save_picture(picture: QPixmap | QImage, path: Path) -> None:
    """Write a picture of pixels; Qt alone would leave a part of it where the disk is full, and not say why.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    check_format(path)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not picture.save(buffer, path.suffix.removeprefix(".").upper()):  # type: ignore[call-overload]
        raise UserError(_("{file} cannot be written.").format(file=path))
    write_whole(path, bytes(buffer.data().data()))


def save_drawing(size: QSize, draw: Draw, path: Path) -> None:
    """Write what `draw` paints on `size` pixels: as SVG or PDF in lines and letters, else in pixels.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in VECTOR:
        check_format(path, VECTOR)
        save_picture(drawn_image(size, draw), path)
        return
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    device: QSvgGenerator | QPdfWriter
    if kind == "svg":
        device = QSvgGenerator()
        device.setOutputDevice(buffer)
        device.setSize(size)
        device.setViewBox(QRect(QPoint(), size))
        device.setResolution(PER_INCH)
    else:
        device = QPdfWriter(buffer)
        device.setResolution(PER_INCH)
        device.setPageSize(QPageSize(QSizeF(size) / PER_INCH, QPageSize.Unit.Inch))
        device.setPageMargins(QMarginsF())
    with QPainter(device) as painter:
        painter.fillRect(0, 0, size.width(), size.height(), theme.color("panel"))
        draw(painter)
    write_whole(path, bytes(buffer.data().data()))


def drawn_image(size: QSize, draw: Draw) -> QImage:
    """Return what `draw` paints on `size` pixels, with `DENSITY` times as many."""
    image = QImage(size * DENSITY, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(DENSITY)
    image.fill(theme.color("panel"))
    with QPainter(image) as painter:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        draw(painter)
    return image


def save_table(table: Table, path: Path) -> None:
    """Write columns of numbers as CSV.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    names, rows = table
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    write_whole(path, text.getvalue())
