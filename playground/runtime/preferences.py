"""Every setting of the user that is not part of the experiment, kept in one ini file.

A value that makes no sense (an older version's, or one edited by hand) counts as not being there. All is
written as plain text: Qt's own binary forms complain aloud when they are damaged.
"""

import base64
import binascii
import math
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar, overload

from PySide6.QtCore import QObject, QSettings, Signal

from playground import paths
from playground.language import LANGUAGES, _
from playground.registry import shown
from playground.runtime.speed import AUTO, Speed

T = TypeVar("T")

LARGEST_BYTES = 256 << 20
"""No experiment, which is the largest of the settings, takes more."""

THEMES = ("system", "light", "dark")
LANGUAGE_CHOICES = ("system", *LANGUAGES)


class Setting(Generic[T]):
    """One typed attribute of `Preferences`; `read` raises `ValueError` for a text that makes no sense."""

    def __init__(self, default: T, read: Callable[[str], T], write: Callable[[T], str] = str) -> None:
        self.default = default
        self.read = read
        self.write = write

    def __set_name__(self, owner: type["Preferences"], name: str) -> None:
        self.name = name

    @overload
    def __get__(self, preferences: None, owner: type["Preferences"]) -> "Setting[T]": ...
    @overload
    def __get__(self, preferences: "Preferences", owner: type["Preferences"]) -> T: ...
    def __get__(self, preferences: "Preferences | None", owner: type["Preferences"]) -> "Setting[T] | T":
        if preferences is None:
            return self
        text = preferences.text(self.name)
        if text is None:
            return self.default
        try:
            return self.read(text)
        except Exception:  # noqa: BLE001 - whatever stands in the file, the window opens
            return self.default

    def __set__(self, preferences: "Preferences", value: T) -> None:
        if value != self.__get__(preferences, type(preferences)):
            preferences.set_text(self.name, self.write(value))


def _choice(*allowed: str) -> Callable[[str], str]:

    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(text)
        return text

    return read


def _flag(default: bool) -> Setting[bool]:
    """Return a setting that is on or off."""
    return Setting(default, lambda text: _choice("on", "off")(text) == "on", lambda on: "on" if on else "off")


def _read_bytes(text: str) -> bytes:
    """Return the bytes that `_write_bytes` wrote."""
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error


def _write_bytes(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _read_speed(text: str) -> Speed:
    """Return steps a second, None for unlimited."""
    if text == AUTO:
        return AUTO
    if text == "unlimited":
        return None
    speed = float(text)
    if not (math.isfinite(speed) and speed > 0):
        raise ValueError(text)
    return speed


def _write_speed(speed: Speed) -> str:
    return AUTO if speed == AUTO else "unlimited" if speed is None else repr(float(speed))


def _usable(path: Path) -> Path:
    """Return the file to use: another one beside a pipe, which Qt would wait for, or a file of absurd size."""
    try:
        facts = path.stat()
    except (OSError, ValueError):
        return path
    is_file = stat.S_ISREG(facts.st_mode)
    return path if is_file and facts.st_size <= LARGEST_BYTES else path.with_name(f"{path.name}.new")


class Preferences(QObject):
    """The user's settings; assigning one writes it.

    Attributes
    ----------
    theme
        ``"system"``, ``"light"`` or ``"dark"``.
    language
        ``"system"`` or a key of `playground.language.LANGUAGES`.
    geometry, layout
        What the main window saves of its place and of its docks; empty where nothing was saved.
    last_experiment
        The experiment as JSON text, empty on the first start.
    speed
        Steps a second, None for unlimited, `AUTO` (the default) for what suits the run.
    presenter
        Whether the window is in the large type of a class room.
    log_loss
        Whether the loss is drawn on a logarithmic axis.
    show_test_points, discretise
        What the decision plot shows.
    first_steps
        Whether the hints for the first start are still to be shown.
    file_folder, data_folder
        Where the user last opened or saved a file, and where data files were last found; empty for nowhere yet.
    recent_files
        The files opened or saved last, as a JSON list of paths; empty for none.
    """

    changed = Signal(str)

    theme = Setting("system", _choice(*THEMES))
    language = Setting("system", _choice(*LANGUAGE_CHOICES))
    geometry = Setting(b"", _read_bytes, _write_bytes)
    layout = Setting(b"", _read_bytes, _write_bytes)
    last_experiment = Setting("", str)
    speed: Setting[Speed] = Setting(AUTO, _read_speed, _write_speed)
    presenter = _flag(False)
    log_loss = _flag(False)
    show_test_points = _flag(False)
    discretise = _flag(False)
    first_steps = _flag(True)
    file_folder = Setting("", str)
    data_folder = Setting("", str)
    recent_files = Setting("", str)

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = paths.settings_folder() / "playground.ini" if path is None else path
        self._settings = QSettings(str(_usable(self.path)), QSettings.Format.IniFormat)

    def text(self, name: str) -> str | None:
        """Return what the file holds under `name`, None where there is nothing."""
        value = self._settings.value(name)
        return value if isinstance(value, str) else None

    def set_text(self, name: str, text: str) -> None:
        """Keep `text` under `name`; the file follows at the latest when the program ends."""
        self._settings.setValue(name, text)
        self.changed.emit(name)

    def sync(self) -> None:
        """Write what is not written yet, and read what another window wrote."""
        self._settings.sync()

    def problem(self) -> str:
        """Return why settings will not be there the next time, as a sentence; empty where they can be kept."""
        if self._settings.isWritable() and self._settings.status() != QSettings.Status.AccessError:
            return ""
        sentence = _("Your settings cannot be kept: {file} cannot be written.")
        return sentence.format(file=shown(self._settings.fileName(), 200))

    def forget(self) -> None:
        """Put every setting back to its default."""
        self._settings.clear()
        for name, attribute in vars(Preferences).items():
            if isinstance(attribute, Setting):
                self.changed.emit(name)
