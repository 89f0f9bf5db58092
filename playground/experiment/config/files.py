"""Experiments in files: the JSON of `config`, written whole or not at all."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playground.experiment.config.schema import ConfigError, ExperimentConfig, decode, encode
from playground.experiment.config.tables import found_beside, written_beside
from playground.language import _
from playground.registry import UserError, shown
from playground.writing import replace_file

SUFFIX = ".json"

LARGEST_BYTES = 64 * 2**20
"""A file larger than this is no experiment."""

LONGEST_PATH = 200
"""Letters of a path in a sentence."""


def load(path: Path) -> ExperimentConfig:
    """Return the experiment of a file; a table in it is searched beside the file, see `found_beside`.

    Raises
    ------
    UserError
        If the file cannot be read, or is not an experiment; the sentence names the file, and the field.
    """
    text = _read(path)
    if len(text) > LARGEST_BYTES:
        raise UserError(_("{file} is too large to be an experiment.").format(file=shown(path.name)))
    try:
        return found_beside(decode(text), path.parent)
    except ConfigError as error:
        raise UserError(
            _("{file} is not an experiment. {reason}").format(file=shown(path.name), reason=error)
        ) from error


def read_text(path: Path) -> str:
    """Return the text of a file in UTF-8.

    Raises
    ------
    UserError
        If it cannot be read, or is no text.
    """
    raw = _read(path)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeError as error:
        raise UserError(_("{file} is not a text in UTF-8.").format(file=shown(path, LONGEST_PATH))) from error


def _read(path: Path) -> bytes:
    """Return a file's content, cut after more than `LARGEST_BYTES`; refuse what is no file."""
    with _refusing(path, _("{file} cannot be read: {reason}.")):
        if path.is_dir():
            raise UserError(_("{path} is a folder, not a file.").format(path=shown(path, LONGEST_PATH)))
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for, for ever
            raise UserError(_("{file} is not a file that can be opened.").format(file=shown(path, LONGEST_PATH)))
        with path.open("rb") as file:
            return file.read(LARGEST_BYTES + 1)


def save(path: Path, config: ExperimentConfig) -> None:
    """Write an experiment; a file that is there already stays whole if that fails.

    A table beside the file is written by its relative path, so that both can be handed on together.

    Raises
    ------
    UserError
        If it cannot be written.
    """
    write_whole(path, encode(written_beside(config, path.parent)) + "\n")


def check_writable(path: Path) -> None:
    """Refuse a file that could not be written later on, before the work is done that it is for.

    Raises
    ------
    UserError
        If it is a folder or write-protected, its folder is not there, or neither can be written.
    """
    place, name = _place(path), shown(path, LONGEST_PATH)
    if place.is_dir():
        raise UserError(_("{path} is a folder, not a file.").format(path=name))
    if place.exists():
        if not os.access(place, os.W_OK):
            raise UserError(_("{file} is write-protected: choose another file.").format(file=name))
        return
    folder = shown(place.parent, LONGEST_PATH)
    if not place.parent.is_dir():
        raise UserError(_("There is no folder {folder} to write to.").format(folder=folder))
    if not os.access(place.parent, os.W_OK):
        raise UserError(_("The folder {folder} cannot be written to: choose another one.").format(folder=folder))


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all; what is no file, such as a terminal or a pipe, is written into.

    A text is written in UTF-8, its ends of lines as they are on every system. A file in a folder that takes no new ones
    is overwritten.

    Raises
    ------
    UserError
        If it cannot be written.
    """
    raw = content.encode("utf-8", "replace") if isinstance(content, str) else content
    check_writable(path)
    place = _place(path)
    with _refusing(path, _("{file} cannot be written: {reason}.")):
        is_device = place.exists() and not place.is_file()  # a file put in its place would do away with it
        if is_device or not os.access(place.parent, os.W_OK):
            place.write_bytes(raw)
        else:
            replace_file(place, raw)


@contextmanager
def _refusing(path: Path, sentence: str) -> Iterator[None]:
    """Raise `UserError` with the sentence where the system refuses, or the path cannot be one."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        reason = _("its links lead in a circle") if isinstance(error, RuntimeError) else error
        reason = getattr(error, "strerror", None) or reason
        raise UserError(sentence.format(file=shown(path, LONGEST_PATH), reason=reason)) from error


def _place(path: Path) -> Path:
    """Return where a link leads to: that, not the link, is what is written; refuse links that lead in a circle."""
    with _refusing(path, _("{file} cannot be written: {reason}.")):
        if path.exists() and not path.is_file():  # /dev/stdout leads to a pipe that has no path
            return path
        place = path.resolve()
        with suppress(FileNotFoundError, NotADirectoryError):
            place.stat()
    return place
