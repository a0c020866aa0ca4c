"""Failures that no virtual reader can play: a scripted PC/SC service under the whole room."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field

import pytest

from card_reader import CardError, CardReaders, CardReading, Patience
from card_reader.pcsc import Code, Context, Flag, Handle, Link, PcscFailure, RawState, Share
from desktop.domain.problems import ProblemCode
from tests.card_reader.script import PERSON
from tests.rig.virtual_card import Chip, other_card, social_security_card

pytestmark = pytest.mark.windows

UNKNOWN_CODE = 0x8010002F
PAD = bytes.fromhex("0a0442330010060442330006")
"""Features of a reader: the properties of its pad, and the pad."""
FAST = Patience(answer=5, busy=0.02, mute=0.02, swap=0.02)


@dataclass
class ServiceOfCards:
    """Cards that are always in; each call may be made to fail with the codes of its list."""

    readers_in: tuple[str, ...] = ("R",)
    failing: dict[str, list[int]] = field(default_factory=dict)
    for_ever: dict[str, int] = field(default_factory=dict)
    slow: dict[str, float] = field(default_factory=dict)
    """Seconds that a call takes."""
    open_links: int = 0
    ended_well: list[bool] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    pad_says: str = ""
    """What the reader's pad answers, in hex; "" for a reader without one."""
    chip: Chip = field(default_factory=lambda: Chip(social_security_card(**PERSON)))

    def _may_fail(self, call: str) -> None:
        time.sleep(self.slow.get(call, 0))
        code = self.for_ever.get(call, 0)
        if not code and self.failing.get(call):
            code = self.failing[call].pop(0)
        if code:
            raise PcscFailure(code)

    def establish(self) -> Context:
        self._may_fail("establish")
        return Context(1)

    def release(self, context: Context) -> None:
        assert context == 1

    def readers(self, _: Context, /) -> Sequence[str]:
        return self.readers_in

    def status_change(
        self, _: Context, known: Sequence[RawState], seconds: float, /
    ) -> Sequence[RawState]:
        assert seconds <= FAST.answer
        return [RawState(raw.reader, Flag.PRESENT | 1 << 16, b"\x3b\x00") for raw in known]

    def connect(self, _: Context, reader: str, share: Share, /) -> Link:
        self.shares.append(share)
        self._may_fail(f"{share.name.lower()} {reader}")
        self.open_links += 1
        self.chip.reset()
        return Link(Handle(1), 1)

    def begin(self, link: Link) -> None:
        assert link.handle == 1
        self._may_fail("begin")

    def transmit(self, _: Link, apdu: bytes, /) -> bytes:
        self._may_fail("transmit")
        return self.chip.answer(apdu)

    def features(self, link: Link) -> bytes:
        assert link.handle == 1
        self._may_fail("features")
        return PAD if self.pad_says else b""

    def control(self, link: Link, code: int, data: bytes) -> bytes:
        """The pad: it asked its question, somebody did something."""
        assert (link.handle, code, len(data)) == (1, 0x42330006, 27)
        self._may_fail("control")
        return bytes.fromhex(self.pad_says)

    def disconnect(self, link: Link, *, well: bool) -> None:
        assert link.handle == 1
        self.ended_well.append(well)
        self.open_links -= 1


def read(service: ServiceOfCards) -> CardReading:
    with closing(CardReaders(FAST, service)) as readers:
        try:
            return readers.read()
        finally:
            assert service.open_links == 0, "every connection is given back"


def failure(service: ServiceOfCards) -> CardError:
    with pytest.raises(CardError) as error:
        read(service)
    return error.value


@pytest.mark.parametrize(
    "code",
    [
        Code.NOT_TRANSACTED,
        Code.RESET,
        Code.REMOVED,
        Code.SERVICE_STOPPED,
        Code.SECURITY_VIOLATION,
    ],
)
def test_what_passes_is_read_by_starting_over(code: Code) -> None:
    service = ServiceOfCards(failing={"transmit": [0, 0, code]})
    reading = read(service)
    assert reading.card is not None
    assert service.ended_well == [False, True], "only a card that is still in loses its power"
    assert reading.card.name == PERSON["name"]


def test_a_bad_contact_ends_as_unreadable() -> None:
    """The card is still in, and fails every time: not "removed" but "clean it"."""
    error = failure(ServiceOfCards(for_ever={"transmit": Code.NOT_TRANSACTED}))
    assert (error.kind, error.detail) == (ProblemCode.CARD_UNREADABLE, "R")


def test_an_unknown_code_is_told_as_it_came() -> None:
    error = failure(ServiceOfCards(for_ever={"transmit": UNKNOWN_CODE}))
    assert (error.kind, error.detail) == (ProblemCode.CARD_UNREADABLE, "R 0x8010002F")


def test_a_card_that_wakes_slowly_is_asked_again() -> None:
    service = ServiceOfCards(failing={"exclusive R": [Code.UNPOWERED]})
    with closing(CardReaders(Patience(mute=1), service)) as readers:
        assert readers.read().card is not None


def test_a_locked_card_is_told_as_such() -> None:
    class Locked(Chip):
        def answer(self, _: bytes, /) -> bytes:
            return bytes.fromhex("6283")

    locked = ServiceOfCards(chip=Locked(other_card()))
    error = failure(locked)
    assert (error.kind, error.detail) == (ProblemCode.CARD_LOCKED, "R 6283")


def test_exclusive_then_shared_then_again() -> None:
    service = ServiceOfCards(
        failing={"exclusive R": [Code.SHARING_VIOLATION] * 2, "shared R": [Code.SHARING_VIOLATION]}
    )
    with closing(CardReaders(Patience(busy=1), service)) as readers:
        assert readers.read().card is not None
    assert service.shares == [Share.EXCLUSIVE, Share.SHARED] * 2


def test_a_transaction_that_cannot_begin_gives_the_card_back() -> None:
    service = ServiceOfCards(
        for_ever={"exclusive R": Code.SHARING_VIOLATION, "begin": UNKNOWN_CODE}
    )
    assert failure(service).kind is ProblemCode.CARD_UNREADABLE


def test_of_several_cards_one_that_vanishes_starts_all_over() -> None:
    service = ServiceOfCards(("R", "SAM"), failing={"exclusive SAM": [Code.REMOVED]})
    service.for_ever["exclusive R"] = Code.UNRESPONSIVE
    assert read(service).reader == "SAM"


def test_several_cards_of_which_none_can_be_read() -> None:
    codes = {"exclusive R": Code.UNRESPONSIVE, "exclusive SAM": Code.UNPOWERED}
    error = failure(ServiceOfCards(("R", "SAM"), for_ever=dict(codes)))
    assert (error.kind, error.detail) == (ProblemCode.CARD_MUTE, "R")


@pytest.mark.parametrize(
    "ask", [lambda readers: readers.names(), lambda readers: readers.read()], ids=["names", "read"]
)
def test_a_service_that_is_down(ask: Callable[[CardReaders], object]) -> None:
    service = ServiceOfCards(for_ever={"establish": Code.NO_SERVICE})
    with closing(CardReaders(FAST, service)) as readers, pytest.raises(CardError) as error:
        ask(readers)
    assert error.value.kind is ProblemCode.READER_SERVICE_DOWN


def test_a_service_that_stops_between_seeing_and_connecting() -> None:
    service = ServiceOfCards(for_ever={"exclusive R": Code.SERVICE_STOPPED})
    assert failure(service).kind is ProblemCode.CARD_UNREADABLE
