"""Security modules and PIN pads over the real PC/SC stack, each card a process of its own."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from card_reader import CardError, CardReaders, CardSite, Patience, read_card
from card_reader.cards import Inserted, ReadersChanged, Trouble
from card_reader.network_module import NetworkModule
from card_reader.psam import PsamSlot
from card_reader.watch import CardWatch
from desktop.domain.problems import ProblemCode
from tests.card_reader.module import machine
from tests.card_reader.real import WAIT, told
from tests.card_reader.script import PERSON
from tests.card_reader.witness import Witness
from tests.rig.pcsc import PcscStack
from tests.rig.virtual_card import (
    ATR_CONTACTLESS,
    ATR_T1,
    EXTERNAL_KEY,
    psam,
    social_security_card,
    third_generation_card,
)

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="virtual readers exist on Linux only"),
    pytest.mark.timeout(120),  # a bound of what hangs; the stack of readers starts slowly
]
SLOT = "SS Window 2 00 01"
"""The second reader of a device, as a SAM slot is."""
WITH_PSAM = CardSite(PsamSlot("window 2 00 01", b"\x48\x01", b"\x48\x0a", b"\xdf\x01"), SLOT)
ISOLATED = {"t0": False, "atr": ATR_T1}
WITHOUT_CONTACTS = {"t0": False, "atr": ATR_CONTACTLESS}
PAD = 3
"""The device with keys (conftest)."""


@pytest.fixture
def psam_slot(stack: PcscStack) -> None:
    """The PSAM lies there long before a patient comes."""
    stack.insert(1, psam("df01"), slot=1)
    stack.until_seen()


@pytest.mark.parametrize(
    ("behaviour", "slot"),
    [({}, 0), (ISOLATED, 0), (WITHOUT_CONTACTS, 1)],
    ids=["contact T=0", "contact T=1", "contactless"],
)
def test_a_third_generation_card_whole_by_psam(
    stack: PcscStack, psam_slot: None, behaviour: dict[str, Any], slot: int
) -> None:
    stack.insert(0, third_generation_card(**PERSON, **behaviour), slot)
    reading = read_card(wait=WAIT, site=WITH_PSAM)
    card = told(reading)
    assert reading.reader == stack.reader_name(0, slot)
    assert (card.version, card.name, card.id_number) == ("3.00", "张三", PERSON["id_number"])
    assert (card.partial, card.problems) == (False, ())


def test_an_older_card_does_not_wait_for_the_psam(stack: PcscStack, psam_slot: None) -> None:
    stack.insert(0, social_security_card(**PERSON))
    reading = read_card(wait=WAIT, site=WITH_PSAM)
    assert (told(reading).name, reading.round_trips) == ("张三", 11)


def test_a_psam_alone_is_no_patient(stack: PcscStack, psam_slot: None) -> None:
    with pytest.raises(CardError) as error:
        read_card(wait=0.3, site=WITH_PSAM)
    assert error.value.kind is ProblemCode.NO_CARD


def test_without_its_psam_the_card_is_partial_and_says_why(stack: PcscStack) -> None:
    """1101 is asked by card number then."""
    stack.insert(0, third_generation_card(**PERSON))
    card = told(read_card(wait=WAIT, site=WITH_PSAM))
    assert (card.partial, card.card_no, card.name) == (True, "X00000019", "")
    assert [problem.kind for problem in card.problems] == [ProblemCode.CARD_NOT_OPENED]
    assert "里没有 PSAM" in card.problems[0].detail


def test_a_psam_that_hangs_leaves_the_card_partial(stack: PcscStack) -> None:
    """The patient's card is not taken for hung, and nobody waits for the PSAM again."""
    stack.insert(1, psam("df01", hang_at=2), slot=1)
    stack.insert(0, third_generation_card(**PERSON))
    stack.until_seen()
    with closing(CardReaders(Patience(answer=2.0), site=WITH_PSAM)) as readers:
        for _ in range(2):
            card = told(readers.read())
            assert (card.partial, card.card_no) == (True, "X00000019")
            assert [problem.kind for problem in card.problems] == [ProblemCode.CARD_NOT_OPENED]
            assert "PSAM 没有应答" in card.problems[0].detail
        stack.remove(1, slot=1)
        stack.insert(1, psam("df01"), slot=1)
        stack.until_seen()
        assert told(readers.read()).name == "张三"


@pytest.mark.parametrize("behaviour", [{}, ISOLATED])
def test_a_third_generation_card_whole_by_the_machine_on_the_network(
    stack: PcscStack, behaviour: dict[str, Any]
) -> None:
    stack.insert(0, third_generation_card(**PERSON, **behaviour))
    with machine() as central:
        card = told(read_card(wait=WAIT, site=CardSite(NetworkModule(central.url))))
    assert (card.name, card.id_number, card.partial) == ("张三", PERSON["id_number"], False)
    (line,) = central.lines
    area, reset, algorithm, card_sn, *randoms, terminal, end = line.split("|")
    assert (area, card_sn) == ("990000", "990000D15600000500BF7C7A48FB4966")
    assert (algorithm, terminal, end) == ("03", "", "")
    assert reset == ("" if behaviour else "00815431008660110816000001")
    assert [len(number) for number in randoms] == [16] * 4


