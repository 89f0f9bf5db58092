"""Tables in the window: read beside it, opened like experiments, chosen again where they are gone."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTableWidget,
    QWidget,
)

from playground.data.table import reading
from playground.data.table.csv_text import read_sheet
from playground.experiment.config.schema import DataChoice, replace
from playground.ui.setup.column_checks import ColumnChecks
from playground.ui.setup.csv_dialog import MOST_LISTED, MOST_SHOWN, CsvDialog
from playground.ui.setup.data_gallery import Tile
from playground.ui.setup.data_panel import DataPanel
from tests.ui.bench import Bench
from tests.ui.conftest import settle

PEOPLE = "Id,income,day,sex,buys\n" + "".join(
    f'{k + 1},"{k + 1},234",2024-01-{k + 1:02},{"fm"[k % 2]},{"no" if k < 12 else "yes"}\n' for k in range(24)
)
FLOWERS = "length,width,kind\n1.5,0.2,small\n4.5,1.4,large\n1.4,0.3,small\n4.9,1.5,large\n1.3,0.2,small\n"


PANEL = DataPanel
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes the text of a table into a file."""

    def write(text: str) -> Path:
        path = tmp_path / "table.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def wait_until_read(bench: Bench) -> CsvDialog:
    """Wait until the table is there, or the sentence why it is not."""
    dialog = bench.find(CsvDialog, "csv_dialog")
    bench.qtbot.waitUntil(lambda: not dialog.is_reading)
    return dialog


def show(bench: Bench, path: Path) -> CsvDialog:
    bench.panel.show_table(str(path))
    return wait_until_read(bench)


def choose_file(bench: Bench, path: Path) -> None:
    """Choose a file in the file dialog that is open."""
    asking = bench.find(QFileDialog, "csv_file_dialog")
    asking.selectFile(str(path))
    asking.fileSelected.emit(str(path))
    asking.close()
    wait_until_read(bench)


def said(bench: Bench, name: str) -> str:
    return bench.find(QLabel, f"csv_{name}").text()


def press(bench: Bench, name: str) -> None:
    bench.qtbot.mouseClick(bench.find(QPushButton, f"csv_{name}"), Qt.MouseButton.LeftButton)


def choose_key(bench: Bench, name: str, key: Qt.Key) -> None:
    combo = bench.find(QComboBox, name)
    combo.setFocus()
    bench.qtbot.keyClick(combo, key)


def tick(bench: Bench, name: str, *, on_the_box: bool = False) -> None:
    """Click on a column of the list: on its name, or on the box before it."""
    columns = bench.find(ColumnChecks, "csv_inputs")
    (item,) = columns.findItems(name, Qt.MatchFlag.MatchExactly)
    place = columns.visualItemRect(item)
    at = QPoint(place.left() + 9, place.center().y()) if on_the_box else QPoint(place.right() - 4, place.center().y())
    bench.qtbot.mouseClick(columns.viewport(), Qt.MouseButton.LeftButton, pos=at)


def ticked(bench: Bench) -> list[str]:
    columns = bench.find(ColumnChecks, "csv_inputs")
    items = map(columns.item, range(columns.count()))
    return [item.text() for item in items if item.checkState() == Qt.CheckState.Checked]


def test_the_dialog_and_the_panel_say_what_is_left_out_and_why(bench: Bench, write: Write) -> None:
    show(bench, write(PEOPLE))
    assert said(bench, "left_out") == (
        "Left out: Id (it numbers the rows); day (it holds dates or times, such as “2024-01-01”)."
    )
    columns = bench.find(ColumnChecks, "csv_inputs")
    tips = {columns.item(k).text(): columns.item(k).toolTip() for k in range(columns.count())}
    assert tips == {"Id": "Left out: it numbers the rows.", "income": "", "day": tips["day"], "sex": ""}
    press(bench, "take")
    bench.wait_for_run()
    summary = bench.find(QLabel, "data_summary")
    assert summary.text() == (
        "19 train · 5 test · 2 inputs · 1 output\nPredicts buys (no, yes) from income, sex = m. Left out: Id, day."
    )
    assert "Id: it numbers the rows" in summary.toolTip()
    assert bench.config.name == "table"
    assert bench.config.network.output == "sigmoid"


