"""Weights as matrices, pictures, histograms and curves."""
