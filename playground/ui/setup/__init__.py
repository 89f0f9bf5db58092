"""Data, network and training: the column at the left."""
