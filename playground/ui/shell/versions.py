"""Which versions are at work: what a bug report needs."""

import platform
import sys

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from playground import __version__

_PACKAGES = ("PySide6-Essentials", "numpy", "pyqtgraph", "msgspec")


def versions() -> str:
    """Return one line each for the program, Python, Qt, the packages, the system and the screen."""
    from importlib import metadata  # reads mails, among other things: not at the start of the window

    lines = [f"Playground {__version__}", f"Python {platform.python_version()} ({sys.platform})", f"Qt {qVersion()}"]
    for package in _PACKAGES:
        try:
            lines.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            lines.append(f"{package} ?")
    lines.append(platform.platform())
    screen = QGuiApplication.primaryScreen()
    if screen is not None:
        size = screen.size()
        ratio = screen.devicePixelRatio()
        lines.append(f"{QGuiApplication.platformName()}, {size.width()}×{size.height()} at {ratio:g}×")
    return "\n".join(lines)
