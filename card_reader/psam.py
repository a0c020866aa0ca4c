"""A PSAM in a reader's slot of its own, which opens 3.0 cards without a network (cards.md A6).

Its commands are those of PBOC's PSAM: choose and derive a key (``80 1A``), have it work on a block
(``80 FA``). Which keys a PSAM holds under which number, and in which directory, its issuer tells.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from card_reader.apdu import Channel, ChipGone, Response, ask, tell
from card_reader.connection import Connector
from card_reader.faults import CardError
from card_reader.hardware import Crew, Pulse
from card_reader.monitor import View
from card_reader.security_module import BLOCK, Challenge, ModuleFailed, Proof
from desktop.domain.problems import ProblemCode

_STEPS = 12
"""At most so many steps has asking it, each bounded by itself."""
_KEEPS_SILENT = frozenset((ProblemCode.PSAM_NEEDED, ProblemCode.CARD_HUNG))
_SILENT = "PSAM 没有应答，请拔出再插好"


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

    def at(self, connector: Connector, view: View, crew: Crew) -> PsamAtHand:
        return PsamAtHand(self, connector, view, crew)


class PsamAtHand(Struct, frozen=True):
    """On the thread of its own reader: a PSAM that hangs holds no patient's card."""

    slot: PsamSlot
    connector: Connector
    view: View
    crew: Crew

    def answer(self, challenge: Challenge) -> Proof:
        reader, bound = self._reader(), self.connector.patience.answer
        thread = self.crew.of(reader)
        if thread.stuck:
            raise ModuleFailed(_SILENT)
        self.connector.pulse.beat(if_late=ProblemCode.PSAM_NEEDED, grace=_STEPS * bound)
        try:
            return thread.run(lambda pulse: self._asked(pulse, reader, challenge), bound)
        except CardError as error:
            late = error.kind in _KEEPS_SILENT
            raise ModuleFailed(_SILENT if late else f"PSAM：{error.problems[0].message}") from error
        except ChipGone:
            raise ModuleFailed("PSAM 被取走") from None

    def _reader(self) -> str:
        lying = [state for state in self.view.states.values() if state.present]
        found = next((state.reader for state in lying if self.slot.is_in(state.reader)), None)
        if found is None:
            raise ModuleFailed(f"{self.slot.reader} 里没有 PSAM")
        return found

    def _asked(self, pulse: Pulse, reader: str, challenge: Challenge) -> Proof:
        connector = replace(self.connector, pulse=pulse, if_late=ProblemCode.PSAM_NEEDED)
        with (
            connector.own_view(self.view, reader) as view,
            connector.connected(view, reader) as channel,
        ):
            return self._proof(channel, challenge)

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
