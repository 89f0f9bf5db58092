"""What a view can ask of a run."""
