"""Pictures and tables in files, whole or not at all, which file that is, and the menu that saves them."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QEvent, QIODevice, QMarginsF, QPoint, QRect, QSize, QSizeF
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPageSize, QPainter, QPdfWriter, QPixmap
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from playground.experiment.config.files import write_whole
from playground.language import _
from playground.registry import UserError, shown
from playground.ui.canvas.legend import Draw, Entries, with_legend
from playground.ui.core import plain_text, theme

Table = tuple[Sequence[str], Iterable[Sequence[object]]]
"""The names of the columns, and the rows."""

VECTOR = ("svg", "pdf")
PIXELS = ("bmp", "jpeg", "jpg", "png", "ppm", "tif", "tiff", "webp")
"""What keeps size and colours; Qt also writes icons, of 256 pixels at most."""

DENSITY = 2
"""Pixels of a saved or copied picture for each of the screen's."""

PER_INCH = 96


def file_name(text: str) -> str:
    """Return a name for a file, without the letters that some system does not take."""
    return "".join(letter if letter.isalnum() or letter in "-_ " else "-" for letter in text)[:100]


def ask_where_to_save(window: QWidget, title: str, proposed: str, *kinds: str) -> Path | None:
    """Return the file that the user names, None for none; without an ending it gets that of the kind chosen.

    Where it is there already, the user is asked: by a box of our own, for Qt's takes the name for rich text, and asks
    before there is an ending.
    """
    no_question = QFileDialog.Option.DontConfirmOverwrite
    chosen, kind = QFileDialog.getSaveFileName(window, title, proposed, ";;".join(kinds), options=no_question)
    ending = re.search(r"\.\w+", kind or kinds[0])
    if not chosen or ending is None:
        return None
    path = Path(chosen)
    path = path if path.suffix else path.with_suffix(ending[0])
    if path.is_file():
        headline = _("There is a file {file} already").format(file=shown(path.name))
        if not plain_text.is_confirmed(window, headline, _("If you replace it, what is in it is lost."), _("Replace")):
            return None
    return path


def check_format(path: Path, more: Sequence[str] = ()) -> None:
    """Refuse a file whose ending says no kind of picture, with those there are, and `more`.

    Raises
    ------
    UserError
        Where that is so.
    """
    written = {bytes(kind.data()).decode() for kind in QImageWriter.supportedImageFormats()}
    kinds = sorted(written.intersection(PIXELS).union(more))
    if path.suffix.lower().removeprefix(".") not in kinds:
        sentence = _("{file}: the name must end in one of {kinds}.")
        raise UserError(sentence.format(file=path.name, kinds=", ".join(kinds)))


@contextmanager
def whole_file(path: Path) -> Iterator[QBuffer]:
    """Give a device to write to, and write a file of what is in it in the end: all of it or nothing.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    yield buffer
    write_whole(path, bytes(buffer.data().data()))


def save_picture(picture: QPixmap | QImage, path: Path) -> None:
    """Write a picture of pixels; Qt alone would leave a part of it where the disk is full, and not say why.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    check_format(path)
    with whole_file(path) as device:
        if not picture.save(device, path.suffix.removeprefix(".").upper()):  # type: ignore[call-overload]
            raise UserError(_("{file} cannot be written.").format(file=path))


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
    with whole_file(path) as buffer:
        device: QSvgGenerator | QPdfWriter
        if kind == "svg":
            device = QSvgGenerator()
            device.setOutputDevice(buffer)
            device.setSize(size)
            device.setViewBox(QRect(QPoint(), size))
        else:
            device = QPdfWriter(buffer)
            device.setPageSize(QPageSize(QSizeF(size) / PER_INCH, QPageSize.Unit.Inch))
            device.setPageMargins(QMarginsF())
        device.setResolution(PER_INCH)
        with QPainter(device) as painter:
            painter.fillRect(0, 0, size.width(), size.height(), theme.color("panel"))
            draw(painter)


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
    """Write columns of numbers as CSV; with a byte-order mark where it is not ASCII, for Excel takes it for GBK else.

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
    mark = "" if text.getvalue().isascii() else "\N{BYTE ORDER MARK}"
    write_whole(path, mark + text.getvalue())


class PictureMenu(QMenu):
    """What can be done with the picture in a widget, whose accessible name is its name.

    `draw` paints it, as large as the widget; `table` returns the numbers in it, where it has any; `legend` says what
    its colours mean.
    """

    def __init__(
        self, view: QWidget, draw: Draw, table: Callable[[], Table] | None = None, legend: Entries = ()
    ) -> None:
        super().__init__(view)
        self._view, self._table = view, table
        self._picture = with_legend(view.accessibleName(), legend, view.size(), draw)
        entries = [
            ("chart_copy_picture", _("Copy picture"), self._copy),
            ("chart_save_picture", _("Save picture as…"), self._save_picture),
        ]
        if table is not None:
            entries.append(("chart_save_data", _("Save data as CSV…"), self._save_data))
        for name, text, do in entries:
            self.addAction(text, do).setObjectName(name)

    def show_at(self, place: QPoint) -> None:
        """Open it at a place on the screen; it is gone once it closes. The mouse is on it then, and not on the view."""
        QCoreApplication.sendEvent(self._view, QEvent(QEvent.Type.Leave))
        self.aboutToHide.connect(self.deleteLater)
        self.popup(place)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setImage(drawn_image(*self._picture))

    def _save_picture(self) -> None:
        kinds = (_("PNG picture (*.png)"), _("SVG drawing (*.svg)"), _("PDF page (*.pdf)"))
        path = self._ask(_("Save picture"), *kinds)
        if path is not None:
            failed, done = _("This picture could not be saved"), _("Saved the picture to {file}.")
            self._write(failed, lambda: save_drawing(*self._picture, path), done.format(file=path.name))

    def _save_data(self) -> None:
        path = self._ask(_("Save data"), _("Table (*.csv)"))
        table = self._table
        if path is not None and table is not None:
            failed, done = _("These data could not be saved"), _("Saved the data to {file}.")
            self._write(failed, lambda: save_table(table(), path), done.format(file=path.name))

    def _ask(self, title: str, *kinds: str) -> Path | None:
        return ask_where_to_save(self._view.window(), title, file_name(self._view.accessibleName()), *kinds)

    def _write(self, headline: str, write: Callable[[], None], done: str) -> None:
        with plain_text.refusals_told(self._view.window(), headline):
            write()
            plain_text.say(self._view, done)
