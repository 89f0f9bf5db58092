"""Check boxes in small letters, for a heading or beside a plot."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from playground.language import _
from playground.ui.core import plain_text


class SmallSwitch(QCheckBox):
    """A small check box; a click on it leaves the keyboard focus where it is."""

    def __init__(self, name: str, text: str = "", tip: str = "") -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setToolTip(plain_text.tip(tip))
        self.setProperty("role", "small")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)


class LogSwitch(SmallSwitch):
    """Switches the axis of a loss; `switch` is given whether it is to be logarithmic."""

    def __init__(self, name: str, accessible_name: str, switch: Callable[[bool], None]) -> None:
        super().__init__(name, _("log"), _("Draw the loss on a logarithmic axis, which shows small losses too"))
        self.setAccessibleName(accessible_name)
        self.toggled.connect(switch)
