"""No text out of a file, a table, a link or a server is taken for rich text: Qt would read the files that it names."""

import ast
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QHelpEvent, QImage
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QListWidget, QMessageBox, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from playground.data.errors import FetchFailed
from playground.experiment.config import schema as configs
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig
from playground.ui.core import plain_text
from playground.ui.setup.csv_dialog import CsvDialog
from tests.house.source import nodes
from tests.ui.bench import colours
from tests.ui.conftest import OpenWindow, part, settle

RED = 0xFFFF0000


@pytest.fixture
def image(tmp_path: Path) -> str:
    """Return a tag that would draw a picture, large and red, if anything took it for rich text."""
    picture = QImage(60, 60, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    path = tmp_path / "red.png"
    assert picture.save(str(path))
    return f"<img src='{path.as_uri()}'>"


def tips(widgets: Sequence[QWidget]) -> Iterator[str]:
    """Yield every tooltip there is: of actions, of these widgets, of the items of lists."""
    for top in QApplication.topLevelWidgets():
        for action in top.findChildren(QAction):
            yield action.toolTip()
    for widget in widgets:
        yield widget.toolTip()
        if isinstance(widget, QComboBox | QListWidget):
            model = widget.model()
            for row in range(model.rowCount()):
                yield str(model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) or "")


def assert_plain(*within: QWidget) -> None:
    """Make sure that no label can take its text for rich text, and that no tooltip holds a tag from outside.

    All widgets are looked at, those of dialogs and message boxes too, or only those within some.
    """
    widgets = [it for top in within for it in top.findChildren(QWidget)] if within else QApplication.allWidgets()
    for widget in widgets:
        if isinstance(widget, QLabel):
            rich = widget.textFormat() == Qt.TextFormat.RichText
            assert widget.textFormat() != Qt.TextFormat.AutoText, f"{widget.objectName()}: {widget.text()!r}"
            assert not (rich and "<img" in widget.text()), f"{widget.objectName()}: {widget.text()!r}"
        elif isinstance(widget, QTextEdit):
            assert "<img" not in widget.toHtml(), widget.objectName()
        else:
            assert "<img" not in widget.statusTip() + widget.whatsThis(), widget.objectName()
    for text in tips(widgets):
        assert not ("<img" in text and GuiQt.mightBeRichText(text)), text


def rows_with(image: str, y: list[Any], **more: Any) -> ExperimentConfig:
    """Return an experiment of rows whose every name is the tag."""
    x = [[0.1, 0.2], [0.9, 0.4], [0.3, 0.8], [0.7, 0.6]]
    data = {"name": "rows", "x": x, "y": y, "columns": [image, f"b {image}"], "units": [image, image]}
    network = {"hidden": [2], "activation": "tanh", "output": "sigmoid"}
    part: dict[str, Any] = {"name": image, "data": {**data, "target": image, **more}, "network": network}
    return configs.from_builtins(part)


@pytest.mark.parametrize("task", ["classification", "regression"])
def test_names_out_of_an_experiment_are_shown_letter_by_letter(
    kept_window: OpenWindow, qapp: QApplication, qtbot: QtBot, image: str, task: str
) -> None:
    y: list[Any] = [image, f"b {image}", image, "c"] if task == "classification" else [0.1, 0.7, 0.3, 0.9]
    window = kept_window(rows_with(image, y, task=task))
    for name in list(window.area.docks):
        if name in window.area.panels:
            window.area.show_panel(name)
    window.session.step(3)
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    settle(qapp)
    assert_plain()
    assert image in window.windowTitle()


WRONG_FIELDS: list[dict[str, Any]] = [
    {"network": {"activation": "{}"}},
    {"network": {"output": "{}"}},
    {"network": {"initial": "{}"}},
    {"network": {"initial": {"scheme": "gaussian", "{}": 1}}},
    {"network": {"hidden": "{}"}},
    {"network": {"bias": "{}"}},
    {"training": {"loss": "{}"}},
    {"training": {"optimizer": "{}"}},
    {"training": {"batch_size": "{}"}},
    {"training": {"stop": {"{}": 1}}},
    {"data": {"name": "{}"}},
    {"data": {"name": "spiral", "noise": "{}"}},
    {"data": {"name": "spiral", "features": ["{}"]}},
    {"data": {"name": "csv", "path": "t.csv", "target": ["{}"]}},
    {"{}": 1},
]


def test_a_file_that_is_refused_is_not_drawn(
    kept_window: OpenWindow, qapp: QApplication, tmp_path: Path, image: str
) -> None:
    window = kept_window()
    path = tmp_path / "<b>wrong.json"
    for number, field in enumerate(WRONG_FIELDS):
        text = json.dumps(field).replace("{}", image)
        path.write_text(text, encoding="utf-8")
        window.files.open_file(path)
        QGuiApplication.clipboard().setText(text)
        window.files.paste()
        settle(qapp)
        boxes = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
        assert len(boxes) == 2, field
        for box in boxes:
            assert "<img" in box.informativeText(), field
            assert RED not in (colours(box) if number == 0 else ()), field
        assert_plain(*(boxes if number else ()))
        for box in boxes:
            box.reject()


