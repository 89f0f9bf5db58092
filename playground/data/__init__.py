"""Data sets: made, read, fetched and prepared; NumPy only."""
