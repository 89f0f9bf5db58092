"""The data sets of the catalogue, a file each."""
