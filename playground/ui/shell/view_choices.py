"""What is chosen in the views, by the names of its buttons: carried over where the window is built again."""

from collections.abc import Iterator, Mapping

from PySide6.QtWidgets import QAbstractButton, QWidget

from playground.ui.widgets.segmented import SegmentedControl
from playground.ui.widgets.switches import Disclosure, SmallSwitch

SETTINGS = ("initial_scheme", "guess_sure")
"""Choices that are part of the experiment or of a guess, not of a view."""


def chosen(views: QWidget) -> dict[str, bool]:
    """Return whether each switch, each section and each button of a choice is on, where it is offered."""
    return {button.objectName(): button.isChecked() for button in _offered(views)}


def choose(views: QWidget, choices: Mapping[str, bool]) -> None:
    """Choose the same again, by clicks, where it is offered."""
    for button in _offered(views):
        wanted = choices.get(button.objectName(), button.isChecked())
        if wanted != button.isChecked() and (wanted or button.group() is None):
            button.click()


def _offered(views: QWidget) -> Iterator[QAbstractButton]:
    for button in views.findChildren(QAbstractButton):
        choice = button.parentWidget()
        is_view = isinstance(choice, SegmentedControl) and not (choice.isHidden() or choice.objectName() in SETTINGS)
        if (is_view or isinstance(button, SmallSwitch | Disclosure)) and not button.isHidden():
            yield button
