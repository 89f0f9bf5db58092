"""Tables in the window: read beside it, opened like experiments, chosen again where they are gone."""

import os
import threading
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
    QListWidget,
    QMessageBox,
    QPushButton,
    QTableWidget,
)

from playground.data.table import reading
from playground.data.table.csv_text import read_sheet
from playground.experiment.config.schema import DataChoice, replace
from playground.ui.setup.column_checks import ColumnChecks
from playground.ui.setup.csv_dialog import MOST_LISTED, MOST_SHOWN, CsvDialog
from playground.ui.setup.data_gallery import Tile
from playground.ui.setup.data_panel import DataPanel
from tests.ui.bench import Bench

PEOPLE = "Id,income,day,sex,buys\n" + "".join(
    f'{k + 1},"{k + 1},234",2024-01-{k + 1:02},{"fm"[k % 2]},{"no" if k < 12 else "yes"}\n' for k in range(24)
)
FLOWERS = "length,width,kind\n1.5,0.2,small\n4.5,1.4,large\n1.4,0.3,small\n4.9,1.5,large\n1.3,0.2,small\n"


PANEL = DataPanel


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "flowers.csv"
    path.write_text(FLOWERS, encoding="utf-8")
    return path


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "buyers.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


def show(bench: Bench, path: Path) -> CsvDialog:
    panel = bench.panel
    assert isinstance(panel, DataPanel)
    panel.show_table(str(path))
    dialog = bench.find(CsvDialog, "csv_dialog")
    bench.qtbot.waitUntil(lambda: not dialog.is_reading)
    return dialog


def label(dialog: CsvDialog, name: str) -> QLabel:
    found = dialog.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found


def take(bench: Bench, dialog: CsvDialog) -> None:
    button = dialog.findChild(QPushButton, "csv_take")
    assert button is not None
    bench.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def open_table(bench: Bench, path: Path) -> CsvDialog:
    """Choose a file in the file dialog, as the tile of the gallery opens it."""
    bench.click("data_csv")
    asking = bench.find(QFileDialog, "csv_file_dialog")
    asking.selectFile(str(path))
    asking.fileSelected.emit(str(path))
    asking.close()
    dialog = bench.find(CsvDialog, "csv_dialog")
    wait_until_read(bench, dialog)
    return dialog


def wait_until_read(bench: Bench, dialog: CsvDialog) -> None:
    """Wait until the table is there, or the sentence why it is not."""
    bench.qtbot.waitUntil(lambda: not dialog.is_reading)


def tick(bench: Bench, dialog: CsvDialog, name: str, *, on_the_box: bool = False) -> None:
    """Click on a column of the list: on its name, or on the box before it."""
    columns = dialog.findChild(ColumnChecks, "csv_inputs")
    assert columns is not None
    (item,) = columns.findItems(name, Qt.MatchFlag.MatchExactly)
    place = columns.visualItemRect(item)
    at = QPoint(place.left() + 9, place.center().y()) if on_the_box else QPoint(place.right() - 4, place.center().y())
    bench.qtbot.mouseClick(columns.viewport(), Qt.MouseButton.LeftButton, pos=at)


def ticked(dialog: CsvDialog) -> list[str]:
    columns = dialog.findChild(ColumnChecks, "csv_inputs")
    assert columns is not None
    items = map(columns.item, range(columns.count()))
    return [item.text() for item in items if item.checkState() == Qt.CheckState.Checked]


