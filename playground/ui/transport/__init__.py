"""Play, step, speed and the state of the run."""
