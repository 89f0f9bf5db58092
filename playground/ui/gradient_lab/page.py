"""What the pages of the lab have in common: controls at the left, pictures beside them, a sentence below."""

from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from playground.experiment.probes.snapshot import Probe, RunInfo, Snapshot
from playground.ui.core import layouts, theme
from playground.ui.widgets.combo import ComboBox
from playground.ui.widgets.labels import text_label

FOOT = 48
"""Pixels of the sentence: three lines."""


def scroll_area(content: QWidget, *, across: bool = False) -> QScrollArea:
    """Return an area that scrolls up and down, and `across` too if wanted."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    if not across:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


class Page(QWidget):
    """A page of the lab; it is shown runs and snapshots only while it is in front.

    Attributes
    ----------
    follows_training
        Whether its probes are answered while the run plays, too; those that cost much wait until it is paused.
    """

    follows_training: ClassVar[bool] = True

    refresh_requested = Signal()
    """It wants other probes answered: ask it again, even while the run is paused."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.text = text_label(f"{name}_text")
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        # In an area of its own: a text that changes while something is dragged would have the whole window laid out.
        self.foot = scroll_area(self.text)
        self.text.setAutoFillBackground(False)
        self.foot.setFixedHeight(theme.px(FOOT))

    def apply_theme(self) -> None:
        """Follow the size of type."""
        self.foot.setFixedHeight(theme.px(FOOT))

    def set_parts(self, controls: tuple[layouts.Item, ...], pictures: tuple[layouts.Item, ...]) -> None:
        """Lay out the controls below one another, and the pictures beside one another."""
        side = layouts.box(layouts.column(*controls, None, gap=4, margins=(0, 0, 6, 0)))
        for combo in side.findChildren(ComboBox):  # as wide as the column, not as their longest choice
            combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        side.setObjectName("scroll_content")
        scroll = scroll_area(side)
        scroll.setProperty("role", "lab_side")
        views = layouts.column((layouts.row(*pictures, gap=8), 1), self.foot, gap=4)
        layouts.row(scroll, (views, 1), parent=self, gap=8, margins=(0, 0, 0, 1))

    def probes(self) -> tuple[Probe[Any], ...]:
        """Return the probes whose results it shows."""
        return ()

    def prepare(self, info: RunInfo) -> None:
        """Show what stays the same during a run."""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show a state between two steps."""
