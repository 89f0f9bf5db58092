"""A table in the real window: opened as a file, dropped, missed, and waited for."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from playground.data.table import reading
from playground.data.table.csv_text import read_sheet
from playground.experiment.config import schema as configs
from playground.experiment.config.schema import DataChoice
from playground.ui.setup.csv_dialog import CsvDialog
from playground.ui.shell.main_window import MainWindow
from tests.ui.conftest import OpenWindow, part, text

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "plants.csv"
    path.write_text("a,b,kind\n" + "".join(f"{k % 5},{k % 7},{'rb'[k % 2]}\n" for k in range(30)), encoding="utf-8")
    return path


def learn(window: MainWindow, qtbot: QtBot) -> None:
    """Take the table that the dialog shows."""
    dialog = window.findChild(CsvDialog)
    qtbot.waitUntil(lambda: not dialog.is_reading)
    button = dialog.findChild(QPushButton, "csv_take")
    assert button is not None
    QTest.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: window.session.is_current and is_built(window))


def is_built(window: MainWindow) -> bool:
    return window.session.info is not None and window.session.info.config == window.store.config


def test_a_table_is_opened_like_an_experiment_or_dropped_onto_the_window_alone(
    kept_window: OpenWindow, qtbot: QtBot, table: Path
) -> None:
    window = kept_window("and-gate")
    window.files.open_file(table)
    learn(window, qtbot)
    assert window.store.config.data == DataChoice("csv", path=str(table))
    assert window.store.config.name == "plants"
    assert window.files.path is None  # the table is not saved over
    window.store.undo()
    assert window.store.config.data.name == "and"
    several, words, one = QMimeData(), QMimeData(), QMimeData()
    several.setUrls([QUrl.fromLocalFile(str(table)), QUrl.fromLocalFile(str(table))])
    words.setText("a,b")
    one.setUrls([QUrl.fromLocalFile(str(table))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    for data in (several, words, one):
        enter = QDragEnterEvent(QPoint(50, 50), copy, data, LEFT, none)
        enter.ignore()
        QApplication.sendEvent(window, enter)
        assert enter.isAccepted() is (data is one)
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), copy, one, LEFT, none))
    learn(window, qtbot)
    assert window.store.config.data["path"] == str(table)


def test_a_table_that_is_gone_can_be_chosen_from_the_notes(kept_window: OpenWindow, qtbot: QtBot, table: Path) -> None:
    window = kept_window("and-gate")
    gone = DataChoice("csv", path=str(table.with_name("gone.csv")))
    with qtbot.waitSignal(window.session.refused):
        window.store.apply(configs.replace(window.store.config, data=gone))
    assert f"There is no file gone.csv in {table.parent}" in text(window, "refused_notice_text")
    button = part(window, "choose_table")
    qtbot.waitUntil(button.isVisible)
    QTest.mouseClick(button, LEFT)
    asking = window.findChild(QFileDialog, "csv_file_dialog")
    asking.fileSelected.emit(str(table))
    asking.close()
    learn(window, qtbot)
    assert window.store.config.data["path"] == str(table)
    assert not button.isVisible()


def test_a_pasted_experiment_finds_its_table_beside_the_file_in_use(kept_window: OpenWindow, table: Path) -> None:
    window = kept_window("and-gate")
    window.files.save_file(table.with_name("lesson.json"))
    QGuiApplication.clipboard().setText('{"data": {"name": "csv", "path": "plants.csv"}}')
    window.files.paste()
    assert window.store.config.data["path"] == str(table)


def test_while_a_table_is_read_no_picture_of_the_run_before_stays(
    kept_window: OpenWindow, qtbot: QtBot, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = kept_window("and-gate")
    go_on = threading.Event()
    monkeypatch.setattr(reading, "read_sheet", lambda *asked: go_on.wait(60) and read_sheet(*asked))
    window.store.apply(configs.replace(window.store.config, data=DataChoice("csv", path=str(table))))
    words = ("Reading the data…", "The run begins when they are here.")
    dock = window.area.docks["network_diagram_panel"]
    qtbot.waitUntil(lambda: dock.message == words)
    go_on.set()
    qtbot.waitUntil(lambda: is_built(window) and dock.message is None)
