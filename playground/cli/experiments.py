"""Which experiment a command is about: a ready-made one or a file, with the fields changed by ``--set``."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import msgspec

from playground.experiment.config import files, raw_edits, tables
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig
from playground.language import _
from playground.registry import UserError, quoted, shown
from playground.suggestions import did_you_mean

_LONGEST_CHANGE = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the experiment, and ``--set`` for its fields, to a command's parser."""
    parser.add_argument(
        "experiment", metavar=_("ID|FILE"), help=_("a ready-made experiment, an experiment's file, or a table")
    )
    parser.add_argument(
        "--set",
        metavar=_("PATH=VALUE"),
        action="append",
        default=[],
        dest="changes",
        help=_("change a field, such as training.learning_rate=0.5; the value is JSON or a plain word"),
    )


def asked(arguments: argparse.Namespace) -> ExperimentConfig:
    """Return the experiment that a command's arguments ask for."""
    return changed(find(arguments.experiment, arguments.changes), arguments.changes)


def find(name: str, changes: Sequence[str] = ()) -> ExperimentConfig:
    """Return a ready-made experiment by its id, the one that a file holds, or the one that suits a table.

    A table is read as `changes`, each given as ``path=value``, ask for; nothing else is changed.

    Raises
    ------
    UserError
        If there is neither, or the file is neither an experiment nor a table to learn from.
    """
    if name in PRESETS:
        return PRESETS[name].config
    if (file := table(name)) is not None:
        about_it = [change for change in changes if change.removeprefix("$.").startswith("data.")]
        return tables.opened(file, _values(about_it))
    if Path(name).exists():
        return files.load(Path(name))
    hint = did_you_mean(name, PRESETS).strip() or _("playground list shows what there is.")
    raise UserError(_("There is no experiment and no file called {name}. {hint}").format(name=shown(name), hint=hint))


def table(name: str) -> Path | None:
    """Return the file of a table that is called so, None where that is something else."""
    return Path(name) if name not in PRESETS and tables.is_table(Path(name)) else None


def changed(config: ExperimentConfig, changes: Sequence[str]) -> ExperimentConfig:
    """Return the experiment with some fields changed, each given as ``path=value``.

    Raises
    ------
    ConfigError
        If there is no such field, or it cannot have that value.
    """
    return raw_edits.with_values(config, _values(changes))


def _values(changes: Sequence[str]) -> dict[str, object]:
    """Return the value that each path is to have."""
    values: dict[str, object] = {}
    for change in changes:
        path, equals, value = change.partition("=")
        if not equals or not raw_edits.keys_of(path):
            raise UserError(_("--set needs PATH=VALUE, not {change}.").format(change=quoted(change)))
        values[path] = _value(value, change)
    return values


def _value(text: str, change: str) -> object:
    """Return the value that a text is as JSON, or else the text itself; half an object or a list is refused."""
    try:
        return msgspec.json.decode(text)
    except UnicodeError as error:
        sentence = _("--set {change}: this is not UTF-8 text.")
        raise UserError(sentence.format(change=shown(change))) from error
    except (msgspec.DecodeError, RecursionError) as error:
        if text.startswith(("{", "[")):
            sentence = _("--set {change}: this is not JSON: {error}.")
            raise UserError(sentence.format(change=shown(change, _LONGEST_CHANGE), error=error)) from error
        return text
