"""The real window, as in the tests of the window."""

from tests.ui.conftest import open_window

__all__ = ["open_window"]
