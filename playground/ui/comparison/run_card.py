"""One network of a race: its colour and start, its progress, and a button to continue with it alone."""

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from playground.language import _
from playground.ui.core import plain_text, theme
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label


class RunCard(QWidget):
    """A name beside its colour, two lines of figures and a button.

    Parameters
    ----------
    number
        Which of the networks: 0 is the run itself.
    swatch
        Shows the colour of its curves, and its name.
    keep
        Called when it is chosen to be kept.
    """

    def __init__(self, number: int, swatch: QWidget, keep: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName(f"racer_{number}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.figures = plain_text.label()
        self.figures.setObjectName(f"racer_{number}_figures")
        self.figures.setFont(theme.font(12, tabular=True))
        self.units = text_label(f"racer_{number}_units", wraps=False)
        self.keep = Button(name=f"race_keep_{number}", role="small")
        self.keep.set_text(
            _("Keep"),
            _("Ends the race and continues with this network only; the change of the initial weights can be undone"),
        )
        self.keep.clicked.connect(keep)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(0, 1)
        grid.addWidget(swatch, 0, 0, 1, 2)
        grid.addWidget(self.figures, 1, 0)
        grid.addWidget(self.units, 2, 0)
        grid.addWidget(self.keep, 1, 1, 2, 1)

    def show_figures(self, figures: str, units: str) -> None:
        """Show its progress."""
        self.figures.setText(figures)
        self.units.setText(units)
