"""The decision boundary, or the fitted curve."""
