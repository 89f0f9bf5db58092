"""A bar that fills, and is painted with everything else."""

from PySide6.QtWidgets import QProgressBar


class ProgressBar(QProgressBar):
    """A bar of `steps` steps without a text.

    Qt's own paints itself, and whatever else waits to be painted in the window, whenever its value is set.
    """

    def __init__(self, name: str, steps: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setRange(0, steps)
        self.setTextVisible(False)

    def show_value(self, value: int) -> None:
        """Fill the bar up to this step when the window is painted next."""
        if value != self.value():
            self.setUpdatesEnabled(False)
            self.setValue(value)
            self.setUpdatesEnabled(True)
