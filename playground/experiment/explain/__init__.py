"""Formulas with their numbers, and one training step traced."""
