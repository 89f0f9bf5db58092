"""Experiments in files: the JSON of `config`, written whole or not at all."""

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from playground.experiment.config import ConfigError, ExperimentConfig, decode, encode
from playground.experiment.tables import found_beside, written_beside
from playground.language import _
from playground.registry import UserError

SUFFIX = ".json"

LARGEST_BYTES = 64 * 2**20
"""A file larger than this is no experiment."""


@dataclass(frozen=True)
class SessionFile:
    """What a file holds."""

    config: ExperimentConfig


def load(path: Path) -> SessionFile:
    """Read an experiment; the path of a table in it is looked for beside the file, see `found_beside`.

    Raises
    ------
    UserError
        If the file cannot be read, or is not an experiment; the sentence names the file, and the field.
    """
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise UserError(_("{file} is too large to be an experiment.").format(file=path.name))
        text = path.read_bytes()
    except OSError as error:
        sentence = _("{file} cannot be read: {reason}.")
        raise UserError(sentence.format(file=path, reason=error.strerror or error)) from error
    try:
        return SessionFile(found_beside(decode(text), path.parent))
    except ConfigError as error:
        raise UserError(_("{file} is not an experiment. {reason}").format(file=path.name, reason=error)) from error


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
        If it is a folder, its folder is not there, or neither can be written.
    """
    if path.is_dir():
        raise UserError(_("{path} is a folder, not a file.").format(path=path))
    if not path.parent.is_dir():
        raise UserError(_("There is no folder {folder} to write to.").format(folder=path.parent))
    if not os.access(path if path.exists() and not path.is_file() else path.parent, os.W_OK):
        raise UserError(_("The folder {folder} cannot be written to: choose another one.").format(folder=path.parent))


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all; what is no file, such as a terminal or a pipe, is written into.

    A text is written in UTF-8, its ends of lines as they are on every system.

    Raises
    ------
    UserError
        If it cannot be written.
    """
    raw = content.encode("utf-8", "replace") if isinstance(content, str) else content
    try:
        if path.exists() and not path.is_file():  # put in its place, the text would do away with the device
            path.write_bytes(raw)
            return
        place = path.resolve()  # where a link leads to, not the link, is what is put in its place
        temporary = place.with_name(f".playground-{secrets.token_hex(6)}")
        try:
            with temporary.open("xb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            if place.exists():
                shutil.copymode(place, temporary)
            temporary.replace(place)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        sentence = _("{file} cannot be written: {reason}.")
        raise UserError(sentence.format(file=path, reason=error.strerror or error)) from error
