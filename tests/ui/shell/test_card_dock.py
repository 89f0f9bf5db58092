"""The heading of a card, with its buttons."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from playground.experiment.config import edits
from playground.experiment.config.schema import DataChoice
from playground.ui.core import i18n
from playground.ui.shell.card_dock import CardDock
from playground.ui.shell.main_window import MainWindow
from playground.ui.transport.panel import Readout
from playground.ui.widgets.card import Card
from tests.ui.conftest import OpenWindow, text


def test_the_buttons_of_a_card_show_beside_its_heading(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("spiral")
    head = window.area.docks["loss_panel"].head
    assert not head.float_button.isVisible()
    QTest.mouseMove(head.heading)
    qtbot.waitUntil(head.float_button.isVisible)
    left = head.float_button.mapTo(head, head.float_button.rect().topLeft()).x()
    assert left >= head.heading.geometry().right()
    QTest.mouseClick(head.float_button, Qt.MouseButton.LeftButton)
    assert window.area.docks["loss_panel"].isFloating()
    assert not head.float_button.isVisible()  # what has moved away from under the pointer


def test_a_message_takes_the_place_of_the_content_which_cannot_be_reached_then(qtbot: QtBot) -> None:
    area, content = QWidget(), QLineEdit()
    dock = CardDock("some_dock", "Some", area)
    qtbot.addWidget(area)
    dock.fill(content)
    area.show()
    dock.show()
    assert content.isVisible()
    assert dock.message is None
    dock.show_message("No data", "Download them first.")
    assert not content.isVisible()
    assert dock.message == ("No data", "Download them first.")
    dock.show_content()
    assert content.isVisible()


BARE = ("setup", "notes_panel", "lesson_panel")  # without a card to veil, or with something to say all the same


@pytest.fixture
def window(kept_window: OpenWindow, qtbot: QtBot) -> MainWindow:
    """A window that shows a run of the AND gate after some steps."""
    window = kept_window("and-gate")
    window.session.step(20)
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle and shown(window, "steps") == "20")
    return window


def choose(window: MainWindow, qtbot: QtBot, data: str | DataChoice) -> None:
    with qtbot.waitSignal(window.session.run_discarded):
        window.store.apply(edits.set_data(window.store.config, data))
    every = len(window.area.docks)
    for _turn in range(every):  # those behind tabs follow one by one
        QApplication.processEvents()


def shown(window: MainWindow, metric: str) -> str:
    return window.transport.findChild(QLabel, f"{metric}_value").text()


def words(window: MainWindow) -> dict[str, tuple[str, str] | None]:
    return {name: dock.message for name, dock in window.area.docks.items() if name not in BARE}


def test_missing_data_leave_nothing_of_the_run_before_until_others_are_chosen_where_they_can_be_fetched(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.session.step(9_980)  # to the stop condition
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle and shown(window, "steps") == "10,000")
    assert window.findChild(QWidget, "stop_progress").value() == 1000
    window.area.docks["setup"].hide()
    card = window.findChild(Card, "data_panel_card")
    card.set_folded(True)
    choose(window, qtbot, "mnist")
    assert not card.is_folded
    assert not window.findChild(QWidget, "download_button").visibleRegion().isEmpty()
    veils = words(window)
    headline = "MNIST is not on this machine yet"
    assert veils.pop("network_diagram_panel") == (
        headline,
        "Under Data you can download it, choose the folder it is in, or choose other data.",
    )
    assert set(veils.values()) == {("", headline)}
    assert window.area.docks["boundary_panel"].windowTitle() == "Confusion"  # of ten classes, no boundary as before
    for name in veils:
        panel = window.area.show_panel(name)
        assert not panel.isVisible()
        assert panel.header is None or not panel.header.isVisible()
    assert {metric.number.text() for metric in window.transport.findChildren(Readout)} == {"–"}
    assert window.findChild(QWidget, "stop_progress").value() == 0
    assert "Done" not in window.findChild(QWidget, "stop_sentence").text()
    window.area.show_panel("loss_panel")
    qtbot.mouseClick(window.findChild(QWidget, "use_digits"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.info.data.dataset.name == "digits" and window.refresh_loop.is_idle)
    qtbot.waitUntil(lambda: set(words(window).values()) == {None})
    assert window.area.panels["network_diagram_panel"].isVisible()
    assert window.area.panels["loss_panel"].header.isVisible()
    assert shown(window, "steps") == "0"
    assert window.area.panels["network_diagram_panel"].view.scene.weights  # what has come since


def test_a_refused_experiment_is_veiled_with_the_reason_until_it_is_undone_or_other_data_are_missing(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    before = window.store.config
    choose(window, qtbot, DataChoice("csv", path=str(tmp_path / "rows.csv")))
    veils = words(window)
    headline, reason = veils.pop("network_diagram_panel")
    assert headline == "This experiment cannot run."
    assert "rows.csv" in reason
    assert "rows.csv" in text(window, "refused_notice_text")
    assert set(veils.values()) == {("", headline)}
    qtbot.mouseClick(window.findChild(QWidget, "refused_undo"), Qt.MouseButton.LeftButton)
    assert window.store.config == before
    qtbot.waitUntil(lambda: set(words(window).values()) == {None} and window.refresh_loop.is_idle)
    assert shown(window, "steps") == "20"  # the run of before goes on
    assert not window.findChild(QWidget, "refused_notice").isVisible()
    choose(window, qtbot, DataChoice("csv", path=str(tmp_path / "rows.csv")))
    assert window.findChild(QWidget, "refused_notice").isVisible()
    choose(window, qtbot, "fashion-mnist")
    assert not window.findChild(QWidget, "refused_notice").isVisible()
    with qtbot.waitSignal(window.session.run_discarded):  # it tries again, and says so
        window.session.play()
    assert not window.session.is_running
    assert words(window)["loss_panel"] == ("", "Fashion is not on this machine yet")


def test_an_error_in_the_program_veils_what_is_lost(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.failed):
        window.session.update_parameters(lambda flat: flat.no_such_thing)
    assert words(window)["network_diagram_panel"] == (
        "Training stopped because of an error in the program.",
        "Press Play or Reset to start again.",
    )
    qtbot.waitUntil(lambda: None not in words(window).values())
    window.findChild(QDialog, "error_dialog").close()
    window.session.reset()
    qtbot.waitUntil(lambda: set(words(window).values()) == {None})


def test_what_is_said_of_missing_data_and_the_first_steps_follow_the_language(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    choose(window, qtbot, "mnist")
    before = words(window)
    window.first_steps.welcome()
    i18n.use(qapp, "zh_CN")
    qtbot.waitUntil(window.first_steps.isVisible)
    assert window.first_steps.accessibleName() == "入门"
    qtbot.waitUntil(lambda: words(window)["loss_panel"] != before["loss_panel"])
    window.first_steps.hide()
    i18n.use(qapp, "en")
    assert not window.first_steps.isVisible()
    qtbot.waitUntil(lambda: words(window) == before)
