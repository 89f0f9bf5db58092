"""The gradient lab: derivatives, gradient fields and descent, the next step, the gradient check."""

from PySide6.QtWidgets import QStackedLayout

from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.language import _
from playground.ui.core.panel import Panel, Probes
from playground.ui.gradient_lab.check_page import CheckPage
from playground.ui.gradient_lab.derivative_page import DerivativePage
from playground.ui.gradient_lab.field_page import FieldPage
from playground.ui.gradient_lab.page import Page
from playground.ui.gradient_lab.step_page import StepPage
from playground.ui.widgets.segmented import SegmentedControl

WIDTH = 384
"""Pixels of the choice of pages."""


class GradientLabPanel(Panel):
    """Four pages, of which only the one in front computes anything."""

    name = "gradient_lab_panel"

    def build(self) -> None:
        self.pages: dict[str, Page] = {
            "derivative": DerivativePage(),
            "descent": FieldPage(),
            "step": StepPage(),
            "check": CheckPage(),
        }
        choices = (
            ("derivative", _("Derivative"), _("Tangent, secant, and the error of the difference quotient")),
            ("descent", _("Field"), _("The gradient as arrows, and optimisers that follow it downhill")),
            ("step", _("This step"), _("The loss along the next step, and around the path so far")),
            ("check", _("Check"), _("Backprop beside numerical differentiation, and what each costs")),
        )
        label = _("Page of the gradient lab")
        self.header = self.choice = SegmentedControl("lab_page", choices, label=label, equal=False, usual_width=WIDTH)
        self.choice.set_value("derivative")
        self.choice.chosen.connect(self.show_page)
        self._stack = QStackedLayout(self)
        for page in self.pages.values():
            page.refresh_requested.connect(self.refresh_requested)
            self._stack.addWidget(page)

    @property
    def page(self) -> Page:
        """The page in front."""
        return self.pages[self.choice.value() or "derivative"]

    def show_page(self, key: str) -> None:
        """Bring a page to the front, by its key."""
        self.choice.set_value(key)
        self._stack.setCurrentWidget(self.page)
        self.invalidate()

    def probes(self) -> Probes:
        is_due = self.page.follows_training or not self.session.is_running
        return self.page.probes() if is_due else ()

    def prepare(self, info: RunInfo) -> None:
        self.page.prepare(info)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self._is_prepared:  # else the page before this one has asked for it
            self.page.show_snapshot(snapshot)
