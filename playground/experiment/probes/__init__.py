"""Probes: what a view can compute of a run between two steps."""
