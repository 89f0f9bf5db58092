"""The bar at the top: what Play and Step do and say, how fast it goes, and that nothing in it moves."""

from pathlib import Path
from time import monotonic

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from playground.experiment.config import schema as configs
from playground.experiment.config import tables
from playground.experiment.config.presets import PRESETS
from playground.experiment.training.trainer import Trainer
from playground.runtime.speed import AUTO
from playground.ui.core import number_text
from playground.ui.forms.experiment_fields import FIELDS
from playground.ui.transport.panel import Readout
from tests.ui.conftest import OpenWindow, part, text


def test_the_speed_slider_the_keys_and_the_menu_agree(kept_window: OpenWindow) -> None:
    window = kept_window()
    slider = window.transport.speed_slider
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert window.session.speed == 1
    assert window.preferences.speed == 1
    QTest.keyClick(window, Qt.Key.Key_Plus)
    assert window.session.speed == 2
    checked = window.actions_.speeds.checkedAction()
    assert checked.data() == "2"
    window.actions_.speeds.actions()[-1].trigger()
    assert window.session.speed is None
    assert slider.value() == slider.maximum()


def test_a_first_start_plays_at_a_speed_to_be_watched_and_one_key_makes_it_unlimited(
    kept_window: OpenWindow, qtbot: QtBot
) -> None:
    window = kept_window(speed=AUTO)
    assert window.session.speed_limit == 1_000  # ten thousand steps in ten seconds
    assert text(window, "speed_value") == "auto, 1,000/s"
    begin = monotonic()
    QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.step_count >= 400)
    assert monotonic() - begin > 0.3
    QTest.keyClick(window, Qt.Key.Key_U)
    assert window.session.speed_limit is None
    assert window.preferences.speed is None
    assert window.transport.speed_slider.value() == window.transport.speed_slider.maximum()
    qtbot.waitUntil(lambda: window.session.step_count == 10_000)
    QTest.keyClick(window, Qt.Key.Key_U)
    assert window.session.speed == AUTO
    QTest.keyClick(window, Qt.Key.Key_Minus)
    assert window.session.speed == 500
    QTest.keyClick(window, Qt.Key.Key_U)
    QTest.keyClick(window, Qt.Key.Key_U)
    assert window.preferences.speed == 500


def test_play_stands_still_whatever_the_experiment_is_called_and_however_many_figures_and_digits_it_has(
    kept_window: OpenWindow, qtbot: QtBot
) -> None:
    window = kept_window("and-gate")
    for name in ("epoch_value", "steps_value"):
        label = part(window, name, QLabel)
        for number in (9_999_999, 12_345_678, 1_234_567_890):
            words = number_text.count(number)
            assert label.fontMetrics().horizontalAdvance(words) <= label.width(), (name, words)
    for width, height in ((1024, 640), (1440, 900)):
        window.resize(width, height)
        places = set()
        spiral = PRESETS["spiral"].config
        changed = (configs.replace(spiral, name=40 * "long name "), configs.replace(spiral, "training.l2", 0.1))
        for config in (PRESETS["and-gate"].config, PRESETS["sine-curve"].config, spiral, *changed):
            window.store.apply(config)
            qtbot.waitUntil(lambda: window.session.is_current and window.refresh_loop.is_idle)
            bar = window.transport
            places.add(bar.play_button.mapTo(window, QPoint()).x())
            shown = [it for it in bar.findChildren(QWidget) if it.isVisible() and it.parent() is bar]
            assert all(bar.rect().contains(it.geometry()) for it in shown)
        assert len(places) == 1


def test_a_readout_is_as_wide_for_every_number(qtbot: QtBot) -> None:
    readout = Readout("steps", "9,999,999")
    qtbot.addWidget(readout)
    readout.set_text("Steps")
    width = readout.sizeHint().width()
    for number in ("1", "1,234,567"):
        readout.number.setText(number)
        assert readout.sizeHint().width() == width


def test_the_error_of_a_number_is_shown_in_its_own_units(kept_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "flats.csv"
    path.write_text("area,rooms,rent\n" + "".join(f"{k},{k % 5},€{400 + 9 * k}\n" for k in range(60)), encoding="utf-8")
    window = kept_window()
    for train_share, label, most in ((0.8, "Test RMSE", "test samples"), (1.0, "RMSE", "training samples")):
        for loss in ("squared", "mse"):
            config = configs.replace(tables.opened(path, {"data.train_share": train_share}), "training.loss", loss)
            window.store.apply(config)
            qtbot.waitUntil(lambda: window.session.is_current and window.refresh_loop.is_idle)
            trainer = Trainer(config)
            data = trainer.data
            x, t = (data.x_train, data.t_train) if data.x_test is None else (data.x_test, data.t_test)
            errors = data.targets_in_units(trainer.network.activations_of(x)[-1]) - data.targets_in_units(t)
            number = part(window, "accuracy_value", QLabel)
            assert number.text() == number_text.loss(float(np.sqrt(np.mean(errors**2))))
            assert number.accessibleName() == label
            tip = number.parentWidget().toolTip()
            assert tip == f"Root mean square error of the {most}, in the units of rent (€)"


def test_the_loss_says_that_it_is_without_regularisation(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window, shown = kept_window("spiral"), set()
    for rate in (0.0, 0.5):
        window.store.apply(configs.replace(PRESETS["spiral"].config, "training.l2", rate))
        qtbot.waitUntil(lambda: window.session.is_current and window.refresh_loop.is_idle)
        shown.add((text(window, "train_loss_value"), text(window, "test_loss_value")))
    assert len(shown) == 1
    for name in ("train_loss_value", "test_loss_value"):
        assert "without regularisation" in part(window, name).parentWidget().toolTip()
    for rate in ("l1", "l2"):
        assert "The loss shown is without it." in FIELDS[f"training.{rate}"].sentence
