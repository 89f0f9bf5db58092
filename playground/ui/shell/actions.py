"""Every command of the window: its text, its key, its place in the menus. The keys page is made of the same table."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from playground import language
from playground.language import N_, _
from playground.ui.core.number_text import SPEED_CHOICES, speed_key, speed_text


@dataclass(frozen=True)
class Command:
    """One command.

    Attributes
    ----------
    name
        ``objectName`` of its action, without ``action_``.
    text
        What the menu says, marked for translation.
    keys
        Its shortcuts, the first of them shown; empty for none.
    checkable
        Whether it is on or off.
    repeats
        Whether holding the key repeats it.
    """

    name: str
    text: str
    keys: tuple[str, ...] = ()
    checkable: bool = False
    repeats: bool = False


MENUS: tuple[tuple[str, str, tuple[Command | None, ...]], ...] = (
    (
        "file",
        N_("&File"),
        (
            Command("new", N_("&New"), ("Ctrl+N",)),
            Command("open", N_("&Open…"), ("Ctrl+O",)),
            Command("save", N_("&Save"), ("Ctrl+S",)),
            Command("save_as", N_("Save &as…"), ("Ctrl+Shift+S",)),
            None,
            Command("export_picture", N_("Export &picture…"), ("Ctrl+Shift+E",)),
            None,
            Command("quit", N_("&Quit"), ("Ctrl+Q",)),
        ),
    ),
    (
        "edit",
        N_("&Edit"),
        (
            Command("undo", N_("&Undo"), ("Ctrl+Z",), repeats=True),
            Command("redo", N_("&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), repeats=True),
            None,
            Command("copy_experiment", N_("&Copy experiment as JSON"), ("Ctrl+Shift+C",)),
            Command("paste_experiment", N_("&Paste experiment"), ("Ctrl+Shift+V",)),
        ),
    ),
    (
        "run",
        N_("&Run"),
        (
            Command("play", N_("&Play or pause"), ("Space",)),
            Command("step", N_("&Step"), ("S",), repeats=True),
            Command("step_epoch", N_("Step one &epoch"), ("Shift+S",), repeats=True),
            Command("reset", N_("&Reset to the same start"), ("R",)),
            Command("race", N_("Race against &other initial weights…"), ("Ctrl+R",)),
            None,
            Command("faster", N_("&Faster"), ("+", "="), repeats=True),
            Command("slower", N_("S&lower"), ("-",), repeats=True),
            Command("unlimited", N_("&Unlimited speed, and back"), ("U",)),
        ),
    ),
    (
        "view",
        N_("&View"),
        (
            Command("presenter", N_("&Presenter mode"), ("F11",), checkable=True),
            Command("float", N_("&Float or dock the panel"), ("Ctrl+Shift+F",)),
            Command("reset_layout", N_("&Reset layout")),
        ),
    ),
    (
        "lessons",
        N_("&Lessons"),
        (
            Command("lessons", N_("&All lessons"), ("Ctrl+L",)),
            Command("lesson_next", N_("&Next step"), ("PgDown",)),
            Command("lesson_back", N_("Step &back"), ("PgUp",)),
            Command("lesson_away", N_("&Try things out, and back")),
            None,
            Command("freeze", N_("&Freeze the picture, and back"), ("F9", ".")),
            Command("lesson_hands", N_("&Raised hands"), checkable=True),
            Command("worksheet", N_("&Worksheet as PDF…")),
            Command("worksheet_answers", N_("Worksheet with the &answers…")),
            None,
            Command("export_progress", N_("&Save progress…")),
            Command("import_progress", N_("&Open progress…")),
        ),
    ),
    (
        "help",
        N_("&Help"),
        (
            Command("help_page", N_("&What is on the screen"), ("Shift+F1",)),
            Command("first_steps", N_("&First steps")),
            Command("keys", N_("&Keys"), ("F1",)),
            None,
            Command("performance", N_("&Performance")),
            Command("testing", N_("&Testing the window")),
            Command("copy_versions", N_("&Copy version information")),
            Command("about", N_("&About Playground")),
        ),
    ),
)

COMMANDS: dict[str, Command] = {
    command.name: command for _name, _title, commands in MENUS for command in commands if command is not None
}


def plain(text: str) -> str:
    """Return a menu's text without its access key, which in Chinese stands in brackets: ``打开(&O)…``."""
    return re.sub(r"\(&\w\)", "", text).replace("&", "").removesuffix("…")


