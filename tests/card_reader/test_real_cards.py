"""Every kind of card in pcscd's virtual readers, in namespaces of their own (cards.md B)."""

from __future__ import annotations

import sys
import time
from contextlib import closing
from typing import Any

import pytest

from card_reader import (
    CardError,
    CardKind,
    CardReaders,
    least_round_trips,
    read_card,
)
from desktop.domain.problems import Problem, ProblemCode
from tests.card_reader.real import SECOND_PERSON, WAIT, failure, told
from tests.card_reader.script import PERSON
from tests.rig.pcsc import PcscStack
from tests.rig.queueing import Stopwatch
from tests.rig.virtual_card import ATR_T1, CardDescription, bank_card, other_card
from tests.rig.virtual_card import social_security_card as card_of

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="virtual readers exist on Linux only"),
    pytest.mark.timeout(120),  # a bound of what hangs; the stack of readers starts slowly
]


@pytest.mark.parametrize(
    "behaviour",
    [
        {},
        {"t0": False, "atr": ATR_T1},
        {"reads_by_get_response": True},
        {"short_ids": False},
    ],
    ids=["T0", "T1", "T0-61xx-everywhere", "no-short-ids"],
)
def test_a_second_generation_card_whole(stack: PcscStack, behaviour: dict[str, Any]) -> None:
    inserted = stack.insert(0, card_of(**PERSON, **behaviour))
    reading = read_card(wait=WAIT)
    card = told(reading)
    assert (reading.kind, reading.reader) == (CardKind.SOCIAL_SECURITY, stack.reader_name(0))
    assert (card.version, card.name, card.id_number) == ("2.00", "张三", PERSON["id_number"])
    assert (card.card_no, card.area, card.sex) == ("X00000019", "990000", "1")
    assert (str(card.issued), str(card.expires)) == ("2018-05-01", "2038-05-01")
    assert (str(card.birth), card.partial, card.problems) == ("1990-01-01", False, ())
    assert len(inserted.dialogue()) == reading.round_trips


def test_the_fewest_round_trips_over_the_wire(stack: PcscStack) -> None:
    inserted = stack.insert(0, card_of(**PERSON))
    reading = read_card(wait=WAIT)
    assert len(inserted.dialogue()) == reading.round_trips == least_round_trips()
    assert {answer[-2:].hex() for _, answer in inserted.dialogue()[1:]} == {"9000"}


def test_a_first_generation_card(stack: PcscStack) -> None:
    stack.insert(0, card_of(**PERSON, version="1.00"))
    card = told(read_card(wait=WAIT))
    assert (card.version, card.name, card.partial) == ("1.00", "张三", False)


def test_a_third_generation_card_is_partial(stack: PcscStack) -> None:
    stack.insert(0, card_of(**PERSON, version="3.00"))
    card = told(read_card(wait=WAIT))
    assert (card.version, card.partial, card.card_no) == ("3.00", True, "X00000019")
    assert card.card_sn == "990000D15600000500BF7C7A48FB4966"
    assert (card.name, card.id_number, card.problems) == ("", "", ())


def without_extension(card: CardDescription) -> CardDescription:
    del card.files["ef06"]["4e"]
    return card


@pytest.mark.parametrize(
    "name",
    ["䶮㼆彧", "龴𬀩𫖮", "买买提江·阿卜杜热合曼", "欧" + "𠮷" * 8],
)
def test_names_arrive_as_they_are_written(stack: PcscStack, name: str) -> None:
    """Rare characters, four-byte ones, and names cut in mid-character by the 30 bytes of 09."""
    raw = name.encode("gb18030")
    stack.insert(0, card_of(**PERSON | {"name": name}))
    card = told(read_card(wait=WAIT))
    assert (card.name, card.name_raw) == (name, raw)


