"""Data of which only a part may stand in a log or a traceback."""

from __future__ import annotations

from typing import ClassVar


class Discreet:
    """Its ``repr`` names the fields of :attr:`said` and is silent about all others."""

    __slots__ = ()

    said: ClassVar[tuple[str, ...]] = ()
    """What may be read by anybody: nothing of a person, no token, no body."""

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.said)
        return f"{type(self).__name__}({told})"
