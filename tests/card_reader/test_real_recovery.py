"""What readers, cards and the service do to a window that is open all day (cards.md B6).

Whatever happened, the next card is read within :data:`RECOVERY` seconds after its cause is gone,
and nothing is ever started again.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from card_reader import least_round_trips
from card_reader.cards import Inserted, ReadersChanged, Removed, Trouble
from card_reader.connection import Patience
from card_reader.watch import CardWatch
from desktop.domain.problems import Problem, ProblemCode
from tests.card_reader.real import SECOND_PERSON, other_program, soon, told, until
from tests.card_reader.script import PERSON
from tests.card_reader.witness import SOON, Witness
from tests.rig.pcsc import PcscStack
from tests.rig.virtual_card import ATR_CONTACTLESS, bank_card
from tests.rig.virtual_card import social_security_card as card_of

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="virtual readers exist on Linux only"),
    pytest.mark.timeout(120),  # a bound of what hangs; the stack of readers starts slowly
]
RECOVERY = 2.0
PEOPLE = [
    {"name": name, "id_number": number, "card_sn": f"990000D15600000500BF7C7A48FB4A0{at}"}
    for at, (name, number) in enumerate(
        [
            ("张三", "990000199001010017"),
            ("李四", "990000198502020024"),
            ("欧阳㼆", "990000198503121038"),
            ("买买提江·阿卜杜热合曼", "990000199001010017"),
        ]
    )
]


@pytest.fixture
def witness() -> Witness:
    return Witness()


@pytest.fixture
def watch(stack: PcscStack, witness: Witness) -> Iterator[CardWatch]:
    watch = CardWatch(witness, Patience(answer=1.0))
    with started(watch):
        witness.next(ReadersChanged, RECOVERY)
        yield watch


@contextmanager
def started(watch: CardWatch) -> Iterator[None]:
    watch.start()
    try:
        yield
        assert watch._thread.is_alive(), "the watch must live on, whatever happened"
    finally:
        watch.stop()


def name_of(event: Inserted) -> str:
    return told(event.reading).name


def read_within(witness: Witness, seconds: float = RECOVERY) -> str:
    return name_of(witness.next(Inserted, seconds))


def troubles(witness: Witness) -> list[ProblemCode]:
    return [event.problem.kind for event in witness.events if isinstance(event, Trouble)]


def told_of(witness: Witness, reader: str) -> list[Problem]:
    """What was told of that reader; a busy machine may make another one late for a moment."""
    events = [event for event in witness.events if isinstance(event, Trouble)]
    return [event.problem for event in events if event.reader == reader]


def first_told_of(witness: Witness, reader: str) -> ProblemCode:
    until(lambda: told_of(witness, reader))
    return told_of(witness, reader)[0].kind


def test_a_reader_is_plugged_in_beside_others(
    stack: PcscStack, watch: CardWatch, witness: Witness
) -> None:
    stack.restart(readers=1)
    witness.next(ReadersChanged, RECOVERY)
    stack.insert(0, card_of(**PERSON))
    assert read_within(witness) == "张三"
    stack.remove(0)
    witness.next(Removed, RECOVERY)
    stack.restart(readers=2)
    stack.insert(1, card_of(**SECOND_PERSON))
    assert read_within(witness) == "李四"
    (*_, last) = [event for event in witness.events if isinstance(event, ReadersChanged)]
    assert last.names == tuple(stack.reader_name(n, slot) for n in (0, 1) for slot in (0, 1))


def test_a_reader_is_pulled_out_with_its_card_and_comes_back(
    stack: PcscStack, watch: CardWatch, witness: Witness
) -> None:
    stack.insert(1, card_of(**PERSON))
    assert read_within(witness) == "张三"
    stack.restart(readers=1)
    assert witness.next(Removed, RECOVERY).reader == stack.reader_name(1)
    stack.insert(0, card_of(**SECOND_PERSON))
    assert read_within(witness) == "李四"
    stack.remove(0)
    stack.restart(readers=4)
    assert read_within(witness) == "张三", "its card still lay in it"


def test_a_reader_is_pulled_out_while_its_card_is_read(
    stack: PcscStack, watch: CardWatch, witness: Witness
) -> None:
    inserted = stack.insert(1, card_of(**PERSON, delay=0.15))
    until(inserted.dialogue)
    stack.restart(readers=1)
    stack.insert(0, card_of(**SECOND_PERSON))
    assert read_within(witness, 2 * RECOVERY) == "李四", "one more look than an ordinary card"
    assert ProblemCode.CARD_HUNG not in troubles(witness)


@pytest.mark.slow
def test_all_readers_are_pulled_out_and_one_comes_back(
    stack: PcscStack, watch: CardWatch, witness: Witness
) -> None:
    stack.restart(readers=0)
    while witness.next(ReadersChanged, RECOVERY).names:
        pass
    stack.restart(readers=1)
    stack.insert(0, card_of(**PERSON))
    assert read_within(witness) == "张三"


def test_the_service_stops_again_and_again(
    stack: PcscStack, watch: CardWatch, witness: Witness
) -> None:
    for stop in (stack.stop_service, stack.crash_service) * 2:
        stop()
        assert witness.next(Trouble, RECOVERY) == Trouble(Problem(ProblemCode.READER_SERVICE_DOWN))
        stack.start_service()
        stack.insert(0, card_of(**PERSON))
        assert read_within(witness) == "张三"
        stack.remove(0)
        witness.next(Removed, RECOVERY)


def test_the_service_hangs(stack: PcscStack, watch: CardWatch, witness: Witness) -> None:
    """It answers no call; the window is told once, and goes on when the service does."""
    with stack.frozen_service():
        assert witness.next(Trouble, 3).problem.kind is ProblemCode.READER_SERVICE_DOWN
        time.sleep(1.5)
        assert witness.rest() == []
    stack.insert(0, card_of(**PERSON))
    assert read_within(witness) == "张三"


def test_a_hung_card_holds_no_other_reader(
    stack: PcscStack, watch: CardWatch, witness: Witness
) -> None:
    """Whoever comes to another reader is read while it hangs, before that is told and after; when
    it is pulled, its own reader reads again.
    """
    hung = stack.insert(0, card_of(**PERSON, hang_at=4))
    until(lambda: len(hung.dialogue()) >= 3)
    for number, person in ((1, PEOPLE[1]), (2, PEOPLE[2]), (1, PEOPLE[3])):
        stack.insert(number, card_of(**person))
        assert read_within(witness) == person["name"]
        stack.remove(number)
        while witness.next(Removed, RECOVERY).reader != stack.reader_name(number):
            pass
    assert first_told_of(witness, stack.reader_name(0)) is ProblemCode.CARD_HUNG
    stack.remove(0)
    while witness.next(Removed, RECOVERY).reader != stack.reader_name(0):
        pass
    stack.insert(0, card_of(**SECOND_PERSON))
    assert read_within(witness) == "李四"
    (told_once,) = told_of(witness, stack.reader_name(0))
    assert "取出来" in told_once.next_step


def test_two_hung_cards_hold_no_third_reader(
    stack: PcscStack, watch: CardWatch, witness: Witness
) -> None:
    for number in (0, 1):
        stack.insert(number, card_of(**PEOPLE[number], hang_at=2 + number))
    for number in (0, 1):
        assert first_told_of(witness, stack.reader_name(number)) is ProblemCode.CARD_HUNG
    stack.insert(2, card_of(**SECOND_PERSON))
    assert read_within(witness) == "李四"


def test_a_transaction_of_another_program_holds_no_other_reader(
    stack: PcscStack, witness: Witness
) -> None:
    """The service lets nobody connect meanwhile; told as what it is, and read when it is over."""
    stack.insert(0, card_of(**PERSON))
    stack.until_seen()
    watch = CardWatch(witness, Patience(answer=3.0, busy=0.3))
    with other_program(stack.reader_name(0), "transaction") as hog, started(watch):
        assert hog.stdin is not None
        witness.next(ReadersChanged)
        for number, person in ((1, PEOPLE[1]), (2, PEOPLE[2])):
            stack.insert(number, card_of(**person))
            assert read_within(witness) == person["name"]
            stack.remove(number)
            assert witness.next(Removed).reader == stack.reader_name(number)
        assert first_told_of(witness, stack.reader_name(0)) is ProblemCode.READER_BUSY
        stack.insert(1, card_of(**SECOND_PERSON))
        assert read_within(witness) == "李四", "after it was told, too"
        stack.remove(1)
        assert witness.next(Removed).reader == stack.reader_name(1)
        assert len(told_of(witness, stack.reader_name(0))) == 1
        hog.stdin.close()
        assert read_within(witness) == "张三"


def test_another_program_lets_the_reader_go(
    stack: PcscStack, watch: CardWatch, witness: Witness
) -> None:
    stack.insert(0, bank_card())
    witness.next(Inserted, RECOVERY)
    stack.remove(0)
    witness.next(Removed, RECOVERY)
    with (
        soon(0, lambda: stack.insert(0, card_of(**PERSON, delay=0.2))),
        other_program(stack.reader_name(0), "shared"),
    ):
        assert read_within(witness, SOON) == "张三", "a shared reader is read all the same"


@pytest.mark.parametrize("delay", [0.0, 0.3], ids=["quick chip", "slow chip, cut off"])
def test_a_swap_within_50_ms_never_mixes_two_people(
    stack: PcscStack, watch: CardWatch, witness: Witness, delay: float
) -> None:
    """The reader never looked empty: the counter of the service tells, or the read that broke off.

    A busy machine may be slower than a hand; then it is tried again.
    """
    for _swap in range(8):
        if _swapped(stack, witness, delay) < 0.05:
            return
        stack.remove(0)
        witness.next(Removed)
    pytest.fail("no swap was quick enough to prove anything")


def _swapped(stack: PcscStack, witness: Witness, delay: float) -> float:
    """Seconds between the two cards; slow or quick, nobody is read but the two, each whole."""
    inserted, before = stack.insert(0, card_of(**PERSON, delay=delay)), len(witness.events)
    if delay:
        until(lambda: len(inserted.dialogue()) >= 3)
    else:
        assert read_within(witness, SOON) == "张三"
    took = stack.swap(0, card_of(**SECOND_PERSON))
    second = told(witness.next(Inserted).reading)
    assert (second.name, second.id_number, second.card_no, second.card_sn) == tuple(
        SECOND_PERSON[field] for field in ("name", "id_number", "card_no", "card_sn")
    )
    people = [name_of(event) for event in witness.events[before:] if isinstance(event, Inserted)]
    assert people == (["李四"] if delay else ["张三", "李四"])
    assert not troubles(witness)
    return took


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_swap_at_any_moment_is_noticed(
    stack: PcscStack, watch: CardWatch, witness: Witness
) -> None:
    """Also when it meets the moment in which pcscd would power an idle card off."""
    for moment in range(20):
        stack.insert(0, card_of(**PERSON))
        assert read_within(witness, SOON) == "张三"
        time.sleep(moment * 0.06)
        stack.swap(0, card_of(**SECOND_PERSON))
        assert read_within(witness, SOON) == "李四"
        stack.remove(0)
        witness.next(Removed)


def test_four_readers_one_after_the_other(
    stack: PcscStack, watch: CardWatch, witness: Witness
) -> None:
    for number, person in enumerate(PEOPLE):
        stack.insert(number, card_of(**person))
        assert read_within(witness) == person["name"]
        stack.remove(number)
        assert witness.next(Removed, RECOVERY).reader == stack.reader_name(number)
    assert not troubles(witness)


def test_four_readers_at_once(stack: PcscStack, watch: CardWatch, witness: Witness) -> None:
    """Nobody is chosen while two persons lie there; the last one left is."""
    stack.insert(0, card_of(**PEOPLE[0]))
    assert read_within(witness) == "张三"
    for number, person in enumerate(PEOPLE[1:], start=1):
        stack.insert(number, card_of(**person))
    seen = {witness.next(Trouble, RECOVERY).reader for _ in PEOPLE[1:]}
    assert seen == {stack.reader_name(number) for number in (1, 2, 3)}
    assert set(troubles(witness)) == {ProblemCode.SEVERAL_CARDS}
    for number in (0, 1, 2):
        stack.remove(number)
    assert read_within(witness) == PEOPLE[3]["name"]


def test_the_two_readers_of_a_dual_device(
    stack: PcscStack, watch: CardWatch, witness: Witness
) -> None:
    """One person's card before both of them is one card; another's is another."""
    stack.insert(0, card_of(**PERSON))
    assert read_within(witness) == "张三"
    same = card_of(**PERSON, t0=False, atr=ATR_CONTACTLESS)
    contactless = stack.insert(0, same, slot=1)
    stack.until_seen()
    until(lambda: len(contactless.dialogue()) >= least_round_trips())
    time.sleep(0.3)
    assert witness.rest() == []
    stack.remove(0)
    stack.remove(0, slot=1)
    assert {witness.next(Removed, RECOVERY).reader for _ in range(2)} == {
        stack.reader_name(0, slot) for slot in (0, 1)
    }
    stack.insert(0, card_of(**SECOND_PERSON, t0=False, atr=ATR_CONTACTLESS), slot=1)
    read = witness.next(Inserted, RECOVERY)
    assert (name_of(read), read.reading.reader) == ("李四", stack.reader_name(0, 1))
    stack.insert(0, card_of(**PERSON))
    assert witness.next(Trouble, RECOVERY).problem.kind is ProblemCode.SEVERAL_CARDS


def test_the_readers_of_a_dual_device_for_a_single_read(stack: PcscStack) -> None:
    from card_reader import read_card

    stack.insert(0, card_of(**PERSON))
    stack.insert(0, card_of(**PERSON, t0=False, atr=ATR_CONTACTLESS), slot=1)
    stack.until_seen()
    assert told(read_card(wait=RECOVERY)).name == "张三"


@pytest.mark.slow
def test_a_whole_day_of_mishaps_in_one_watch(
    stack: PcscStack, watch: CardWatch, witness: Witness
) -> None:
    """One after the other, and still the next card is read: nothing is used up or left behind."""
    stack.insert(0, card_of(**PERSON, leave_at=5))
    assert witness.next(Trouble, 3).problem.kind is ProblemCode.CARD_REMOVED
    stack.remove(0)
    with soon(0.1, stack.restart):
        time.sleep(0.3)
    stack.insert(2, card_of(**PERSON, hang_at=7))
    while witness.next(Trouble, 4).problem.kind is not ProblemCode.CARD_HUNG:
        pass
    stack.remove(2)
    witness.next(Removed, RECOVERY)
    stack.crash_service()
    assert witness.next(Trouble, RECOVERY).problem.kind is ProblemCode.READER_SERVICE_DOWN
    stack.start_service()
    stack.insert(1, bank_card())
    witness.next(Inserted, RECOVERY)
    stack.remove(1)
    stack.insert(3, card_of(**SECOND_PERSON))
    assert read_within(witness) == "李四"
    alive = [t.name for t in threading.enumerate() if t.name in ("card-watch", "card-reader")]
    asked = {"the service itself", *(stack.reader_name(number) for number in range(4))}
    assert sorted(alive) == ["card-reader"] * len(asked) + ["card-watch"]
