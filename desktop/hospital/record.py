"""The one shape that JSON and CSV are brought into before anything is judged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from desktop.domain.discreet import Discreet
from desktop.hospital.faults import HEAD

MAX_BYTES = 16 * 1024 * 1024
MAX_LINES = 9_999
"""The number of a line on the wire has four digits."""

_FIELD_NAME = re.compile(r"[A-Za-z_.]{1,40}")


class Number(Discreet, Struct, frozen=True):
    """A bare number: right for ``version`` and ``revision``, a fault for everything else."""

    said = ()

    text: str


class Record(Discreet, Struct, frozen=True):
    """One object of the file: its values, and where a person finds them.

    Values are ``str``, ``bool``, ``None``, :class:`Number`, ``list`` or :class:`Record`.
    """

    said = ("repeated", "place", "prefix", "places")

    values: Mapping[str, object]
    repeated: tuple[str, ...] = ()
    """Names that stand twice."""
    place: str = HEAD
    prefix: str = ""
    """Before the name of a field: ``visit.``."""
    places: Mapping[str, str] = field(default_factory=dict)
    """Where a field has a place of its own (the physical line of a ``#key=value``)."""

    def place_of(self, name: str) -> str:
        return self.places.get(name, self.place)


EMPTY = Record({})


def repeated(names: Iterable[str]) -> tuple[str, ...]:
    """The names that stand more than once, if they can be names of fields of ours at all."""
    counted = Counter(names)
    return tuple(
        name for name, times in counted.items() if times > 1 and _FIELD_NAME.fullmatch(name)
    )
