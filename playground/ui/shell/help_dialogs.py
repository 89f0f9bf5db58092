"""The keys page (F1) and the About box."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from playground import __version__
from playground.language import N_, _
from playground.ui.core import plain_text
from playground.ui.shell.actions import MENUS, plain
from playground.ui.shell.versions import versions
from playground.ui.widgets.card import Heading
from playground.ui.widgets.icons import Button

_NATIVE = QKeySequence.SequenceFormat.NativeText
_FIELD_KEYS = (
    (N_("Next or previous control"), "Tab / Shift+Tab"),
    (N_("Number field: larger or smaller"), "↑ / ↓"),
    (N_("Number field: cancel the entry"), "Esc"),
    (N_("Leave presenter mode"), "Esc"),
)
_VIEW_KEYS = (
    (N_("Picture: move"), "← ↑ → ↓"),
    (N_("Network, matrix: open"), "Enter"),
    (N_("Table: another sample"), "↑ / ↓"),
    (N_("Headings: move, sort"), "← / →, Enter"),
    (N_("Edit points: move, add, remove"), "← ↑ → ↓, Enter, Del"),
    (N_("Slow motion: back, next, first, last"), "← / →, Home / End"),
    (N_("Drawing: undo, clear"), "Ctrl+Z, Del"),
)


class HelpDialog(QDialog):
    """A dialog that follows the language and closes with one button."""

    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_dialog")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 18)
        self.column.setSpacing(14)
        self.close_button = Button(name=f"{name}_close")
        self.close_button.clicked.connect(self.accept)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.close_button)

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        self.close_button.set_text(_("Close"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class KeysDialog(HelpDialog):
    """Every key of the window, menu by menu, and those that show and hide a panel each."""

    def __init__(self, parent: QWidget | None, panels: list[QAction]) -> None:
        super().__init__("keys", parent)
        self._headings: list[tuple[Heading, str]] = []
        self._texts: list[tuple[QLabel, str]] = []
        columns = QHBoxLayout()
        columns.setSpacing(32)
        grids = [QGridLayout(), QGridLayout(), QGridLayout()]
        for grid in grids:
            grid.setHorizontalSpacing(24)
            grid.setVerticalSpacing(7)
            columns.addLayout(grid)
        for name, title, commands in MENUS:
            rows = [(command.text, _native(command.keys)) for command in commands if command and command.keys]
            self._add_section(grids[name not in ("file", "edit")], title, rows)
        self._add_section(grids[0], N_("In fields"), list(_FIELD_KEYS))
        self._add_section(grids[1], N_("In pictures and tables"), list(_VIEW_KEYS))
        shown = [(action.text(), action.shortcut().toString(_NATIVE)) for action in panels]
        self._add_section(grids[2], N_("Show or hide"), [(text, keys) for text, keys in shown if keys])
        for grid in grids:
            grid.setRowStretch(grid.rowCount(), 1)
        self.column.addLayout(columns)
        self.column.addLayout(self.buttons)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        super().retranslate()
        self.setWindowTitle(_("Keys"))
        for heading, title in self._headings:
            heading.set_text(plain(_(title)))
        for label, text in self._texts:
            label.setText(plain(_(text)))

    def _add_section(self, grid: QGridLayout, title: str, rows: list[tuple[str, str]]) -> None:
        heading = Heading()
        at = grid.rowCount()
        heading.setContentsMargins(0, 10 if at > 1 else 0, 0, 2)
        grid.addWidget(heading, at, 0, 1, 2)
        self._headings.append((heading, title))
        for k, (text, keys) in enumerate(rows, at + 1):
            label, key = plain_text.label(), plain_text.label(keys)
            key.setProperty("role", "key")
            grid.addWidget(label, k, 0)
            grid.addWidget(key, k, 1, Qt.AlignmentFlag.AlignRight)
            self._texts.append((label, text))


class AboutDialog(HelpDialog):
    """What the program is, and the versions to copy into a bug report."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("about", parent)
        self._title = plain_text.label()
        self._title.setProperty("role", "title")
        self._sentence = plain_text.label()
        self._sentence.setWordWrap(True)
        self._sentence.setProperty("role", "about")
        self._versions = plain_text.label(versions())
        self._versions.setObjectName("about_versions")
        self._versions.setProperty("role", "muted")
        self._versions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copy = Button(name="about_copy", role="primary")
        self._copy.clicked.connect(copy_versions)
        self.buttons.addWidget(self._copy)
        for widget in (self._title, self._sentence, self._versions):
            self.column.addWidget(widget)
        self.column.addLayout(self.buttons)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        super().retranslate()
        self.setWindowTitle(_("About Playground"))
        self._title.setText(_("Playground {version}").format(version=__version__))
        self._sentence.setText(
            _(
                "Watch neural networks learn, and change everything while they do. Computed with "
                "NumPy. MIT licence. Fonts: Inter and Noto Sans SC, SIL Open Font License."
            )
        )
        self._copy.set_text(_("Copy version information"))


@Slot()
def copy_versions() -> None:
    """Put the versions on the clipboard."""
    QGuiApplication.clipboard().setText(versions())


def _native(keys: tuple[str, ...]) -> str:
    return " / ".join(QKeySequence(key).toString(_NATIVE) for key in keys)
