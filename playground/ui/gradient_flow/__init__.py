"""The gradient from layer to layer."""