class Actions:
    """The window's actions; they work whether or not the menu bar is shown.

    Parameters
    ----------
    window
        What the actions belong to.
    handlers
        Command name -> what it does. A checkable command's handler is given a bool.
    """

    def __init__(self, window: QWidget, handlers: Mapping[str, Callable[..., object]]) -> None:
        self._actions: dict[str, QAction] = {}
        for name, command in COMMANDS.items():
            action = QAction(window)
            action.setObjectName(f"action_{name}")
            action.setText(_(command.text))
            action.setShortcuts([QKeySequence(key) for key in command.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setCheckable(command.checkable)
            action.setAutoRepeat(command.repeats)
            (action.toggled if command.checkable else action.triggered).connect(handlers[name])
            window.addAction(action)
            self._actions[name] = action
        as_system = _("Same as the system")
        self.themes = _choices(window, "theme", {"system": as_system, "light": _("Light"), "dark": _("Dark")})
        self.languages = _choices(window, "language", {"system": as_system, **language.LANGUAGES})
        self.speeds = _choices(window, "speed", {speed_key(it): speed_text(it) for it in SPEED_CHOICES})
        self.menus: dict[str, QMenu] = {}

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def fill(self, bar: QMenuBar, panels: list[QAction], recent: QMenu) -> None:
        """Build the menus; `panels` show and hide the window's panels, `recent` offers files."""
        recent.setTitle(_("Open &recent"))
        for name, title, commands in MENUS:
            menu = QMenu(_(title), bar)
            menu.setObjectName(f"{name}_menu")
            bar.addMenu(menu)
            self.menus[name] = menu
            if name == "view":
                menu.addActions(panels)
                menu.addSeparator()
                menu.addMenu(self._submenu("theme", _("&Theme"), self.themes, menu))
                menu.addMenu(self._submenu("language", _("&Language"), self.languages, menu))
                menu.addSeparator()
            for command in commands:
                if command is None:
                    menu.addSeparator()
                else:
                    menu.addAction(self._actions[command.name])
            if name == "run":
                menu.addMenu(self._submenu("speed", _("Spee&d"), self.speeds, menu))
            if name == "file":
                menu.insertMenu(self._actions["save"], recent)

    def settings_menu(self, parent: QWidget) -> QMenu:
        """Return the menu behind the gear."""
        menu = QMenu(parent)
        menu.setObjectName("settings_menu")
        for name in ("theme", "language", "lessons"):
            menu.addMenu(self.menus[name])
        menu.addSeparator()
        for name in ("presenter", "reset_layout"):
            menu.addAction(self._actions[name])
        menu.addSeparator()
        for name in ("keys", "performance", "about"):
            menu.addAction(self._actions[name])
        return menu

    def show_history(self, undo: str, redo: str) -> None:
        """Show in the menu what would be undone and redone."""
        for name, about in (("undo", undo), ("redo", redo)):
            text = _(COMMANDS[name].text)
            self._actions[name].setText(_("{command}: {about}").format(command=text, about=about) if about else text)

    def _submenu(self, name: str, title: str, group: QActionGroup, parent: QWidget) -> QMenu:
        menu = QMenu(title, parent)
        menu.setObjectName(f"{name}_menu")
        menu.addActions(group.actions())
        self.menus[name] = menu
        return menu


def check(group: QActionGroup, key: str) -> None:
    """Show which choice of a group is made."""
    for action in group.actions():
        action.setChecked(action.data() == key)


def _choices(window: QWidget, kind: str, texts: Mapping[str, str]) -> QActionGroup:
    group = QActionGroup(window)
    for key, text in texts.items():
        action = QAction(text, window)
        action.setObjectName(f"action_{kind}_{key}")
        action.setData(key)
        action.setCheckable(True)
        group.addAction(action)
    return group
