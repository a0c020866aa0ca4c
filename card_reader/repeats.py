"""A code that stays before the scanner is read again and again: it counts once."""

from __future__ import annotations


class Repeats:
    """What was read lately, and until when reading it again is nothing new."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until: dict[str, float] = {}

    def is_new(self, text: str, now: float) -> bool:
        """Each time that it is read it stays known for so many seconds more; then it is forgotten."""
        self._until = {known: until for known, until in self._until.items() if now < until}
        new = text not in self._until
        self._until[text] = now + self._seconds
        return new
