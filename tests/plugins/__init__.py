"""The strictness of the test run, one rule a file."""
