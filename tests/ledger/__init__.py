"""Proofs of the journal, on real SQLCipher files."""
