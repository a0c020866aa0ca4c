"""Real parts around the desk, for tests and for `make run`."""
