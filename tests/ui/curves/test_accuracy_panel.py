"""The accuracy panel on a real session: its curves, its axes, and what stands there for numbers."""

from PySide6.QtWidgets import QLabel

from playground.experiment.config import edits
from playground.ui.curves.accuracy_panel import AccuracyPanel
from playground.ui.curves.loss_panel import LossPanel
from tests.ui.conftest import PanelBench, experiment


def test_accuracy_is_drawn_at_the_epochs_of_a_batch_size_that_was_changed(panel_bench: PanelBench) -> None:
    stage = panel_bench(AccuracyPanel, experiment("gauss", [2], batch_size=1))
    per_epoch = stage.session.info.steps_per_epoch
    stage.step(int(per_epoch))
    stage.panel.store.apply(edits.change(stage.panel.store.config, "training.batch_size", None))
    stage.step(100)
    epochs, _shares = stage.panel.plot.data("train")
    assert epochs[0] == 0
    assert 1 in epochs
    assert 50 < epochs[-1] <= 101


def test_the_axes_end_where_the_run_ends_after_the_batch_size_was_changed(panel_bench: PanelBench) -> None:
    config = experiment("gauss", [2], batch_size=1, stop={"epochs": 40})
    loss, accuracy = panel_bench(LossPanel, config), panel_bench(AccuracyPanel, config)
    per_epoch = int(loss.session.info.steps_per_epoch)
    for stage in (loss, accuracy):
        stage.card.hide()  # a look at the 24th epoch would leave the axis at the 36th, 24 and half of that
        stage.session.step(36 * per_epoch)
        stage.qtbot.waitUntil(lambda session=stage.session: session.step_count == 36 * per_epoch)
        stage.card.show()
        stage.settle()
        stage.panel.store.apply(edits.change(stage.panel.store.config, "training.batch_size", None))
        stage.settle()
    assert accuracy.panel.plot.ranges[0][1] == 40.0
    assert loss.panel.plot.ranges[0][1] == 36.0 * per_epoch + 4  # one step for each of the four epochs left
    for stage in (loss, accuracy):
        stage.panel.store.apply(edits.change(stage.panel.store.config, "training.stop.steps", 36 * per_epoch + 2))
        stage.settle()
    assert accuracy.panel.plot.ranges[0][1] == 38.0
    assert loss.panel.plot.ranges[0][1] == 36.0 * per_epoch + 2


def test_accuracy_of_numbers_is_explained_instead_of_drawn(panel_bench: PanelBench) -> None:
    stage = panel_bench(AccuracyPanel, experiment("sine", [4], "linear"))
    stage.step(2)
    note = stage.panel.findChild(QLabel, "accuracy_note")
    assert note.isVisible()
    assert "not classes" in note.text()
    assert stage.panel.legend.entries == ()
    assert stage.panel.plot.legend == ()


def test_a_saved_picture_names_the_curves(panel_bench: PanelBench) -> None:
    stage = panel_bench(AccuracyPanel, experiment("spiral", [4]))
    assert stage.panel.plot.legend == (("train", "train"), ("test", "test"))
