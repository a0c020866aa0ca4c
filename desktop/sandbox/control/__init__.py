"""The control surface below HTTP: what lessons and tests may do to the platform; pure."""
