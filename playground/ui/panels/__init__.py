"""What stands in the window: one file a panel."""
