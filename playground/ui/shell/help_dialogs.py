"""The keys page (F1), the About box, and the versions that a bug report needs."""

import platform
import sys
from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot, qVersion
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from playground import __version__
from playground.language import N_, _
from playground.ui.core import layouts, plain_text, theme
from playground.ui.shell.actions import MENUS, plain
from playground.ui.widgets.card import Heading
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label

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
    """A dialog that closes with one button."""

    def __init__(self, name: str, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_dialog")
        self.setWindowTitle(title)
        self.close_button = Button(name=f"{name}_close", text=_("Close"))
        self.close_button.clicked.connect(self.accept)
        self.buttons = layouts.row(None, self.close_button, gap=6)

    def arrange(self, *parts: layouts.Item) -> None:
        """Put the parts below one another, above the buttons."""
        layouts.column(*parts, self.buttons, parent=self, gap=14, margins=(24, 20, 24, 18))


class KeysDialog(HelpDialog):
    """Every key of the window, menu by menu, and those that show and hide a panel each."""

    def __init__(self, parent: QWidget | None, panels: list[QAction]) -> None:
        super().__init__("keys", _("Keys"), parent)
        grids = [QGridLayout(), QGridLayout(), QGridLayout()]
        for grid in grids:
            grid.setHorizontalSpacing(24)
            grid.setVerticalSpacing(7)
        for name, title, commands in MENUS:
            rows = [(command.text, _native(command.keys)) for command in commands if command and command.keys]
            _add_section(grids[name not in ("file", "edit")], title, rows)
        _add_section(grids[0], N_("In fields"), _FIELD_KEYS)
        _add_section(grids[1], N_("In pictures and tables"), _VIEW_KEYS)
        shown = [(action.text(), action.shortcut().toString(_NATIVE)) for action in panels]
        _add_section(grids[2], N_("Show or hide"), [(text, keys) for text, keys in shown if keys])
        for grid in grids:
            grid.setRowStretch(grid.rowCount(), 1)
        self.arrange(layouts.row(*grids, gap=32))


def _add_section(grid: QGridLayout, title: str, rows: Sequence[tuple[str, str]]) -> None:
    heading = Heading(plain(_(title)))
    at = grid.rowCount()
    heading.setContentsMargins(0, 10 if at > 1 else 0, 0, 2)
    grid.addWidget(heading, at, 0, 1, 2)
    for k, (text, keys) in enumerate(rows, at + 1):
        key = plain_text.label(keys)
        key.setProperty("role", "key")
        grid.addWidget(plain_text.label(plain(_(text))), k, 0)
        grid.addWidget(key, k, 1, Qt.AlignmentFlag.AlignRight)


class AboutDialog(HelpDialog):
    """What the program is, and the versions to copy into a bug report."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("about", _("About Playground"), parent)
        title = text_label(role="title", text=_("Playground {version}").format(version=__version__))
        sentence = text_label(
            role="",
            text=_(
                "Watch neural networks learn, and change everything while they do. Computed with "
                "NumPy. MIT licence. Fonts: Inter and Noto Sans SC, SIL Open Font License."
            ),
        )
        sentence.setMinimumWidth(theme.px(380))
        shown = text_label("about_versions", text=versions(), wraps=False)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = Button(name="about_copy", role="primary", text=_("Copy version information"))
        copy.clicked.connect(copy_versions)
        self.buttons.addWidget(copy)
        self.arrange(title, sentence, shown)


def versions() -> str:
    """Return one line each for the program, Python, Qt, the packages, the system and the screen."""
    from importlib import metadata  # reads mails, among other things: not at the start of the window

    lines = [f"Playground {__version__}", f"Python {platform.python_version()} ({sys.platform})", f"Qt {qVersion()}"]
    for package in ("PySide6-Essentials", "numpy", "pyqtgraph", "msgspec"):
        try:
            lines.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            lines.append(f"{package} ?")
    lines.append(platform.platform())
    screen = QGuiApplication.primaryScreen()
    if screen is not None:
        size, ratio = screen.size(), screen.devicePixelRatio()
        lines.append(f"{QGuiApplication.platformName()}, {size.width()}×{size.height()} at {ratio:g}×")
    return "\n".join(lines)


@Slot()
def copy_versions() -> None:
    """Put the versions on the clipboard."""
    QGuiApplication.clipboard().setText(versions())


def _native(keys: tuple[str, ...]) -> str:
    return " / ".join(QKeySequence(key).toString(_NATIVE) for key in keys)
