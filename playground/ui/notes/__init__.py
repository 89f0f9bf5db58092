"""Explanations of what happens, as it happens."""
