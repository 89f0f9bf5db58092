"""Trains a network: the step loop, evaluation, stop conditions and history."""
