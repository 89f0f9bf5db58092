"""Experiments out of files and off the clipboard, and into them; pictures of the window."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from playground.experiment.config import edits, files, tables
from playground.experiment.config import schema as configs
from playground.experiment.config.schema import ConfigError, ExperimentConfig
from playground.experiment.lessons import schema as lessons
from playground.language import _
from playground.registry import UserError, shown
from playground.runtime.preferences import Preferences
from playground.runtime.store import Store
from playground.ui.canvas.pictures import ask_where_to_save, file_name, save_picture
from playground.ui.core import plain_text
from playground.ui.core.experiment_text import shown_name
from playground.ui.setup.data_panel import table_files
from playground.ui.shell import file_menus

OTHER_KINDS = (".png", ".jpg", ".jpeg", ".svg", ".pdf", ".csv", ".tsv")
"""An experiment under such a name would be taken for something else by every other program."""


class ExperimentFiles(QObject):
    """Opens, saves, copies and pastes the store's experiment.

    Parameters
    ----------
    window
        What the dialogs belong to, and what is drawn into a picture.
    store
        The current experiment.
    preferences
        Remembers the folder that was used last, and the files.

    Attributes
    ----------
    path
        The file of the current experiment, None where it has none. It goes with the experiment's name and data:
        another experiment, from a menu, a tile or undo, is never saved over it unasked.

    Signals
    -------
    taken()
        The current experiment is as it was opened, or as its file holds it.
    table_chosen(path)
        The file is a table: what to learn from it is to be asked.
    lesson_chosen(folder)
        The file is that of a lesson.
    """

    taken = Signal()
    table_chosen = Signal(str)
    lesson_chosen = Signal(object)

    def __init__(self, window: QWidget, store: Store, preferences: Preferences) -> None:
        super().__init__(window)
        self._window, self._store, self._preferences = window, store, preferences
        self.path: Path | None = None
        self._paths: dict[tuple[str, str], Path | None] = {}
        self._contents: dict[Path, ExperimentConfig] = {}
        store.changed.connect(self._on_changed)

    @property
    def saved(self) -> ExperimentConfig | None:
        """The current experiment as it is in its file, None where it has none."""
        return None if self.path is None else self._contents[self.path]

    def take(self, config: ExperimentConfig, path: Path | None = None) -> None:
        """Make another experiment the current one (which can be undone)."""
        self._paths[_key(config)] = path
        if path is not None:
            self._contents[path] = config
        self._store.apply(config)
        self.path = path
        self.taken.emit()

    def _on_changed(self, new: ExperimentConfig, old: ExperimentConfig) -> None:
        """Go on to the file of another experiment; a change of this one's settings leaves it in its file."""
        if new.name != old.name:
            self._paths[_key(old)] = self.path
            self.path = self._paths.get(_key(new))

    def new(self) -> None:
        """Open a small untitled experiment."""
        self.take(ExperimentConfig())

    def open(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self._window, _("Open an experiment or a table"), self._preferences.file_folder, _kinds()
        )
        if chosen:
            self.open_file(Path(chosen))

    def open_file(self, path: Path) -> None:
        """Open a file, or ask what to learn from a table; say so where it cannot be read, and leave all as it was."""
        if tables.is_table(path):
            self._preferences.file_folder = str(path.parent)
            self.table_chosen.emit(str(path.absolute()))
            return
        if path.name == lessons.FILE and any(path.parent.glob(lessons.WORDS)):
            self.lesson_chosen.emit(path.parent)
            return
        with plain_text.refusals_told(self._window, _("This file cannot be opened")):
            config = files.load(path)
            self._remember(path)
            self.take(config, path)

    def save(self) -> None:
        """Save to the file it came from, or ask for one."""
        if self.path is None:
            self.save_as()
        else:
            self.save_file(self.path)

    def save_as(self) -> None:
        """Ask for a file and save to it."""
        path = self._ask(_("Save the experiment"), ".json", _("Experiments (*.json)"))
        if path is not None:
            self.save_file(path)

    def save_file(self, path: Path) -> None:
        """Save to a file, after which the experiment is called from then on; all of it or nothing is written."""
        config = self._store.config
        with plain_text.refusals_told(self._window, _("This experiment could not be saved")):
            if path != self.path:
                if path.suffix.lower() in OTHER_KINDS:
                    sentence = _(
                        "{file} would be taken for a picture, a table or a PDF: an experiment's file ends in .json."
                    )
                    raise UserError(sentence.format(file=shown(path.name)))
                config = edits.change(config, "name", path.stem)
            files.save(path, config)
            self._remember(path)
            self.take(config, path)
            sentence = _("Saved to {file}: the set-up. Weights that were learnt or set by hand are not saved.")
            plain_text.say(self._window, sentence.format(file=path.name))

    def copy(self) -> None:
        """Put the experiment on the clipboard, as JSON."""
        QGuiApplication.clipboard().setText(configs.encode(self._store.config))
        name = shown_name(self._store.config, self.saved)
        plain_text.say(self._window, _("“{name}” is on the clipboard, as JSON.").format(name=name))

    def paste(self) -> None:
        """Open the experiment that is on the clipboard."""
        try:
            config = configs.decode(QGuiApplication.clipboard().text())
            if self.path is not None:
                config = tables.found_beside(config, self.path.parent)
        except ConfigError as error:
            sentence = _("The clipboard does not hold an experiment. {reason}").format(reason=error)
            plain_text.complain(self._window, _("There is nothing to paste"), sentence)
        else:
            self.take(config)

    def export_picture(self) -> None:
        """Ask for a file and write a picture of the window to it."""
        path = self._ask(_("Export a picture"), ".png", _("Pictures (*.png)"))
        if path is not None:
            self.save_picture(path)

    def save_picture(self, path: Path) -> None:
        """Write a picture of the window, without what it says where the mouse was."""
        for widget in self._window.findChildren(QWidget):
            QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))
        with plain_text.refusals_told(self._window, _("This picture could not be saved")):
            save_picture(self._window.grab(), path)
            self._preferences.file_folder = str(path.parent)
            plain_text.say(self._window, _("Saved the picture to {file}.").format(file=path.name))

    def _ask(self, title: str, ending: str, kind: str) -> Path | None:
        """Ask for a file of a kind, and propose one that is called after the experiment."""
        name = f"{file_name(self._store.config.name)}{ending}"
        return ask_where_to_save(self._window, title, str(Path(self._preferences.file_folder, name)), kind)

    def _remember(self, path: Path) -> None:
        self._preferences.file_folder = str(path.parent)
        file_menus.remember(self._preferences, path)


def _kinds() -> str:
    endings = " ".join(f"*{suffix}" for suffix in (files.SUFFIX, *tables.SUFFIXES))
    both = _("Experiments and tables ({endings})").format(endings=endings)
    return ";;".join([both, _("Experiments (*.json)"), table_files(), _("All files (*)")])


def _key(config: ExperimentConfig) -> tuple[str, str]:
    return config.name, config.data.name
