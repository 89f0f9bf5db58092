"""Tables in the window: read beside it, opened like experiments, chosen again where they are gone."""

import os
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLabel, QListWidget, QPushButton, QTableWidget

from playground.data.table import reading
from playground.data.table.csv_text import read_sheet
from playground.experiment.config.schema import DataChoice, replace
from playground.ui.setup.column_checks import ColumnChecks
from playground.ui.setup.csv_dialog import MOST_LISTED, MOST_SHOWN, CsvDialog
from playground.ui.setup.data_gallery import Tile
from playground.ui.setup.data_panel import DataPanel
from tests.ui.bench import Bench

PANEL = DataPanel

PEOPLE = "Id,income,day,sex,buys\n" + "".join(
    f'{k + 1},"{k + 1},234",2024-01-{k + 1:02},{"fm"[k % 2]},{"no" if k < 12 else "yes"}\n' for k in range(24)
)
FLOWERS = "length,width,kind\n1.5,0.2,small\n4.5,1.4,large\n1.4,0.3,small\n4.9,1.5,large\n1.3,0.2,small\n"


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


def show(bench: Bench, path: Path) -> None:
    bench.panel.show_table(str(path))
    wait_until_read(bench)


def open_table(bench: Bench, path: Path) -> None:
    """Choose a file in the file dialog, as the tile of the gallery opens it."""
    bench.click("data_csv")
    asking = bench.find(QFileDialog, "csv_file_dialog")
    asking.selectFile(str(path))
    asking.fileSelected.emit(str(path))
    asking.close()
    wait_until_read(bench)


def wait_until_read(bench: Bench) -> None:
    """Wait until the table is there, or the sentence why it is not."""
    dialog = bench.find(CsvDialog, "csv_dialog")
    bench.qtbot.waitUntil(lambda: not dialog.is_reading)


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


def test_the_dialog_and_the_panel_say_what_is_left_out_and_why(bench: Bench, people: Path) -> None:
    show(bench, people)
    said = bench.find(QLabel, "csv_left_out").text()
    assert said == "Left out: Id (it numbers the rows); day (it holds dates or times, such as “2024-01-01”)."
    columns = bench.find(ColumnChecks, "csv_inputs")
    tips = {columns.item(k).text(): columns.item(k).toolTip() for k in range(columns.count())}
    assert tips == {"Id": "Left out: it numbers the rows.", "income": "", "day": tips["day"], "sex": ""}
    bench.click("csv_take")
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
    bench.panel.show_table(str(people))
    dialog = bench.find(CsvDialog, "csv_dialog")
    bench.qtbot.waitUntil(dialog.isVisible)
    assert dialog.is_reading
    assert bench.find(QLabel, "csv_count").text() == "Reading…"
    assert not bench.find(QPushButton, "csv_take").isEnabled()
    bench.find(QPushButton, "csv_cancel").click()
    assert not dialog.is_reading
    assert bench.config.data.name == "and"
    go_on.set()


