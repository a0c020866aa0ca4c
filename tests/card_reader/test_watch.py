"""The watch of a window: cards noticed by themselves, through every restart (cards.md B6)."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import pytest

from card_reader.cards import CardEvent, Cards, Inserted, ReadersChanged, Removed, Trouble
from card_reader.connection import Patience
from card_reader.faults import CardError
from card_reader.monitor import ReaderState
from card_reader.pcsc import Code, Context, Flag, RawState
from card_reader.readers import CardReading
from card_reader.recognise import CardKind
from card_reader.social_security import SocialSecurityCard
from card_reader.watch import CardWatch
from desktop.domain.problems import Problem, ProblemCode
from tests.card_reader.real import SECOND_PERSON, other_program
from tests.card_reader.script import PERSON
from tests.card_reader.test_faulty_service import FAST, ServiceOfCards
from tests.card_reader.witness import SOON, Witness
from tests.rig.pcsc import PcscStack
from tests.rig.queueing import Stopwatch
from tests.rig.virtual_card import Chip, bank_card, other_card
from tests.rig.virtual_card import social_security_card as card_of

real = pytest.mark.skipif(sys.platform != "linux", reason="virtual readers exist on Linux only")
T = TypeVar("T")


@pytest.fixture
def witness() -> Witness:
    return Witness()


@pytest.fixture
def watch(stack: PcscStack, witness: Witness) -> Iterator[CardWatch]:
    watch = CardWatch(witness, Patience(answer=1.0, busy=0.3))
    watch.start()
    yield watch
    watch.stop()


def our_threads() -> list[str]:
    return [t.name for t in threading.enumerate() if t.name in ("card-watch", "card-reader")]


def soon_true(true: Callable[[], bool]) -> bool:
    until = time.monotonic() + 5
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()


def until_told(witness: Witness, kind: ProblemCode) -> None:
    """Passing over what a busy machine makes late before."""
    while witness.next(Trouble).problem.kind is not kind:
        pass


def name_of(event: Inserted) -> str:
    assert event.reading.card is not None
    return event.reading.card.name


@real
def test_a_card_is_noticed_and_read(stack: PcscStack, watch: CardWatch, witness: Witness) -> None:
    names = witness.next(ReadersChanged).names
    assert stack.reader_name(0) in names
    stack.insert(0, card_of(**PERSON))
    inserted = witness.next(Inserted)
    assert (name_of(inserted), inserted.resting) == ("张三", False)
    assert inserted.reading.reader == stack.reader_name(0)
    stack.remove(0)
    assert witness.next(Removed) == Removed(stack.reader_name(0))
    assert witness.rest() == []
    assert witness.threads == {"card-watch"}


@real
def test_a_card_that_was_in_before_the_watch(stack: PcscStack, witness: Witness) -> None:
    stack.insert(0, card_of(**PERSON))
    stack.until_seen()
    watch = CardWatch(witness)
    watch.start()
    assert witness.next(Inserted).resting
    watch.stop()


@real
def test_a_swap_is_two_persons(stack: PcscStack, watch: CardWatch, witness: Witness) -> None:
    stack.insert(0, card_of(**PERSON))
    assert name_of(witness.next(Inserted)) == "张三"
    stack.remove(0)
    stack.insert(0, card_of(**SECOND_PERSON))
    witness.next(Removed)
    assert name_of(witness.next(Inserted)) == "李四"


@real
def test_the_service_restarts(stack: PcscStack, watch: CardWatch, witness: Witness) -> None:
    stack.insert(0, card_of(**PERSON))
    witness.next(Inserted)
    stack.stop_service()
    assert witness.next(Removed).reader == stack.reader_name(0)
    assert witness.next(ReadersChanged).names == ()
    assert witness.next(Trouble) == Trouble(Problem(ProblemCode.READER_SERVICE_DOWN))
    stack.start_service()
    back = time.monotonic()
    assert stack.reader_name(0) in witness.next(ReadersChanged).names
    assert name_of(witness.next(Inserted)) == "张三"
    assert time.monotonic() - back < 2
    assert witness.rest() == []


@real
def test_the_service_comes_after_the_watch(stack: PcscStack, witness: Witness) -> None:
    stack.stop_service()
    watch = CardWatch(witness)
    watch.start()
    assert witness.next(Trouble).problem.kind is ProblemCode.READER_SERVICE_DOWN
    stack.start_service()
    stack.insert(0, card_of(**PERSON))
    assert name_of(witness.next(Inserted)) == "张三"
    watch.stop()


@real
def test_a_card_pulled_while_it_is_read(
    stack: PcscStack, watch: CardWatch, witness: Witness
) -> None:
    """Whoever pulled it is told once, and may put it in again."""
    witness.next(ReadersChanged)
    stack.insert(0, card_of(**PERSON, leave_at=6))
    trouble = witness.next(Trouble)
    assert trouble.problem.kind is ProblemCode.CARD_REMOVED
    witness.next(Removed)
    stack.remove(0)
    stack.insert(0, card_of(**PERSON))
    assert name_of(witness.next(Inserted)) == "张三"
    assert [event for event in witness.events if isinstance(event, Trouble)] == [trouble]


@real
def test_a_hung_card_is_told_once_and_the_watch_lives_on(
    stack: PcscStack, watch: CardWatch, witness: Witness
) -> None:
    stack.insert(0, card_of(**PERSON, hang_at=4))
    trouble = witness.next(Trouble)
    assert (trouble.problem.kind, trouble.reader) == (
        ProblemCode.CARD_HUNG,
        stack.reader_name(0),
    )
    time.sleep(1.2)
    assert witness.rest() == []
    stack.remove(0)
    stack.insert(0, card_of(**SECOND_PERSON))
    assert witness.next(Removed).reader == stack.reader_name(0)
    assert name_of(witness.next(Inserted)) == "李四"


@real
def test_a_hung_card_does_not_hold_the_window(stack: PcscStack, witness: Witness) -> None:
    watch = CardWatch(witness, Patience(answer=0.3))
    watch.start()
    stack.insert(0, card_of(**PERSON, hang_at=2))
    until_told(witness, ProblemCode.CARD_HUNG)
    stopping = Stopwatch()
    watch.stop()
    assert stopping.seconds < 1.5
    assert soon_true(lambda: our_threads() == ["card-reader"]), "only what hangs is left"
    stack.remove(0)
    assert soon_true(lambda: not our_threads()), "the pulled card must free both threads"


@real
def test_a_card_that_is_no_social_security_card(
    stack: PcscStack, watch: CardWatch, witness: Witness
) -> None:
    witness.next(ReadersChanged)
    stack.insert(0, bank_card())
    inserted = witness.next(Inserted)
    assert (inserted.reading.kind, inserted.resting) == (CardKind.BANK, False)


@real
def test_a_busy_reader_is_read_as_soon_as_it_is_free(stack: PcscStack, witness: Witness) -> None:
    stack.insert(0, card_of(**PERSON))
    stack.until_seen()
    with other_program(stack.reader_name(0), "exclusive"):
        watch = CardWatch(witness, Patience(busy=0.2))
        watch.start()
        assert witness.next(Trouble).problem.kind is ProblemCode.READER_BUSY
        time.sleep(0.7)
        assert witness.rest() == [], "a busy reader is told once"
    assert name_of(witness.next(Inserted)) == "张三"
    watch.stop()


@real
def test_a_busy_reader_holds_no_other(stack: PcscStack, witness: Witness) -> None:
    """For longer than this test may last it is waited for, and the other reader's card is read."""
    stack.insert(0, card_of(**PERSON))
    stack.until_seen()
    with other_program(stack.reader_name(0), "exclusive"):
        watch = CardWatch(witness, Patience(busy=600))
        watch.start()
        witness.next(ReadersChanged)
        stack.insert(1, card_of(**SECOND_PERSON))
        assert name_of(witness.next(Inserted)) == "李四"
        watch.stop()


