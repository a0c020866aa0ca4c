"""Fills the platform with a plausible month, by its own transactions and deterministic."""