def test_the_dialog_and_the_panel_say_what_is_left_out_and_why(bench: Bench, people: Path) -> None:
    dialog = show(bench, people)
    said = label(dialog, "csv_left_out").text()
    assert said == "Left out: Id (it numbers the rows); day (it holds dates or times, such as “2024-01-01”)."
    columns = dialog.findChild(ColumnChecks, "csv_inputs")
    assert columns is not None
    tips = {columns.item(k).text(): columns.item(k).toolTip() for k in range(columns.count())}
    assert tips == {"Id": "Left out: it numbers the rows.", "income": "", "day": tips["day"], "sex": ""}
    take(bench, dialog)
    bench.wait_for_run()
    summary = bench.find(QLabel, "data_summary")
    assert summary.text() == (
        "19 train · 5 test · 2 inputs · 1 output\nPredicts buys (no, yes) from income, sex = m. Left out: Id, day."
    )
    assert "Id: it numbers the rows" in summary.toolTip()
    assert bench.config.name == "buyers"
    assert bench.config.network.output == "sigmoid"


def test_the_dialog_is_there_while_the_table_is_read_and_can_be_cancelled(
    bench: Bench, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    monkeypatch.setattr(reading, "read_sheet", lambda *asked: go_on.wait(60) and read_sheet(*asked))
    panel = bench.panel
    assert isinstance(panel, DataPanel)
    panel.show_table(str(people))
    dialog = bench.find(CsvDialog, "csv_dialog")
    bench.qtbot.waitUntil(dialog.isVisible)
    assert dialog.is_reading
    assert label(dialog, "csv_count").text() == "Reading…"
    button = dialog.findChild(QPushButton, "csv_take")
    assert button is not None
    assert not button.isEnabled()
    cancel = dialog.findChild(QPushButton, "csv_cancel")
    assert cancel is not None
    bench.qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert not dialog.is_reading
    assert bench.config.data.name == "and"
    go_on.set()


def test_a_table_that_comes_late_is_shown_when_it_is_there(
    bench: Bench, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(reading, "read_sheet", lambda *asked: go_on.wait(60) and read_sheet(*asked))
    panel = bench.panel
    assert isinstance(panel, DataPanel)
    panel.show_table(str(people))
    dialog = bench.find(CsvDialog, "csv_dialog")
    assert dialog.is_reading
    go_on.set()
    bench.qtbot.waitUntil(lambda: not dialog.is_reading)
    assert label(dialog, "csv_count").text() == "24 rows · 2 of 4 other columns are inputs"
    take(bench, dialog)
    assert bench.config.data == DataChoice("csv", path=str(people))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_and_the_window_lives(bench: Bench, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    dialog = show(bench, tmp_path / "pipe.csv")
    assert "is a device or a pipe" in label(dialog, "csv_problem").text()


def test_a_wide_table_shows_its_first_columns_and_its_target(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "genes.csv"
    rows = [",".join(f"{(k * j) % 7}.{j % 10}" for k in range(1, 1001)) + f",{'ab'[j % 2]}" for j in range(20)]
    path.write_text(",".join(f"g{k}" for k in range(1000)) + ",kind\n" + "\n".join(rows), encoding="utf-8")
    dialog = show(bench, path)
    cells, columns = dialog.findChild(QTableWidget, "csv_preview"), dialog.findChild(QListWidget, "csv_inputs")
    targets = dialog.findChild(QComboBox, "csv_target")
    assert cells is not None
    assert columns is not None
    assert targets is not None
    assert cells.columnCount() == MOST_SHOWN
    assert cells.horizontalHeaderItem(MOST_SHOWN - 1).text() == "kind"
    assert columns.count() == MOST_LISTED
    assert targets.count() == MOST_LISTED
    assert targets.currentText() == "kind"
    take(bench, dialog)
    bench.wait_for_run()
    assert bench.session.info is not None
    assert bench.session.info.sizes[0] == 1000


def test_the_decimal_sign_is_asked_for_where_the_table_does_not_tell(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_text("size;price\n1,250;1\n2,375;2\n3,125;5\n4,500;8\n", encoding="utf-8")
    dialog = show(bench, path)
    assert "“1,250” can be 1250 or 1.250" in label(dialog, "csv_problem").text()
    decimal = dialog.findChild(QComboBox, "csv_decimal")
    assert decimal is not None
    decimal.setFocus()
    bench.qtbot.keyClick(decimal, Qt.Key.Key_End)
    bench.qtbot.waitUntil(lambda: not dialog.is_reading)
    assert label(dialog, "csv_problem").isHidden()
    take(bench, dialog)
    assert bench.config.data == DataChoice("csv", path=str(path), decimal="comma")
    bench.wait_for_run()
    assert bench.session.info is not None
    assert float(bench.session.info.data.dataset.x[0, 0]) == 1.25


def test_columns_are_chosen_again_with_what_was_chosen_before(bench: Bench, people: Path) -> None:
    chosen = DataChoice("csv", path=str(people), target="income", columns=("sex",), train_share=0.5)
    bench.store.apply(replace(bench.config, data=chosen, network=replace(bench.config.network, hidden=(3,))))
    bench.click("data_options")
    bench.click("change_columns")
    dialog = bench.find(CsvDialog, "csv_dialog")
    bench.qtbot.waitUntil(lambda: not dialog.is_reading)
    target = dialog.findChild(QComboBox, "csv_target")
    assert target is not None
    assert target.currentText() == "income"
    take(bench, dialog)
    assert bench.config.data == chosen
    assert bench.config.network.hidden == (3,)


def test_a_table_that_is_gone_is_chosen_and_the_network_stays(bench: Bench, people: Path) -> None:
    gone = DataChoice("csv", path=str(people.with_name("gone.csv")), target="buys")
    bench.store.apply(replace(bench.config, data=gone, network=replace(bench.config.network, hidden=(3, 2))))
    panel = bench.panel
    assert isinstance(panel, DataPanel)
    panel.mend_table()
    asking = bench.find(QFileDialog, "csv_file_dialog")
    asking.fileSelected.emit(str(people))
    asking.close()
    dialog = bench.find(CsvDialog, "csv_dialog")
    bench.qtbot.waitUntil(lambda: not dialog.is_reading)
    take(bench, dialog)
    assert bench.config.data == DataChoice("csv", path=str(people), target="buys")
    assert bench.config.network.hidden == (3, 2)
    bench.wait_for_run()


def test_a_table_is_previewed_and_taken(bench: Bench, table: Path) -> None:
    dialog = open_table(bench, table)
    assert dialog.findChild(QCheckBox, "csv_header").isChecked()  # type: ignore[union-attr]
    target = dialog.findChild(QComboBox, "csv_target")
    assert target is not None
    assert target.currentText() == "kind"
    bench.qtbot.mouseClick(dialog.findChild(QPushButton, "csv_take"), Qt.MouseButton.LeftButton)
    assert bench.config.data == DataChoice("csv", path=str(table))
    assert bench.find(Tile, "data_csv").isChecked()
    bench.wait_for_run()
    bench.store.undo()
    assert bench.config.data.name == "and"


def test_of_a_long_heading_the_beginning_is_seen(bench: Bench, tmp_path: Path) -> None:
    seen = []
    for end in ("this", "that"):
        path = tmp_path / f"{end}.csv"
        name = f"the name of a column that goes on and on to {end}"
        path.write_text(FLOWERS.replace("width", name), encoding="utf-8")
        dialog = show(bench, path)
        rows = dialog.findChild(QTableWidget, "csv_preview")
        assert rows is not None
        seen.append(rows.horizontalHeader().viewport().grab().toImage())
        dialog.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert seen[0] == seen[1]


def test_the_dialog_and_the_panel_say_that_classes_differ_only_in_case(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text("a,said\n1,Yes\n2,yes\n3,no\n4,Yes\n", encoding="utf-8")
    dialog = open_table(bench, file)
    assert label(dialog, "csv_count").text().endswith("classes that differ only in upper and lower case: Yes, yes")
    take(bench, dialog)
    bench.wait_for_run()
    assert "only in upper and lower case: Yes, yes" in bench.find(QLabel, "data_summary").toolTip()


def test_another_column_makes_another_task(bench: Bench, table: Path) -> None:
    dialog = open_table(bench, table)
    target = dialog.findChild(QComboBox, "csv_target")
    assert target is not None
    target.setFocus()
    bench.qtbot.keyClick(target, Qt.Key.Key_Home)
    assert target.currentText() == "length"
    regression = dialog.findChild(QPushButton, "csv_task_regression")
    assert regression is not None
    bench.qtbot.mouseClick(regression, Qt.MouseButton.LeftButton)
    bench.qtbot.mouseClick(dialog.findChild(QPushButton, "csv_take"), Qt.MouseButton.LeftButton)
    assert bench.config.data["target"] == "length"
    assert bench.config.data["task"] == "regression"
    assert bench.config.network.output == "linear"
    bench.wait_for_run()


def test_the_columns_to_learn_from_are_ticked(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("who,a,b,c,y\nAnn,1,2,,0\nBob,3,4,5,1\nCy,3,5,5,1\nDi,2,5,1,0\n", encoding="utf-8")
    dialog = open_table(bench, path)
    problem, take = dialog.findChild(QLabel, "csv_problem"), dialog.findChild(QPushButton, "csv_take")
    assert problem is not None
    assert take is not None
    assert ticked(dialog) == ["a", "b", "c"]
    assert "line 2, column “c”" in problem.text()  # which has no value there: do without it
    tick(bench, dialog, "c")
    assert ticked(dialog) == ["a", "b"]
    assert problem.isHidden()
    tick(bench, dialog, "b", on_the_box=True)
    assert ticked(dialog) == ["a"]
    tick(bench, dialog, "who")  # no numbers
    assert ticked(dialog) == ["a"]
    tick(bench, dialog, "a")
    assert "choose one or more" in problem.text()
    assert not take.isEnabled()
    tick(bench, dialog, "b", on_the_box=True)
    assert take.isEnabled(), (problem.text(), ticked(dialog))
    bench.qtbot.mouseClick(take, Qt.MouseButton.LeftButton)
    assert bench.config.data == DataChoice("csv", path=str(path), columns=("b",))
    bench.wait_for_run()
    info = bench.session.info
    assert info is not None
    assert info.data.input_names == ("b",)


def test_the_space_bar_ticks_and_another_target_takes_itself_out(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("a,b,c,y\n1,2,8,0\n3,4,5,1\n3,5,5,1\n2,5,1,0\n", encoding="utf-8")
    dialog = open_table(bench, path)
    columns, target = dialog.findChild(ColumnChecks, "csv_inputs"), dialog.findChild(QComboBox, "csv_target")
    assert columns is not None
    assert target is not None
    columns.setFocus()
    bench.qtbot.keyClick(columns, Qt.Key.Key_Home)
    bench.qtbot.keyClick(columns, Qt.Key.Key_Space)
    assert ticked(dialog) == ["b", "c"]
    target.setFocus()
    target.setCurrentText("b")
    target.activated.emit(target.currentIndex())
    assert ticked(dialog) == ["c", "y"]
    header = dialog.findChild(QCheckBox, "csv_header")
    assert header is not None
    header.setChecked(False)
    assert ticked(dialog) == ["x1", "x2", "x3"]  # the columns are called otherwise: all anew
    header.setChecked(True)
    assert ticked(dialog) == ["a", "b", "c"]


def test_a_table_is_read_once_for_all_ticks(bench: Bench, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    monkeypatch.setattr(reading, "read_sheet", lambda *asked: read.append(asked[0]) or read_sheet(*asked))
    dialog = open_table(bench, table)
    for name in ("length", "width", "length"):
        tick(bench, dialog, name)
    assert ticked(dialog) == ["length"]
    assert read == [table]
    dialog.findChild(QCheckBox, "csv_header").toggle()  # type: ignore[union-attr]
    assert read == [table, table]


def test_a_task_that_the_target_is_not_fit_for_is_refused_in_the_dialog(bench: Bench, table: Path) -> None:
    dialog = open_table(bench, table)
    regression, take = dialog.findChild(QPushButton, "csv_task_regression"), dialog.findChild(QPushButton, "csv_take")
    assert regression is not None
    assert take is not None
    bench.qtbot.mouseClick(regression, Qt.MouseButton.LeftButton)
    assert not take.isEnabled()
    assert "“small” is not a number" in dialog.findChild(QLabel, "csv_problem").text()  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n3\n", "a,b\n", "just words\nand more\n"])
def test_a_bad_table_is_answered_in_the_dialog(bench: Bench, tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    dialog = open_table(bench, path)
    problem = dialog.findChild(QLabel, "csv_problem")
    take = dialog.findChild(QPushButton, "csv_take")
    assert problem is not None
    assert take is not None
    assert problem.isVisible()
    assert problem.text().rstrip().endswith(".")
    assert not take.isEnabled()
    dialog.reject()
    assert bench.config.data.name == "and"


def test_rows_with_gaps_are_left_out_with_one_click(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "gaps.csv"
    rows = [f"{'' if k in (3, 8) else k},{'' if k == 5 else 'fm'[k % 2]},{'uv'[k % 3 == 0]}" for k in range(30)]
    path.write_text("\n".join(["a,sex,kind", *rows, ""]), encoding="utf-8")
    dialog = open_table(bench, path)
    box = dialog.findChild(QCheckBox, "csv_gaps")
    assert box is not None
    assert label(dialog, "csv_problem").text().endswith("or leave out the column or the rows with gaps.")
    assert (box.isVisible(), box.isChecked(), box.text()) == (True, False, "Leave out the 3 rows with gaps")
    columns = dialog.findChild(ColumnChecks, "csv_inputs")
    assert columns is not None
    assert columns.item(1).toolTip() == "Left out: line 7 has no value."
    box.click()
    assert label(dialog, "csv_problem").text() == ""
    assert ticked(dialog) == ["a", "sex"]
    assert columns.item(1).toolTip() == ""
    assert label(dialog, "csv_count").text().startswith("27 rows · 2 of 2 other columns")
    assert label(dialog, "csv_left_out").text() == "Left out: 3 rows with gaps (lines 5, 7, 10)."
    tick(bench, dialog, "sex")
    assert box.text() == "Leave out the 2 rows with gaps"
    tick(bench, dialog, "sex")
    take(bench, dialog)
    bench.wait_for_run()
    assert bench.config.data["leave_out_gaps"] is True
    assert (
        bench.find(QLabel, "data_summary")
        .text()
        .endswith("Predicts kind (u, v) from a, sex = m. Left out: 3 rows with gaps (lines 5, 7, 10).")
    )
    bench.click("data_options")
    bench.click("change_columns")
    again = bench.find(CsvDialog, "csv_dialog")
    wait_until_read(bench, again)
    ticked_box = again.findChild(QCheckBox, "csv_gaps")
    assert ticked_box is not None
    assert ticked_box.isChecked()
    take(bench, again)
    assert bench.config.data["leave_out_gaps"] is True


def test_without_gaps_nothing_is_said_of_them(bench: Bench, table: Path) -> None:
    dialog = open_table(bench, table)
    box = dialog.findChild(QCheckBox, "csv_gaps")
    assert box is not None
    assert not box.isVisible()


def test_a_ragged_table_is_told_in_the_words_of_the_dialog(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "ragged.csv"
    path.write_text("a,b\n1,2\n3\n4,5\n", encoding="utf-8")
    dialog = open_table(bench, path)
    assert label(dialog, "csv_problem").text().endswith("should be cut at another sign, choose the delimiter.")


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
    assert name is not None
    name.setText(str(tmp_path / "nowhere.csv"))
    QTimer.singleShot(0, close)
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert len(boxes) == 1
    assert not asking.isVisible()
