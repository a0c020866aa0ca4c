"""Which rows of the requirement ledger the tests prove: ``python -m tests.requirements``."""
