"""Small switches: check boxes for a heading or beside a plot, and a triangle that shows and hides something."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QToolButton, QWidget

from playground.language import _
from playground.ui.core import plain_text, theme
from playground.ui.widgets.icons import icon


class SmallSwitch(QCheckBox):
    """A small check box; a click on it leaves the keyboard focus where it is."""

    def __init__(self, name: str, text: str = "", tip: str = "") -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setToolTip(plain_text.tip(tip))
        self.setProperty("role", "small")
        self.setProperty("view", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)


class LogSwitch(SmallSwitch):
    """Switches the axis of a loss; `switch` is given whether it is to be logarithmic."""

    def __init__(self, name: str, accessible_name: str, switch: Callable[[bool], None]) -> None:
        super().__init__(name, _("log"), _("Draw the loss on a logarithmic axis, which shows small losses too"))
        self.setAccessibleName(accessible_name)
        self.toggled.connect(switch)


class Disclosure(QToolButton):
    """Shows and hides `content`, which is hidden at first."""

    def __init__(self, name: str, content: QWidget, text: str, tip: str) -> None:
        super().__init__()
        self._content = content
        self.setObjectName(name)
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(plain_text.tip(tip))
        self.setProperty("role", "disclosure")
        self.setProperty("view", True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setCheckable(True)
        self.toggled.connect(self._on_toggled)
        content.hide()
        self.apply_theme()

    def _on_toggled(self, checked: bool) -> None:
        self._content.setVisible(checked)
        self.apply_theme()

    def apply_theme(self) -> None:
        self.setIcon(icon("chevron-down" if self.isChecked() else "chevron-right", "accent_text", 12))
        self.setIconSize(QSize(theme.px(12), theme.px(12)))
