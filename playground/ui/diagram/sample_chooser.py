"""Which row of the data is the current sample: a number, and buttons for the one before and the next."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.language import _
from playground.ui.core import layouts, plain_text, theme
from playground.ui.forms.number_field import NumberField
from playground.ui.widgets.icons import IconButton


class SampleChooser(QWidget):
    """Sample [12] of 250, ‹ and ›; ``chosen(row)`` is emitted for the row, from 0, that the user wants."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sample_chooser")
        self.label = plain_text.label(_("Sample"))
        self.field = NumberField("sample_number", low=1, high=1, whole=True)
        self.field.setAccessibleName(_("Number of the current sample"))
        self.count = plain_text.label()
        self.previous = IconButton("chevron-left", name="sample_previous", text=_("The sample before"), size=11)
        self.next = IconButton("chevron-right", name="sample_next", text=_("The next sample"), size=11)
        self._row, self._rows = 0, 0
        layouts.row(self.label, self.previous, self.field, self.next, self.count, parent=self, gap=4)
        for label in (self.label, self.count):
            label.setProperty("role", "muted")
        for explained in (self.label, self.field, self.count):
            explained.setToolTip(_("The current sample: the number beside each unit is the unit's output for it"))
        for button in (self.previous, self.next):
            button.setAutoRepeat(True)
        self.previous.clicked.connect(lambda: self.chosen.emit(self._row - 1))
        self.next.clicked.connect(lambda: self.chosen.emit(self._row + 1))
        self.field.committed.connect(lambda number: self.chosen.emit(number - 1))

    def set_sample(self, part: str, row: int, rows: int, is_drawing: bool = False) -> None:
        """Show which row of how many is current, of the part ``"train"`` or ``"test"``; or that it is a drawing."""
        self._row, self._rows = row, rows
        self.field.set_range(1, max(1, rows))
        self.field.set_value(row + 1)
        self.previous.setEnabled(row > 0)
        self.next.setEnabled(row + 1 < rows)
        text = _("of {n:,} test samples") if part == "test" else _("of {n:,}")
        self.count.setText(_("Your drawing") if is_drawing else text.format(n=rows))
        self.apply_theme()

    def apply_theme(self) -> None:
        digits = "0" * max(2, len(str(self._rows)))
        self.field.setFixedWidth(self.field.fontMetrics().horizontalAdvance(digits) + theme.px(22))
