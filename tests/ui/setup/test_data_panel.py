import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QFileDialog, QLabel, QPushButton, QSlider, QWidget

from playground.data.catalog import CATALOG
from playground.data.errors import FetchFailed
from playground.data.table import reading
from playground.data.table.csv_text import read_sheet
from playground.experiment.config import edits
from playground.experiment.config.schema import DataChoice, ExperimentConfig
from playground.ui.core import theme
from playground.ui.setup.column_checks import ColumnChecks
from playground.ui.setup.csv_dialog import CsvDialog
from playground.ui.setup.data_gallery import Tile
from playground.ui.setup.data_panel import DataPanel
from tests.ui.bench import Bench
from tests.ui.conftest import PanelBench

FLOWERS = "length,width,kind\n1.5,0.2,small\n4.5,1.4,large\n1.4,0.3,small\n4.9,1.5,large\n1.3,0.2,small\n"


@pytest.fixture
def bench(panel_bench: PanelBench) -> Bench:
    return panel_bench(DataPanel, ExperimentConfig(), size=(292, 700))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "flowers.csv"
    path.write_text(FLOWERS, encoding="utf-8")
    return path


def chosen(bench: Bench) -> list[str]:
    return [tile.name for tile in bench.panel.findChildren(Tile) if tile.isChecked()]


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


def test_choosing_spiral_applies_an_edit_and_undo_brings_the_gate_back(bench: Bench) -> None:
    bench.click("data_spiral")
    assert bench.config.data == DataChoice("spiral")
    assert chosen(bench) == ["spiral"]
    bench.store.undo()
    assert bench.config.data == DataChoice("and")
    assert chosen(bench) == ["and"]


def test_every_data_set_has_a_tile_with_a_name_and_a_sentence(bench: Bench) -> None:
    for name in CATALOG:
        tile = bench.find(Tile, f"data_{name}")
        assert tile.accessibleName()
        assert tile.toolTip()
        assert tile.isVisible() == (name != "rows")


def test_the_arrow_keys_walk_and_enter_chooses(bench: Bench) -> None:
    first = bench.find(Tile, "data_and")
    first.setFocus()
    bench.qtbot.keyClick(first, Qt.Key.Key_Right)
    second = bench.find(Tile, "data_or")
    assert second.hasFocus()
    assert bench.config.data.name == "and"
    bench.qtbot.keyClick(second, Qt.Key.Key_Return)
    assert bench.config.data.name == "or"
    bench.qtbot.keyClick(second, Qt.Key.Key_Down)
    below = bench.panel.focusWidget()
    assert isinstance(below, Tile)
    assert below.y() > second.y()
    assert below.x() == second.x()
    bench.qtbot.keyClick(below, Qt.Key.Key_Space)
    assert bench.config.data.name == below.name


def test_home_and_end_lead_to_the_first_and_the_last(bench: Bench) -> None:
    bench.find(Tile, "data_spiral").setFocus()
    bench.qtbot.keyClick(bench.find(Tile, "data_spiral"), Qt.Key.Key_End)
    assert bench.find(Tile, "data_csv").hasFocus()
    bench.qtbot.keyClick(bench.find(Tile, "data_csv"), Qt.Key.Key_Home)
    assert bench.find(Tile, "data_and").hasFocus()
    assert bench.config.data.name == "and"


def test_a_click_with_control_changes_the_data_only(bench: Bench) -> None:
    bench.store.apply(edits.set_hidden(bench.config, (3, 3)))
    tile = bench.find(Tile, "data_circle")
    bench.qtbot.mouseClick(tile, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier)
    assert bench.config.data.name == "circle"
    assert bench.config.network.hidden == (3, 3)


def test_pictures_follow_the_theme(bench: Bench, qapp: QApplication) -> None:
    tile = bench.find(Tile, "data_mnist")
    light = tile.icon().pixmap(30, 30).toImage()
    theme.apply(qapp, "dark")
    assert tile.icon().pixmap(30, 30).toImage() != light
    theme.apply(qapp, "light")
    assert tile.icon().pixmap(30, 30).toImage() == light


