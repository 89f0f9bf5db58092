"""The menu below the experiment's name: the ready-made experiments by kind, and the user's files."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from playground.experiment.config.presets import PRESETS, Preset
from playground.experiment.config.schema import ExperimentConfig
from playground.language import N_, _
from playground.ui.core import theme

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

    def __init__(self, parent: QWidget, files: Sequence[QAction]) -> None:
        super().__init__(parent)
        self.setObjectName("experiment_menu")
        self.setToolTipsVisible(True)
        self._files = files
        self._config: ExperimentConfig | None = None
        self.aboutToShow.connect(self.fill)

    def set_config(self, config: ExperimentConfig) -> None:
        self._config = config

    def fill(self) -> None:
        """Make the entries, in the language in use."""
        self.clear()
        for title, data in _GROUPS:
            self._add_heading(_(title))
            for preset in PRESETS.values():
                if preset.config.data.name in data:
                    self._add_preset(preset)
        self.addSeparator()
        self.addActions(list(self._files))

    def _add_heading(self, title: str) -> None:
        if self.actions():
            self.addSeparator()
        heading = self.addAction(title.upper())
        heading.setEnabled(False)
        font = theme.font(10.5)
        font.setBold(True)
        heading.setFont(font)

    def _add_preset(self, preset: Preset) -> None:
        action = self.addAction(_(preset.label))
        action.setObjectName(f"preset_{preset.id}")
        action.setToolTip(_(preset.sentence))
        action.setCheckable(True)
        action.setChecked(self._config is not None and self._config.name == preset.id)
        action.triggered.connect(partial(self.chosen.emit, preset.config))
