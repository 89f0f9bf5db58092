"""A row of buttons of which one is chosen."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy

from playground.ui.core import layouts, theme
from playground.ui.widgets.icons import Button


class SegmentedControl(QFrame):
    """A few choices side by side; arrow keys move between them.

    `choices` are key, text and tip of each, `label` the accessible name of them all. ``chosen(key)`` is emitted for a
    choice the user makes, never for `set_value`. The button of a choice is called ``<name>_<key>``. The buttons are as
    wide as each other where `equal`, else as their texts, `gap` pixels apart; all together, where there is room,
    `usual_width` pixels at the usual size of type. `is_view` is whether it is a choice of a view.
    """

    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        choices: Iterable[tuple[str, str, str]],
        *,
        label: str = "",
        equal: bool = True,
        gap: int = 0,
        usual_width: int = 0,
        is_view: bool = True,
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setProperty("role", "segments")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._usual_width = usual_width
        self._group = QButtonGroup(self)
        self.buttons: dict[str, Button] = {}
        row = layouts.row(parent=self, gap=gap, margins=(1, 1, 1, 1))
        for key, text, tip in choices:
            button = self.buttons[key] = Button(name=f"{name}_{key}", role="segment")
            self.set_text(key, text, tip)
            button.setCheckable(True)
            button.setProperty("view", is_view)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._group.addButton(button)
            row.addWidget(button, int(equal))
        self._group.buttonClicked.connect(self._on_clicked)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(theme.px(self._usual_width), 0))

    def set_text(self, key: str, text: str, tip: str = "") -> None:
        """Set what stands on one button, and the sentence that a resting pointer shows."""
        self.buttons[key].set_text(text, tip)
        self.buttons[key].setAccessibleDescription(tip)

    def set_offered(self, key: str, offered: bool) -> None:
        """Show or hide the button of a choice."""
        self.buttons[key].setVisible(offered)

    def value(self) -> str | None:
        """Return the key of the choice, or None where none is made."""
        return next((key for key, button in self.buttons.items() if button.isChecked()), None)

    def set_value(self, key: str | None) -> None:
        """Show a choice, or none where `key` is not among the keys, without emitting ``chosen``."""
        self._group.setExclusive(False)
        for name, button in self.buttons.items():
            button.setChecked(name == key)
        self._group.setExclusive(True)

    def _on_clicked(self, clicked: QAbstractButton) -> None:
        self.chosen.emit(next(key for key, button in self.buttons.items() if button is clicked))