@pytest.mark.parametrize(("raw", "name"), [(b"\xfe\x9f", "䶮"), (b"\xfe\x59", "龴")])
def test_two_byte_codes_of_rare_characters(stack: PcscStack, raw: bytes, name: str) -> None:
    stack.insert(0, card_of(id_number=PERSON["id_number"], name=raw))
    card = told(read_card(wait=WAIT))
    assert (card.name, card.name_raw) == (name, raw)


def test_a_missing_name_extension(stack: PcscStack) -> None:
    stack.insert(0, without_extension(card_of(**PERSON)))
    card = told(read_card(wait=WAIT))
    assert (card.name, card.problems) == ("张三", ())


def test_a_lying_record(stack: PcscStack) -> None:
    stack.insert(0, card_of(**PERSON, said_lengths={"09": 40}))
    card = told(read_card(wait=WAIT))
    assert (card.name, card.id_number) == ("", PERSON["id_number"])
    assert card.problems == (Problem(ProblemCode.CARD_RECORD_FALSE, "09 name"),)


@pytest.mark.parametrize(
    ("card", "kind"), [(bank_card(), CardKind.BANK), (other_card(), CardKind.OTHER)]
)
def test_cards_of_other_kinds(stack: PcscStack, card: CardDescription, kind: CardKind) -> None:
    """The same ATR as a social security card: it proves nothing."""
    stack.insert(0, card)
    reading = read_card(wait=WAIT)
    assert (reading.kind, reading.card) == (kind, None)
    assert reading.atr.hex() == card.atr


def test_a_card_with_a_broken_answer_to_reset_is_unreadable(stack: PcscStack) -> None:
    stack.insert(0, other_card(atr="3b"))
    assert failure(wait=WAIT) is ProblemCode.CARD_UNREADABLE


def test_a_card_that_cannot_be_woken_may_lie_the_wrong_way(stack: PcscStack) -> None:
    """Wrong side up, or not pushed in to the end: nothing wakes, and the words say so (B04)."""
    stack.insert(0, other_card(atr="3b" * 34))
    assert failure(wait=WAIT) is ProblemCode.CARD_MUTE
    assert "芯片朝上" in ProblemCode.CARD_MUTE.next_step


def test_no_card(stack: PcscStack) -> None:
    watch, began = Stopwatch(), time.monotonic()
    assert failure() is ProblemCode.NO_CARD
    assert failure(wait=0.4) is ProblemCode.NO_CARD
    assert time.monotonic() - began >= 0.4
    assert watch.seconds < 1.5


def test_no_reader(stack: PcscStack) -> None:
    assert failure("no such reader") is ProblemCode.NO_READER
    stack.restart(readers=0)
    assert failure(wait=0.2) is ProblemCode.NO_READER


def test_no_service(stack: PcscStack) -> None:
    stack.stop_service()
    assert failure(wait=0.2) is ProblemCode.READER_SERVICE_DOWN
    stack.start_service()


def test_the_readers_by_name(stack: PcscStack) -> None:
    stack.insert(0, card_of(**PERSON))
    stack.insert(1, card_of(**SECOND_PERSON))
    with closing(CardReaders()) as readers:
        assert {stack.reader_name(0), stack.reader_name(1)} <= set(readers.names())
        assert told(readers.read("window 2", WAIT)).name == "李四"
        assert told(readers.read(stack.reader_name(0), WAIT)).name == "张三"
        readers.read("Window 1", WAIT)
        with pytest.raises(CardError) as two_persons:
            readers.read(None, WAIT)
    assert two_persons.value.detail == "SS Window 1 00 00 + SS Window 2 00 00"


@pytest.mark.parametrize("other", [bank_card(), other_card(), other_card(atr="3b")])
def test_another_card_beside_the_patients(stack: PcscStack, other: CardDescription) -> None:
    """A PSAM in its slot, or the operator's own card, is no reason to ask."""
    stack.insert(0, other)
    stack.insert(1, card_of(**SECOND_PERSON))
    stack.until_seen()
    assert told(read_card(wait=WAIT)).name == "李四"
