"""Where the program's own files live, and where the user's do.

Resources stand beside the package in a checkout (``resources/``) and inside it in an installed wheel
(``playground/resources/``), so both places are searched.
"""

import os
import sys
from pathlib import Path, PureWindowsPath

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Return the path of a file that is shipped with the program, below ``resources/``.

    Raises
    ------
    FileNotFoundError
        If neither the checkout nor the wheel holds it.
    """
    for root in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        candidate = root.joinpath(*parts)
        if candidate.exists():
            return candidate
    raise FileNotFoundError(f"The program's own file {'/'.join(parts)} is missing: install Playground again.")


def _base(variable: str, windows: str, mac: str, linux: str) -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get(windows) or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / mac
    return Path(os.environ.get(variable) or Path.home() / linux)


def cache_folder() -> Path:
    """Return the folder for what can be made again: decoded and downloaded data sets."""
    return _base("XDG_CACHE_HOME", "LOCALAPPDATA", "Caches", ".cache") / "playground"


def settings_folder() -> Path:
    """Return the folder for the user's settings."""
    return _base("XDG_CONFIG_HOME", "APPDATA", "Preferences", ".config") / "playground"


def expanded(path: Path) -> Path:
    """Return a path with the home folder in place of ``~``; as it is where there is no such user."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def is_remote(path: Path | str) -> bool:
    r"""Return whether a path leads to another machine (``\\server\share``): even a test of existence contacts it."""
    return sys.platform == "win32" and PureWindowsPath(str(path)).drive.startswith(("\\\\", "//"))
