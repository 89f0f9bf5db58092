"""Experiments opened, saved, copied and pasted, and pictures of the window."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from playground.experiment.config import edits, files
from playground.experiment.config import schema as configs
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig, replace
from playground.ui.canvas.chart import Chart
from tests.ui.conftest import OpenWindow, click, part, text, title


def test_copy_and_paste_an_experiment(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window()
    window.actions_["copy_experiment"].trigger()
    raw = json.loads(QGuiApplication.clipboard().text())
    assert raw["name"] == "and-gate"
    assert text(window, "status_message") == "“AND gate” is on the clipboard, as JSON."
    raw["seed"] = 7
    QGuiApplication.clipboard().setText(json.dumps(raw))
    QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert window.store.config.seed == 7
    QGuiApplication.clipboard().setText('{"seed": "seven"}')
    window.actions_["paste_experiment"].trigger()
    box = window.findChild(QMessageBox, "complaint")
    assert box is not None
    assert "$.seed" in box.informativeText()
    assert window.store.config.seed == 7
    box.close()
    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "complaint") is None)


def test_save_and_open_and_what_is_no_name_for_an_experiment(
    kept_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window = kept_window()
    window.store.apply(edits.change(window.store.config, "training.learning_rate", 0.25))
    window.files.save_file(tmp_path / "mine.json")
    assert window.store.config.name == "mine"
    assert part(window, "status_message").isVisible()
    assert (
        text(window, "status_message")
        == "Saved to mine.json: the set-up. Weights that were learnt or set by hand are not saved."
    )
    window.files.new()
    assert window.store.config == ExperimentConfig()
    window.files.open_file(tmp_path / "mine.json")
    assert window.store.config.training.learning_rate == 0.25
    assert configs.decode((tmp_path / "mine.json").read_bytes()) == window.store.config
    for broken in ("no.json", "bad.json"):
        (tmp_path / "bad.json").write_text("{}}")
        window.files.open_file(tmp_path / broken)
        box = window.findChild(QMessageBox, "complaint")
        assert box is not None
        assert broken in box.informativeText()
        box.close()
        qtbot.waitUntil(lambda: window.findChild(QMessageBox, "complaint") is None)
    there = sorted(tmp_path.iterdir()), window.store.config
    window.files.save_file(tmp_path / "no" / "such" / "folder.json")
    box = window.findChild(QMessageBox, "complaint")
    assert box is not None
    box.close()
    for name in ("window.png", "page.PDF", "rows.csv", "curve.svg"):
        window.files.save_file(tmp_path / name)
        box = window.findChildren(QMessageBox, "complaint")[-1]
        assert box.informativeText() == (
            f"{name} would be taken for a picture, a table or a PDF: an experiment's file ends in .json."
        )
        box.close()
    assert (sorted(tmp_path.iterdir()), window.store.config) == there


def test_a_picture_of_the_window_is_saved_with_nothing_in_it_of_the_mouse(
    kept_window: OpenWindow, tmp_path: Path
) -> None:
    window = kept_window("and-gate")
    plot = window.findChild(Chart, "loss_plot")
    plot.point_to(plot.place(0.5, 0.1))
    window.files.save_picture(tmp_path / "window.png")
    assert (tmp_path / "window.png").stat().st_size > 5_000
    assert plot.mouse is None


def test_save_never_writes_another_experiment_over_a_file(
    kept_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed: list[str] = []

    def ask(_window: QWidget, _title: str, name: str, _kinds: str, **_options: object) -> tuple[str, str]:
        proposed.append(name)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    path = tmp_path / "mine.json"
    window = kept_window("and-gate")
    window.files.save_file(path)
    before = path.read_bytes()
    click(qtbot, window, "data_xor")
    assert window.files.path is None
    window.files.save()
    assert proposed[0].endswith("xor-gate.json")
    click(qtbot, window, "data_and")
    assert (window.files.path, title(window)) == (path, "mine")
    assert path.read_bytes() == before


def test_undo_across_two_files_goes_back_to_the_file_of_each(kept_window: OpenWindow, tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    for path, data in ((first, "circle"), (second, "moons")):
        files.save(path, replace(PRESETS[data].config, name=path.stem))
    window = kept_window("and-gate")
    window.files.open_file(first)
    window.files.open_file(second)
    window.store.undo()
    assert (title(window), window.files.path) == ("first", first)
    window.store.redo()
    assert (title(window), window.files.path) == ("second", second)


def test_a_dot_marks_what_is_not_as_it_is_in_its_file(kept_window: OpenWindow, tmp_path: Path) -> None:
    window = kept_window()
    before = window.store.config
    for name in ("mine", "spiral", "xor"):  # its own, a ready-made one's, that of data
        window.store.apply(edits.change(before, "training.learning_rate", 0.007))
        window.files.save_file(tmp_path / f"{name}.json")
        saved = title(window)
        assert not saved.endswith("•")
        window.store.apply(edits.change(window.store.config, "training.learning_rate", 0.02))
        assert title(window) == window.transport.experiment_button.text().rstrip(" ▾") == f"{saved} •"
        window.store.undo()
        assert title(window) == saved
        window.store.redo()
        assert title(window) == f"{saved} •"
        window.files.save()
        assert title(window) == saved
        window.store.undo()
        assert title(window) == f"{saved} •"
        window.files.new()
        window.files.open_file(tmp_path / f"{name}.json")
        assert title(window) == saved
        window.files.new()