def test_a_table_that_comes_late_is_shown_when_it_is_there(
    bench: Bench, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(reading, "read_sheet", lambda *asked: go_on.wait(60) and read_sheet(*asked))
    bench.panel.show_table(str(people))
    dialog = bench.find(CsvDialog, "csv_dialog")
    assert dialog.is_reading
    go_on.set()
    bench.qtbot.waitUntil(lambda: not dialog.is_reading)
    assert bench.find(QLabel, "csv_count").text() == "24 rows · 2 of 4 other columns are inputs"
    bench.click("csv_take")
    assert bench.config.data == DataChoice("csv", path=str(people))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_and_the_window_lives(bench: Bench, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    show(bench, tmp_path / "pipe.csv")
    assert "is a device or a pipe" in bench.find(QLabel, "csv_problem").text()


def test_a_wide_table_shows_its_first_columns_and_its_target(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "genes.csv"
    rows = [",".join(f"{(k * j) % 7}.{j % 10}" for k in range(1, 1001)) + f",{'ab'[j % 2]}" for j in range(20)]
    path.write_text(",".join(f"g{k}" for k in range(1000)) + ",kind\n" + "\n".join(rows), encoding="utf-8")
    show(bench, path)
    cells, columns = bench.find(QTableWidget, "csv_preview"), bench.find(QListWidget, "csv_inputs")
    targets = bench.find(QComboBox, "csv_target")
    assert cells.columnCount() == MOST_SHOWN
    assert cells.horizontalHeaderItem(MOST_SHOWN - 1).text() == "kind"
    assert columns.count() == MOST_LISTED
    assert targets.count() == MOST_LISTED
    assert targets.currentText() == "kind"
    bench.click("csv_take")
    assert bench.session.info.sizes[0] == 1000


def test_the_decimal_sign_is_asked_for_where_the_table_does_not_tell(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_text("size;price\n1,250;1\n2,375;2\n3,125;5\n4,500;8\n", encoding="utf-8")
    show(bench, path)
    assert "“1,250” can be 1250 or 1.250" in bench.find(QLabel, "csv_problem").text()
    decimal = bench.find(QComboBox, "csv_decimal")
    decimal.setFocus()
    bench.qtbot.keyClick(decimal, Qt.Key.Key_End)
    wait_until_read(bench)
    assert bench.find(QLabel, "csv_problem").isHidden()
    bench.click("csv_take")
    assert bench.config.data == DataChoice("csv", path=str(path), decimal="comma")
    bench.wait_for_run()
    assert float(bench.session.info.data.dataset.x[0, 0]) == 1.25


def test_columns_are_chosen_again_with_what_was_chosen_before(bench: Bench, people: Path) -> None:
    chosen = DataChoice("csv", path=str(people), target="income", columns=("sex",), train_share=0.5)
    bench.store.apply(replace(bench.config, data=chosen, network=replace(bench.config.network, hidden=(3,))))
    bench.click("data_options")
    bench.click("change_columns")
    wait_until_read(bench)
    target = bench.find(QComboBox, "csv_target")
    assert target.currentText() == "income"
    bench.click("csv_take")
    assert bench.config.data == chosen
    assert bench.config.network.hidden == (3,)


def test_a_table_that_is_gone_is_chosen_and_the_network_stays(bench: Bench, people: Path) -> None:
    gone = DataChoice("csv", path=str(people.with_name("gone.csv")), target="buys")
    bench.store.apply(replace(bench.config, data=gone, network=replace(bench.config.network, hidden=(3, 2))))
    bench.panel.mend_table()
    asking = bench.find(QFileDialog, "csv_file_dialog")
    asking.fileSelected.emit(str(people))
    asking.close()
    wait_until_read(bench)
    bench.click("csv_take")
    assert bench.config.data == DataChoice("csv", path=str(people), target="buys")
    assert bench.config.network.hidden == (3, 2)
    bench.wait_for_run()


def test_a_table_is_previewed_and_taken(bench: Bench, table: Path) -> None:
    open_table(bench, table)
    assert bench.find(QCheckBox, "csv_header").isChecked()
    target = bench.find(QComboBox, "csv_target")
    assert target.currentText() == "kind"
    bench.click("csv_take")
    assert bench.config.data == DataChoice("csv", path=str(table))
    assert bench.find(Tile, "data_csv").isChecked()
    bench.wait_for_run()
    bench.store.undo()
    assert bench.config.data.name == "and"


def test_another_column_makes_another_task(bench: Bench, table: Path) -> None:
    open_table(bench, table)
    target = bench.find(QComboBox, "csv_target")
    target.setFocus()
    bench.qtbot.keyClick(target, Qt.Key.Key_Home)
    assert target.currentText() == "length"
    bench.click("csv_task_regression")
    bench.click("csv_take")
    assert bench.config.data["target"] == "length"
    assert bench.config.data["task"] == "regression"
    assert bench.config.network.output == "linear"
    bench.wait_for_run()


def test_the_columns_to_learn_from_are_ticked(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("who,a,b,c,y\nAnn,1,2,,0\nBob,3,4,5,1\nCy,3,5,5,1\nDi,2,5,1,0\n", encoding="utf-8")
    open_table(bench, path)
    problem, take = bench.find(QLabel, "csv_problem"), bench.find(QPushButton, "csv_take")
    assert ticked(bench) == ["a", "b", "c"]
    assert "line 2, column “c”" in problem.text()  # which has no value there: do without it
    tick(bench, "c")
    assert ticked(bench) == ["a", "b"]
    assert problem.isHidden()
    tick(bench, "b", on_the_box=True)
    assert ticked(bench) == ["a"]
    tick(bench, "who")  # no numbers
    assert ticked(bench) == ["a"]
    tick(bench, "a")
    assert "choose one or more" in problem.text()
    assert not take.isEnabled()
    tick(bench, "b", on_the_box=True)
    assert take.isEnabled(), (problem.text(), ticked(bench))
    bench.click("csv_take")
    assert bench.config.data == DataChoice("csv", path=str(path), columns=("b",))
    bench.wait_for_run()
    info = bench.session.info
    assert info.data.input_names == ("b",)


def test_the_space_bar_ticks_and_another_target_takes_itself_out(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("a,b,c,y\n1,2,8,0\n3,4,5,1\n3,5,5,1\n2,5,1,0\n", encoding="utf-8")
    open_table(bench, path)
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


def test_a_table_is_read_once_for_all_ticks(bench: Bench, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    monkeypatch.setattr(reading, "read_sheet", lambda *asked: read.append(asked[0]) or read_sheet(*asked))
    open_table(bench, table)
    for name in ("length", "width", "length"):
        tick(bench, name)
    assert ticked(bench) == ["length"]
    assert read == [table]
    bench.find(QCheckBox, "csv_header").toggle()
    assert read == [table, table]


def test_a_task_that_the_target_is_not_fit_for_is_refused_in_the_dialog(bench: Bench, table: Path) -> None:
    open_table(bench, table)
    bench.click("csv_task_regression")
    assert not bench.find(QPushButton, "csv_take").isEnabled()
    assert "“small” is not a number" in bench.find(QLabel, "csv_problem").text()


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n3\n", "a,b\n", "just words\nand more\n"])
def test_a_bad_table_is_answered_in_the_dialog(bench: Bench, tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    open_table(bench, path)
    problem = bench.find(QLabel, "csv_problem")
    assert problem.isVisible()
    assert problem.text().rstrip().endswith(".")
    assert not bench.find(QPushButton, "csv_take").isEnabled()
    bench.find(CsvDialog, "csv_dialog").reject()
    assert bench.config.data.name == "and"
