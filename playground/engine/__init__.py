"""The mathematics, in NumPy alone: readable as a library of its own."""