@real
def test_two_persons_at_once(stack: PcscStack, watch: CardWatch, witness: Witness) -> None:
    stack.insert(0, card_of(**PERSON))
    assert name_of(witness.next(Inserted)) == "张三"
    stack.insert(1, card_of(**SECOND_PERSON))
    assert witness.next(Trouble).problem.kind is ProblemCode.SEVERAL_CARDS
    stack.remove(0)
    assert witness.next(Removed).reader == stack.reader_name(0)
    assert name_of(witness.next(Inserted)) == "李四"


@real
def test_it_ends_quickly_and_says_nothing_more(
    stack: PcscStack, watch: CardWatch, witness: Witness
) -> None:
    witness.next(ReadersChanged)
    began = time.monotonic()
    watch.stop()
    assert time.monotonic() - began < 0.8
    stack.insert(0, card_of(**PERSON))
    stack.until_seen()
    assert witness.rest() == []
    assert our_threads() == []


def watched(service: ServiceOfCards, witness: Witness) -> Trouble:
    watch = CardWatch(witness, FAST, service)
    watch.start()
    try:
        return witness.next(Trouble)
    finally:
        watch.stop()
        assert service.open_links == 0, "every connection is given back"


def test_a_locked_card_is_told_as_such(witness: Witness) -> None:
    class Locked(Chip):
        def answer(self, _: bytes, /) -> bytes:
            return bytes.fromhex("6283")

    trouble = watched(ServiceOfCards(chip=Locked(other_card())), witness)
    assert trouble == Trouble(Problem(ProblemCode.CARD_LOCKED, "R 6283"), "R", resting=True)


