"""Pictures of the window in files: whole or not at all, and what they can be."""

from pathlib import Path

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImageWriter, QPixmap

from playground.experiment.config.files import write_whole
from playground.language import _
from playground.registry import UserError


def check_format(path: Path) -> None:
    """Refuse a file whose ending says no kind of picture, with those there are."""
    kinds = sorted({bytes(kind.data()).decode() for kind in QImageWriter.supportedImageFormats()})
    if path.suffix.lower().removeprefix(".") not in kinds:
        sentence = _("{file}: the name must end in one of {kinds}.")
        raise UserError(sentence.format(file=path.name, kinds=", ".join(kinds)))


def save_picture(picture: QPixmap, path: Path) -> None:
    """Write a picture; Qt alone would leave a part of it where the disk is full, and not say why.

    Raises
    ------
    UserError
        Where it cannot be written.
    """
    check_format(path)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    if not picture.save(buffer, path.suffix.removeprefix(".").upper()):
        raise UserError(_("{file} cannot be written.").format(file=path))
    write_whole(path, bytes(buffer.data().data()))