@pytest.mark.parametrize("missing", [False, True])
def test_an_experiment_that_cannot_run_says_so_in_plain_text(
    kept_window: OpenWindow, qapp: QApplication, qtbot: QtBot, tmp_path: Path, image: str, missing: bool
) -> None:
    path = tmp_path / "table.csv"
    if not missing:
        path.write_text(f"a,b\n1,{image}\n2,{image}\n{image},x\n", encoding="utf-8")
    window = kept_window()
    data = {"name": "csv", "path": str(path), "target": image}
    refused: list[str] = []
    window.session.refused.connect(refused.append)
    window.store.apply(configs.from_builtins({"data": data}))
    qtbot.waitUntil(lambda: bool(refused))
    settle(qapp)
    assert_plain()


def test_names_and_cells_of_a_table_are_shown_letter_by_letter(
    qapp: QApplication, qtbot: QtBot, kept_window: OpenWindow, tmp_path: Path, image: str
) -> None:
    cells = "".join(f"{k},{image if k % 2 else 'x'},{k % 3},{image if k % 5 else 'no'}\n" for k in range(12))
    path = tmp_path / "<u>table.csv"
    path.write_text(f"{image},text {image},more {image},class {image}\n{cells}", encoding="utf-8")
    window = kept_window()
    dialog = CsvDialog(str(path))
    qtbot.addWidget(dialog)
    dialog.show()
    settle(qapp)
    assert_plain()
    window.store.apply(configs.from_builtins({"data": {"name": "csv", "path": str(path)}}))
    qtbot.waitUntil(lambda: window.session.info is not None and window.session.info.config == window.store.config)
    for name in list(window.area.docks):
        if name in window.area.panels:
            window.area.show_panel(name)
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    assert_plain()


def test_what_a_server_answers_is_shown_letter_by_letter(
    kept_window: OpenWindow, qapp: QApplication, qtbot: QtBot, image: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_arguments: object, **_options: object) -> None:
        raise FetchFailed(f"short {image}", f"http://x: it answers 500 {image}")

    monkeypatch.setattr("playground.ui.setup.missing_data.fetch", failing)
    window = kept_window()
    window.store.apply(PRESETS["mnist-two-layer"].config)
    qtbot.waitUntil(lambda: part(window, "missing_data").isVisible())
    problem = part(window, "download_problem", QLabel)
    qtbot.mouseClick(part(window, "download_button"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(problem.isVisible)
    settle(qapp)
    assert image in problem.text()
    assert_plain()


def test_a_tooltip_shows_a_tag_as_it_is_written(qtbot: QtBot, image: str) -> None:
    words = f"Class {image}, key 1"
    widget = QWidget()
    widget.setToolTip(plain_text.tip(words))
    qtbot.addWidget(widget)
    widget.resize(100, 40)
    widget.show()
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), widget.mapToGlobal(QPoint(5, 5))))
    shown = [it for it in QApplication.topLevelWidgets() if it.metaObject().className() == "QTipLabel"]
    assert shown
    assert isinstance(shown[0], QLabel)
    assert RED not in colours(shown[0])
    assert plain_text.tip("a < b\nand c & d") == "a < b\nand c & d"
    shown[0].hide()


DOCUMENTS = (
    "playground.ui.canvas.legend",  # escapes its words
    "playground.ui.lessons.pages",  # in a `ClosedDocument`
    "playground.ui.shell.dialogs",  # pages of the program
    "playground.ui.widgets.markdown_text",
)


def test_only_one_module_makes_labels_and_message_boxes_and_every_tooltip_goes_through_it() -> None:
    wrong = []
    for name, node in nodes():
        if not isinstance(node, ast.Call) or name == "playground.ui.core.plain_text":
            continue
        owner = getattr(getattr(node.func, "value", None), "id", "")
        called = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
        is_made = called in ("QLabel", "QMessageBox", "QErrorMessage", "QInputDialog") or owner == "QMessageBox"
        is_document = called in ("QTextDocument", "QTextBrowser", "QTextEdit", "setMarkdown") and name not in DOCUMENTS
        is_tip = called == "setToolTip" and not _is_safe(node.args[0])
        if is_made or is_document or is_tip or called in ("setStatusTip", "setWhatsThis"):
            wrong.append(f"{name}:{node.lineno}: {ast.unparse(node)}")
    assert wrong == [], "use playground.ui.core.plain_text"


def _is_safe(argument: ast.expr) -> bool:
    """Return whether a tooltip is the program's own text, with nothing put in, or goes through `plain_text.tip`."""
    if isinstance(argument, ast.Constant):
        return True
    if isinstance(argument, ast.IfExp):
        return _is_safe(argument.body) and _is_safe(argument.orelse)
    return isinstance(argument, ast.Call) and ast.unparse(argument.func) in ("_", "plain_text.tip")
