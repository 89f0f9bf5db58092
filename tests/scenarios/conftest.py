"""The real window and single panels, as in the tests of the window."""

from tests.ui.conftest import _kept, kept_window, open_window, panel_bench, usual_look

__all__ = ["_kept", "kept_window", "open_window", "panel_bench", "usual_look"]
