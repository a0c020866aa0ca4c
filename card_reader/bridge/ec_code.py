"""``NationECCode``-style libraries: the e-voucher's questions through the vendor (interface 6.1).

``char *NationEcTrans(url, inJson, outBuf)`` returns ``0000`` when it has an answer.
"""

from __future__ import annotations

import json

from msgspec import Struct

from card_reader.bridge.library import VendorLibrary
from card_reader.bridge.wire import Call, Room
from desktop.domain.discreet import Discreet

_FUNCTION = "NationEcTrans"
_ROOM = Room(65_536)
"""Answers of 20 000 bytes are known."""
_DONE = b"0000"


class VoucherAnswer(Discreet, Struct, frozen=True):
    """What the library answered."""

    said = ("done",)

    done: bool
    """It returned ``0000``; without it, only a no can be believed."""
    body: bytes
    """The JSON text, UTF-8; b"" when it wrote none that can be read."""


class VoucherLibrary(Struct, frozen=True):
    """The vendor's way to the voucher service."""

    library: VendorLibrary
    url: str = ""
    """Of the service, as the vendor told the hospital."""

    def ask(self, body: bytes) -> VoucherAnswer:
        """One question, JSON in UTF-8; sent once. Raises :class:`LibraryError`.

        It goes out in ASCII with ``\\u`` for the rest: no vendor tells which encoding it expects.
        """
        asked = json.dumps(json.loads(body)).encode("ascii")
        call = Call(_FUNCTION, (self.url.encode(), asked, _ROOM), text=True)
        answer = self.library.call(call)
        return VoucherAnswer(answer.text == _DONE, as_utf8(answer.outs[0]))


def as_utf8(text: bytes) -> bytes:
    """JSON of either encoding; UTF-8 first, for GBK that is UTF-8 by chance is all but unknown in
    a text of this length.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return text.decode(encoding).encode()
        except UnicodeDecodeError:
            continue
    return b""
