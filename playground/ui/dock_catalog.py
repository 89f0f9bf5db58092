"""Which panels there are and where they stand at first: one line a panel."""

from dataclasses import dataclass
from typing import Literal

from playground.ui.panels.accuracy_panel import AccuracyPanel
from playground.ui.panels.boundary_panel import BoundaryPanel
from playground.ui.panels.data_panel import DataPanel
from playground.ui.panels.diagram_panel import NetworkDiagramPanel
from playground.ui.panels.drawing_panel import DrawingPanel
from playground.ui.panels.flow_panel import FlowPanel
from playground.ui.panels.hidden_space_panel import HiddenSpacePanel
from playground.ui.panels.loss_panel import LossPanel
from playground.ui.panels.network_panel import NetworkPanel
from playground.ui.panels.notes_panel import NotesPanel
from playground.ui.panels.panel import Panel
from playground.ui.panels.predictions_panel import PredictionsPanel
from playground.ui.panels.race_panel import RacePanel
from playground.ui.panels.slow_motion_panel import SlowMotionPanel
from playground.ui.panels.training_panel import TrainingPanel
from playground.ui.panels.weights_panel import WeightsPanel

Area = Literal["setup", "top", "tabs", "right", "notes"]


@dataclass(frozen=True)
class Place:
    """A panel and its place in the default layout.

    `area` is ``"setup"`` (a card of the column at the left), ``"top"`` (the middle), ``"tabs"`` (one of the
    tabs below it), ``"right"`` (below one another at the right) or ``"notes"`` (the cards at the bottom right).
    One that is not open comes when it is called for.
    """

    panel: type[Panel]
    area: Area
    is_open: bool = True


PANELS: tuple[Place, ...] = (
    Place(DataPanel, "setup"),
    Place(NetworkPanel, "setup"),
    Place(TrainingPanel, "setup"),
    Place(NetworkDiagramPanel, "top"),
    Place(BoundaryPanel, "tabs"),
    Place(HiddenSpacePanel, "tabs"),
    Place(WeightsPanel, "tabs"),
    Place(PredictionsPanel, "tabs"),
    Place(DrawingPanel, "tabs"),
    Place(SlowMotionPanel, "tabs"),
    Place(FlowPanel, "tabs"),
    Place(RacePanel, "tabs", is_open=False),
    Place(LossPanel, "right"),
    Place(AccuracyPanel, "right"),
    Place(NotesPanel, "notes"),
)
