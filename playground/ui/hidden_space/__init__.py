"""The space of the hidden units."""