def test_a_bad_contact_ends_as_unreadable(witness: Witness) -> None:
    trouble = watched(ServiceOfCards(for_ever={"transmit": Code.NOT_TRANSACTED}), witness)
    assert trouble.problem == Problem(ProblemCode.CARD_UNREADABLE, "R")


def test_after_its_end_nothing_is_told() -> None:
    """Not even the second of two events that were noticed at once."""
    told: list[CardEvent] = []
    service = ServiceOfCards(for_ever={"establish": Code.NO_SERVICE})

    def last(event: CardEvent) -> None:
        told.append(event)
        ending._ended.set()

    ending = CardWatch(last, FAST, service)
    ending.start()
    assert soon_true(lambda: not our_threads())
    assert told == [ReadersChanged(())]


class Faulty(ServiceOfCards):
    """A driver with a fault of its own at the first call of that kind."""

    def __init__(self, call: str, fault: Exception) -> None:
        super().__init__()
        self._call, self._fault = call, [fault]

    def _may_fail(self, call: str) -> None:
        if call == self._call and self._fault:
            raise self._fault.pop()
        super()._may_fail(call)


@pytest.mark.expects_log("failed", "card_reader.watch")
@pytest.mark.parametrize("call", ["establish", "exclusive R", "transmit"])
def test_no_fault_ends_the_watch(witness: Witness, call: str) -> None:
    """Told, and the next card is read as ever; a context that fails is made anew."""
    service = Faulty(call, OSError("a driver's"))
    watch = CardWatch(witness, FAST, service)
    watch.start()
    try:
        told = witness.next(Trouble).problem.kind
        down = call == "establish"
        expected = ProblemCode.READER_SERVICE_DOWN if down else ProblemCode.CARD_UNREADABLE
        assert told is expected
        service.readers_in = ()
        witness.next(ReadersChanged)
        service.readers_in = ("R",)
        assert name_of(witness.next(Inserted)) == "张三"
    finally:
        watch.stop()


@pytest.mark.parametrize(
    "failing", [{"exclusive R": [Code.NO_SERVICE]}, {"establish": [0, Code.NO_SERVICE]}]
)
def test_a_context_that_is_refused_between_look_and_read_ends_nothing(
    witness: Witness, failing: dict[str, list[int]]
) -> None:
    """The service stopped between seeing the card and connecting to it."""
    service = ServiceOfCards(failing=failing)
    watch = CardWatch(witness, FAST, service)
    watch.start()
    try:
        assert name_of(witness.next(Inserted)) == "张三"
    finally:
        watch.stop()


def test_a_reader_of_another_program_holds_no_other_reader(cards: Cards) -> None:
    """It is asked again later; whoever lies in another reader is read meanwhile."""
    patient = Cards(busy=2.0)
    look(patient, lying("R"), lying("S"))
    busy = CardError(ProblemCode.READER_BUSY, "R")
    assert patient.failed(lying("R"), busy, 0) == ()
    assert patient.due(0) == lying("S")
    there = Inserted(reading(lying("S")), resting=True)
    assert patient.read(lying("S"), reading(lying("S"))) == (there,)
    assert patient.due(0.3) == lying("R")
    assert patient.failed(lying("R"), busy, 1.9) == ()
    told = Trouble(Problem(ProblemCode.READER_BUSY, "R"), "R", resting=True)
    assert patient.failed(lying("R"), busy, 2.0) == (told,)
    assert patient.due(3) == lying("R")


