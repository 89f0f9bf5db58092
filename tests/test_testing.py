"""The table of names is true: nothing is missing from it, and nothing in it is missing from the window."""

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from playground import language, paths
from playground.data.catalog import CATALOG
from playground.experiment.config.presets import PRESETS
from playground.experiment.lessons import files
from playground.testing import find, open_window, wait_until_drawn, wait_until_ready
from playground.ui.core.number_text import SPEED_CHOICES, speed_key
from playground.ui.diagram.network_view import NetworkView
from playground.ui.setup.csv_dialog import CsvDialog
from playground.ui.shell.actions import COMMANDS
from playground.ui.shell.card_dock import CardDock
from playground.ui.shell.main_window import MainWindow
from playground.ui.shell.panel_catalog import PANELS

TABLE = paths.resource("pages", "testing.en.md")
CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractSlider, QAbstractItemView)
OFFERED_DATA = ("spiral", "digits", "sine-curve", "worked-example", "and-gate-zeros")
ELSEWHERE = {
    "keys_dialog",
    "performance_dialog",
    "testing_dialog",
    "about_dialog",
    "error_dialog",
    "complaint",
}  # made when opened
TABLE_OF_ONES_OWN = re.compile("csv_")  # likewise; has a test of its own
CONDITIONAL = {
    *("preset_<id>", "scale_target", "weights_histograms_<k>", "flow_activations_<k>"),
    *("chart_copy_picture", "chart_save_picture", "chart_save_data"),
    *("frozen_picture", "frozen_word", "frozen_end"),
}  # made when the menu opens; of tables and rows; in presenter mode
PLAYED = re.compile("guess_|lesson_(?!panel$|index$|search$|all$|away$)")  # made with a step; has a test of its own
OFFERED = re.compile("<rule>_(?!notice|why$)")  # made when a rule finds something or is asked why


def names_in_table(table: Path = TABLE) -> list[str]:
    rows = [line for line in table.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])]


def pattern(name: str) -> re.Pattern[str]:
    return re.compile("".join(".+" if part.startswith("<") else re.escape(part) for part in re.split(r"(<\w+>)", name)))


def is_ours(widget: QWidget) -> bool:
    """Return whether a control is the program's own, not the inside of one of Qt's."""
    if isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_"):
        return False
    return not isinstance(widget.parent(), QLineEdit | QTabBar | QAbstractItemView)


def controls(window: QWidget) -> list[Any]:
    inside = [list_ for box in window.findChildren(QComboBox) for list_ in box.findChildren(QWidget)]
    found = [it for it in window.findChildren(QWidget) if isinstance(it, CONTROLS) and is_ours(it)]
    return [it for it in found if it not in inside]


def test_a_window_that_is_built_again_in_another_language_is_waited_for(qtbot: QtBot, qapp: QApplication) -> None:
    window = open_window(qtbot, "and-gate")
    assert window.size().toTuple() == (1440, 900)  # larger than the screen that Qt has where there is none
    wait_until_ready(window)
    for code, turns in (("zh_CN", 0), ("en", 2)):
        find(window, f"action_language_{code}").trigger()
        for _turn in range(turns):
            qapp.processEvents()
        wait_until_drawn(window)
        scene = window.findChild(NetworkView).scene
        assert scene is not None
        assert len(scene.weights) == 2


