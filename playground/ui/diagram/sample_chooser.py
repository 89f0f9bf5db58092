"""Which row of the data is the current sample: a number, and buttons for the one before and the next."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from playground.language import _
from playground.ui.core import plain_text, theme
from playground.ui.forms.number_field import IntField
from playground.ui.widgets.icons import IconButton


class SampleChooser(QWidget):
    """Sample [12] of 250, ‹ and ›.

    Signals
    -------
    chosen(row)
        The user wants another row, counted from 0.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sample_chooser")
        self.label = plain_text.label()
        self.label.setProperty("role", "muted")
        self.field = IntField("sample_number", low=1, high=1)
        self.count = plain_text.label()
        self.count.setProperty("role", "muted")
        self.previous = IconButton("chevron-left", name="sample_previous", size=11)
        self.next = IconButton("chevron-right", name="sample_next", size=11)
        for button in (self.previous, self.next):
            button.setAutoRepeat(True)
        self._row, self._rows, self._part = 0, 0, "train"
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.label, self.previous, self.field, self.next, self.count):
            row.addWidget(widget)
        self.previous.clicked.connect(self._on_previous)
        self.next.clicked.connect(self._on_next)
        self.field.committed.connect(self._on_number)
        self.retranslate()

    def set_sample(self, part: str, row: int, rows: int) -> None:
        """Show which row of how many is the current one; of the part ``"train"`` or ``"test"``."""
        self._part, self._row, self._rows = part, row, rows
        self.field.set_range(1, max(1, rows))
        self.field.set_value(row + 1)
        self.previous.setEnabled(row > 0)
        self.next.setEnabled(row + 1 < rows)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        self.label.setText(_("Sample"))
        self.field.setAccessibleName(_("Number of the current sample"))
        for widget in (self.label, self.field, self.count):
            widget.setToolTip(_("The current sample: the number beside each unit is the unit's output for it"))
        self.previous.set_text(_("The sample before"))
        self.next.set_text(_("The next sample"))
        text = _("of {n:,} test samples") if self._part == "test" else _("of {n:,}")
        self.count.setText(text.format(n=self._rows))
        self.apply_theme()

    def apply_theme(self) -> None:
        digits = "0" * max(2, len(str(self._rows)))
        self.field.setFixedWidth(self.field.fontMetrics().horizontalAdvance(digits) + theme.px(22))

    @Slot()
    def _on_previous(self) -> None:
        """Ask for the row before."""
        self.chosen.emit(self._row - 1)

    @Slot()
    def _on_next(self) -> None:
        self.chosen.emit(self._row + 1)

    @Slot(object)
    def _on_number(self, number: int) -> None:
        """Ask for the row that was typed."""
        self.chosen.emit(number - 1)