class TwoReaders(ServiceOfCards):
    """A card in R that hangs until it is let go; S has one or none. Cards have numbers."""

    def __init__(self) -> None:
        super().__init__(("R", "S"), pad_says="9000")
        self.hangs_in: str | None = None
        """The call that hangs."""
        self.hanging, self.freed = threading.Event(), threading.Event()
        self.lying = {"R": 1, "S": 0}

    def _may_fail(self, call: str) -> None:
        if call == self.hangs_in:
            self.hanging.set()
            assert self.freed.wait(60)
        super()._may_fail(call)

    def status_change(
        self, _: Context, known: Sequence[RawState], seconds: float, /
    ) -> Sequence[RawState]:
        time.sleep(min(seconds, 0.005))
        return [
            RawState(raw.reader, (Flag.PRESENT if number else 0) | number << 16, b"\x3b\x00")
            for raw in known
            for number in [self.lying[raw.reader]]
        ]


def test_a_person_at_the_pin_pad_holds_no_other_reader(witness: Witness) -> None:
    service = TwoReaders()
    watch = CardWatch(witness, FAST, service)
    watch.start()
    try:
        reading = witness.next(Inserted).reading
        service.hangs_in = "control"
        asked = threading.Thread(target=watch.confirm, args=(reading,))
        asked.start()
        assert service.hanging.wait(SOON)
        service.chip = Chip(bank_card())
        service.lying["S"] = 1
        assert witness.next(Inserted).reading.reader == "S"
        assert asked.is_alive(), "the person is still at the pad"
        service.freed.set()
        asked.join(SOON)
        assert not asked.is_alive()
    finally:
        service.freed.set()
        watch.stop()


def test_a_driver_that_never_returns_gets_a_new_thread(witness: Witness) -> None:
    """Its card was pulled long ago; the next one in the same reader is read all the same."""
    service = TwoReaders()
    service.hangs_in = "exclusive R"
    watch = CardWatch(witness, Patience(answer=0.1, busy=60), service)
    watch.start()
    try:
        until_told(witness, ProblemCode.CARD_HUNG)
        service.hangs_in = None
        service.lying["R"] = 0
        assert witness.next(Removed) == Removed("R")
        service.lying["R"] = 3
        assert name_of(witness.next(Inserted)) == "张三"
    finally:
        service.freed.set()
        watch.stop()
    assert soon_true(lambda: not our_threads()), "the one that hung ended, too"


def test_a_card_whose_call_returns_after_all_is_read(witness: Witness) -> None:
    service = TwoReaders()
    service.hangs_in = "exclusive R"
    watch = CardWatch(witness, Patience(answer=0.1), service)
    watch.start()
    try:
        until_told(witness, ProblemCode.CARD_HUNG)
        service.hangs_in = None
        service.freed.set()
        assert name_of(witness.next(Inserted)) == "张三"
    finally:
        watch.stop()


def test_a_service_that_hangs_is_told_and_looked_at_again(witness: Witness) -> None:
    service = TwoReaders()
    service.hangs_in = "establish"
    watch = CardWatch(witness, Patience(answer=0.1), service)
    watch.start()
    try:
        assert witness.next(Trouble).problem.kind is ProblemCode.READER_SERVICE_DOWN
        service.hangs_in = None
        service.freed.set()
        assert name_of(witness.next(Inserted)) == "张三"
    finally:
        watch.stop()


def test_a_service_that_hangs_does_not_keep_the_window_from_closing(witness: Witness) -> None:
    service = TwoReaders()
    service.hangs_in = "establish"
    watch = CardWatch(witness, Patience(answer=0.1), service)
    watch.start()
    assert witness.next(Trouble).problem.kind is ProblemCode.READER_SERVICE_DOWN
    watch.stop()
    assert soon_true(lambda: our_threads() == ["card-reader"]), "only what hangs is left"
    service.freed.set()
    assert soon_true(lambda: not our_threads())


@pytest.mark.expects_log("goes on", "card_reader.watch")
def test_a_fault_of_the_window_ends_no_watch(witness: Witness) -> None:
    faults = [RuntimeError("the window's own")]

    def report(event: CardEvent) -> None:
        if faults:
            raise faults.pop()
        witness(event)

    watch = CardWatch(report, FAST, ServiceOfCards())
    watch.start()
    try:
        assert name_of(witness.next(Inserted)) == "张三"
    finally:
        watch.stop()


