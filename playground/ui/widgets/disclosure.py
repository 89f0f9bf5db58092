"""A heading that opens and closes what stands below it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from playground.ui import theme
from playground.ui.widgets.icons import icon


class Disclosure(QWidget):
    """A small button with a triangle; closed at first.

    Signals
    -------
    opened(bool)
        The user opened or closed it.
    """

    opened = Signal(bool)

    def __init__(self, name: str, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.button = QToolButton()
        self.button.setObjectName(name)
        self.button.setProperty("role", "disclosure")
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.setCheckable(True)
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.button.toggled.connect(self._on_toggled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(content)
        content.hide()
        theme.notifier().changed.connect(self._dress)
        self._dress()

    @property
    def is_open(self) -> bool:
        """Whether what stands below can be seen."""
        return self.button.isChecked()

    def set_open(self, open_: bool) -> None:
        """Open or close it."""
        self.button.setChecked(open_)

    def set_text(self, text: str, tip: str = "") -> None:
        """Set the heading and the sentence that a resting pointer shows."""
        self.button.setText(text)
        self.button.setAccessibleName(text)
        self.button.setToolTip(tip)

    def _on_toggled(self, checked: bool) -> None:
        """Show or hide the content."""
        self._content.setVisible(checked)
        self._dress()
        self.opened.emit(checked)

    def _dress(self) -> None:
        """Draw the triangle in the colours in use."""
        self.button.setIcon(icon("chevron-down" if self.is_open else "chevron-right", "muted", 12))
        self.button.setIconSize(QSize(theme.px(12), theme.px(12)))
