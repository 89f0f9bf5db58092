"""Which panels there are and where they stand at first: one line a panel."""

import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from threading import Thread
from typing import ClassVar, Literal

from playground.language import N_
from playground.ui.panels.boundary_panel import BoundaryPanel
from playground.ui.panels.data_panel import DataPanel
from playground.ui.panels.diagram_panel import NetworkDiagramPanel
from playground.ui.panels.network_panel import NetworkPanel
from playground.ui.panels.notes_panel import NotesPanel
from playground.ui.panels.panel import Panel
from playground.ui.panels.training_panel import TrainingPanel

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
    import as all the rest of the window. `name` is the panel's name and that of its module, `kind` its class,
    `title` its heading until it gives one itself. One that is not open comes when it is called for.
    """

    name: str
    kind: str
    title: str
    area: Area
    is_open: bool = True

    @property
    def module(self) -> str:
        """Where the panel is."""
        return f"playground.ui.panels.{self.name}"

    def load(self) -> type[Panel]:
        """Return the panel's class."""
        found = getattr(import_module(self.module), self.kind)
        assert isinstance(found, type)
        assert issubclass(found, Panel)
        return found


class Loading:
    """Imports modules beside the window's thread, one at a time: the first takes as long as a dozen frames.

    The thread only imports, which makes no object of Qt's; the panels are made in the window's thread.
    """

    def __init__(self) -> None:
        self._thread: Thread | None = None
        self._module = ""

    def has_loaded(self, module: str) -> bool:
        """Return whether a module is there, or could not be imported; begin with it if nothing else is on the way."""
        if self._thread is not None and self._thread.is_alive():
            return False
        if self._module == module or module in sys.modules:
            return True
        self._module = module
        self._thread = Thread(target=_try_import, args=(module,), name="import of a panel")
        self._thread.start()
        return False


def _try_import(module: str) -> None:
    """Import a module; an error comes again in the window's thread, which reports it."""
    with suppress(Exception):
        import_module(module)


PANELS: tuple[Place | LatePlace, ...] = (
    Place(DataPanel, "setup"),
    Place(NetworkPanel, "setup"),
    Place(TrainingPanel, "setup"),
    Place(NetworkDiagramPanel, "top"),
    Place(BoundaryPanel, "tabs"),
    LatePlace("hidden_space_panel", "HiddenSpacePanel", N_("Hidden space"), "tabs"),
    LatePlace("weights_panel", "WeightsPanel", N_("Weights"), "tabs"),
    LatePlace("predictions_panel", "PredictionsPanel", N_("Predictions"), "tabs"),
    LatePlace("drawing_panel", "DrawingPanel", N_("Draw"), "tabs"),
    LatePlace("slow_motion_panel", "SlowMotionPanel", N_("Slow motion"), "tabs"),
    LatePlace("flow_panel", "FlowPanel", N_("Flow"), "tabs"),
    LatePlace("race_panel", "RacePanel", N_("Race"), "tabs", is_open=False),
    LatePlace("loss_panel", "LossPanel", N_("Loss"), "right"),
    LatePlace("accuracy_panel", "AccuracyPanel", N_("Accuracy"), "right"),
    Place(NotesPanel, "notes"),
)
