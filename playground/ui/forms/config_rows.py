"""Rows of a form that each show one field of the experiment and change it: the store holds the state, never the row."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QFontMetrics, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from playground.experiment.config.change_kind import ChangeKind, kind_of_change
from playground.experiment.config.schema import ExperimentConfig
from playground.language import N_, _
from playground.registry import Registry, UserError
from playground.runtime.store import Store
from playground.ui.core import plain_text, theme
from playground.ui.forms.number_field import NumberField
from playground.ui.forms.rows import FormRow
from playground.ui.widgets.combo import ComboBox

CONTROL_WIDTH = 120

RESTARTS = N_("A change here starts the run again.")

SHORT_LABELS = {"mse": N_("MSE"), "sgd": N_("SGD")}
"""What is shown of long choices in a narrow column; the list itself has their full names."""


@dataclass(frozen=True)
class Field:
    """One field of the experiment: what it is called, how it is read, and how another value is written.

    `label` and `sentence` are English and marked for translation. `write` raises `UserError` for what cannot be.
    """

    name: str
    label: str
    sentence: str
    read: Callable[[ExperimentConfig], Any]
    write: Callable[[ExperimentConfig, Any], ExperimentConfig]


@dataclass(frozen=True)
class Item:
    """One choice of a drop-down list; `label` and `sentence` are English and marked for translation."""

    key: str
    label: str
    sentence: str


def items_of(registry: Registry[Any]) -> tuple[Item, ...]:
    """Return what a registry offers."""
    return tuple(Item(entry.name, entry.label, entry.sentence) for entry in registry.values())


def fit_combo(combo: ComboBox) -> None:
    """Make a drop-down list as wide as the other controls, or as its choice; its items are shown whole."""
    width = QFontMetrics(theme.font()).horizontalAdvance
    combo.setFixedWidth(max(theme.px(CONTROL_WIDTH), width(combo.currentText()) + theme.px(38)))
    fit_list(combo)


def fit_list(combo: ComboBox) -> None:
    """Make what drops down so wide that its items are shown whole."""
    width = QFontMetrics(theme.font()).horizontalAdvance
    texts = [width(combo.itemText(place)) for place in range(combo.count())]
    combo.view().setMinimumWidth(max(texts, default=0) + theme.px(40))


class ConfigRow(FormRow):
    """A row bound to one field; subclasses say how a value is shown.

    `restarts` says whether a change of it starts the run again, which then stands in its tooltip.
    """

    def __init__(self, store: Store, field: Field, control: QWidget, *, control_width: int = CONTROL_WIDTH) -> None:
        super().__init__(control, control_width=control_width)
        self.store = store
        self.field = field
        self.restarts = False

    def mark(self, others: Iterable[object]) -> None:
        """Say so in the tooltip if one of these other values would start the run again."""
        self.restarts = any(self._would_rebuild(value) for value in others)
        self.retranslate()

    def refresh(self) -> None:
        """Show the value that the experiment has now."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        sentence = _(self.field.sentence)
        self.set_text(_(self.field.label), f"{sentence}\n{_(RESTARTS)}" if self.restarts else sentence)

    def apply(self, value: object) -> None:
        """Change the experiment, or say below the row why this value cannot be."""
        try:
            config = self.field.write(self.store.config, value)
        except UserError as error:
            self.refresh()
            self.set_problem(getattr(error, "sentence", str(error)))
            return
        self.set_problem("")
        self.store.apply(config)

    def refusal(self, value: object) -> str:
        """Return why a value cannot be chosen now, or an empty text."""
        try:
            self.field.write(self.store.config, value)
        except UserError as error:
            return str(getattr(error, "sentence", error))
        return ""

    def _would_rebuild(self, value: object) -> bool:
        """Return whether a value, if it can be, would start the run again."""
        try:
            return kind_of_change(self.store.config, self.field.write(self.store.config, value)) is ChangeKind.RESTART
        except UserError:
            return False


class ChoiceRow(ConfigRow):
    """A drop-down list; what cannot be chosen now is disabled and says why."""

    def __init__(
        self,
        store: Store,
        field: Field,
        items: Sequence[Item],
        forbidden: Callable[[str], str] | None = None,
    ) -> None:
        self.combo = ComboBox(field.name)
        super().__init__(store, field, self.combo)
        self._items = tuple(items)
        self._forbidden = forbidden
        self.combo.chosen.connect(self.apply)
        self.retranslate()
        self.mark(item.key for item in items)

    def refresh(self) -> None:
        """Show the choice made, and what can be chosen."""
        self.set_problem("")
        value = self.field.read(self.store.config)
        with QSignalBlocker(self.combo):
            self.combo.set_value(value)
        model = self.combo.model()
        assert isinstance(model, QStandardItemModel)
        for place, item in enumerate(self._items):
            self._show_refusal(model.item(place), item, "" if item.key == value else self._reason(item.key))
        self._update_size()

    def _update_size(self) -> None:
        """Take the width of the other controls, or that of the choice where it is longer."""
        if self.is_stacked:
            super()._update_size()
            fit_list(self.combo)
        else:
            fit_combo(self.combo)

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        super().retranslate()
        self.combo.set_choices([(item.key, _(item.label), _(item.sentence)) for item in self._items])
        for item in self._items:
            if item.key in SHORT_LABELS:
                self.combo.set_short(item.key, _(SHORT_LABELS[item.key]))
        self.refresh()

    def _reason(self, key: str) -> str:
        """Return why a choice cannot be made now, or an empty text."""
        return (self._forbidden(key) if self._forbidden else "") or self.refusal(key)

    @staticmethod
    def _show_refusal(shown: QStandardItem, item: Item, reason: str) -> None:
        """Enable or disable one item, with the reason in its tooltip."""
        shown.setEnabled(not reason)
        tip = _(item.sentence)
        shown.setToolTip(plain_text.tip(f"{tip}\n{reason[:1].upper()}{reason[1:]}" if reason else tip))


class NumberRow(ConfigRow):
    """A field for a number."""

    def __init__(self, store: Store, field: Field, control: NumberField, other: float) -> None:
        super().__init__(store, field, control)
        self.number = control
        control.committed.connect(self.apply)
        self.retranslate()
        self.refresh()
        self.mark([other])

    def refresh(self) -> None:
        """Show the number."""
        if not self.number.problem():
            self.set_problem("")
        self.number.set_value(self.field.read(self.store.config))
