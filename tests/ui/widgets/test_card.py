from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QStyleOptionComboBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from playground.experiment.config import opening
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import DataChoice, OptimizerChoice, replace
from playground.ui.core import i18n, layouts, theme
from playground.ui.shell.main_window import MainWindow
from playground.ui.widgets.card import GAP, Card, CardColumn
from playground.ui.widgets.combo import ComboBox
from playground.ui.widgets.labels import text_label
from tests.ui.conftest import OpenWindow, part, settle


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


OFFERED = ("and-gate", "spiral", "people", "digits")


def is_in_sight(window: MainWindow, name: str) -> bool:
    control = window.findChild(QWidget, name)
    assert control is not None, name
    viewport = window.area.column.viewport()
    place = control.rect().translated(control.mapTo(viewport, QPoint()))
    return control.isVisible() and viewport.rect().contains(place)


def test_a_high_window_shows_all_of_the_setup(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window(height=1080)
    for preset in OFFERED:
        window.store.apply(PRESETS[preset].config)
        qtbot.waitUntil(lambda: window.area.column.verticalScrollBar().maximum() == 0)


def test_the_first_screen_shows_the_noise_and_not_the_constants_of_the_optimiser(kept_window: OpenWindow) -> None:
    for height in (720, 1080):
        window = kept_window("spiral", height=height)
        assert window.store.config.training.optimizer.name == "adam"
        assert is_in_sight(window, "noise"), height
        assert not is_in_sight(window, "samples"), height
        for constant in ("beta1", "beta2", "epsilon"):
            assert not is_in_sight(window, f"optimizer_{constant}"), height


def test_data_without_noise_show_none(kept_window: OpenWindow, qapp: QApplication) -> None:
    window = kept_window("spiral")
    window.store.apply(PRESETS["digits"].config)
    settle(qapp)
    assert window.findChild(QWidget, "noise") is None
    window.store.undo()
    settle(qapp)
    assert is_in_sight(window, "noise")


@pytest.mark.parametrize("factor", [1.0, theme.PRESENTER_SCALE])
def test_no_card_is_cut_off_at_the_right(kept_window: OpenWindow, qapp: QApplication, factor: float) -> None:
    window = kept_window("spiral")
    theme.set_scale(factor)
    column = window.area.column
    for preset in (*OFFERED, "worked-example", "mnist-two-layer"):
        window.store.apply(PRESETS[preset].config)
        settle(qapp)
        for card in column.cards:
            assert card.mapTo(column.viewport(), QPoint(card.width(), 0)).x() <= column.viewport().width(), preset
            for control in card.findChildren(QWidget):
                if isinstance(control, QAbstractButton | QComboBox | QLineEdit) and control.isVisible():
                    right = control.mapTo(card, QPoint(control.width(), 0)).x()
                    assert right <= card.width(), (preset, control.objectName())


def test_tab_goes_through_the_setup_from_the_top_down(kept_window: OpenWindow, qapp: QApplication) -> None:
    window = kept_window("circle")
    window.store.apply(PRESETS["spiral"].config)  # brings the constants of another optimiser
    settle(qapp)
    names = ("hidden_layer_1", "activation", "output", "loss", "bias", "learning_rate", "batch_size", "seed")
    wanted = [*names, "new_seed", "gradient", "optimizer", "optimizer_beta1", "optimizer_beta2", "optimizer_epsilon"]
    more = window.findChild(QToolButton, "training_more")
    assert more is not None
    more.click()  # the constants are behind it
    first = window.findChild(QLineEdit, wanted[0])
    assert first is not None
    first.setFocus()
    seen: list[str] = []
    for _press in range(60):
        focused = window.focusWidget()
        seen.append("" if focused is None else focused.objectName())
        QTest.keyClick(focused or window, Qt.Key.Key_Tab)
    assert [name for name in dict.fromkeys(seen) if name in wanted] == wanted


def test_details_that_opened_by_themselves_close_again(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("and-gate")
    more = window.findChild(QToolButton, "initial_more")
    assert more is not None
    assert not more.isChecked()
    window.store.apply(PRESETS["mnist-nielsen"].config)
    assert more.isChecked()
    window.store.apply(PRESETS["spiral"].config)
    assert not more.isChecked()


def test_tab_goes_round_the_whole_window(kept_window: OpenWindow, qapp: QApplication) -> None:
    window = kept_window("and-gate")
    window.area.docks["predictions_panel"].raise_()
    settle(qapp)
    seen: list[str] = []
    for _press in range(80):
        focused = window.focusWidget()
        seen.append("" if focused is None else focused.objectName())
        QTest.keyClick(focused or window, Qt.Key.Key_Tab)
    assert seen.count("play_button") >= 2
    assert {"predictions_table", "learning_rate", "loss_log", "experiment_button"} <= set(seen)


def test_the_columns_do_not_lie_over_one_another_in_large_type(kept_window: OpenWindow, qapp: QApplication) -> None:
    window = kept_window("spiral")
    theme.set_scale(theme.presenter_scale(1280, 720))
    settle(qapp)
    docks = window.area.docks
    assert docks["network_diagram_panel"].geometry().right() < docks["loss_panel"].geometry().left()


def _choice(field: str, name: str) -> object:
    return OptimizerChoice(name) if field == "optimizer" else name


def test_in_each_language_nothing_is_cut_and_the_column_keeps_its_width(
    kept_window: OpenWindow, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    table = tmp_path / "people.csv"
    table.write_text("height,weight,kind\n" + "1.5,70,a\n1.6,60,b\n1.7,80,a\n" * 6, encoding="utf-8")
    window = kept_window()
    for language in ("en", "zh_CN"):
        i18n.use(qapp, language)
        window.resize(1280, 720)
        what_matters_is_in_sight(window, qapp)
        no_drop_down_list_is_cut_whatever_is_chosen(window, qapp)
        window.resize(1280, 720)
        window.store.apply(opening.opened(DataChoice("csv", path=str(table))))
        the_column_is_never_wider_than_its_place(window, qtbot, qapp)
    presenter_mode_leaves_the_column_as_it_was(window, qtbot, qapp)


def what_matters_is_in_sight(window: MainWindow, qapp: QApplication) -> None:
    for preset in OFFERED:
        window.store.apply(PRESETS[preset].config)
        settle(qapp)
        for name in ("learning_rate", "batch_size", "seed", "optimizer", "gradient"):
            assert is_in_sight(window, name), (preset, name)


def no_drop_down_list_is_cut_whatever_is_chosen(window: MainWindow, qapp: QApplication) -> None:
    window.store.apply(PRESETS["height-weight"].config)
    for choices in ({"optimizer": "sgd"}, {"optimizer": "momentum"}, {"loss": "cross-entropy"}):
        training = replace(window.store.config.training, **{k: _choice(k, v) for k, v in choices.items()})
        window.store.apply(replace(window.store.config, training=training))
        for height in (640, 868):
            window.resize(1024, height)
            settle(qapp)
            for combo in window.area.column.findChildren(ComboBox):
                if combo.isVisible():
                    option = QStyleOptionComboBox()
                    combo.initStyleOption(option)
                    assert "…" not in option.currentText, (combo.objectName(), combo.currentText(), height)


def the_column_is_never_wider_than_its_place(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    settle(qapp)
    for name in ("data_options", "training_more"):
        qtbot.mouseClick(part(window, name), Qt.MouseButton.LeftButton)
    settle(qapp)
    column = window.area.column
    assert column.widget().width() <= column.viewport().width()


def presenter_mode_leaves_the_column_as_it_was(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    column, width = window.area.column, window.area.docks["setup"].width()
    for on in (True, False):
        window.actions_["presenter"].setChecked(on)
        settle(qapp)
    window.resize(1280, 720)
    settle(qapp)
    assert column.widget().width() <= column.viewport().width()
    assert window.area.docks["setup"].width() == width
    for name in ("data_options", "training_more"):
        qtbot.mouseClick(part(window, name), Qt.MouseButton.LeftButton)