@pytest.mark.parametrize("patient", [True, False])
def test_the_dialog_is_there_while_the_table_is_read_and_can_be_cancelled(
    bench: Bench, write: Write, monkeypatch: pytest.MonkeyPatch, patient: bool
) -> None:
    go_on, path = threading.Event(), write(PEOPLE)
    monkeypatch.setattr(reading, "read_sheet", lambda *asked: go_on.wait(60) and read_sheet(*asked))
    bench.panel.show_table(str(path))
    dialog = bench.find(CsvDialog, "csv_dialog")
    bench.qtbot.waitUntil(dialog.isVisible)
    assert dialog.is_reading
    assert said(bench, "count") == "Reading…"
    assert not bench.find(QPushButton, "csv_take").isEnabled()
    if patient:
        go_on.set()
        wait_until_read(bench)
        assert said(bench, "count") == "24 rows · 2 of 4 other columns are inputs"
        press(bench, "take")
        assert bench.config.data == DataChoice("csv", path=str(path))
    else:
        press(bench, "cancel")
        assert not dialog.is_reading
        assert bench.config.data.name == "and"
        go_on.set()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_and_the_window_lives(bench: Bench, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    show(bench, tmp_path / "pipe.csv")
    assert "is a device or a pipe" in said(bench, "problem")


def test_a_wide_table_shows_its_first_columns_and_its_target(bench: Bench, write: Write) -> None:
    rows = [",".join(f"{(k * j) % 7}.{j % 10}" for k in range(1, 501)) + f",{'ab'[j % 2]}" for j in range(10)]
    show(bench, write(",".join(f"g{k}" for k in range(500)) + ",kind\n" + "\n".join(rows)))
    cells, targets = bench.find(QTableWidget, "csv_preview"), bench.find(QComboBox, "csv_target")
    assert cells.columnCount() == MOST_SHOWN
    assert cells.horizontalHeaderItem(MOST_SHOWN - 1).text() == "kind"
    assert bench.find(ColumnChecks, "csv_inputs").count() == MOST_LISTED
    assert targets.count() == MOST_LISTED
    assert targets.currentText() == "kind"
    press(bench, "take")
    bench.wait_for_run()
    assert bench.session.info.sizes[0] == 500


def test_the_decimal_sign_is_asked_for_where_the_table_does_not_tell(bench: Bench, write: Write) -> None:
    path = write("size;price\n1,250;1\n2,375;2\n3,125;5\n4,500;8\n")
    show(bench, path)
    assert "“1,250” can be 1250 or 1.250" in said(bench, "problem")
    choose_key(bench, "csv_decimal", Qt.Key.Key_End)
    wait_until_read(bench)
    assert bench.find(QLabel, "csv_problem").isHidden()
    press(bench, "take")
    assert bench.config.data == DataChoice("csv", path=str(path), decimal="comma")
    bench.wait_for_run()
    assert float(bench.session.info.data.dataset.x[0, 0]) == 1.25


def test_columns_are_chosen_again_with_what_was_chosen_before(bench: Bench, write: Write) -> None:
    chosen = DataChoice("csv", path=str(write(PEOPLE)), target="income", columns=("sex",), train_share=0.5)
    bench.store.apply(replace(bench.config, data=chosen, network=replace(bench.config.network, hidden=(3,))))
    bench.click("data_options")
    bench.click("change_columns")
    wait_until_read(bench)
    assert bench.find(QComboBox, "csv_target").currentText() == "income"
    press(bench, "take")
    assert bench.config.data == chosen
    assert bench.config.network.hidden == (3,)


def test_a_table_that_is_gone_is_chosen_and_the_network_stays(bench: Bench, write: Write) -> None:
    path = write(PEOPLE)
    gone = DataChoice("csv", path=str(path.with_name("gone.csv")), target="buys")
    bench.store.apply(replace(bench.config, data=gone, network=replace(bench.config.network, hidden=(3, 2))))
    bench.panel.mend_table()
    choose_file(bench, path)
    press(bench, "take")
    assert bench.config.data == DataChoice("csv", path=str(path), target="buys")
    assert bench.config.network.hidden == (3, 2)
    bench.wait_for_run()


def test_a_table_without_gaps_is_previewed_and_taken(bench: Bench, write: Write) -> None:
    path = write(FLOWERS)
    bench.click("data_csv")
    choose_file(bench, path)
    assert bench.find(QCheckBox, "csv_header").isChecked()
    assert not bench.find(QCheckBox, "csv_gaps").isVisible()
    assert bench.find(QComboBox, "csv_target").currentText() == "kind"
    press(bench, "take")
    assert bench.config.data == DataChoice("csv", path=str(path))
    assert bench.find(Tile, "data_csv").isChecked()
    bench.wait_for_run()
    bench.store.undo()
    assert bench.config.data.name == "and"


def test_of_a_long_heading_the_beginning_is_seen(bench: Bench, write: Write) -> None:
    seen = []
    for end in ("this", "that"):
        name = f"the name of a column that goes on and on to {end}"
        dialog = show(bench, write(FLOWERS.replace("width", name)))
        seen.append(bench.find(QTableWidget, "csv_preview").horizontalHeader().viewport().grab().toImage())
        dialog.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert seen[0] == seen[1]


def test_the_dialog_and_the_panel_say_that_classes_differ_only_in_case(bench: Bench, write: Write) -> None:
    show(bench, write("a,said\n1,Yes\n2,yes\n3,no\n4,Yes\n"))
    assert said(bench, "count").endswith("classes that differ only in upper and lower case: Yes, yes")
    press(bench, "take")
    bench.wait_for_run()
    assert "only in upper and lower case: Yes, yes" in bench.find(QLabel, "data_summary").toolTip()


def test_another_column_makes_another_task_and_one_that_it_is_not_fit_for_is_refused(
    bench: Bench, write: Write
) -> None:
    show(bench, write(FLOWERS))
    press(bench, "task_regression")
    assert not bench.find(QPushButton, "csv_take").isEnabled()
    assert "“small” is not a number" in said(bench, "problem")
    choose_key(bench, "csv_target", Qt.Key.Key_Home)
    assert bench.find(QComboBox, "csv_target").currentText() == "length"
    press(bench, "task_regression")
    press(bench, "take")
    assert bench.config.data["target"] == "length"
    assert bench.config.data["task"] == "regression"
    assert bench.config.network.output == "linear"
    bench.wait_for_run()


def test_the_columns_to_learn_from_are_ticked_and_no_control_moves(
    bench: Bench, write: Write, qapp: QApplication
) -> None:
    path = write("who,a,b,c,y\nAnn,1,2,,0\nBob,3,4,5,1\nCy,3,5,5,1\nDi,2,5,1,0\n")
    show(bench, path)
    assert ticked(bench) == ["a", "b", "c"]
    assert "line 2, column “c”" in said(bench, "problem")  # which has no value there: do without it
    tick(bench, "c")
    assert ticked(bench) == ["a", "b"]
    assert bench.find(QLabel, "csv_problem").isHidden()
    settle(qapp)
    controls = [bench.find(QWidget, f"csv_{name}") for name in ("header", "inputs", "task", "take")]
    places = [control.mapToGlobal(QPoint()) for control in controls]
    tick(bench, "b", on_the_box=True)
    assert ticked(bench) == ["a"]
    tick(bench, "who")  # no numbers
    assert ticked(bench) == ["a"]
    tick(bench, "a")
    assert "choose one or more" in said(bench, "problem")
    settle(qapp)
    assert [control.mapToGlobal(QPoint()) for control in controls] == places
    assert not bench.find(QPushButton, "csv_take").isEnabled()
    tick(bench, "b", on_the_box=True)
    press(bench, "take")
    assert bench.config.data == DataChoice("csv", path=str(path), columns=("b",))
    bench.wait_for_run()
    assert bench.session.info.data.input_names == ("b",)


def test_the_space_bar_ticks_and_another_target_takes_itself_out(bench: Bench, write: Write) -> None:
    show(bench, write("a,b,c,y\n1,2,8,0\n3,4,5,1\n3,5,5,1\n2,5,1,0\n"))
    columns, target = bench.find(ColumnChecks, "csv_inputs"), bench.find(QComboBox, "csv_target")
    columns.setFocus()
    bench.qtbot.keyClick(columns, Qt.Key.Key_Home)
    bench.qtbot.keyClick(columns, Qt.Key.Key_Space)
    assert ticked(bench) == ["b", "c"]
    target.setFocus()
    target.setCurrentText("b")
    target.activated.emit(target.currentIndex())
    assert ticked(bench) == ["c", "y"]
    header = bench.find(QCheckBox, "csv_header")
    header.setChecked(False)
    assert ticked(bench) == ["x1", "x2", "x3"]  # the columns are called otherwise: all anew
    header.setChecked(True)
    assert ticked(bench) == ["a", "b", "c"]


def test_a_table_is_read_once_for_all_ticks(bench: Bench, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    monkeypatch.setattr(reading, "read_sheet", lambda *asked: read.append(asked[0]) or read_sheet(*asked))
    path = write(FLOWERS)
    show(bench, path)
    for name in ("length", "width", "length"):
        tick(bench, name)
    assert ticked(bench) == ["length"]
    assert read == [path]
    bench.find(QCheckBox, "csv_header").toggle()
    assert read == [path, path]


@pytest.mark.parametrize(
    ("text", "end", "cut"),
    [
        ("", ".", "automatic"),
        ("a,b\n1,2\n3\n4,5\n", "should be cut at another sign, choose the delimiter.", "automatic"),
        ("a\n1\n2\n", "if another sign stands between values, choose the delimiter.", "automatic"),
        ("just words\nand more\n", ".", "space"),
    ],
)
def test_a_bad_table_is_answered_in_the_dialog(bench: Bench, write: Write, text: str, end: str, cut: str) -> None:
    dialog = show(bench, write(text))
    assert bench.find(QLabel, "csv_problem").isVisible()
    assert said(bench, "problem").rstrip().endswith(end)
    assert bench.find(QComboBox, "csv_delimiter").currentText() == cut
    assert not bench.find(QPushButton, "csv_take").isEnabled()
    dialog.reject()
    assert bench.config.data.name == "and"


def test_rows_with_gaps_are_left_out_with_one_click(bench: Bench, write: Write) -> None:
    rows = [f"{'' if k in (3, 8) else k},{'' if k == 5 else 'fm'[k % 2]},{'uv'[k % 3 == 0]}" for k in range(30)]
    show(bench, write("\n".join(["a,sex,kind", *rows, ""])))
    box = bench.find(QCheckBox, "csv_gaps")
    assert said(bench, "problem").endswith("or leave out the column or the rows with gaps.")
    assert (box.isVisible(), box.isChecked(), box.text()) == (True, False, "Leave out the 3 rows with gaps")
    assert ticked(bench) == ["a", "sex"]  # both have gaps: neither is left out for them
    box.click()
    assert said(bench, "problem") == ""
    assert ticked(bench) == ["a", "sex"]
    assert said(bench, "count").startswith("27 rows · 2 of 2 other columns")
    assert said(bench, "left_out") == "Left out: 3 rows with gaps (lines 5, 7, 10)."
    tick(bench, "sex")
    assert box.text() == "Leave out the 2 rows with gaps"
    tick(bench, "sex")
    press(bench, "take")
    bench.wait_for_run()
    assert bench.config.data["leave_out_gaps"] is True
    summary = bench.find(QLabel, "data_summary").text()
    assert summary.endswith("Predicts kind (u, v) from a, sex = m. Left out: 3 rows with gaps (lines 5, 7, 10).")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    bench.click("data_options")
    bench.click("change_columns")
    wait_until_read(bench)
    assert bench.find(QCheckBox, "csv_gaps").isChecked()
    press(bench, "take")
    assert bench.config.data["leave_out_gaps"] is True


def test_the_file_dialog_outlives_a_box_of_its_own(bench: Bench, tmp_path: Path) -> None:
    bench.click("data_csv")
    asking = bench.find(QFileDialog, "csv_file_dialog")
    boxes: list[QMessageBox] = []

    def close() -> None:  # the box says that there is no such file, and waits
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        boxes.append(box)
        asking.reject()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        box.reject()

    name = asking.findChild(QLineEdit, "fileNameEdit")
    name.setText(str(tmp_path / "nowhere.csv"))
    QTimer.singleShot(0, close)
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert len(boxes) == 1
    assert not asking.isVisible()
