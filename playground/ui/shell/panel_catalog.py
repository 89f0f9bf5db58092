"""Which panels there are and where they stand at first: one line a panel."""

from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from playground.language import N_
from playground.ui.core.panel import Panel

Area = Literal["setup", "top", "tabs", "lesson", "right", "notes"]


@dataclass(frozen=True)
class Entry:
    """A panel and its place in the default layout.

    Attributes
    ----------
    name
        The panel's name.
    source
        Its module below `playground.ui`, and its class. It is imported when the panel is made.
    title
        Its heading, marked for translation; its window title takes the place of it where it has one.
    area
        ``"setup"`` (a card of the column at the left), ``"top"`` (the middle), ``"tabs"`` (one of the tabs below it),
        ``"lesson"`` (above the results at the right), ``"right"`` (below one another at the right) or ``"notes"`` (the
        cards at the bottom right).
    is_late
        Whether it is made only once the window is on the screen: for what is hidden behind a tab at first, and for
        what draws with pyqtgraph, which takes as long to import as half of the window.
    is_open
        Whether it is there before it is called for; one that is not is made when it is opened.
    """

    name: str
    source: str
    title: str
    area: Area
    is_late: bool = True
    is_open: bool = True

    def load(self) -> type[Panel]:
        """Import the module of the panel and return its class."""
        module, _dot, kind = f"playground.ui.{self.source}".rpartition(".")
        found = getattr(import_module(module), kind)
        assert isinstance(found, type)
        assert issubclass(found, Panel)
        return found


PANELS: tuple[Entry, ...] = (
    Entry("data_panel", "setup.data_panel.DataPanel", N_("Data"), "setup", is_late=False),
    Entry("network_panel", "setup.network_panel.NetworkPanel", N_("Network"), "setup", is_late=False),
    Entry("training_panel", "setup.training_panel.TrainingPanel", N_("Training"), "setup", is_late=False),
    Entry("network_diagram_panel", "diagram.panel.NetworkDiagramPanel", N_("Network"), "top", is_late=False),
    Entry("boundary_panel", "boundary.panel.BoundaryPanel", N_("Decision boundary"), "tabs"),
    Entry("hidden_space_panel", "hidden_space.panel.HiddenSpacePanel", N_("Hidden space"), "tabs"),
    Entry("weights_panel", "weights.panel.WeightsPanel", N_("Weights"), "tabs"),
    Entry("predictions_panel", "predictions.panel.PredictionsPanel", N_("Predictions"), "tabs"),
    Entry("drawing_panel", "drawing.panel.DrawingPanel", N_("Draw"), "tabs"),
    Entry("slow_motion_panel", "slow_motion.panel.SlowMotionPanel", N_("Slow motion"), "tabs"),
    Entry("flow_panel", "gradient_flow.panel.FlowPanel", N_("Flow"), "tabs"),
    Entry("gradient_lab_panel", "gradient_lab.panel.GradientLabPanel", N_("Gradient lab"), "tabs", is_open=False),
    Entry("race_panel", "comparison.panel.ComparisonPanel", N_("Race"), "tabs", is_open=False),
    Entry("lesson_panel", "lessons.panel.LessonPanel", N_("Lesson"), "lesson", is_open=False),
    Entry("loss_panel", "curves.loss_panel.LossPanel", N_("Loss"), "right"),
    Entry("accuracy_panel", "curves.accuracy_panel.AccuracyPanel", N_("Accuracy"), "right"),
    Entry("notes_panel", "notes.panel.NotesPanel", N_("Notes"), "notes", is_late=False),
)
