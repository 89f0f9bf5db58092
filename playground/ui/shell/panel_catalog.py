"""Which panels there are and where they stand at first: one line a panel."""

import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import ClassVar, Literal

from playground.language import N_
from playground.ui.core.panel import Panel
from playground.ui.diagram.panel import NetworkDiagramPanel
from playground.ui.notes.panel import NotesPanel
from playground.ui.setup.data_panel import DataPanel
from playground.ui.setup.network_panel import NetworkPanel
from playground.ui.setup.training_panel import TrainingPanel

HEAVY = ("pyqtgraph",)
"""What takes as long to import as a dozen frames, and is given a turn of its own."""

Area = Literal["setup", "top", "tabs", "right", "notes"]


@dataclass(frozen=True)
class Place:
    """A panel and its place in the default layout.

    `area` is ``"setup"`` (a card of the column at the left), ``"top"`` (the middle), ``"tabs"`` (one of the
    tabs below it), ``"right"`` (below one another at the right) or ``"notes"`` (the cards at the bottom right).
    """

    panel: type[Panel]
    area: Area
    is_open: ClassVar[bool] = True

    @property
    def name(self) -> str:
        """The panel's name."""
        return self.panel.name


@dataclass(frozen=True)
class LatePlace:
    """A panel that is made, and its module imported, once the window is on the screen; until then its card is empty.

    For what is hidden behind a tab at first, and for what is drawn with pyqtgraph, which takes as long to
    import as all the rest of the window. `name` is the panel's name, `folder` its module, `kind` its class,
    `title` its heading until it gives one itself. One that is not open comes when it is called for.
    """

    name: str
    folder: str
    kind: str
    title: str
    area: Area
    is_open: bool = True

    @property
    def module(self) -> str:
        """Where the panel is."""
        return f"playground.ui.{self.folder}"

    def load(self) -> type[Panel]:
        """Return the panel's class."""
        found = getattr(import_module(self.module), self.kind)
        assert isinstance(found, type)
        assert issubclass(found, Panel)
        return found


class Loading:
    """Imports what a panel needs, a part in each turn of the event loop.

    In the window's thread: PySide makes its classes when they are first asked for, and crashes now and then where
    another thread asks for one while this one handles events.
    """

    def __init__(self) -> None:
        self._tried: set[str] = set()

    def has_loaded(self, module: str) -> bool:
        """Return whether a module is there, or could not be imported; if not, import it or what it is made of."""
        for name in (*HEAVY, module):
            if name not in sys.modules and name not in self._tried:
                self._tried.add(name)
                with suppress(Exception):  # it comes again where the panel is made, which is reported
                    import_module(name)
                return False
        return True


PANELS: tuple[Place | LatePlace, ...] = (
    Place(DataPanel, "setup"),
    Place(NetworkPanel, "setup"),
    Place(TrainingPanel, "setup"),
    Place(NetworkDiagramPanel, "top"),
    LatePlace("boundary_panel", "boundary.panel", "BoundaryPanel", N_("Decision boundary"), "tabs"),
    LatePlace("hidden_space_panel", "hidden_space.panel", "HiddenSpacePanel", N_("Hidden space"), "tabs"),
    LatePlace("weights_panel", "weights.panel", "WeightsPanel", N_("Weights"), "tabs"),
    LatePlace("predictions_panel", "predictions.panel", "PredictionsPanel", N_("Predictions"), "tabs"),
    LatePlace("drawing_panel", "drawing.panel", "DrawingPanel", N_("Draw"), "tabs"),
    LatePlace("slow_motion_panel", "slow_motion.panel", "SlowMotionPanel", N_("Slow motion"), "tabs"),
    LatePlace("flow_panel", "gradient_flow.panel", "FlowPanel", N_("Flow"), "tabs"),
    LatePlace("race_panel", "comparison.panel", "RacePanel", N_("Race"), "tabs", is_open=False),
    LatePlace("loss_panel", "curves.loss_panel", "LossPanel", N_("Loss"), "right"),
    LatePlace("accuracy_panel", "curves.accuracy_panel", "AccuracyPanel", N_("Accuracy"), "right"),
    Place(NotesPanel, "notes"),
)
