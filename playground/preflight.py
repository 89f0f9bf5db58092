"""Before Qt is imported: whether the system's libraries are there and a display answers.

Qt aborts the process where either is missing, and blames the wrong thing. So each shared library it
needs is tried first, and the display is asked whether it answers; what is wrong comes back as a sentence.
Only Linux needs this: on Windows and macOS the wheels bring everything.
"""

import ctypes
import importlib.util
import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from playground.language import _
from playground.registry import quoted

# Shared library -> Debian package, as `ldd` shows them for Qt's GUI library and its platform plugins.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
X_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND_LIBRARIES = {"libwayland-client.so.0": "libwayland-client0", "libwayland-cursor.so.0": "libwayland-cursor0"}

_DISPLAYS = ("xcb", "wayland")
_WAYLAND = {"wayland", "wayland-egl"}
_USUAL = {*_DISPLAYS, *_WAYLAND, "offscreen", "minimal", "windows", "cocoa"}
"""Platforms that start wherever there is a display, or without one."""


def has_display() -> bool:
    """Return whether Qt's platform plugin will find something to draw on."""
    if not sys.platform.startswith("linux") or _platform() not in ("", *_DISPLAYS):
        return True
    return _wayland_answers() or _x_answers()


def unknown_platform() -> str | None:
    """Return a sentence where ``QT_QPA_PLATFORM`` asks for what Qt does not have, or what does not start here."""
    asked = [name.split(":")[0].lower() for name in os.environ.get("QT_QPA_PLATFORM", "").split(";")]
    known = platforms()
    if not known or not any(asked) or os.environ.get("QT_QPA_PLATFORM_PLUGIN_PATH"):
        return None
    if not set(asked) & known:
        sentence = _("QT_QPA_PLATFORM asks for {platform}, which Qt does not have here; known are {known}.")
        return sentence.format(platform=quoted(";".join(asked)), known=", ".join(sorted(known)))
    if set(asked) & _USUAL or _starts():
        return None
    sentence = _("QT_QPA_PLATFORM asks for {platform}, which does not start here: unset it, or name another.")
    return sentence.format(platform=quoted(";".join(asked)))


def platforms() -> set[str]:
    """Return the names of the platform plugins that Qt's package brings, empty where they are not found."""
    package = importlib.util.find_spec("PySide6")
    for folder in (package.submodule_search_locations or ()) if package is not None else ():
        for place in (Path(folder, "Qt", "plugins", "platforms"), Path(folder, "plugins", "platforms")):
            if place.is_dir():
                names = {file.stem.removeprefix("lib").removeprefix("q") for file in place.iterdir() if file.is_file()}
                return names | (_WAYLAND if any(name.startswith("wayland") for name in names) else set())
    return set()


def _starts() -> bool:
    """Return whether Qt starts on the platform asked for; in a process of its own, which it aborts where not."""
    code = "from PySide6.QtGui import QGuiApplication as Gui; app = Gui([]); exit(app.primaryScreen() is None)"
    with suppress(OSError, subprocess.TimeoutExpired):
        ended = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=20, check=False)
        return ended.returncode == 0
    return False


def missing() -> dict[str, str]:
    """Return the shared libraries Qt cannot do without and will not find, each with its Debian package."""
    if not sys.platform.startswith("linux"):
        return {}
    needed = dict(LIBRARIES)
    if _platform() in ("", *_DISPLAYS) and not _wayland_answers():
        needed |= X_LIBRARIES
    return {name: package for name, package in needed.items() if not _loads(name)}


def missing_libraries() -> str | None:
    """Return a sentence that names the missing libraries and what to install, or None where there is none."""
    lacking = missing()
    if not lacking:
        return None
    return _("Qt needs {libraries}, which this system lacks; on Debian or Ubuntu: apt-get install {packages}").format(
        libraries=", ".join(lacking), packages=" ".join(lacking.values())
    )


def _platform() -> str:
    """Return the first platform plugin that the user asked Qt for, without its options; empty where none."""
    return os.environ.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _x_answers() -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def _wayland_answers() -> bool:
    """Return whether Qt would take a Wayland session, and its compositor answers."""
    named = os.environ.get("WAYLAND_DISPLAY")
    wanted = _platform() == "wayland" or named or os.environ.get("XDG_SESSION_TYPE") == "wayland"
    if _platform() == "xcb" or not wanted or not all(_loads(name) for name in WAYLAND_LIBRARIES):
        return False
    address = Path(os.environ.get("XDG_RUNTIME_DIR") or "/run", named or "wayland-0")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        try:
            client.connect(str(address))
        except OSError:
            return False
    return True
