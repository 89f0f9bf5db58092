"""A card for one finding about the run: its numbers, what can be done, and the reason behind a link."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from playground.experiment.diagnosis import Action, Diagnosis
from playground.language import _
from playground.ui.core import layouts, plain_text, theme
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.message_card import MessageCard

MOST_ACTIONS = 2
"""As many as stand beside one another in the column at the right."""

WHY_WIDTH = 380


class FindingCard(MessageCard):
    """A notice whose text and buttons follow a `Diagnosis`; `do` is called with the action whose button was clicked.

    The rule ``identical-units`` makes the names ``identical_units_notice``, ``identical_units_why`` and, for an action
    ``break``, ``identical_units_break``.
    """

    def __init__(self, rule: str, do: Callable[[Action], object]) -> None:
        self._key = rule.replace("-", "_")
        super().__init__(f"{self._key}_notice", "notice", dismissable=True)
        self.finding: Diagnosis | None = None
        self._do = do
        self._actions: dict[str, Action] = {}
        self._action_buttons: dict[str, Button] = {}
        self._why_button = self.add_button(f"{self._key}_why", self._on_why, "link")
        self._why_button.set_text(_("Why?"), _("Why this happens, with the numbers"))
        self.why: WhyPopup | None = None

    def show_finding(self, finding: Diagnosis, note: str = "") -> None:
        """Show a finding, a `note` after it, and buttons for its actions."""
        self.finding = finding
        self.set_tone("info" if finding.is_harmless else "notice")
        self.set_text(finding.headline, f"{finding.advice} {note}".strip())
        self._actions = {action.key: action for action in finding.actions[:MOST_ACTIONS]}
        for key, action in self._actions.items():
            if key not in self._action_buttons:
                self._action_buttons[key] = self.add_button(f"{self._key}_{key}", partial(self._on_action, key))
            self._action_buttons[key].set_text(action.label, action.tip)
        for key, button in self._action_buttons.items():
            button.setVisible(key in self._actions)
        if self.why is not None and self.why.isVisible():
            self.why.show_finding(finding)

    def _on_action(self, key: str) -> None:
        self._do(self._actions[key])

    def _on_why(self) -> None:
        if self.finding is not None:
            if self.why is None:
                self.why = WhyPopup(f"{self._key}_why_popup", self)
            self.why.show_finding(self.finding)
            self.why.open_beside(self._why_button)


class WhyPopup(QFrame):
    """An explanation and a table of numbers, over the window; Esc or a click elsewhere closes it."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName(name)
        self.setProperty("role", "why")
        self._headline, self._why = text_label(role="strong"), text_label(f"{name}_text", "")
        self._numbers = QGridLayout()
        self._numbers.setContentsMargins(0, 0, 0, 0)
        self._numbers.setHorizontalSpacing(16)
        self._numbers.setVerticalSpacing(3)
        self._numbers.setColumnStretch(0, 1)
        line = QFrame()
        line.setProperty("role", "line")
        layouts.column(self._headline, self._why, line, self._numbers, parent=self, gap=9, margins=(16, 13, 16, 14))

    def show_finding(self, finding: Diagnosis) -> None:
        """Write the reason and the numbers."""
        self._headline.setText(finding.headline)
        self._why.setText(finding.why)
        self.setAccessibleName(finding.headline)
        self.setAccessibleDescription(finding.why)
        for shown in self.findChildren(QLabel, "number", Qt.FindChildOption.FindDirectChildrenOnly):
            self._numbers.removeWidget(shown)
            shown.deleteLater()
        for row, (name, number) in enumerate(finding.table()):
            label, value = plain_text.label(name), plain_text.label(number)
            label.setProperty("role", "muted")
            label.setWordWrap(True)
            value.setFont(theme.font(12, tabular=True))
            label.setObjectName("number")
            value.setObjectName("number")
            self._numbers.addWidget(label, row, 0)
            self._numbers.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight)

    def open_beside(self, anchor: QWidget) -> None:
        """Open with its lower edge just above `anchor`, pushed into the window where it would stick out."""
        width = theme.px(WHY_WIDTH)
        layout = self.layout()
        self.setFixedWidth(width)
        height = layout.totalHeightForWidth(width) if layout is not None else self.sizeHint().height()
        window = anchor.window().frameGeometry()
        place = anchor.mapToGlobal(QPoint(0, -height - 6))
        x = max(window.left() + 6, min(place.x(), window.right() - width - 6))
        y = max(window.top() + 6, place.y())
        self.setGeometry(x, y, width, height)
        self.show()
        self.setFocus()
