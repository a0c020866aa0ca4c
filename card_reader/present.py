"""The card that lies in a reader now: read whole, and its PIN confirmed. On the hardware thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct

from card_reader.apdu import Channel, ChipGone, CountingChannel, send
from card_reader.atr import historical_bytes
from card_reader.connection import Connector, LinkChannel, as_card_error
from card_reader.faults import CardError
from card_reader.hardware import Crew
from card_reader.monitor import ReaderState, View
from card_reader.opening import Openings
from card_reader.pcsc import PcscFailure
from card_reader.pin import PAD_SECONDS, judge, pad_code, pad_request, verify_command
from card_reader.recognise import CardKind, recognise
from card_reader.security_module import ChipId, ModuleSource
from card_reader.social_security import (
    APPLICATION,
    CardClosed,
    Opening,
    SocialSecurityCard,
    is_selected,
    read_card_sn,
)
from desktop.domain.problems import Problem, ProblemCode


class CardReading(Struct, frozen=True):
    """What lay in the reader."""

    reader: str
    atr: bytes
    kind: CardKind
    card: SocialSecurityCard | None
    """None unless ``kind`` is SOCIAL_SECURITY."""
    round_trips: int
    """APDUs it cost; compare :func:`card_reader.social_security.least_round_trips`."""
    pin_pad: bool = False
    """The reader has keys for a PIN; only looked for where the site demands one."""

    @property
    def chip(self) -> str:
        """The same for one card before both readers of a dual device."""
        return (self.card.card_sn if self.card else "") or self.reader


class CardSite(Struct, frozen=True):
    """What a site has and demands besides readers."""

    module: ModuleSource | None = None
    """Opens 3.0 cards; None: they are read in part."""
    aside: str = ""
    """The reader that is no patient's, or a part of its name: the PSAM's slot; "" for none."""
    pin: bool = False
    """The card's PIN is demanded."""

    def is_aside(self, reader: str) -> bool:
        return bool(self.aside) and self.aside.casefold() in reader.casefold()


class PresentCard(Struct, frozen=True):
    """Everything that one card takes. All methods raise :class:`CardError`."""

    connector: Connector
    view: View
    site: CardSite
    openings: Openings
    crew: Crew

    def read(self, state: ReaderState) -> CardReading:
        """The card that :attr:`view` shows."""
        with self._connected(state.reader) as link:
            channel = CountingChannel(link)
            found = recognise(channel, self._opening(state.atr))
            pad = self.site.pin and pad_code(link.features()) is not None
        trips = channel.round_trips
        return CardReading(state.reader, state.atr, found.kind, found.card, trips, pad)

    def confirm(self, reading: CardReading, digits: str | None) -> None:
        """Have the card that was read compare its PIN: ``digits``, or None for the reader's pad.

        Raises :class:`card_reader.pin.NotAPin` too; CARD_REMOVED when another card lies there.
        """
        if reading.card is None:
            return
        command = None if digits is None else verify_command(digits)
        with self._connected(reading.reader) as link:
            if not is_selected(link) or read_card_sn(link) != reading.card.card_sn:
                raise CardError(ProblemCode.CARD_REMOVED, reading.reader)
            sw = self._by_pad(link) if command is None else send(link, command).sw
        judge(sw, reading.reader)

    def _by_pad(self, link: LinkChannel) -> int:
        code = pad_code(link.features())
        if code is None:
            raise CardError(ProblemCode.PIN_NOT_ENTERED, f"{link.reader} 没有密码键盘")
        self.connector.pulse.beat(if_late=ProblemCode.PIN_NOT_ENTERED, grace=PAD_SECONDS)
        answer = link.control(code, pad_request())
        if len(answer) < 2:
            raise ChipGone
        return int.from_bytes(answer[-2:], "big")

    def _opening(self, atr: bytes) -> Opening | None:
        if self.site.module is None:
            return None
        module = self.site.module.at(self.connector, self.view, self.crew)

        def opening(channel: Channel, card_sn: bytes) -> Problem | None:
            chip = ChipId(card_sn, historical_bytes(atr))
            return self.openings.open(channel, APPLICATION, chip, module)

        return opening

    @contextmanager
    def _connected(self, reader: str) -> Iterator[LinkChannel]:
        try:
            with self.connector.connected(self.view, reader) as link:
                yield link
        except ChipGone:
            raise CardError(ProblemCode.CARD_REMOVED, reader) from None
        except PcscFailure as failure:
            raise as_card_error(failure, reader) from failure
        except CardClosed as closed:
            locked = ProblemCode.CARD_LOCKED if closed.locked else ProblemCode.CARD_UNREADABLE
            raise CardError(locked, f"{reader} {closed}") from closed
