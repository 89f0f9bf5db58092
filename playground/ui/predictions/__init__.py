"""Predictions for single rows, and the confusion matrix."""
