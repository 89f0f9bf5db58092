"""Check boxes in small letters, for a heading or beside a plot."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from playground.language import _


class SmallSwitch(QCheckBox):
    """A small check box; a click on it leaves the keys where they are.

    Parameters
    ----------
    name
        The stable object name.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("role", "small")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)


class LogSwitch(SmallSwitch):
    """Switches the axis of a loss.

    Parameters
    ----------
    name
        The stable object name.
    switch
        Given whether the axis is to be logarithmic.
    """

    def __init__(self, name: str, switch: Callable[[bool], None]) -> None:
        super().__init__(name)
        self.toggled.connect(switch)

    def retranslate(self, accessible_name: str) -> None:
        """Set every text in the language in use."""
        self.setText(_("log"))
        self.setToolTip(_("Draw the loss on a logarithmic axis, which shows small losses too"))
        self.setAccessibleName(accessible_name)
