"""What can go wrong with a reader or a card: the card problems of the catalogue, as exceptions."""

from __future__ import annotations

from desktop.domain.problems import DeskError, Problem, ProblemCode


class CardError(DeskError):
    """Reading ended with exactly one problem.

    ``kind`` is one of the card and device problems, from READER_SERVICE_DOWN to CAMERA_LOST;
    ``detail`` names a reader, a port or a code of theirs, never a person.
    """

    def __init__(self, kind: ProblemCode, detail: str = "") -> None:
        super().__init__(Problem(kind, detail))
        self.kind = kind
        self.detail = detail


class DeviceGone(Exception):
    """A serial port or camera cannot be opened, or went. ``busy``: another program has it."""

    def __init__(self, name: str, *, busy: bool = False) -> None:
        super().__init__(name)
        self.name = name
        self.busy = busy