# --- the bookkeeping alone --------------------------------------------------------------------

HOLDER = SocialSecurityCard(
    "2.00", "", "A1", None, None, "张三", b"", "", "1", None, partial=False, problems=()
)


def lying(reader: str = "R", generation: int = 1) -> ReaderState:
    return ReaderState(reader, present=True, generation=generation, atr=b"\x3b\x00")


def empty(reader: str = "R") -> ReaderState:
    return ReaderState(reader, present=False, generation=0, atr=b"")


def reading(state: ReaderState, kind: CardKind = CardKind.SOCIAL_SECURITY) -> CardReading:
    card = HOLDER if kind is CardKind.SOCIAL_SECURITY else None
    return CardReading(state.reader, state.atr, kind, card, round_trips=11)


def look(cards: Cards, *states: ReaderState) -> Sequence[CardEvent]:
    return cards.seen({state.reader: state for state in states})


@pytest.fixture
def cards() -> Cards:
    found = Cards()
    assert look(found, empty()) == (ReadersChanged(("R",)),)
    return found


def test_a_card_is_read_once(cards: Cards) -> None:
    assert look(cards, lying()) == ()
    assert cards.due(0) == lying()
    assert cards.read(lying(), reading(lying())) == (Inserted(reading(lying()), resting=False),)
    assert cards.due(1e9) is None
    assert look(cards, lying()) == ()
    assert look(cards, empty()) == (Removed("R"),)


def test_what_may_pass_is_tried_again_before_it_is_told(cards: Cards) -> None:
    look(cards, lying())
    problem = CardError(ProblemCode.CARD_REMOVED, "R")
    for now in range(3):
        assert cards.due(now) == lying()
        assert cards.failed(lying(), problem, now) == ()
        assert cards.due(now + 0.1) is None
    told = Trouble(Problem(ProblemCode.CARD_UNREADABLE, "R"), "R")
    assert cards.failed(lying(), problem, 3) == (told,), "it is still in: not removed, but dirty"
    assert cards.due(1e9) is None
    assert look(cards, empty()) == (Removed("R"),)


def test_a_swap_while_reading_is_no_trouble(cards: Cards) -> None:
    look(cards, lying())
    cards.failed(lying(), CardError(ProblemCode.CARD_REMOVED), 0)
    assert look(cards, lying(generation=3)) == ()
    assert cards.due(0) == lying(generation=3)


def test_a_restart_while_reading_is_no_trouble_of_the_card(cards: Cards) -> None:
    look(cards, lying())
    cards.failed(lying(), CardError(ProblemCode.READER_SERVICE_DOWN), 0)
    down = Trouble(Problem(ProblemCode.READER_SERVICE_DOWN))
    assert cards.seen(None) == (ReadersChanged(()), down)
    assert cards.seen(None) == ()
    assert look(cards, lying()) == (ReadersChanged(("R",)),)
    assert cards.due(0) == lying()


def test_two_persons_found_at_the_start_are_neither(cards: Cards) -> None:
    """Nobody is chosen because their reader was asked first."""
    one, two = lying("R"), lying("S")
    look(cards, one, two)
    assert cards.read(one, reading(one)) == ()
    told = cards.read(two, reading(two))
    assert [event.reader for event in told if isinstance(event, Trouble)] == ["R", "S"]
    assert look(cards, one, two) == ()
    assert look(cards, one, empty("S")) == (Removed("S"), Inserted(reading(one), resting=False))


def test_a_psam_beside_a_person_is_no_second_person(cards: Cards) -> None:
    one, psam = lying("R"), lying("SAM")
    look(cards, one, psam)
    assert cards.read(one, reading(one)) == ()
    other = reading(psam, CardKind.OTHER)
    assert set(cards.read(psam, other)) == {
        Inserted(reading(one), resting=False),
        Inserted(other, resting=True),
    }


def test_an_unreadable_card_does_not_keep_a_person_waiting(cards: Cards) -> None:
    one, bad = lying("R"), lying("SAM")
    look(cards, one, bad)
    cards.read(one, reading(one))
    problem = CardError(ProblemCode.CARD_UNREADABLE, "SAM")
    assert cards.failed(bad, problem, 0) == (
        Trouble(problem.problems[0], "SAM", resting=True),
        Inserted(reading(one), resting=False),
    )


