"""The options of a choice, with the controls that its registry entry asks for."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.registry import Entry, Option
from playground.ui.forms.option_controls import OptionControl, RowControl, control_for
from playground.ui.forms.row_grid import new_grid, put_side_by_side


class OptionEditor(QWidget):
    """The options of one choice, a control each; texts and arrays are set elsewhere and not shown.

    To make controls takes longer than a frame: the one made for a name serves every choice that has an option of this
    name and kind, and waits, hidden, while there is none.

    Signals
    -------
    changed(name, value, merge)
        The user set an option; `merge` is the key of a drag for `Store.apply`, or empty.

    Parameters
    ----------
    prefix
        Stands before each option's name in the ``objectName`` of its control.
    sliders
        Whether numbers with bounds and a step are sliders.
    """

    changed = Signal(str, object, str)

    def __init__(self, prefix: str = "", *, sliders: bool = False) -> None:
        super().__init__()
        self._prefix = prefix
        self._sliders = sliders
        self._shown: tuple[Option, ...] = ()
        self.controls: dict[str, OptionControl] = {}
        self._made: dict[str, OptionControl] = {}
        self._is_dense = False
        self._grid = new_grid(self)

    def set_dense(self, dense: bool) -> None:
        """Let two or three controls share a line, or give each its own."""
        if dense != self._is_dense:
            self._is_dense = dense
            self._place()

    def show_options(self, entry: Entry[Any], values: Mapping[str, Any], hidden: tuple[str, ...] = ()) -> None:
        """Show the options of an entry with their values, except those `hidden`."""
        options = tuple(option for option in entry.options if option.name not in hidden and _is_shown(option))
        if options != self._shown:
            self._rebuild(options)
        for name, control in self.controls.items():
            control.show_value(values[name])
        self.setVisible(bool(options))

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        for control in self.controls.values():
            control.retranslate()

    def _rebuild(self, options: tuple[Option, ...]) -> None:
        before = self.controls
        self._shown = options
        self.controls = {option.name: self._control(option) for option in options}
        for name, old in before.items():
            if name not in self.controls:
                self._grid.removeWidget(old)
                old.hide()
        for option in options:
            control = self.controls[option.name]
            if control is not before.get(option.name) or control.option != option:
                control.take(option)
        self._place()
        for control in self.controls.values():
            control.show()

    def _place(self) -> None:
        rows = [control for control in self.controls.values() if isinstance(control, RowControl)]
        stacked = self._is_dense and len(rows) == len(self.controls) in (2, 3)
        for row in rows:
            row.row.set_stacked(stacked)
        if stacked:
            put_side_by_side(self._grid, 0, rows)
            return
        for place, control in enumerate(self.controls.values()):
            put_side_by_side(self._grid, place, [control])

    def _on_told(self, value: object, merge: str) -> None:
        """Pass on what the user set."""
        control = self.sender()
        if isinstance(control, OptionControl):
            self.changed.emit(control.option.name, value, merge)

    def _control(self, option: Option) -> OptionControl:
        """Return the control that was made for an option of this name and kind, or one made now."""
        kind = control_for(option, slides=self._sliders)
        made = self._made.get(option.name)
        if type(made) is kind and made.option.kind == option.kind:
            return made
        if made is not None:
            self._grid.removeWidget(made)
            made.hide()
            made.deleteLater()
        control = self._made[option.name] = kind(f"{self._prefix}{option.name}", option)
        control.told.connect(self._on_told)
        return control


def _is_shown(option: Option) -> bool:
    """Return whether there is a control for options of this kind."""
    return option.kind not in ("text", "array", "column", "columns")
