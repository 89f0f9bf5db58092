"""The commands without a window: one file a command, and what they share."""
