"""The real window and single panels, as in the tests of the window."""

from tests.ui.conftest import open_window, panel_bench

__all__ = ["open_window", "panel_bench"]
