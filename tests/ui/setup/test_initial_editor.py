"""The weights that a network starts from."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from playground.engine.network import Network
from playground.experiment.config import edits
from playground.experiment.config.schema import InitialChoice
from playground.experiment.runs.initial_weights import fitting_gaussian
from playground.ui.canvas.histogram import BINS, Histogram, counts
from playground.ui.setup.network_panel import NetworkPanel
from tests.ui.bench import Bench

PANEL = NetworkPanel


def test_the_histogram_shows_the_true_first_weights(bench: Bench) -> None:
    bench.wait_for_run()
    info = bench.session.info
    network = Network(info.sizes, info.config.network.activations, info.config.network.output)
    network.restore(info.start)
    expected = counts(np.concatenate([weight.ravel() for weight in network.weights]))
    histogram = bench.find(Histogram, "initial_histogram")
    assert histogram.heights.tolist() == expected[0].tolist()
    assert histogram.reach == expected[1]


def test_zeros_are_said_to_be_zeros(bench: Bench) -> None:
    bench.click("initial_scheme_zeros")
    assert bench.config.network.initial == InitialChoice("zeros")
    bench.wait_for_run()
    histogram = bench.find(Histogram, "initial_histogram")
    assert histogram.heights[BINS // 2] == 12
    assert bench.find(QLabel, "initial_sentence").text() == "All 12 weights and the biases start at 0."
    bench.store.apply(edits.change(bench.config, "network.bias", "none"))
    bench.wait_for_run()
    assert "bias" not in bench.find(QLabel, "initial_sentence").text()


def test_the_width_of_the_bell_is_the_schemes_own_option(bench: Bench) -> None:
    bench.type("initial_std", "0.01")
    assert bench.config.network.initial == InitialChoice("gaussian", std=0.01)
    bench.wait_for_run()
    assert bench.find(Histogram, "initial_histogram").reach < 0.1
    bench.click("initial_scheme_uniform")
    assert bench.config.network.initial == InitialChoice("uniform")
    assert bench.panel.findChild(QLineEdit, "initial_std") is None


def test_one_layer_starts_differently(bench: Bench) -> None:
    bench.wait_for_run()
    bench.choose("initial_layer", "0")
    bench.click("initial_scheme_constant")
    initials = bench.config.network.initials
    assert [choice.name for choice in initials] == ["constant", "gaussian"]
    bench.wait_for_run()
    assert bench.find(QLabel, "initial_sentence").text() == "All 8 weights start at 1; biases 0."
    bench.choose("initial_layer", "all")
    assert not any(
        bench.find(QPushButton, f"initial_scheme_{name}").isChecked() for name in ("constant", "gaussian", "zeros")
    )


def test_layers_that_start_differently_are_said_where_no_scheme_is_lit(bench: Bench) -> None:
    difference = bench.find(QLabel, "initial_difference")
    assert not difference.isVisible()
    bench.store.apply(edits.change(bench.config, "network.initial", fitting_gaussian((2, 8, 1))))
    assert difference.isVisible()
    assert difference.text() == "Differs by layer: Gaussian, σ = 0.71, 0.35"
    bench.choose("initial_layer", "0")
    assert not difference.isVisible()
    assert bench.find(QPushButton, "initial_scheme_gaussian").isChecked()


def test_given_weights_are_offered_and_reached_by_keys_only_where_they_are_in_use(bench: Bench) -> None:
    given = bench.find(QPushButton, "initial_scheme_given")
    assert not given.isVisible()
    weights = [[[0.1] * 4] * 2, [[0.2]] * 4]
    bench.store.apply(edits.change(bench.config, "network.initial", InitialChoice("given", weights=weights)))
    assert given.isVisible()
    assert given.isChecked()
    bench.store.undo()
    he = bench.find(QPushButton, "initial_scheme_he")
    bench.click("initial_scheme_he")
    he.setFocus()
    bench.qtbot.keyClick(he, Qt.Key.Key_Right)
    assert bench.config.network.initial == InitialChoice("he")
    bench.qtbot.keyClick(he, Qt.Key.Key_Left)
    assert bench.config.network.initial == InitialChoice("xavier")


def test_limits_that_cross_are_answered_and_not_taken(bench: Bench) -> None:
    bench.click("initial_scheme_uniform")
    field = bench.type("initial_low", "5")
    assert bench.config.network.initial == InitialChoice("uniform")
    problem = bench.find(QLabel, "initial_problem")
    assert problem.isVisible()
    assert "5" in problem.text()
    assert field.text() == "-1"
    bench.type("initial_low", "-3")
    assert bench.config.network.initial == InitialChoice("uniform", low=-3.0)
    assert not problem.isVisible()


def test_details_open_by_themselves_when_one_is_special_and_close_again(bench: Bench) -> None:
    combo = bench.find(QComboBox, "initial_bias")
    assert not combo.isVisible()
    bench.store.apply(edits.change(bench.config, "network.initial", InitialChoice("gaussian", bias="same")))
    bench.qtbot.waitUntil(lambda: bench.find(QComboBox, "initial_bias").isVisible())
    assert bench.find(QComboBox, "initial_bias").currentData() == "same"
    bench.store.undo()
    assert not bench.find(QComboBox, "initial_bias").isVisible()
