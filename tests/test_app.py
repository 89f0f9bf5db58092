"""The composition root: pictures without a screen, and a clean end."""

import errno
import os
import signal
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from playground import app
from playground.experiment.config import edits
from playground.experiment.config import schema as configs
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import StopConfig
from playground.registry import UserError
from playground.runtime.preferences import Preferences
from playground.ui.canvas.pictures import save_picture
from playground.ui.core import i18n, theme
from playground.ui.shell.main_window import MainWindow


@pytest.fixture(autouse=True)
def as_before(qapp: QApplication):
    yield
    theme.apply(qapp, "light")
    i18n.use(qapp, "en")


def test_a_picture_shows_the_window_after_some_steps_and_the_same_state_alike(tmp_path: Path) -> None:
    pictures = []
    for steps in (50, 50, 900):
        made = app.take_picture(PRESETS["and-gate"].config, tmp_path / "picture.png", steps, 1280, 720, "light", "en")
        assert made == steps
        pictures.append(picture_of(tmp_path / "picture.png", (1280, 720), theme.LIGHT.window))
    assert pictures[0] == pictures[1]
    assert pictures[0] != pictures[2]


def picture_of(file: Path, size: tuple[int, int], ground: str) -> QImage:
    """Return the network and the boundary in a picture of the window."""
    image = QImage(str(file))
    assert image.size().toTuple() == size
    assert image.pixelColor(4, 400).name() == ground
    assert len({image.pixel(x, y) for x in range(0, size[0], 4) for y in range(0, size[1], 4)}) > 300
    return image.copy(320, 130, 560, 500)


def test_the_smallest_picture_is_dark_if_asked_and_shows_the_last_step_of_a_run_that_ends_by_itself(
    tmp_path: Path,
) -> None:
    config = configs.replace(PRESETS["and-gate"].config, "training.stop", StopConfig(steps=20))
    assert app.take_picture(config, tmp_path / "picture.png", 50, 1024, 616, "dark", "en") == 20
    picture_of(tmp_path / "picture.png", (1024, 616), theme.DARK.window)


def test_a_picture_that_cannot_be_made_gets_a_sentence(tmp_path: Path) -> None:
    config = PRESETS["and-gate"].config
    with pytest.raises(UserError, match="no folder"):
        app.take_picture(config, tmp_path / "no" / "picture.png", 0, 1280, 720, "light", "en")
    for kind in ("nonsense", "svg", "ico", "cur"):
        with pytest.raises(UserError, match=rf"picture\.{kind}: the name must end in one of bmp, jpeg, jpg, png, ppm"):
            app.take_picture(config, tmp_path / f"picture.{kind}", 0, 1280, 720, "light", "en")
    with pytest.raises(UserError, match="fetch mnist"):
        app.take_picture(PRESETS["mnist-zeros"].config, tmp_path / "a.png", 0, 1280, 720, "light", "en")
    missing = configs.replace(config, data=configs.DataChoice("csv", path=str(tmp_path / "none.csv")))
    with pytest.raises(UserError, match=r"none\.csv"):
        app.take_picture(missing, tmp_path / "a.png", 0, 1280, 720, "light", "en")


@pytest.mark.parametrize(("width", "height"), [(640, 400), (1024, 615), (1023, 616), (7680, 320)])
def test_a_picture_smaller_than_the_window_can_be_is_refused(tmp_path: Path, width: int, height: int) -> None:
    with pytest.raises(UserError, match=f"{width}x{height} is too small: the window needs 1024x616 or more"):
        app.take_picture(PRESETS["and-gate"].config, tmp_path / "a.png", 0, width, height, "light", "en")
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_ends_the_taking_of_a_picture(qtbot: QtBot, tmp_path: Path) -> None:
    QTimer.singleShot(300, lambda: os.kill(os.getpid(), signal.SIGINT))
    config = edits.change(PRESETS["spiral"].config, "training.stop", StopConfig())
    with pytest.raises(KeyboardInterrupt):
        app.take_picture(config, tmp_path / "a.png", 10**9, 1280, 720, "light", "en")
    assert list(tmp_path.iterdir()) == []
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_full_disk_leaves_no_part_of_a_picture(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    picture = QPixmap(10, 10)
    picture.fill()
    with pytest.raises(UserError, match="No space left on device"):
        save_picture(picture, tmp_path / "a.png")
    assert list(tmp_path.iterdir()) == []


def test_the_program_runs_trains_and_ends_by_ctrl_c(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def play_and_interrupt() -> None:
        window = next(it for it in QApplication.topLevelWidgets() if isinstance(it, MainWindow))
        window.session.play()
        qtbot.waitUntil(lambda: window.session.step_count > 100)
        seen.append(window.session.step_count)
        os.kill(os.getpid(), signal.SIGINT)

    QTimer.singleShot(0, play_and_interrupt)
    assert app.run_window(edits.change(PRESETS["spiral"].config, "training.stop", StopConfig())) == 0
    assert seen
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_closes_even_before_there_is_a_window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    create = app.create_window

    def interrupted(*given: object) -> MainWindow:
        os.kill(os.getpid(), signal.SIGINT)
        return create(*given)

    monkeypatch.setattr(app, "create_window", interrupted)
    assert app.run_window(PRESETS["spiral"].config) == 0


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system has no such signal")
def test_being_told_to_end_saves_like_closing_even_while_a_dialog_is_open(qtbot: QtBot) -> None:
    changed = edits.change(PRESETS["and-gate"].config, "seed", 4711)

    def change_and_end() -> None:
        window = next(it for it in QApplication.topLevelWidgets() if isinstance(it, MainWindow))
        window.store.apply(changed)
        QTimer.singleShot(50, lambda: os.kill(os.getpid(), signal.SIGHUP))
        QDialog(window).exec()

    before = signal.getsignal(signal.SIGHUP)
    QTimer.singleShot(0, change_and_end)
    assert app.run_window(PRESETS["and-gate"].config) == 0
    assert configs.decode(Preferences().last_experiment) == changed
    assert signal.getsignal(signal.SIGHUP) == before


def test_settings_that_cannot_be_kept_are_said_once(qtbot: QtBot, capfd: pytest.CaptureFixture[str]) -> None:
    place = Preferences().path
    place.parent.parent.mkdir(parents=True, exist_ok=True)
    place.parent.write_bytes(b"a file where the folder should be")
    said: list[str] = []

    def look_and_close() -> None:
        window = next(it for it in QApplication.topLevelWidgets() if isinstance(it, MainWindow))
        said.extend(box.informativeText() for box in window.findChildren(QMessageBox))
        window.close()

    QTimer.singleShot(200, look_and_close)
    assert app.run_window(PRESETS["and-gate"].config) == 0
    assert said == [f"Your settings cannot be kept: {place} cannot be written."]
    assert "cannot be kept" not in capfd.readouterr().err
