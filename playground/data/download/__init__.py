"""Fetches data sets from the network or a folder, and verifies them."""
