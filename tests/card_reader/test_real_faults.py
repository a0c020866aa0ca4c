"""What goes wrong at a desk, with the real PC/SC stack (cards.md B6)."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from card_reader import (
    CardError,
    CardReaders,
    Patience,
    read_card,
)
from card_reader.monitor import Event, Inserted, Monitor, ReaderFound, Removed
from card_reader.pcsc import Winscard
from card_reader.readers import CardReading
from desktop.domain.problems import ProblemCode
from tests.card_reader.real import (
    SECOND_PERSON,
    WAIT,
    failure,
    other_program,
    soon,
    told,
    until,
)
from tests.card_reader.script import PERSON
from tests.rig.pcsc import PcscStack
from tests.rig.queueing import Stopwatch
from tests.rig.virtual_card import social_security_card as card_of

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="virtual readers exist on Linux only"),
    pytest.mark.timeout(120),  # a bound of what hangs; the stack of readers starts slowly
]


def test_a_card_that_comes_while_the_desk_waits(stack: PcscStack) -> None:
    with soon(0.3, lambda: stack.insert(0, card_of(**PERSON))):
        assert told(read_card(wait=WAIT)).name == "张三"


def test_a_card_that_was_in_before_the_service_started(stack: PcscStack) -> None:
    stack.stop_service()
    stack.insert(0, card_of(**PERSON))
    stack.start_service()
    assert told(read_card(wait=WAIT)).name == "张三"


def test_the_service_restarts_while_the_desk_waits(stack: PcscStack) -> None:
    """Complaint 5: unplugging the only reader must not need a restart of the desk."""
    back: list[Stopwatch] = []

    def restart() -> None:
        stack.stop_service()
        time.sleep(0.5)
        stack.insert(0, card_of(**PERSON))
        stack.start_service()
        back.append(Stopwatch())

    with soon(0.2, restart):
        assert told(read_card(wait=10)).name == "张三"
        assert back[0].seconds < 2


def test_the_service_restarts_while_a_card_is_read(stack: PcscStack) -> None:
    inserted = stack.insert(0, card_of(**PERSON, delay=0.06))

    def restart() -> None:
        until(lambda: len(inserted.dialogue()) > 2)
        stack.restart()

    with soon(0, restart):
        assert told(read_card(wait=WAIT)).name == "张三"


def test_the_reader_is_plugged_in_while_the_desk_waits(stack: PcscStack) -> None:
    stack.restart(readers=0)

    def plug_in() -> None:
        stack.restart(readers=1)
        time.sleep(0.3)
        stack.insert(0, card_of(**PERSON))

    with soon(0.3, plug_in):
        assert told(read_card(wait=WAIT)).name == "张三"


def test_a_card_pulled_while_it_is_read(stack: PcscStack) -> None:
    stack.insert(0, card_of(**PERSON, leave_at=6))
    watch = Stopwatch()
    assert failure(wait=10) is ProblemCode.CARD_REMOVED
    assert watch.seconds < 3, "whoever pulled it must be told, not waited for"


@pytest.mark.parametrize("leave_at", [1, 5, 9])
def test_a_quick_swap_never_mixes_two_cards(stack: PcscStack, leave_at: int) -> None:
    """The first card goes at the n-th APDU, the second follows at once."""
    first = stack.insert(0, card_of(**PERSON, leave_at=leave_at))

    def swap() -> None:
        until(lambda: len(first.dialogue()) >= leave_at - 1)
        stack.remove(0)
        stack.insert(0, card_of(**SECOND_PERSON))

    with soon(0, swap):
        card = told(read_card(wait=WAIT, patience=Patience(swap=WAIT)))
    assert (card.name, card.id_number, card.card_no, card.card_sn) == tuple(
        SECOND_PERSON[field] for field in ("name", "id_number", "card_no", "card_sn")
    )


def asked_again(readers: CardReaders) -> CardReading:
    """As a desk does where the service is late, which on a busy machine it may be."""
    try:
        return readers.read(wait=WAIT)
    except CardError as late:
        if late.kind is not ProblemCode.READER_SERVICE_DOWN:
            raise
    return readers.read(wait=WAIT)


def test_a_hung_card_is_bounded_and_the_desk_lives_on(stack: PcscStack) -> None:
    stack.insert(0, card_of(**PERSON, hang_at=4))
    with closing(CardReaders(Patience(answer=1.0))) as readers:
        watch = Stopwatch()
        with pytest.raises(CardError) as hung:
            readers.read(wait=WAIT)
        with pytest.raises(CardError) as still:
            readers.read(wait=WAIT)
        assert hung.value.kind is still.value.kind is ProblemCode.CARD_HUNG
        assert watch.seconds < 5
        stack.remove(0)
        stack.insert(0, card_of(**SECOND_PERSON))
        assert told(asked_again(readers)).name == "李四"


def test_a_hung_card_does_not_keep_the_program_from_ending(stack: PcscStack) -> None:
    stack.insert(0, card_of(**PERSON, hang_at=1))
    program = (
        "from card_reader import *\n"
        "try: read_card(wait=9, patience=Patience(answer=0.5))\n"
        "except CardError as error: print(error.kind.code)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=25, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "card-hung\n", "")


def test_a_slow_card_is_not_hung(stack: PcscStack) -> None:
    """The bound is on one answer, not on the whole card."""
    stack.insert(0, card_of(**PERSON, delay=0.15))
    assert told(read_card(wait=WAIT, patience=Patience(answer=1.2))).name == "张三"


def test_a_reader_that_another_program_keeps(stack: PcscStack) -> None:
    stack.insert(0, card_of(**PERSON))
    with other_program(stack.reader_name(0), "exclusive"):
        with pytest.raises(CardError) as busy:
            read_card(wait=WAIT, patience=Patience(busy=0.4))
        assert busy.value.kind is ProblemCode.READER_BUSY
    assert told(read_card()).name == "张三"


def test_a_reader_that_another_program_soon_gives_back(stack: PcscStack) -> None:
    stack.insert(0, card_of(**PERSON))
    with other_program(stack.reader_name(0), "exclusive") as program:
        assert program.stdin is not None
        with soon(0.4, program.stdin.close):
            assert told(read_card(wait=WAIT)).name == "张三"


def test_a_reader_that_another_program_shares(stack: PcscStack) -> None:
    stack.insert(0, card_of(**PERSON))
    with other_program(stack.reader_name(0), "shared"):
        assert told(read_card(wait=WAIT)).name == "张三"


def test_a_program_that_resets_the_card_again_and_again(stack: PcscStack) -> None:
    """The transaction keeps it off while the desk reads."""
    stack.insert(0, card_of(**PERSON, delay=0.02))
    with other_program(stack.reader_name(0), "reset"):
        assert told(read_card(wait=WAIT)).name == "张三"


def test_many_cards_one_after_the_other(stack: PcscStack) -> None:
    with closing(CardReaders()) as readers:
        for number in range(3):
            stack.insert(0, card_of(**PERSON, card_no=f"X0000000{number}"))
            assert told(readers.read(wait=WAIT)).card_no == f"X0000000{number}"
            stack.remove(0)


def test_the_watch_sees_a_swap_by_its_counter(stack: PcscStack) -> None:
    stack.insert(0, card_of(**PERSON))
    monitor = Monitor(Winscard(guard=lambda: None), time.sleep)
    reader = stack.reader_name(0)
    with closing(monitor):
        events: list[Event] = [*monitor.poll(0)]
        _poll_until(monitor, events, lambda: monitor.states[reader].present)
        stack.remove(0)
        stack.until_seen()  # the service sees it; the desk looks away
        stack.insert(0, card_of(**SECOND_PERSON))
        stack.until_seen()
        events += monitor.poll(0.3)
    atr = monitor.states[reader].atr
    mine = [event for event in events if getattr(event, "reader", "") == reader]
    assert mine == [
        ReaderFound(reader), Inserted(reader, atr), Removed(reader), Inserted(reader, atr)
    ]  # fmt: skip


def _poll_until(monitor: Monitor, events: list[Event], true: Callable[[], bool]) -> None:
    until = time.monotonic() + WAIT
    while not true():
        assert time.monotonic() < until
        events += monitor.poll(0.3)


def test_nothing_listens_outside(stack: PcscStack) -> None:
    """cards.md B4.5: vpcd binds every address, so it must be in a namespace of its own."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    everywhere = {local for _, local, _, state, *_ in rows if state == "0A"}
    assert not {f"00000000:{port:04X}" for port in (41101, 41102, 41201, 41202)} & everywhere


def test_importing_the_room_loads_no_reader_library() -> None:
    program = "import card_reader, sys; sys.exit('smartcard' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
