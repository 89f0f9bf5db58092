"""The menu that copies and saves a picture, and its numbers."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from playground import language
from playground.data.table.text_file import read_text
from playground.ui.canvas.chart import Chart
from playground.ui.canvas.chart_items import Series
from playground.ui.canvas.matrix_view import Frame, MatrixView
from playground.ui.canvas.pictures import PictureMenu
from playground.ui.core import theme
from tests.ui.bench import copied_letters


@pytest.fixture
def chart(qtbot: QtBot) -> Chart:
    made = Chart("chart", (Series("train", "line", "train", width=3.0), Series("points", "points", "test")))
    qtbot.addWidget(made)
    made.setAccessibleName("Loss by step")
    made.resize(240, 180)
    made.set_data("train", np.array([0.0, 2.0]), np.array([0.5, 0.5]))
    made.set_data("points", np.array([0.5]), np.array([0.25]))
    made.show()
    qtbot.waitExposed(made)
    return made


def menu_of(widget: QWidget) -> PictureMenu:
    """Open the menu with the right button."""
    place = QPoint(100, 90)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place))
    target = widget.viewport() if isinstance(widget, Chart) else widget
    QApplication.sendEvent(target, event)
    menu = widget.findChild(PictureMenu)
    assert menu is not None
    return menu


def choose(widget: QWidget, name: str) -> None:
    menu = menu_of(widget)
    action = menu.findChild(QAction, name)
    action.trigger()
    menu.close()


def rendered(path: Path) -> QImage:
    """Return an SVG drawing with two pixels for each of its own."""
    renderer = QSvgRenderer(str(path))
    assert renderer.isValid()
    image = QImage(renderer.viewBox().size() * 2, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        renderer.render(painter)
    return image


def answer(monkeypatch: pytest.MonkeyPatch, path: Path, kind: str = "") -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments, **_options: (str(path), kind))


def test_the_picture_is_copied_twice_as_dense(chart: Chart) -> None:
    choose(chart, "chart_copy_picture")
    image = QGuiApplication.clipboard().image()
    assert image.size() == chart.size() * 2
    colours = {image.pixelColor(x, y).name() for x in range(0, 480, 2) for y in range(0, 360, 2)}
    assert {theme.current().panel, theme.current().train} <= colours


def test_while_the_menu_is_open_the_mouse_is_not_on_the_chart(chart: Chart) -> None:
    chart.point_to(chart.place(0.5, 0.5))
    choose(chart, "chart_copy_picture")
    assert chart.mouse is None


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_the_picture_is_saved_as_the_name_says(
    chart: Chart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    path = tmp_path / f"loss.{ending}"
    answer(monkeypatch, path)
    before = chart.grab().toImage()
    choose(chart, "chart_save_picture")
    if ending == "png":
        assert QImage(str(path)).size() == chart.size() * 2
    elif ending == "svg":
        image = rendered(path)
        assert image.size() == chart.size() * 2
        inside, beyond = ((chart.place(x, 0.5) * 2).toPoint() for x in (0.25, 1.04))
        assert image.pixelColor(inside).name() == theme.current().train
        assert image.pixelColor(beyond).name() == theme.current().panel  # not beyond the axes
    else:
        assert path.read_bytes().startswith(b"%PDF")
    assert chart.grab().toImage() == before  # the chart itself stays as it is


def test_the_minus_signs_of_a_saved_page_can_be_copied(
    chart: Chart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart.set_ranges((-2.5, 2.5), (-1.0, 1.0))
    answer(monkeypatch, tmp_path / "loss.pdf")
    choose(chart, "chart_save_picture")
    assert copied_letters(tmp_path / "loss.pdf") >= set("−0.51")


@pytest.mark.parametrize(("kind", "mode"), [("copy", "light"), ("png", "dark"), ("svg", "dark")])
def test_a_saved_picture_has_the_legend_of_its_chart_above_it(
    chart: Chart, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, mode: str
) -> None:
    theme.apply(qapp, mode)
    chart.apply_theme()
    chart.legend = (("test", "points"), ("#1f77cc", "many " * 20))
    if kind == "copy":
        choose(chart, "chart_copy_picture")
        image = QGuiApplication.clipboard().image()
    else:
        answer(monkeypatch, tmp_path / f"loss.{kind}")
        choose(chart, "chart_save_picture")
        image = QImage(str(tmp_path / "loss.png")) if kind == "png" else rendered(tmp_path / "loss.svg")
    above = image.height() // 2 - chart.height()
    assert above > 3 * theme.px(11)  # it takes more than two lines
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(2 * above)}
    assert {theme.current().panel, theme.current().test, "#1f77cc"} <= colours
    line = (chart.place(0.25, 0.5) * 2).toPoint() + QPoint(0, 2 * above)
    assert image.pixelColor(line).name() == theme.current().train


def test_the_ending_is_that_of_the_kind_chosen_an_unknown_one_is_refused_and_without_a_name_nothing_is_written(
    chart: Chart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments, **_options: ("", ""))
    choose(chart, "chart_save_picture")
    answer(monkeypatch, tmp_path / "loss.docx")
    choose(chart, "chart_save_picture")
    box = chart.findChild(QMessageBox)
    assert "svg" in box.informativeText()  # and those there are
    box.close()
    assert not list(tmp_path.iterdir())
    answer(monkeypatch, tmp_path / "loss", "SVG drawing (*.svg)")
    choose(chart, "chart_save_picture")
    assert (tmp_path / "loss.svg").exists()


@pytest.mark.parametrize("replaces", [False, True])
def test_a_file_that_is_there_is_replaced_only_where_that_is_wanted(
    chart: Chart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, replaces: bool
) -> None:
    path = tmp_path / "loss.csv"
    path.write_text("mine", encoding="utf-8")

    def answer_the_question() -> None:
        box = chart.findChild(QMessageBox, "confirmation")
        assert "loss.csv" in box.text()
        assert box.textFormat() == Qt.TextFormat.PlainText
        replace = next(it for it in box.buttons() if it.text() == "Replace")
        wanted = replace if replaces else box.button(QMessageBox.StandardButton.Cancel)
        qtbot.mouseClick(wanted, Qt.MouseButton.LeftButton)

    answer(monkeypatch, path.with_suffix(""), "Table (*.csv)")  # it is there only once it has its ending
    QTimer.singleShot(0, chart, answer_the_question)
    menu_of(chart).findChild(QAction, "chart_save_data").trigger()  # the question closes the menu
    assert (path.read_text(encoding="utf-8") != "mine") is replaces


def test_the_numbers_are_saved_as_a_table(chart: Chart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, tmp_path / "loss", "Table (*.csv)")
    choose(chart, "chart_save_data")
    lines = (tmp_path / "loss.csv").read_text(encoding="utf-8").splitlines()
    assert lines == ["series,x,Loss by step", "train,0.0,0.5", "train,2.0,0.5", "points,0.5,0.25"]


def test_saved_numbers_are_in_one_language_and_excel_knows_their_encoding(
    chart: Chart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    language.use("zh_CN")
    chart.set_titles("步", "损失")
    answer(monkeypatch, tmp_path / "loss", "Table (*.csv)")
    choose(chart, "chart_save_data")
    assert (tmp_path / "loss.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    text, encoding = read_text(tmp_path / "loss.csv")
    assert (text.splitlines()[:2], encoding) == (["序列,步,损失", "训练,0.0,0.5"], "utf-8")


@pytest.mark.parametrize("name", ["chart_save_picture", "chart_save_data"])
def test_a_file_that_cannot_be_written_ends_in_a_sentence(
    chart: Chart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    answer(monkeypatch, tmp_path / "nowhere" / "loss.svg")
    choose(chart, name)
    box = chart.findChild(QMessageBox)
    assert "nowhere" in box.informativeText()
    box.close()


def test_a_matrix_is_copied_and_saved_as_it_is_seen(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = MatrixView("matrix")
    qtbot.addWidget(view)
    view.resize(200, 150)
    view.set_frame(Frame(("width", "bias"), ("1", "2"), "inputs", "units"))
    view.set_values(np.array([[0.5, -1.25], [0.0, 3.0]]))
    view.show()
    choose(view, "chart_copy_picture")
    assert QGuiApplication.clipboard().image().size() == view.size() * 2
    answer(monkeypatch, tmp_path / "matrix.csv")
    choose(view, "chart_save_data")
    lines = (tmp_path / "matrix.csv").read_text(encoding="utf-8").splitlines()
    assert lines == ["inputs,1,2", "width,0.5,-1.25", "bias,0.0,3.0"]


def test_the_menu_is_gone_once_it_is_closed(chart: Chart, qtbot: QtBot) -> None:
    menu = menu_of(chart)
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: chart.findChild(PictureMenu) is None)
