"""Domain events as the bytes of a journal entry, and back, exactly.

A body is canonical JSON: keys sorted, no spaces, exact decimals and dates as text, UTF-8. A text
that UTF-8 cannot hold (half a surrogate pair) makes the whole body ASCII, escaped. What a kind
needs is in its class; a field added later must have a default, or old journals could not be read
(``tests/ledger/frozen_bodies.json``).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, get_args

from desktop.domain import events
from desktop.ledger.errors import JournalDamaged, JournalFromNewerProgram

if TYPE_CHECKING:
    from msgspec.json import Decoder, Encoder

KINDS: dict[str, type[events.Entry]] = {kind.__name__: kind for kind in get_args(events.Entry)}
"""Kind of entry → its class; the kind is the class's name."""


def kind_of(entry: events.Entry) -> str:
    return type(entry).__name__


def encode(entry: events.Entry) -> bytes:
    """The body of an entry; equal entries give equal bytes."""
    try:
        return _encoder().encode(entry)
    except UnicodeEncodeError:
        import json

        import msgspec

        plain = msgspec.to_builtins(entry)
        return json.dumps(plain, sort_keys=True, separators=(",", ":")).encode("ascii")


@cache
def _encoder() -> Encoder:
    from msgspec.json import Encoder

    return Encoder(order="sorted")


@cache
def _decoder(kind: str) -> Decoder[events.Entry]:
    """Quick; it reads no half of a surrogate pair, which the slow way does."""
    from msgspec.json import Decoder

    return Decoder(KINDS[kind])


def decode(kind: str, body: bytes) -> events.Entry:
    """The entry that was encoded.

    Raises :class:`JournalFromNewerProgram` for a kind that this program does not know and
    :class:`JournalDamaged` for a body that is not of its kind.
    """
    if kind not in KINDS:
        raise JournalFromNewerProgram(kind)
    try:
        return _decoder(kind).decode(body)
    except ValueError:
        return _decoded_slowly(kind, body)


def _decoded_slowly(kind: str, body: bytes) -> events.Entry:
    import json

    import msgspec

    try:
        return msgspec.convert(json.loads(body), KINDS[kind])
    except ValueError as fault:
        raise JournalDamaged(f"{kind} 的内容读不出来") from fault