def test_a_machine_that_is_down_leaves_the_card_partial(stack: PcscStack) -> None:
    stack.insert(0, third_generation_card(**PERSON))
    card = told(read_card(wait=WAIT, site=CardSite(NetworkModule("http://127.0.0.1:1/"))))
    assert (card.partial, card.card_no) == (True, "X00000019")
    assert card.problems[0].detail == "密码机没有回答（ConnectError）"


def test_a_card_that_fails_its_proof(stack: PcscStack, psam_slot: None) -> None:
    forged = third_generation_card(**PERSON, keys=("44" * 16, EXTERNAL_KEY))
    inserted = stack.insert(0, forged)
    with pytest.raises(CardError) as error:
        read_card(wait=WAIT, site=WITH_PSAM)
    assert error.value.kind is ProblemCode.CARD_NOT_GENUINE
    assert not [apdu for apdu, _ in inserted.dialogue() if apdu.startswith(b"\x00\x82")]


# --- a window that is open all day ---------------------------------------------------------------


@pytest.fixture
def witness() -> Witness:
    return Witness()


@pytest.fixture
def watch(stack: PcscStack, psam_slot: None, witness: Witness) -> Iterator[CardWatch]:
    site = CardSite(WITH_PSAM.module, SLOT, pin=True)
    watch = CardWatch(witness, site=site)
    watch.start()
    yield watch
    watch.stop()


def test_the_watch_opens_cards_and_never_speaks_of_the_psam(
    stack: PcscStack, watch: CardWatch, witness: Witness
) -> None:
    names = witness.next(ReadersChanged).names
    assert SLOT not in names
    assert stack.reader_name(1) in names
    stack.insert(0, third_generation_card(**PERSON))
    reading = witness.next(Inserted).reading
    assert (told(reading).name, reading.pin_pad) == ("张三", False)
    stack.remove(1, slot=1)
    stack.until_seen()
    time.sleep(0.4)
    assert witness.rest() == []


def test_a_pin_typed_at_the_window(stack: PcscStack, watch: CardWatch, witness: Witness) -> None:
    stack.insert(0, third_generation_card(**PERSON, pin="246813", pin_tries=3))
    reading = witness.next(Inserted).reading
    with pytest.raises(CardError) as wrong:
        watch.confirm(reading, "000000")
    assert (wrong.value.kind, wrong.value.detail) == (
        ProblemCode.PIN_WRONG,
        f"{stack.reader_name(0)} 还可输 2 次",
    )
    watch.confirm(reading, "246813")
    assert witness.rest() == [], "the watch went on quietly"


@pytest.mark.parametrize(
    ("keys", "kind", "detail"),
    [
        ("246813", None, ""),
        ("000000", ProblemCode.PIN_WRONG, " 还可输 5 次"),
        ("cancel", ProblemCode.PIN_NOT_ENTERED, " 已取消"),
        pytest.param("timeout", ProblemCode.PIN_NOT_ENTERED, " 超时", marks=pytest.mark.slow),
        pytest.param("123", ProblemCode.PIN_NOT_ENTERED, " 位数不对", marks=pytest.mark.slow),
    ],
)
def test_a_pin_on_the_readers_own_pad(
    stack: PcscStack,
    watch: CardWatch,
    witness: Witness,
    keys: str,
    kind: ProblemCode | None,
    detail: str,
) -> None:
    stack.press_keys(keys)
    inserted = stack.insert(PAD, social_security_card(**PERSON, pin="246813"))
    reading = witness.next(Inserted).reading
    assert reading.pin_pad
    if kind is None:
        watch.confirm(reading)
    else:
        with pytest.raises(CardError) as error:
            watch.confirm(reading)
        assert (error.value.kind, error.value.detail) == (kind, stack.reader_name(PAD) + detail)
    verified = [apdu.hex() for apdu, _ in inserted.dialogue() if apdu[1] == 0x20]
    assert verified == (["0020000003" + keys] if len(keys) == 6 and keys.isdecimal() else [])


def test_a_locked_pin_is_said_so(stack: PcscStack, watch: CardWatch, witness: Witness) -> None:
    stack.press_keys("246813")
    stack.insert(PAD, social_security_card(**PERSON, pin="246813", pin_tries=0))
    reading = witness.next(Inserted).reading
    with pytest.raises(CardError) as error:
        watch.confirm(reading)
    assert error.value.kind is ProblemCode.PIN_LOCKED


@pytest.mark.slow
def test_a_card_pulled_before_its_pin_is_typed(
    stack: PcscStack, watch: CardWatch, witness: Witness
) -> None:
    stack.insert(0, social_security_card(**PERSON, pin="246813"))
    reading = witness.next(Inserted).reading
    stack.remove(0)
    with pytest.raises(CardError) as error:
        watch.confirm(reading, "246813")
    assert error.value.kind is ProblemCode.CARD_REMOVED


@pytest.mark.slow
def test_the_pin_is_asked_on_the_hardware_thread_beside_the_watch(
    stack: PcscStack, watch: CardWatch, witness: Witness
) -> None:
    """From any worker of the window, while the watch looks for other cards."""
    stack.insert(0, social_security_card(**PERSON, pin="246813"))
    reading = witness.next(Inserted).reading
    workers = [threading.Thread(target=watch.confirm, args=(reading, "246813")) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(5)
    stack.remove(0)
    stack.insert(0, third_generation_card(**PERSON))
    assert told(witness.next(Inserted).reading).version == "3.00"
    assert not [event for event in witness.events if isinstance(event, Trouble)]
