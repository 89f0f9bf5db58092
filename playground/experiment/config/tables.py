"""Tables of one's own as experiments: opened by their file, and found beside the experiment's file."""

import json
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from types import MappingProxyType

from playground.experiment.config import opening, raw_edits
from playground.experiment.config.choices import DataChoice
from playground.experiment.config.schema import ExperimentConfig, replace
from playground.experiment.config.traits import TABLE, remember, traits_of_dataset

SUFFIXES = (".csv", ".tsv", ".tab", ".txt", ".data", ".dat", ".test", ".train")
"""What files of tables are called; a file of another name is looked into."""

_HEAD_BYTES = 4096


def is_table(path: Path) -> bool:
    """Return whether a file is to be read as a table rather than as an experiment: by its name, else by its beginning.

    What begins with a brace is an experiment, whatever it is called, and so is a file that cannot be read as text.
    """
    if path.suffix.lower() == ".json" or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            raw = file.read(_HEAD_BYTES)
    except OSError:
        return path.suffix.lower() in SUFFIXES
    begin = raw.decode(json.detect_encoding(raw), "replace").lstrip()
    if begin.startswith("{"):
        return False
    return path.suffix.lower() in SUFFIXES or re.search(r"[,;\t|]", begin) is not None


def is_there(path: str) -> bool:
    """Return whether there is a file of this path."""
    try:
        return Path(path).expanduser().is_file()
    except (OSError, ValueError, RuntimeError):
        return False


def opened(path: Path, changes: Mapping[str, object] = MappingProxyType({})) -> ExperimentConfig:
    """Return the experiment that suits the table of a file; reading it may take seconds.

    `changes` say how it is to be read, as `raw_edits.with_values` takes them: ``{"data.target": "price"}``.

    Raises
    ------
    UserError
        Where the file cannot be read as a table, or cannot be learnt from.
    """
    table = DataChoice(TABLE, path=str(path.absolute()))
    data = raw_edits.with_values(ExperimentConfig(data=table), changes).data
    remember(data, traits_of_dataset(data.entry.make(data.options(), 0)))
    return opening.opened(data)


def found_beside(config: ExperimentConfig, folder: Path) -> ExperimentConfig:
    """Return the experiment of a file in `folder` with the path of its table as it is on this machine.

    A relative path is searched in the folder first, then in the working directory. Where there is no such file, one
    of the same name in the folder is used; where there is none either, the path leads into the folder, so that the
    sentence about it names that.
    """
    if config.data.name != TABLE:
        return config
    written = config.data["path"]
    name = (PureWindowsPath if "\\" in written else PurePosixPath)(written).name
    try:
        path = Path(written).expanduser()
        candidates = [path] if path.is_absolute() else [folder / path, Path.cwd() / path]
        candidates.append(folder / name)
        found = next((one for one in candidates if one.exists()), candidates[0])
    except (OSError, ValueError, RuntimeError):  # a zero byte, no home: the loader says so
        return config
    return _with_path(config, str(found.absolute()))


def written_beside(config: ExperimentConfig, folder: Path) -> ExperimentConfig:
    """Return the experiment as it is written to a file in `folder`: a table in it or below by its relative path.

    So both can be passed on together. The sign between folders is “/” on every system.
    """
    if config.data.name != TABLE:
        return config
    try:
        path = Path(config.data["path"]).expanduser().absolute()
        beside = path.relative_to(folder.absolute())
    except (ValueError, RuntimeError):
        return config
    return _with_path(config, beside.as_posix())


def _with_path(config: ExperimentConfig, path: str) -> ExperimentConfig:
    return config if path == config.data["path"] else replace(config, data=config.data.with_options(path=path))
