"""How the window comes up: nothing heavy is imported before it is painted, and what is missing then follows."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from playground import app
from playground.experiment.config.presets import PRESETS
from playground.runtime.preferences import Preferences
from playground.ui.core.panel import Panel
from playground.ui.shell.main_window import MainWindow
from playground.ui.shell.panel_catalog import PANELS
from tests.ui.conftest import settle

LATE = [entry for entry in PANELS if entry.is_late]
LATE_AND_OPEN = {entry.name for entry in LATE if entry.is_open}

HEAVY = (
    "pyqtgraph",  # as long to import as all the rest of the window
    "tqdm",
    "importlib.metadata",
    "asyncio",
    "unittest",
    "numpy.ma",
    "playground.experiment.articles.measurements",
    "playground.experiment.landscape",
    "playground.experiment.lessons.files",
    *(f"playground.ui.{entry.source.rpartition('.')[0]}" for entry in LATE),
)

NewWindow = Callable[[], MainWindow]

START = """
import sys
import playground.__main__
from playground import app
from playground.experiment.config.presets import PRESETS

application = app._application()
for preset in ("and-gate", "digits"):
    window = app.create_window(PRESETS[preset].config)
    paint = window.area.paintEvent
    def painted(event):
        paint(event)
        print(preset, *sorted(sys.modules))
        sys.stdout.flush()
        window.close()
    window.area.paintEvent = painted
    window.show()
    application.exec()
"""


LEAVE = """
from playground import app
from playground.testing import wait_until_ready

def main():
    application = app._application()
    window = app.create_window()
    window.show()
    wait_until_ready(window)
    window.session.play()
    raise SystemExit("leaves")

main()
"""


@pytest.fixture
def new_window(tmp_path: Path) -> Iterator[NewWindow]:
    """Return a function that makes the window but does not show it."""
    windows: list[MainWindow] = []

    def make() -> MainWindow:
        windows.append(app.create_window(PRESETS["and-gate"].config, Preferences(tmp_path / "settings.ini")))
        return windows[-1]

    yield make
    for window in windows:
        window.close()
        window.deleteLater()


def test_nothing_heavy_is_imported_before_the_window_is_painted(own_folders: Path) -> None:
    found = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, env=os.environ, check=True)
    painted = [line.split() for line in found.stdout.splitlines()]
    assert {preset for preset, *_modules in painted} == {"and-gate", "digits"}
    for _preset, *modules in painted:
        assert "playground.ui.shell.main_window" in modules
        assert not set(modules) & set(HEAVY)


def test_an_entry_names_a_panel() -> None:
    for entry in PANELS:
        panel = entry.load()
        assert issubclass(panel, Panel)
        assert panel.name == entry.name


def test_the_empty_cards_are_filled_once_the_window_is_painted_and_no_other_window_comes_up(
    qtbot: QtBot, qapp: QApplication, new_window: NewWindow
) -> None:
    window = new_window()
    assert not {entry.name for entry in LATE} & set(window.area.panels)
    headings = {name: dock.windowTitle() for name, dock in window.area.docks.items()}
    assert headings["flow_panel"] == "Flow"
    qtbot.waitUntil(lambda: window.session.info is not None)
    window.session.step(20)  # which the panels that come later show too
    made: list[Panel] = []
    window.area.panel_made.connect(made.append)
    shown: list[QWidget] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(watched)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.area.is_complete and window.refresh_loop.is_idle and window.session.step_count == 20)
    qapp.removeEventFilter(watch)
    assert shown == [window]
    assert window.isActiveWindow()
    assert {panel.name for panel in made} == LATE_AND_OPEN
    assert {name: dock.windowTitle() for name, dock in window.area.docks.items()} == headings
    loss = window.area.panels["loss_panel"]
    assert len(loss.plot.data("batch")[0]) > 1
    assert "race_panel" not in window.area.panels  # it is closed at first, and made when it is opened
    window.area.docks["race_panel"].show_action.trigger()
    qtbot.waitUntil(lambda: "race_panel" in window.area.panels)
    assert window.area.panels["race_panel"].isVisible()
    assert "gradient_lab_panel" not in window.area.panels


def test_a_panel_that_cannot_be_made_does_not_keep_the_others_from_coming(
    qtbot: QtBot, new_window: NewWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, f"playground.ui.{LATE[0].source.rpartition('.')[0]}", None)  # importing it raises
    window = new_window()
    with qtbot.captureExceptions() as errors:
        window.show()
        qtbot.waitUntil(lambda: window.area.is_complete)
    assert [error[0] for error in errors] == [ModuleNotFoundError]
    assert LATE_AND_OPEN - set(window.area.panels) == {LATE[0].name}


def test_a_window_closed_at_once_makes_no_more_panels(qapp: QApplication, new_window: NewWindow) -> None:
    window = new_window()
    made: list[Panel] = []
    window.area.panel_made.connect(made.append)
    window.show()
    window.close()
    settle(qapp)
    assert not made
    assert window.area.is_complete


def test_a_program_that_leaves_a_window_open_ends_without_a_word(own_folders: Path) -> None:
    found = subprocess.run([sys.executable, "-c", LEAVE], capture_output=True, text=True, env=os.environ, check=False)
    assert (found.returncode, found.stdout, found.stderr) == (1, "", "leaves\n")
