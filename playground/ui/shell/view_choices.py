"""What is chosen in the views, by the names of its controls: carried over where the window is built again.

A control has the property ``view`` where it is a choice of a view, and not one of the experiment or of a guess.
"""

from collections.abc import Iterator, Mapping

from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from playground.ui.widgets.segmented import SegmentedControl


def chosen(views: QWidget) -> dict[str, bool | str]:
    """Return whether each button is on, and what stands in each field, where it is offered."""
    return {control.objectName(): _value(control) for control in _offered(views)}


def choose(views: QWidget, choices: Mapping[str, bool | str]) -> None:
    """Choose the same again, by clicks and as if it were typed, where it is offered."""
    for control in _offered(views):
        before = _value(control)
        wanted = choices.get(control.objectName(), before)
        if isinstance(control, QLineEdit):
            if wanted != before:
                control.setText(str(wanted))
                control.textEdited.emit(wanted)
        elif wanted != before and (wanted or control.group() is None):
            control.click()


def _value(control: QAbstractButton | QLineEdit) -> bool | str:
    return control.text() if isinstance(control, QLineEdit) else control.isChecked()


def _offered(views: QWidget) -> Iterator[QAbstractButton | QLineEdit]:
    for control in views.findChildren(QWidget):
        around = control.parentWidget()
        is_hidden = control.isHidden() or (isinstance(around, SegmentedControl) and around.isHidden())
        if isinstance(control, QAbstractButton | QLineEdit) and control.property("view") and not is_hidden:
            yield control
