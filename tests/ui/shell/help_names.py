"""What the help page has to name, in the language of the window."""

from PySide6.QtWidgets import QAbstractButton

from playground import language
from playground.ui.shell.dialogs import page_text
from playground.ui.shell.main_window import MainWindow
from tests.ui.conftest import part

FIGURES = ("epoch", "steps", "rate", "train_loss", "test_loss", "accuracy")
BUTTONS = ("reset_button", "step_button", "data_options", "discretise", "show_test_points", "edit_points")


def the_page_names_every_panel_figure_and_switch(window: MainWindow, code: str) -> None:
    panels = [dock.windowTitle() for name, dock in window.area.docks.items() if name not in ("setup", "notes_panel")]
    figures = [part(window, f"{name}_value").accessibleName() for name in FIGURES]
    buttons = [part(window, name, QAbstractButton).text() for name in BUTTONS]  # type: ignore[attr-defined]
    fields = ("Hidden layers", "Activation", "Loss", "Bias", "Learning rate", "Batch size", "Gradient", "Optimiser")
    shown = [words for words in (*panels, *figures, *buttons, *map(language._, fields)) if words]
    assert len(shown) > 25
    assert not [words for words in shown if words not in page_text(code, "screen")]
