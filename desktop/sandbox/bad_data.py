"""A data file that the practice platform cannot start with."""

from __future__ import annotations


class BadData(ValueError):
    """``place`` says where: the file, and in it the row, rule or key."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place}: {why}")
        self.place = place
        self.why = why
