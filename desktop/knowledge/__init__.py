"""Data that the desk knows beside the platform, updatable without a release."""
