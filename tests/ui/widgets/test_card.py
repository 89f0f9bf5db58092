from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QStyleOptionComboBox, QWidget
from pytestqt.qtbot import QtBot

from playground.experiment.config import edits, opening
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import DataChoice
from playground.ui.core import layouts, theme
from playground.ui.shell.main_window import MainWindow
from playground.ui.widgets.card import GAP, Card, CardColumn
from playground.ui.widgets.combo import ComboBox
from playground.ui.widgets.labels import text_label
from tests.ui.conftest import USUAL, OpenWindow, part, settle


def test_a_card_folds_at_a_click_on_its_heading(qtbot: QtBot) -> None:
    card = Card("data_card", "Data")
    qtbot.addWidget(card)
    body = QWidget()
    body.setMinimumHeight(100)
    card.set_content(body)
    card.show()
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(20, 14))
    assert card.is_folded
    QTest.mouseClick(card.findChild(QWidget, "data_card_fold"), Qt.MouseButton.LeftButton)
    assert not card.is_folded


def test_a_card_is_as_high_as_its_text_needs_at_the_width_of_the_column(qtbot: QtBot) -> None:
    column, cards = CardColumn(), [Card(name) for name in ("data_card", "network_card")]
    qtbot.addWidget(column)
    picture, words = QWidget(), text_label(text="Predicts the weather from the temperature. Left out: date, place.")
    picture.setFixedHeight(120)
    cards[0].set_content(layouts.box(layouts.column(picture, words)))
    for card in cards:
        column.add(card)
    column.resize(160, 600)
    column.show()
    assert words.heightForWidth(words.width()) > words.sizeHint().height()
    assert picture.visibleRegion().boundingRect().height() == 120
    assert words.height() == words.heightForWidth(words.width())
    assert cards[1].y() - cards[0].geometry().bottom() - 1 == GAP


OFFERED = ("spiral", "digits")  # the highest set-up, and the one with most to say
FIRST = ("learning_rate", "batch_size", "seed", "optimizer", "gradient")


def is_in_sight(window: MainWindow, name: str) -> bool:
    control = part(window, name)
    viewport = window.area.column.viewport()
    place = control.rect().translated(control.mapTo(viewport, QPoint()))
    return control.isVisible() and viewport.rect().contains(place)


def test_what_is_tried_first_is_on_the_first_screen_and_a_high_one_has_it_all(
    kept_window: OpenWindow, qtbot: QtBot
) -> None:
    for height in (720, 1080):
        window = kept_window("spiral", height=height)
        assert window.store.config.training.optimizer.name == "adam"
        assert is_in_sight(window, "noise"), height
        for later in ("samples", "optimizer_beta1", "optimizer_beta2", "optimizer_epsilon"):
            assert not is_in_sight(window, later), height
    for preset in OFFERED:
        window.store.apply(PRESETS[preset].config)
        qtbot.waitUntil(lambda: window.area.column.verticalScrollBar().maximum() == 0)


def test_in_large_type_no_card_is_cut_off_and_no_column_lies_over_another(
    kept_window: OpenWindow, qapp: QApplication
) -> None:
    window = kept_window("spiral")
    theme.set_scale(theme.presenter_scale(1280, 720))
    settle(qapp)
    docks = window.area.docks
    assert docks["network_diagram_panel"].geometry().right() < docks["loss_panel"].geometry().left()
    theme.set_scale(theme.PRESENTER_SCALE)
    for preset in ("people", "mnist-two-layer"):
        window.store.apply(PRESETS[preset].config)
        settle(qapp)
        nothing_is_cut_off_at_the_right(window)


def nothing_is_cut_off_at_the_right(window: MainWindow) -> None:
    column = window.area.column
    for card in column.cards:
        assert card.mapTo(column.viewport(), QPoint(card.width(), 0)).x() <= column.viewport().width()
        for control in card.findChildren(QWidget):
            if isinstance(control, QAbstractButton | QComboBox | QLineEdit) and control.isVisible():
                assert control.mapTo(card, QPoint(control.width(), 0)).x() <= card.width(), control.objectName()


def test_tab_goes_through_the_setup_from_the_top_down_and_round_the_window(
    kept_window: OpenWindow, qapp: QApplication
) -> None:
    window = kept_window("circle")
    window.store.apply(PRESETS["spiral"].config)  # brings the constants of another optimiser
    window.area.docks["predictions_panel"].raise_()
    settle(qapp)
    names = ("hidden_layer_1", "activation", "output", "loss", "bias", "learning_rate", "batch_size", "seed")
    wanted = [*names, "new_seed", "gradient", "optimizer", "optimizer_beta1", "optimizer_beta2", "optimizer_epsilon"]
    part(window, "training_more").click()  # the constants are behind it
    part(window, wanted[0]).setFocus()
    seen: list[str] = []
    while seen.count(wanted[0]) < 2 and len(seen) < 200:
        focused = window.focusWidget() or window
        seen.append(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert seen.count(wanted[0]) == 2
    assert [name for name in seen[:-1] if name in wanted] == wanted
    assert {"play_button", "predictions_table", "loss_log", "experiment_button"} <= set(seen)


def nothing_of_the_set_up_is_cut(window: MainWindow, qtbot: QtBot, qapp: QApplication, table: Path) -> None:
    table.write_text("height,weight,kind\n" + "1.5,70,a\n1.6,60,b\n1.7,80,a\n" * 6, encoding="utf-8")
    window.resize(*USUAL)
    for preset in OFFERED:
        window.store.apply(PRESETS[preset].config)
        settle(qapp)
        assert [name for name in FIRST if not is_in_sight(window, name)] == [], preset
        nothing_is_cut_off_at_the_right(window)
    no_drop_down_list_is_cut_whatever_is_chosen(window, qapp)
    window.resize(*USUAL)
    window.store.apply(opening.opened(DataChoice("csv", path=str(table))))
    settle(qapp)
    click_on_all_details(window, qtbot)
    settle(qapp)
    nothing_is_cut_off_at_the_right(window)
    click_on_all_details(window, qtbot)


def click_on_all_details(window: MainWindow, qtbot: QtBot) -> None:
    for name in ("data_options", "training_more"):
        qtbot.mouseClick(part(window, name), Qt.MouseButton.LeftButton)


def no_drop_down_list_is_cut_whatever_is_chosen(window: MainWindow, qapp: QApplication) -> None:
    window.resize(1024, 640)
    window.store.apply(PRESETS["height-weight"].config)
    for optimizer, loss in (("sgd", "mse"), ("momentum", "cross-entropy")):
        config = edits.change(window.store.config, "training.optimizer.name", optimizer)
        window.store.apply(edits.change(config, "training.loss", loss))
        settle(qapp)
        for combo in window.area.column.findChildren(ComboBox):
            if combo.isVisible():
                option = QStyleOptionComboBox()
                combo.initStyleOption(option)
                assert "…" not in option.currentText, (combo.objectName(), combo.currentText())
