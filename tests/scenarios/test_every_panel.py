"""What is true of every panel of results: it shows something for every kind of data, and can be read aloud."""

import pytest
from PySide6.QtWidgets import QWidget

from playground.experiment.config.schema import ExperimentConfig
from playground.ui.boundary.panel import BoundaryPanel
from playground.ui.core.panel import Panel
from playground.ui.curves.accuracy_panel import AccuracyPanel
from playground.ui.curves.loss_panel import LossPanel
from playground.ui.diagram.panel import NetworkDiagramPanel
from playground.ui.predictions.panel import PredictionsPanel
from playground.ui.weights.panel import WeightsPanel
from tests.ui.bench import colours
from tests.ui.conftest import PanelBench, experiment

ALL = (LossPanel, AccuracyPanel, NetworkDiagramPanel, BoundaryPanel, WeightsPanel, PredictionsPanel)


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize(
    "config",
    [
        experiment("sine", [6], "linear"),
        experiment("plane", [4], "linear"),
        experiment("digits", [12], "softmax", batch_size=50),
        experiment("gauss", [], "softmax"),
    ],
    ids=lambda config: config.data.name,
)
def test_every_panel_shows_something_for_every_kind_of_data(
    panel_bench: PanelBench, kind: type[Panel], config: ExperimentConfig
) -> None:
    stage = panel_bench(kind, config)
    stage.step(20)
    assert len(colours(stage.panel, every=2)) > 4


@pytest.mark.parametrize("kind", ALL)
def test_before_the_first_run_there_is_a_sentence_or_axes(panel_bench: PanelBench, kind: type[Panel]) -> None:
    bench = panel_bench(kind, "and-gate", hidden=True)
    bench.card.show()
    assert bench.session.info is None
    assert len(colours(bench.panel, every=2)) > 1


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (LossPanel, ("loss_plot", "loss_log", "loss_legend")),
        (AccuracyPanel, ("accuracy_plot", "accuracy_legend")),
        (NetworkDiagramPanel, ("network_view", "network_legend")),
        (BoundaryPanel, ("plane_plot", "confusion_matrix", "boundary_table")),
        (WeightsPanel, ("weights_layer", "weights_matrix", "mosaic_view")),
        (
            PredictionsPanel,
            (
                "predictions_part",
                "predictions_part_train",
                "predictions_part_test",
                "predictions_previous",
                "predictions_next",
                "predictions_table",
                "gallery_view",
            ),
        ),
    ],
)
def test_every_view_and_control_can_be_found_and_read_aloud(
    panel_bench: PanelBench, kind: type[Panel], names: tuple[str, ...]
) -> None:
    stage = panel_bench(kind, experiment("digits", [5], "softmax", batch_size=50))
    for name in names:
        found = stage.panel.window().findChild(QWidget, name)
        assert found is not None, name
        assert found.accessibleName(), name