def test_the_line_below_counts_samples_inputs_and_outputs(bench: Bench) -> None:
    bench.wait_for_run()
    summary = bench.find(QLabel, "data_summary")
    assert summary.text() == "4 samples · 2 inputs · 1 output"
    bench.click("data_spiral")
    bench.wait_for_run()
    assert summary.text() == "250 train · 250 test · 2 inputs · 1 output"
    bench.click("data_digits")
    bench.wait_for_run()
    assert summary.text() == "1,438 train · 359 test · 8×8 · 10 classes"


def test_one_drag_of_the_noise_is_one_step_of_undo(bench: Bench) -> None:
    bench.click("data_spiral")
    bench.click("data_options")
    slider = bench.find(QSlider, "noise")
    for _drag, end in (("first", 4), ("second", 6)):
        slider.sliderPressed.emit()
        slider.setSliderDown(True)
        for position in range(slider.value() + 1, end + 1):
            slider.setValue(position)
        slider.setSliderDown(False)
    assert bench.config.data["noise"] == pytest.approx(0.3)
    bench.store.undo()
    assert bench.config.data["noise"] == pytest.approx(0.2)
    assert slider.value() == 4
    bench.store.undo()
    assert bench.config.data["noise"] == 0


def test_options_follow_the_data_set(bench: Bench) -> None:
    bench.click("data_options")
    assert bench.panel.findChild(QSlider, "noise") is None
    bench.click("data_people")
    bench.qtbot.waitUntil(bench.find(QSlider, "noise").isVisible)
    assert bench.find(QCheckBox, "standardise").isChecked()
    bench.click("standardise")
    assert bench.config.data["standardise"] is False
    bench.type("samples", "50")
    assert bench.config.data["samples"] == 50
    field = bench.type("samples", "many")
    assert bench.config.data["samples"] == 50
    assert field.property("problem") is True


def test_inputs_are_switched_and_one_stays(bench: Bench) -> None:
    bench.click("data_options")
    bench.click("features_x1^2")
    assert set(bench.config.data["features"]) == {"x1", "x2", "x1^2"}
    for name in ("x1", "x2", "x1^2"):
        bench.click(f"features_{name}")
    assert bench.config.data["features"] == ("x1^2",)
    assert bench.find(QPushButton, "features_x1^2").isChecked()


def test_a_new_sample_is_another_seed(bench: Bench) -> None:
    bench.click("data_spiral")
    bench.click("data_options")
    bench.click("new_sample")
    assert bench.config.seed != 42
    bench.store.undo()
    assert bench.config.seed == 42


def test_missing_data_are_offered_and_the_digits_instead(bench: Bench) -> None:
    notice = bench.find(QWidget, "missing_data")
    assert not notice.isVisible()
    bench.click("data_mnist")
    bench.qtbot.waitUntil(notice.isVisible)
    assert "MNIST" in " ".join(label.text() for label in notice.findChildren(QLabel))
    assert bench.find(QPushButton, "download_button").text() == "Download 11 MB"
    bench.click("use_digits")
    assert bench.config.data.name == "digits"
    assert not notice.isVisible()
    bench.wait_for_run()


def test_a_folder_without_the_files_is_answered_with_a_sentence(bench: Bench, tmp_path: Path) -> None:
    bench.click("data_mnist")
    bench.qtbot.waitUntil(bench.find(QWidget, "missing_data").isVisible)
    choose_folder(bench, tmp_path)
    problem = bench.find(QLabel, "download_problem")
    bench.qtbot.waitUntil(problem.isVisible)
    assert str(tmp_path) in problem.text()
    assert bench.find(QPushButton, "download_button").isVisible()


def test_a_failed_download_is_said_in_short_and_copied_whole(
    bench: Bench, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_arguments: object, **_options: object) -> None:
        raise FetchFailed("None has it now.", "http://a/: it answers 404. http://b/: it refuses the connection.")

    monkeypatch.setattr("playground.ui.setup.missing_data.fetch", failing)
    bench.click("data_mnist")
    bench.qtbot.waitUntil(bench.find(QWidget, "missing_data").isVisible)
    copy = bench.find(QPushButton, "copy_download_problem")
    assert not copy.isVisible()
    bench.click("download_button")
    bench.qtbot.waitUntil(copy.isVisible)
    assert bench.find(QLabel, "download_problem").text() == "None has it now."
    bench.click("copy_download_problem")
    assert qapp.clipboard().text() == "http://a/: it answers 404. http://b/: it refuses the connection."


