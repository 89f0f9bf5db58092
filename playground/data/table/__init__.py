"""Reads tables of text: delimiter, header, kinds of columns, target and inputs."""
