"""The window."""

from playground.ui.core import event_guard

event_guard.install()  # before any class of the window is made
