"""What stands beside a picture of the samples: the key to its colours, and what can be switched in it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from playground.language import _
from playground.ui.core import plain_text
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.small_switch import SmallSwitch


class PlaneSwitches(QWidget):
    """Two switches and a button, each of which says why where it has nothing to do; `legend` stands above them."""

    def __init__(self, legend: QWidget) -> None:
        super().__init__()
        self.discretise = SmallSwitch("discretise")
        self.test_points = SmallSwitch("show_test_points")
        self.edit = QPushButton()
        self.edit.setObjectName("edit_points")
        self.edit.setProperty("role", "chip")
        self.edit.setCheckable(True)
        self.edit.setAutoDefault(False)
        self.edit.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.edit.setCursor(Qt.CursorShape.PointingHandCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(7)
        column.addWidget(legend)
        flow = FlowLayout(gap=10)
        for widget in (self.discretise, self.test_points, self.edit):
            flow.addWidget(widget)
        column.addLayout(flow)
        self.retranslate()

    def offer(self, *, plane: bool, samples: bool, classes: bool, test: bool, editable: bool) -> None:
        """Show what makes sense.

        Parameters
        ----------
        plane, samples
            Whether the picture is a plane of two inputs, and whether samples are points of it.
        classes, test, editable
            Whether the targets are classes, there is a test part, and a point of the picture is a whole row.
        """
        self.discretise.setVisible(plane)
        self.discretise.setEnabled(classes)
        self.test_points.setVisible(samples)
        self.test_points.setEnabled(test)
        self.edit.setVisible(samples)
        self.edit.setEnabled(editable)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        self._update_text(
            self.discretise,
            _("Discretise"),
            _("Shows only the predicted class, not how confident the network is."),
            _("The targets are numbers: there are no classes."),
        )
        self._update_text(
            self.test_points,
            _("Test points"),
            _("Shows the samples that are not trained on, as rings."),
            _("All samples are used for training; with a smaller training share, the others are used for testing."),
        )
        self._update_text(
            self.edit,
            _("Edit points"),
            _("Add, move and remove points with the mouse, or with the arrow keys, Enter and Delete."),
            _("Each sample of these data has more numbers than a point in this plot can show."),
        )

    @staticmethod
    def _update_text(widget: QCheckBox | QPushButton, text: str, tip: str, excuse: str) -> None:
        """Set the text of one, and what it does or why it does nothing."""
        widget.setText(text)
        widget.setAccessibleName(text)
        widget.setToolTip(plain_text.tip(tip if widget.isEnabled() else excuse))
        widget.setAccessibleDescription(widget.toolTip())
