"""A PSAM in a reader's slot of its own, which opens 3.0 cards without a network (cards.md A6).

Its commands are those of PBOC's PSAM: choose and derive a key (``80 1A``), have it work on a block
(``80 FA``). Which keys a PSAM holds under which number, and in which directory, its issuer tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct
from msgspec.structs import replace

from card_reader.apdu import Channel, ChipGone, Response, ask, tell
from card_reader.connection import Connector
from card_reader.faults import CardError
from card_reader.monitor import Monitor
from card_reader.security_module import BLOCK, Challenge, ModuleFailed, Proof
from desktop.domain.problems import ProblemCode


class PsamSlot(Struct, frozen=True):
    """The PSAM of this site."""

    reader: str
    """The slot's name as the system's card service lists it, or a part of it."""
    internal_key: bytes
    """P1 and P2 of ``80 1A`` for the key that proves a card."""
    external_key: bytes
    """The same for RKSSSE."""
    directory: bytes = b""
    """The file identifier of the keys' directory; b"" where they lie in the root."""

    def is_in(self, reader: str) -> bool:
        return self.reader.casefold() in reader.casefold()

    def at(self, connector: Connector, monitor: Monitor) -> PsamAtHand:
        late = ProblemCode.PSAM_NEEDED
        return PsamAtHand(self, replace(connector, if_late=late), monitor)


class PsamAtHand(Struct, frozen=True):
    slot: PsamSlot
    connector: Connector
    monitor: Monitor

    def answer(self, challenge: Challenge) -> Proof:
        try:
            with self._connected() as channel:
                return self._proof(channel, challenge)
        except CardError as error:
            raise ModuleFailed(f"PSAM：{error.problems[0].message}") from error
        except ChipGone:
            raise ModuleFailed("PSAM 被取走") from None

    @contextmanager
    def _connected(self) -> Iterator[Channel]:
        lying = [state for state in self.monitor.states.values() if state.present]
        found = next((state.reader for state in lying if self.slot.is_in(state.reader)), None)
        if found is None:
            raise ModuleFailed(f"{self.slot.reader} 里没有 PSAM")
        with self.connector.connected(self.monitor.context, found) as channel:
            yield channel

    def _proof(self, channel: Channel, challenge: Challenge) -> Proof:
        if self.slot.directory:
            _expect(tell(channel, b"\x00\xa4\x00\x00\x02" + self.slot.directory), "选择目录")
        internal, external = challenge.internal_factor, challenge.external_factor
        serial = challenge.chip.card_sn[-BLOCK:]
        proved = _sealed(
            channel, self.slot.internal_key, serial + internal, challenge.internal_data
        )
        opened = _sealed(
            channel, self.slot.external_key, serial + external, challenge.external_data
        )
        return Proof(proved, external + opened)


def _sealed(channel: Channel, key: bytes, factors: bytes, data: bytes) -> bytes:
    """What the key, derived by card and then by process, makes of one block."""
    _expect(tell(channel, b"\x80\x1a" + key + bytes((len(factors),)) + factors), "选密钥")
    return _expect(ask(channel, b"\x80\xfa\x00\x00" + bytes((len(data),)) + data), "计算").data


def _expect(response: Response, step: str) -> Response:
    if not response.ok:
        raise ModuleFailed(f"PSAM {step} {response.sw:04X}")
    return response
