"""Runs side by side: comparisons of initial weights."""
