"""The loss panel on a real session: its curves, its legend, its axes."""

from PySide6.QtWidgets import QCheckBox

from playground.experiment.config.presets import PRESETS
from playground.experiment.training.trainer import Trainer
from playground.ui.curves.accuracy_panel import AccuracyPanel
from playground.ui.curves.loss_panel import LossPanel
from tests.ui.conftest import PanelBench, experiment


def test_the_loss_panel_switches_to_a_logarithmic_axis(panel_bench: PanelBench) -> None:
    stage = panel_bench(LossPanel, PRESETS["and-gate"].config)
    stage.step(50)
    header = stage.panel.header
    switch = header.findChild(QCheckBox, "loss_log")
    switch.click()
    assert stage.panel.plot.logarithmic
    assert stage.panel.plot.ranges[1][0] < 0


def test_the_loss_panel_names_the_test_curve_only_where_there_is_a_test_part(panel_bench: PanelBench) -> None:
    with_test = panel_bench(LossPanel, experiment("spiral", [4]))
    without = panel_bench(LossPanel, PRESETS["and-gate"].config)
    assert [words for _colour, words in with_test.panel.legend.entries] == ["batch", "train", "test"]
    assert with_test.panel.plot.legend == with_test.panel.legend.entries
    assert [words for _colour, words in without.panel.legend.entries] == ["batch", "train"]


def test_the_axis_of_the_loss_ends_where_the_run_ends(panel_bench: PanelBench) -> None:
    stage = panel_bench(LossPanel, experiment("and", [2], stop={"steps": 100}))
    stage.step(90)
    assert stage.panel.plot.ranges[0][1] == 100.0


def test_the_curves_of_a_paused_run_and_their_table_end_with_the_evaluation_shown(panel_bench: PanelBench) -> None:
    config = experiment("spiral", [4], batch_size=10)
    loss, accuracy = panel_bench(LossPanel, config), panel_bench(AccuracyPanel, config)
    for stage in (loss, accuracy):
        stage.step(333)  # in the middle of an epoch
    alone = Trainer(config)
    alone.run(333)
    train, test = alone.evaluate()
    assert test is not None
    for part, found in (("train", train), ("test", test)):
        rows = [row for row in loss.panel.plot.table()[1] if row[0] == part]
        assert rows[-1] == (part, 333.0, found.loss)
        epochs, shares = accuracy.panel.plot.data(part)
        assert (epochs[-1], shares[-1]) == (alone.epoch, found.accuracy)
