"""Fields for the settings of an experiment."""
