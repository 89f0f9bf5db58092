"""One experiment, from its configuration to its figures; no Qt."""
