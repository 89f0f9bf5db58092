"""The controls of slow motion: which step is shown and how finely, and how it is played."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.language import _, ngettext
from playground.ui.core import layouts, plain_text
from playground.ui.forms.number_field import NumberField
from playground.ui.widgets.combo import ComboBox
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.segmented import SegmentedControl


class SlowMotionControls:
    """Two rows of controls, `header` and `foot`, and a column `beside` the picture that ends with the position."""

    def __init__(self) -> None:
        self.row_label = text_label("slow_row_label", text=_("Sample"), wraps=False)
        self.row_field = NumberField("slow_row", _("Training sample"), low=1, whole=True)
        self.row_label.setBuddy(self.row_field)
        self.count_label = text_label("slow_row_count", wraps=False)
        scopes = (("row", _("One sample"), _("A step on one training sample only")), ("step", "", ""))
        self.scope = SegmentedControl("slow_scope", scopes, label=_("Step to show"), equal=False)
        granularities = (
            ("row", _("Whole pass"), _("The whole forward pass, the loss, the whole backward pass")),
            ("layer", _("Layer"), _("One layer at a time")),
            ("unit", _("Unit"), _("One unit at a time")),
        )
        label = _("How much one stage shows")
        self.granularity = SegmentedControl("slow_granularity", granularities, label=label, equal=False)
        self.back, self.next, self.play, self.end, self.make = (
            Button(name=f"slow_{name}", role="small") for name in ("back", "next", "play", "end", "make")
        )
        self.back.set_text(_("Back"), _("The stage before (Left)"))
        self.next.set_text(_("Next"), _("The next stage (Right)"))
        self.end.set_text(_("To the end"), _("To the last stage (End)"))
        self.shapes = ComboBox("slow_shapes", _("Shapes of the matrices"))
        tip = _("Write the step as products of matrices too, each with its shape")
        self.shapes.set_choices(
            [
                ("none", _("No shapes"), _("Numbers only")),
                ("rows", _("Samples in rows"), tip),
                ("columns", _("Samples in columns"), tip),
            ]
        )
        self.shapes.set_value("none")
        self.shapes.setToolTip(plain_text.tip(tip))
        self.position_label = text_label("slow_position", wraps=False)
        self._is_narrow = False
        parts = (self.row_label, self.row_field, self.count_label, self.scope, self.granularity)
        self._row = layouts.row(*parts, gap=6)
        self.header = layouts.box(self._row)
        self.beside = QVBoxLayout()
        self.foot = QWidget()
        flow = FlowLayout(self.foot, gap=6)
        for widget in (self.back, self.next, self.play, self.end, self.make, self.shapes):
            flow.addWidget(widget)

    def set_narrow(self, narrow: bool) -> None:
        """Leave out the words around the row where the choices would be cut, for the position; and the shapes."""
        self._is_narrow = narrow
        if narrow:
            self._row.insertWidget(0, self.position_label)
        else:
            self.beside.addWidget(self.position_label)
        for widget in (self.row_label, self.count_label, self.shapes):
            widget.setVisible(not narrow)

    @property
    def is_whole_step(self) -> bool:
        """Whether the next step of training is shown, with all its rows, rather than one row alone."""
        return self.scope.value() == "step"

    def show_position(self, position: int, count: int | None, *, plays: bool, excuse: str) -> None:
        """Show which of the stages is seen, None for no stages, and enable what leads to others.

        `excuse` is why training cannot make this very step, empty where it can.
        """
        self.back.setEnabled(count is not None and position > 0)
        for button in (self.next, self.play, self.end):
            button.setEnabled(count is not None and position < count)
        self.make.setEnabled(not excuse)
        self.make.set_text(_("Make this step"), excuse or _("Makes this step in training too"))
        self.play.set_text(_("Stop") if plays else _("Play slowly"), _("Plays one stage after another"))
        self.position_label.setText("" if count is None else _("{n} of {all}").format(n=position, all=count))

    def show_rows(self, row: int, count: int, step_rows: int, *, has_choice: bool) -> None:
        """Show which row (from 0) of `count` it is, and that a step uses `step_rows`.

        There is a choice where a step on one row is another than the next one of training.
        """
        self.scope.setVisible(has_choice)
        self.row_field.set_range(1, count)
        self.row_field.set_value(row + 1)
        self.count_label.setText(_("of {n:,}").format(n=count))
        text = ngettext("Next step: {n:,} sample", "Next step: {n:,} samples", step_rows).format(n=step_rows)
        text = _("Next step") if self._is_narrow else text
        self.scope.set_text("step", text, _("The step that training makes next, on all samples of its batch"))
