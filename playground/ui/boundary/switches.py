"""What stands beside a picture of the samples: the key to its colours, and what can be switched in it."""

from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from playground.language import _
from playground.ui.core import layouts, plain_text
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.icons import Button
from playground.ui.widgets.small_switch import SmallSwitch


class PlaneSwitches(QWidget):
    """Two switches and a button, whose tooltips explain why they are disabled; `legend` stands above them."""

    def __init__(self, legend: QWidget) -> None:
        super().__init__()
        self.discretise = SmallSwitch("discretise")
        self.test_points = SmallSwitch("show_test_points")
        self.edit = Button(name="edit_points", role="chip")
        self.edit.setCheckable(True)
        flow = FlowLayout(gap=10)
        for widget, text in (
            (self.discretise, _("Discretise")),
            (self.test_points, _("Test points")),
            (self.edit, _("Edit points")),
        ):
            widget.setText(text)
            widget.setAccessibleName(text)
            flow.addWidget(widget)
        layouts.column(legend, flow, parent=self, gap=7, margins=(0, 4, 0, 0))
        self.offer(plane=True, samples=True, classes=True, test=True, editable=True)

    def offer(self, *, plane: bool, samples: bool, classes: bool, test: bool, editable: bool) -> None:
        """Show what makes sense for a picture: whether it is a `plane` and its points are `samples`; and for its data.

        Each switch that does nothing says why: there are no `classes`, no `test` part, or no point is a whole row.
        """
        self._offer(
            self.discretise,
            plane,
            _("Shows only the predicted class, not how confident the network is."),
            "" if classes else _("The targets are numbers: there are no classes."),
        )
        excuse = _("All samples are used for training; with a smaller training share, the others are used for testing.")
        self._offer(
            self.test_points,
            samples,
            _("Shows the samples that are not trained on, as rings."),
            "" if test else excuse,
        )
        self._offer(
            self.edit,
            samples,
            _("Add, move and remove points with the mouse, or with the arrow keys, Enter and Delete."),
            "" if editable else _("Each sample of these data has more numbers than a point in this plot can show."),
        )

    @staticmethod
    def _offer(widget: QCheckBox | QPushButton, is_there: bool, tip: str, excuse: str) -> None:
        """Show a switch or not; with an excuse it does nothing."""
        widget.setVisible(is_there)
        widget.setEnabled(not excuse)
        widget.setToolTip(plain_text.tip(excuse or tip))
        widget.setAccessibleDescription(widget.toolTip())
