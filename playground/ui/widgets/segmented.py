"""A row of buttons of which one is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QPushButton, QSizePolicy

from playground.ui.core import layouts, theme
from playground.ui.widgets.icons import Button


class SegmentedControl(QFrame):
    """A few choices side by side; arrow keys move between them.

    ``chosen(key)`` is emitted for a choice the user makes, never for `set_value`. The button of a choice
    is called ``<name>_<key>``. The buttons are as wide as each other where `equal`, else as their texts.
    """

    chosen = Signal(str)

    def __init__(self, name: str, keys: Sequence[str], *, equal: bool = True) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("role", "segments")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._usual_width = 0
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        row = layouts.row(parent=self, margins=(1, 1, 1, 1))
        for key in keys:
            button = self._buttons[key] = Button(name=f"{name}_{key}", text=key, role="segment")
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.installEventFilter(self)
            self._group.addButton(button)
            row.addWidget(button, int(equal))
        self._group.buttonClicked.connect(self._on_clicked)

    def set_usual_width(self, size: int) -> None:
        """Be `size` pixels wide at the usual size of type, whatever stands on the buttons, where there is room."""
        self._usual_width = size
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(theme.px(self._usual_width), 0))

    def set_text(self, key: str, text: str, tip: str = "") -> None:
        """Set what stands on one button, and the sentence that a resting pointer shows."""
        self._buttons[key].set_text(text, tip)
        self._buttons[key].setAccessibleDescription(tip)

    def set_offered(self, key: str, offered: bool) -> None:
        self._buttons[key].setVisible(offered)

    def button(self, key: str) -> QPushButton:
        """Return the button of a choice."""
        return self._buttons[key]

    def value(self) -> str | None:
        """Return the key of the choice, or None where none is made."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), None)

    def set_value(self, key: str | None) -> None:
        """Show a choice, or none where `key` is not among the keys, without emitting ``chosen``."""
        self._group.setExclusive(False)
        for name, button in self._buttons.items():
            button.setChecked(name == key)
        self._group.setExclusive(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
            if step is not None and isinstance(watched, Button):
                buttons = [button for button in self._buttons.values() if not button.isHidden()]
                target = buttons[(buttons.index(watched) + step) % len(buttons)]
                target.setFocus(Qt.FocusReason.OtherFocusReason)
                target.click()
                return True
        return super().eventFilter(watched, event)

    def _on_clicked(self, clicked: QAbstractButton) -> None:
        self.chosen.emit(next(key for key, button in self._buttons.items() if button is clicked))
