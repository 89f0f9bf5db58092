"""The menu of every picture: copy it, save it in a file, save its numbers."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from playground.language import _
from playground.registry import UserError
from playground.ui.canvas.picture_files import Draw, Table, drawn_image, save_drawing, save_table
from playground.ui.core import plain_text


class PictureMenu(QMenu):
    """What can be done with the picture in a widget.

    Parameters
    ----------
    view
        The widget; its accessible name is what the picture is called.
    draw
        Paints the picture on a painter, as large as the widget.
    table
        The numbers in it, where it has any.
    """

    def __init__(self, view: QWidget, draw: Draw, table: Callable[[], Table] | None = None) -> None:
        super().__init__(view)
        self._view, self._draw, self._table = view, draw, table
        entries = [
            ("chart_copy_picture", _("Copy picture"), self._copy),
            ("chart_save_picture", _("Save picture as…"), self._save_picture),
        ]
        if table is not None:
            entries.append(("chart_save_data", _("Save data as CSV…"), self._save_data))
        for name, text, do in entries:
            self.addAction(text, do).setObjectName(name)

    def show_at(self, place: QPoint) -> None:
        """Open it at a position on the screen; it is deleted once it closes."""
        self.aboutToHide.connect(self.deleteLater)
        self.popup(place)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setImage(drawn_image(self._view.size(), self._draw))

    def _save_picture(self) -> None:
        kinds = (_("PNG picture (*.png)"), _("SVG drawing (*.svg)"), _("PDF page (*.pdf)"))
        path = self._ask(_("Save picture"), kinds)
        if path is not None:
            self._write(_("This picture could not be saved"), lambda: save_drawing(self._view.size(), self._draw, path))

    def _save_data(self) -> None:
        path = self._ask(_("Save data"), (_("Table (*.csv)"),))
        table = self._table
        if path is not None and table is not None:
            self._write(_("These data could not be saved"), lambda: save_table(table(), path))

    def _ask(self, title: str, kinds: tuple[str, ...]) -> Path | None:
        """Return the file that the user names; without an ending it gets that of the kind chosen."""
        name = "".join(letter if letter.isalnum() or letter in "-_ " else "-" for letter in self._view.accessibleName())
        chosen, kind = QFileDialog.getSaveFileName(self._view.window(), title, name, ";;".join(kinds))
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_suffix((kind or kinds[0]).split("*")[-1].rstrip(")"))

    def _write(self, headline: str, write: Callable[[], None]) -> None:
        try:
            write()
        except UserError as error:
            plain_text.message_box(self._view.window(), headline, str(error)).open()
