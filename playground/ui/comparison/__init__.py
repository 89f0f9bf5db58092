"""Runs compared on the same batches."""
