"""Every setting of the user that is not part of the experiment, kept in one ini file.

A value that makes no sense (an older version's, or one edited by hand) counts as not being there. All is
written as plain text: Qt's own binary forms complain aloud when they are damaged.
"""

from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

import msgspec
from PySide6.QtCore import QSettings

from playground import paths
from playground.language import LANGUAGES, _
from playground.registry import shown
from playground.runtime.speed import AUTO, Speed

T = TypeVar("T")

_WORDS = {True: "on", False: "off", None: "unlimited"}
_VALUES = {word: value for value, word in _WORDS.items()}


class Setting(Generic[T]):
    """One attribute of `Preferences`.

    Parameters
    ----------
    default
        The value where the file holds none, or none of this type.
    kind
        The type of the values, as `msgspec.convert` checks it.
    """

    def __init__(self, default: T, kind: Any) -> None:
        self.default = default
        self.kind = kind

    def __set_name__(self, owner: type["Preferences"], name: str) -> None:
        self.name = name

    def __get__(self, preferences: "Preferences", owner: type["Preferences"]) -> T:
        text = preferences.file.value(self.name)
        if not isinstance(text, str):
            return self.default
        try:
            value: T = msgspec.convert(text if self.kind is str else _VALUES.get(text, text), self.kind, strict=False)
        except (msgspec.ValidationError, UnicodeError):
            return self.default
        return value

    def __set__(self, preferences: "Preferences", value: T) -> None:
        word = _WORDS[value] if isinstance(value, bool | None) else str(msgspec.to_builtins(value))
        preferences.file.setValue(self.name, word)  # written at the latest when the program ends


class Preferences:
    """The user's settings; assigning one writes it.

    Attributes
    ----------
    path, file
        Where they are kept.
    theme
        ``"system"``, ``"light"`` or ``"dark"``.
    language
        ``"system"`` or a key of `playground.language.LANGUAGES`.
    geometry, layout
        What the main window saves of its place and of its docks; empty where nothing was saved.
    folded
        The names of the folded cards, as a JSON list; empty for none.
    last_experiment
        The experiment as JSON text, empty on the first start.
    speed
        Steps per second, None for unlimited, `AUTO` (the default) for what suits the run.
    presenter
        Whether the window is in the large type of a class room.
    first_steps
        Whether the hints for the first start are still to be shown.
    file_folder
        Where the user last opened or saved a file; empty for nowhere yet.
    recent_files
        The files opened or saved last, as a JSON list of paths; empty for none.
    lessons
        What was done in the lessons, as JSON text; empty for nothing.
    """

    theme = Setting("system", Literal["system", "light", "dark"])
    language = Setting("system", Literal[("system", *LANGUAGES)])
    geometry = Setting(b"", bytes)
    layout = Setting(b"", bytes)
    folded = Setting("", str)
    last_experiment = Setting("", str)
    speed: Setting[Speed] = Setting(AUTO, Literal["auto"] | Annotated[float, msgspec.Meta(gt=0, le=1e12)] | None)
    presenter = Setting(False, bool)
    first_steps = Setting(True, bool)
    file_folder = Setting("", str)
    recent_files = Setting("", str)
    lessons = Setting("", str)

    def __init__(self, path: Path | None = None) -> None:
        self.path = paths.settings_folder() / "playground.ini" if path is None else path
        self.file = QSettings(str(self.path), QSettings.Format.IniFormat)

    def sync(self) -> None:
        """Write unsaved settings to the file, and read those of another window."""
        self.file.sync()

    def problem(self) -> str:
        """Return why settings will not be there the next time, as a sentence; empty where they can be kept."""
        if self.file.isWritable() and self.file.status() != QSettings.Status.AccessError:
            return ""
        sentence = _("Your settings cannot be kept: {file} cannot be written.")
        return sentence.format(file=shown(self.file.fileName(), 200))