def test_a_folder_with_the_files_starts_the_run(
    bench: Bench, mnist_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PLAYGROUND_DATA")
    bench.click("data_mnist")
    notice = bench.find(QWidget, "missing_data")
    bench.qtbot.waitUntil(notice.isVisible)
    choose_folder(bench, mnist_folder)
    bench.wait_for_run()
    assert not notice.isVisible()
    assert bench.find(QLabel, "data_summary").text() == "60,000 train · 10,000 test · 28×28 · 10 classes"


def choose_folder(bench: Bench, folder: Path) -> None:
    """Choose a folder in the dialog that the notice opens."""
    bench.click("choose_data_folder")
    asking = bench.find(QFileDialog, "data_folder_dialog")
    asking.fileSelected.emit(str(folder))
    asking.close()


def test_a_table_is_previewed_and_taken(bench: Bench, table: Path) -> None:
    dialog = open_table(bench, table)
    assert dialog.findChild(QCheckBox, "csv_header").isChecked()  # type: ignore[union-attr]
    target = dialog.findChild(QComboBox, "csv_target")
    assert target is not None
    assert target.currentText() == "kind"
    bench.qtbot.mouseClick(dialog.findChild(QPushButton, "csv_take"), Qt.MouseButton.LeftButton)
    assert bench.config.data == DataChoice("csv", path=str(table))
    assert chosen(bench) == ["csv"]
    bench.wait_for_run()
    bench.store.undo()
    assert bench.config.data.name == "and"


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


def test_points_of_ones_own_have_a_tile_while_they_are_in_use(bench: Bench) -> None:
    own = DataChoice("rows", x=[[0.0, 1.0], [1.0, 0.0]], y=[0, 1])
    bench.store.apply(edits.set_data(bench.config, own))
    assert bench.find(Tile, "data_rows").isVisible()
    assert chosen(bench) == ["rows"]


class Dribble(BaseHTTPRequestHandler):
    """Promises a megabyte and sends it byte by byte until the other side has had enough."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        with contextlib.suppress(OSError):
            while not self.server.has_to_stop.wait(0.01):  # type: ignore[attr-defined]
                self.wfile.write(b"x")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def slow_mirror() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Dribble)
    server.has_to_stop = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.has_to_stop.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_download_shows_its_progress_and_is_cancelled(bench: Bench, slow_mirror: str) -> None:
    bench.click("data_mnist")
    bench.qtbot.waitUntil(bench.find(QWidget, "missing_data").isVisible)
    panel = bench.panel
    assert isinstance(panel, DataPanel)
    panel.missing.fetch(slow_mirror)
    amount = bench.find(QLabel, "download_bytes")
    bench.qtbot.waitUntil(lambda: amount.text().startswith("0.0 of"))
    assert not bench.find(QPushButton, "download_button").isVisible()
    bench.click("cancel_download")
    bench.qtbot.waitUntil(bench.find(QPushButton, "download_button").isVisible)
    assert not amount.isVisible()
    assert not bench.find(QLabel, "download_problem").isVisible()


def test_another_data_set_waits_for_the_one_on_its_way(bench: Bench, slow_mirror: str) -> None:
    panel = bench.panel
    assert isinstance(panel, DataPanel)
    bench.click("data_mnist")
    bench.qtbot.waitUntil(bench.find(QWidget, "missing_data").isVisible)
    panel.missing.fetch(slow_mirror)
    bench.click("data_fashion-mnist")
    bench.qtbot.waitUntil(bench.find(QPushButton, "download_button").isVisible)
    assert not bench.find(QPushButton, "download_button").isEnabled()
    panel.missing.stop()
    bench.qtbot.waitUntil(bench.find(QPushButton, "download_button").isEnabled)