def test_the_examples_of_tests_run(qtbot: QtBot) -> None:
    examples = re.findall(r"```python\n(.*?)```", TABLE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    for example in examples:
        exec(compile(example, str(TABLE), "exec"), names)
    tests = [name for name in names if name.startswith("test_")]
    assert len(tests) == len(examples)
    for name in tests:
        names[name](qtbot)


@pytest.mark.parametrize("code", [code for code in language.LANGUAGES if code != "en"])
def test_the_page_of_each_language_has_the_same_examples_and_the_same_names(code: str) -> None:
    other = paths.resource("pages", f"testing.{code}.md")
    assert names_in_table(other) == names_in_table()
    example = re.compile(r"```python\n(.*?)```", re.DOTALL)
    assert example.findall(other.read_text(encoding="utf-8")) == example.findall(TABLE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("code", list(language.LANGUAGES))
def test_the_page_lists_what_stands_for_the_words_of_a_name(code: str) -> None:
    page = paths.resource("pages", f"testing.{code}.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| [^`|]+`(\w+_)<\w+>` \| (.*) \|$", page, re.MULTILINE)
    assert {name: re.findall(r"`([^`]+)`", values) for name, values in rows} == {
        "action_": list(COMMANDS),
        "action_theme_": ["system", "light", "dark"],
        "action_language_": ["system", *language.LANGUAGES],
        "action_speed_": [speed_key(it) for it in SPEED_CHOICES],
        "data_": list(CATALOG),
    }


def test_the_window_has_the_names_of_the_table_and_no_others(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, "spiral")
    wait_until_ready(window)
    every_command_has_a_name(window)
    every_control_is_in_the_table_and_says_what_it_is(window)
    window.store.apply(PRESETS["spiral"].config)
    wait_until_drawn(window)
    every_name_of_the_table_is_in_the_window(window, qtbot)
    a_lesson_has_the_names_of_the_table(window)
    what_a_dialog_would_ask_for_can_be_given_as_a_path(window, tmp_path)


def every_command_has_a_name(window: MainWindow) -> None:
    commands = [it for it in window.findChildren(QAction) if isinstance(it.parent(), CardDock)]
    assert all(it.objectName() for it in commands)
    shown = {entry.name for entry in PANELS if entry.area != "setup"} | {"setup"}
    assert {it.objectName() for it in window.area.show_actions()} == {f"show_{name}_dock" for name in shown}
    for name in ("system", "light", "dark"):
        find(window, f"action_theme_{name}")
    for name in CATALOG:
        find(window, f"data_{name}")


def every_control_is_in_the_table_and_says_what_it_is(window: MainWindow) -> None:
    patterns = [pattern(name) for name in names_in_table()]
    for preset in OFFERED_DATA:
        window.store.apply(PRESETS[preset].config)
        wait_until_drawn(window)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # the fields of the data before
        for control in controls(window):
            name = control.objectName()
            assert any(it.fullmatch(name) for it in patterns), f"{name!r}, a {type(control).__name__}"
            assert control.accessibleName(), name


def every_name_of_the_table_is_in_the_window(window: MainWindow, qtbot: QtBot) -> None:
    for name in ("gradient_lab_panel", "race_panel", "lesson_panel", "hidden_space_panel"):  # some are made once opened
        window.area.show_panel(name)
    qtbot.waitUntil(lambda: window.findChild(QWidget, "space_layer_0") is not None)
    window.actions_["help_page"].trigger()
    names = {it.objectName() for it in window.findChildren(QObject)} | {window.objectName()}
    for name in set(names_in_table()) - ELSEWHERE - CONDITIONAL:
        if OFFERED.match(name) or TABLE_OF_ONES_OWN.match(name) or PLAYED.match(name):
            continue
        assert any(pattern(name).fullmatch(it) for it in names), name


def a_lesson_has_the_names_of_the_table(window: MainWindow) -> None:
    lesson = files.load(files.find("one-neuron"))
    window.lessons.show_index()
    names = {it.objectName() for it in window.findChildren(QWidget)}
    for step in lesson.steps:
        window.lessons.panel.open(lesson, step.id)
        found = controls(window.lessons.panel)
        names |= {it.objectName() for it in window.lessons.panel.findChildren(QWidget)}
        assert not [it.objectName() for it in found if not it.accessibleName()], step.id
    known = [pattern(name) for name in names_in_table() if PLAYED.match(name)]
    missing = {it.pattern for it in known if not any(it.fullmatch(name) for name in names)}
    assert missing == {"guess_explain", "guess_explain_field"}, "no step of this lesson asks for own words"


def what_a_dialog_would_ask_for_can_be_given_as_a_path(window: MainWindow, folder: Path) -> None:
    window.files.save_picture(folder / "window.png")
    window.lessons.save_worksheet(folder / "lesson.pdf")
    window.lessons.save_progress(folder / "progress.json")
    window.lessons.load_progress(folder / "progress.json")
    assert sorted(it.name for it in folder.iterdir()) == ["lesson.pdf", "progress.json", "window.png"]


def test_the_dialog_of_a_table_has_the_names_of_the_table(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("a,b,y\n1,2,0\n3,4,1\n", encoding="utf-8")
    dialog = CsvDialog(str(file))
    qtbot.addWidget(dialog)
    patterns = [pattern(name) for name in names_in_table() if TABLE_OF_ONES_OWN.match(name)]
    names = {it.objectName() for it in dialog.findChildren(QWidget)} | {dialog.objectName(), "csv_file_dialog"}
    assert not [it.pattern for it in patterns if not any(it.fullmatch(name) for name in names)]
    for control in controls(dialog):
        assert any(it.fullmatch(control.objectName()) for it in patterns), control.objectName()
        assert control.accessibleName() or control.text(), control.objectName()
