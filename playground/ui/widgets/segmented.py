"""A row of buttons of which one is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from playground.ui.core import plain_text, theme


class SegmentedControl(QFrame):
    """A few choices side by side; arrow keys move between them.

    ``chosen(key)`` is emitted for a choice the user makes, never for `set_value`. The button of a choice
    is called ``<name>_<key>``. The buttons are as wide as each other where `equal`, else as their texts.
    """

    chosen = Signal(str)

    def __init__(self, name: str, keys: Sequence[str], parent: QWidget | None = None, *, equal: bool = True) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "segments")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._usual_width = 0
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for key in keys:
            button = QPushButton(key)
            button.setObjectName(f"{name}_{key}")
            button.setProperty("role", "segment")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.installEventFilter(self)
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button, int(equal))
        self._group.buttonClicked.connect(self._on_clicked)
        self._round_ends()

    def set_usual_width(self, size: int) -> None:
        """Be `size` pixels wide at the usual size of type, whatever stands on the buttons, where there is room."""
        self._usual_width = size
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(max(hint.width(), theme.px(self._usual_width)), hint.height())

    def set_text(self, key: str, text: str, tip: str = "") -> None:
        """Set what stands on one button, and the sentence that a resting pointer shows."""
        button = self._buttons[key]
        button.setText(text)
        button.setToolTip(plain_text.tip(tip))
        button.setAccessibleName(text)
        button.setAccessibleDescription(tip)

    def set_offered(self, key: str, offered: bool) -> None:
        """Offer a choice, or leave it out."""
        if self._buttons[key].isHidden() is offered:
            self._buttons[key].setVisible(offered)
            self._round_ends()

    def _round_ends(self) -> None:
        """Dress the first and the last of the choices that are offered as the ends of the row."""
        offered = [button for button in self._buttons.values() if not button.isHidden()]
        for k, button in enumerate(offered):
            first, last = k == 0, k == len(offered) - 1
            place = "only" if first and last else "first" if first else "last" if last else "middle"
            if button.property("place") != place:
                button.setProperty("place", place)
                button.style().unpolish(button)
                button.style().polish(button)

    def button(self, key: str) -> QPushButton:
        """Return the button of a choice."""
        return self._buttons[key]

    def value(self) -> str | None:
        """Return the key of the choice, or None where none is made."""
        for key, button in self._buttons.items():
            if button.isChecked():
                return key
        return None

    def set_value(self, key: str | None) -> None:
        """Show a choice, or none where `key` is not among the keys, without emitting ``chosen``."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)
            return
        self._group.setExclusive(False)
        for button in self._buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step:
            return super().eventFilter(watched, event)
        buttons = [button for button in self._buttons.values() if not button.isHidden()]
        at = next(k for k, button in enumerate(buttons) if button is watched)
        target = buttons[(at + step) % len(buttons)]
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        target.click()
        return True

    def _on_clicked(self, button: QPushButton) -> None:
        """Tell which choice the user made."""
        for key, candidate in self._buttons.items():
            if candidate is button:
                self.chosen.emit(key)
