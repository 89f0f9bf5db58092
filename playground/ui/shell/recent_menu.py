"""The files that were opened or saved last, in the File menu."""

import json
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from playground.language import _
from playground.runtime.preferences import Preferences

MOST = 8


def remember(preferences: Preferences, path: Path) -> None:
    """Store a file as the most recent one."""
    text = str(path.absolute())
    preferences.recent_files = json.dumps([text, *(it for it in paths(preferences) if it != text)][:MOST])


def paths(preferences: Preferences) -> list[str]:
    """Return the files of the list, the last one used first; what makes no sense is skipped."""
    try:
        found = json.loads(preferences.recent_files or "[]")
    except (ValueError, RecursionError):
        return []
    return [it for it in found if isinstance(it, str)][:MOST] if isinstance(found, list) else []


class RecentMenu(QMenu):
    """Offers the files used last; ``chosen(path)`` is emitted for the one taken."""

    chosen = Signal(Path)

    def __init__(self, parent: QWidget, preferences: Preferences) -> None:
        super().__init__(parent)
        self.setObjectName("recent_menu")
        self._preferences = preferences
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Make the entries: the files' names, and their folders where two have the same name."""
        self.clear()
        found = [Path(path) for path in paths(self._preferences)]
        names = [path.name for path in found]
        for place, path in enumerate(found):
            text = path.name if names.count(path.name) == 1 else str(path)
            action = self.addAction(text.replace("&", "&&"))
            action.setObjectName(f"recent_{place}")
            action.triggered.connect(partial(self.chosen.emit, path))
        if not found:
            nothing = self.addAction(_("No file was opened or saved yet"))
            nothing.setEnabled(False)
