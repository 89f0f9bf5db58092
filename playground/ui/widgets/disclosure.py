"""A small button with a triangle that shows and hides something; it may stand elsewhere, as in a heading."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from playground.ui.core import plain_text, theme
from playground.ui.widgets.icons import icon


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
