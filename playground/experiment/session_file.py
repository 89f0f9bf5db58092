"""Experiments in files: the JSON of `config`, written whole or not at all."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playground.experiment.config import ConfigError, ExperimentConfig, decode, encode
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
    """Read an experiment.

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
        return SessionFile(decode(text))
    except ConfigError as error:
        raise UserError(_("{file} is not an experiment. {reason}").format(file=path.name, reason=error)) from error


def save(path: Path, config: ExperimentConfig) -> None:
    """Write an experiment; a file that is there already stays whole if that fails.

    Raises
    ------
    UserError
        If it cannot be written.
    """
    write_whole(path, encode(config) + "\n")


def write_whole(path: Path, text: str) -> None:
    """Write a text file whole or not at all; what is no file, such as a terminal or a pipe, is written into.

    Raises
    ------
    UserError
        If it cannot be written.
    """
    try:
        if path.exists() and not path.is_file():  # put in its place, the text would do away with the device
            path.write_text(text, encoding="utf-8")
            return
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        sentence = _("{file} cannot be written: {reason}.")
        raise UserError(sentence.format(file=path, reason=error.strerror or error)) from error
