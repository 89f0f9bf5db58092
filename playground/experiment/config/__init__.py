"""The experiment as a frozen configuration: its fields, presets, edits and files."""
