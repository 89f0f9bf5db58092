"""The files that were opened or saved last, and the ready-made experiments, as menus."""

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from playground.experiment.config.presets import PRESETS, Preset
from playground.language import N_, _
from playground.runtime.preferences import Preferences
from playground.runtime.store import Store
from playground.ui.core import theme

MOST = 8


def remember(preferences: Preferences, path: Path) -> None:
    """Store a file as the most recent one."""
    text = str(path.absolute())
    preferences.recent_files = json.dumps([text, *(it for it in paths(preferences) if it != text)][:MOST])


def paths(preferences: Preferences) -> list[str]:
    """Return the files of the list, the last one used first."""
    return texts_of(preferences.recent_files)[:MOST]


def texts_of(stored: str) -> list[str]:
    """Return the texts of a list that was stored as JSON; what makes no sense is skipped."""
    try:
        found = json.loads(stored or "[]")
    except (ValueError, RecursionError):
        return []
    return [it for it in found if isinstance(it, str)] if isinstance(found, list) else []


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


_GROUPS = (
    (N_("Gates"), ("and", "or", "nand", "xor", "rows")),
    (N_("People"), ("people-4", "people")),
    (N_("Points and curves"), ("circle", "gauss", "moons", "spiral", "plane", "multi-gauss", "sine")),
    (N_("Images"), ("digits", "mnist", "fashion-mnist")),
)
"""Headings, and the data of the ready-made experiments below each."""


class ExperimentMenu(QMenu):
    """Offers the ready-made experiments; ``chosen(config)`` is emitted for the one taken."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, store: Store, files: Sequence[QAction]) -> None:
        super().__init__(parent)
        self.setObjectName("experiment_menu")
        self.setToolTipsVisible(True)
        self._store, self._files = store, files
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Make the entries: the experiments by what their data are, then the files."""
        self.clear()
        for title, data in _GROUPS:
            self.addSeparator()
            heading = self.addAction(_(title).upper())
            heading.setEnabled(False)
            font = theme.font(10.5)
            font.setBold(True)
            heading.setFont(font)
            for preset in PRESETS.values():
                if preset.config.data.name in data:
                    self._add_preset(preset)
        self.addSeparator()
        self.addActions(list(self._files))

    def _add_preset(self, preset: Preset) -> None:
        action = self.addAction(_(preset.label))
        action.setObjectName(f"preset_{preset.id}")
        action.setToolTip(_(preset.sentence))
        action.setCheckable(True)
        action.setChecked(self._store.config.name == preset.id)
        action.triggered.connect(partial(self.chosen.emit, preset.config))
