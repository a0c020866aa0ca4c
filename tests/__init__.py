"""The proofs. ``tests/<room>/`` mirrors the house; the first folder names the suite."""