@pytest.mark.parametrize("kind", [ProblemCode.CARD_HUNG, ProblemCode.READER_BUSY])
def test_a_stuck_thread_is_told_by_its_card_alone(cards: Cards, kind: ProblemCode) -> None:
    look(cards, lying())
    cards.failed(lying(), CardError(kind), 0)
    assert cards.stuck(CardError(ProblemCode.CARD_HUNG)) == ()
    assert look(cards, empty()) == (Removed("R"),)


def test_a_stuck_service_is_told_once(cards: Cards) -> None:
    late = CardError(ProblemCode.READER_SERVICE_DOWN)
    assert cards.stuck(late) == (Trouble(Problem(late.kind)),)
    assert cards.stuck(late) == cards.stuck(CardError(ProblemCode.CARD_HUNG)) == ()
    assert look(cards, empty()) == ()


def test_a_card_read_after_trouble_is_announced(cards: Cards) -> None:
    look(cards, lying())
    busy = CardError(ProblemCode.READER_BUSY, "R")
    assert len(cards.failed(lying(), busy, 0)) == 1
    assert cards.failed(lying(), busy, 1) == ()
    assert cards.due(2) == lying()
    assert cards.read(lying(), reading(lying())) == (Inserted(reading(lying()), resting=False),)


def test_the_first_look_tells_the_readers_even_when_there_are_none() -> None:
    assert look(Cards()) == (ReadersChanged(()),)


def test_a_card_that_is_read_too_slowly_keeps_nobody_waiting(cards: Cards) -> None:
    one, hung = lying("R"), lying("S")
    look(cards, one, hung)
    cards.started(hung, 0)
    assert cards.due(0) == one
    assert cards.read(one, reading(one)) == ()
    assert cards.slow(hung) == (Inserted(reading(one), resting=False),)
    late = CardError(ProblemCode.CARD_HUNG)
    told = Trouble(Problem(ProblemCode.CARD_HUNG), "S", resting=True)
    assert cards.failed(hung, late, 5) == (told,)


def test_what_becomes_known_of_a_card_that_is_gone_is_forgotten(cards: Cards) -> None:
    look(cards, lying())
    cards.started(lying(), 0)
    assert look(cards, lying(generation=3)) == ()
    problem = CardError(ProblemCode.CARD_HUNG)
    assert cards.read(lying(), reading(lying())) == cards.failed(lying(), problem, 1) == ()
    assert cards.slow(lying()) == cards.freed(lying(), 1) == ()
    assert cards.due(1) == lying(generation=3)
    assert cards.next_due is not None


def test_a_card_pulled_before_its_reading_ended_is_told_as_such(cards: Cards) -> None:
    look(cards, lying())
    cards.started(lying(), 0)
    pulled = Trouble(Problem(ProblemCode.CARD_REMOVED, "R"), "R")
    assert look(cards, empty()) == (pulled, Removed("R"))


def test_a_reader_pulled_out_with_its_card_is_no_trouble_of_the_card(cards: Cards) -> None:
    look(cards, lying())
    cards.started(lying(), 0)
    assert look(cards) == (ReadersChanged(()),)


def test_a_card_that_hung_is_not_told_as_dirty_while_it_leaves(cards: Cards) -> None:
    """Its call returned because it was pulled; the service notices a moment later."""
    look(cards, lying())
    cards.started(lying(), 0)
    told = Trouble(Problem(ProblemCode.CARD_HUNG), "R")
    assert cards.failed(lying(), CardError(ProblemCode.CARD_HUNG), 5) == (told,)
    assert cards.due(6) is None
    assert cards.freed(lying(), 6) == ()
    for now in range(6, 9):
        assert cards.due(now) == lying()
        assert cards.failed(lying(), CardError(ProblemCode.CARD_REMOVED), now) == ()
    assert (cards.due(1e9), cards.next_due) == (None, None)
    assert cards.freed(lying(), 10) == ()
    assert cards.due(1e9) is None, "it was tried often enough"
    assert look(cards, empty()) == (Removed("R"),)


def test_a_transaction_counts_from_when_reading_began() -> None:
    patient = Cards(busy=2.0)
    look(patient, lying())
    patient.started(lying(), 0)
    busy = CardError(ProblemCode.READER_BUSY, "R")
    told = Trouble(Problem(ProblemCode.READER_BUSY, "R"), "R", resting=True)
    assert patient.failed(lying(), busy, 5) == (told,)
