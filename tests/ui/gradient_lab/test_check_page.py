"""The check page: both gradients, the verdict, each fault by its name, and the cost meter."""

import re

import numpy as np
from pytestqt.qtbot import QtBot

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import GRADIENTS
from playground.experiment.landscape.checking import TRAINING
from playground.experiment.landscape.costs import Cost, MeasuredCosts
from playground.experiment.landscape.faults import FAULTS
from playground.ui.gradient_lab.check_page import CostTable
from playground.ui.gradient_lab.panel import GradientLabPanel
from tests.ui.conftest import PanelBench, text


def opened(panel_bench: PanelBench, experiment):
    bench = panel_bench(GradientLabPanel, experiment, size=(1000, 460))
    bench.click("lab_page_check")
    return bench


def test_the_two_gradients_agree(panel_bench: PanelBench) -> None:
    bench = opened(panel_bench, "digits")
    assert text(bench.card, "lab_verdict") == "They agree."
    assert "600 of the 2,080 weights and biases" in text(bench.card, "lab_check_text")
    maps = bench.panel.page.maps
    difference = maps["backprop"].values - maps["numerical"].values
    assert np.array_equal(maps["difference"].values, difference)
    assert maps["backprop"].limit == maps["numerical"].limit > 1e3 * maps["difference"].limit
    bench.choose("lab_check_layer", "1")
    assert bench.panel.page.maps["backprop"].values.shape[1] == 10


def test_each_fault_is_named_and_the_rule_of_the_article_in_its_own_run(panel_bench: PanelBench) -> None:
    bench = opened(panel_bench, "and-gate")
    assert text(bench.card, "lab_verdict") == "They differ: Early update."
    bench.store.apply(edits.change(bench.config, "training.update", "together"))
    bench.settle()
    assert text(bench.card, "lab_verdict") == "They agree."
    assert text(bench.card, "lab_reason").endswith("Batch gradient: sum over 4 samples.")
    assert "All 12 weights and biases" in text(bench.card, "lab_check_text")
    bench.store.apply(edits.set_hidden(PRESETS["digits"].config, (4,)))
    bench.settle()
    for key, fault in FAULTS.items():
        bench.choose("lab_fault", key)
        bench.settle()
        assert text(bench.card, "lab_verdict") == f"They differ: {fault.label}."
        assert text(bench.card, "lab_reason").startswith(fault.sentence)
        assert "Largest relative error: " in text(bench.card, "lab_reason")
    bench.choose("lab_fault", TRAINING)
    config = edits.change(edits.set_hidden(PRESETS["xor-gate"].config, (4, 4)), "network.activation", "leaky-relu")
    bench.store.apply(edits.change(config, "seed", 1))
    bench.settle()
    assert text(bench.card, "lab_verdict") == "They differ."  # units on a corner are no unknown fault
    assert text(bench.card, "lab_reason").startswith("Units stand exactly at 0, on the corner of Leaky ReLU")


def test_where_training_takes_the_sum_both_gradients_do(panel_bench: PanelBench) -> None:
    config = edits.change(PRESETS["xor-gate"].config, "training.update", "together")
    bench = opened(panel_bench, config)
    sums = {key: bench.panel.page.maps[key].values.copy() for key in ("backprop", "numerical")}
    bench.store.apply(edits.change(config, "training.reduction", "mean"))
    bench.settle()
    for key, values in sums.items():
        assert np.abs(values - 4 * bench.panel.page.maps[key].values).max() < 1e-9
    assert text(bench.card, "lab_verdict") == "They agree."
    assert text(bench.card, "lab_reason").endswith("Batch gradient: mean over 4 samples.")


def test_of_a_larger_batch_some_samples_are_taken_and_counted(panel_bench: PanelBench) -> None:
    bench = opened(panel_bench, edits.change(PRESETS["digits"].config, "training.batch_size", 32))
    expected = "Batch gradient: mean over 10 of the 32 samples of the batch."
    assert text(bench.card, "lab_reason").endswith(expected)


def test_the_relative_error_of_a_small_gradient_can_be_recomputed(panel_bench: PanelBench) -> None:
    bench = opened(panel_bench, "and-gate")
    said = text(bench.card, "lab_reason")
    numbers = re.search(
        r"error: ([\d.e−-]+), at .*: backprop ([\d.e−-]+), numerical ([\d.e−-]+)\. .*divided by ([\d.e−-]+), a", said
    )
    assert numbers is not None, said
    error, backprop, numerical, floor = (float(it.replace("−", "-")) for it in numbers.groups())
    assert abs(abs(backprop - numerical) / floor - error) < 0.02 * error


def test_seconds_are_no_powers_of_ten(qtbot: QtBot) -> None:
    table = CostTable()
    qtbot.addWidget(table)
    ways = {method: Cost(1, 1) for method in GRADIENTS}
    table.show_costs(MeasuredCosts(ways, dict(zip(GRADIENTS, (0.00023, 1.2, 120.0), strict=True)), 1, 1.0), None)
    assert [text(table, f"lab_cost_{method}_3") for method in GRADIENTS] == ["0.00023", "1.2", "120"]


def test_the_cost_of_each_way_is_measured_once(panel_bench: PanelBench) -> None:
    config = edits.change(PRESETS["digits"].config, "training.stop.steps", 500)
    bench = opened(panel_bench, config)
    bench.step(10)
    bench.click("lab_check_view_cost")
    cells = {(method, row): text(bench.card, f"lab_cost_{method}_{row}") for method in GRADIENTS for row in range(1, 6)}
    assert cells["backprop", 1] == "1"
    assert cells["numerical", 1] == cells["numerical-naive", 1] == "4,820"
    assert all(words not in ("", "–") for words in cells.values())
    assert "times fewer multiplications" in text(bench.card, "lab_check_text")
    assert "10 steps" in text(bench.card, "lab_check_text")
    assert bench.panel.requested_probes() == ()
    bench.step(10)
    assert "10 steps" in text(bench.card, "lab_check_text")
    bench.click("lab_measure")
    assert "20 steps" in text(bench.card, "lab_check_text")
