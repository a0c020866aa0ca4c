"""Whatever a card, a reader or a module says: no crash, no hang, no half-read person.

Hypothesis chooses where to look; each place stands for a batch of inputs, so that `make test-long`
plays more than two million of them, and `make test` a slice.
"""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from card_reader.apdu import ChipGone
from card_reader.atr import historical_bytes
from card_reader.faults import CardError
from card_reader.network_module import proof_of
from card_reader.opening import Openings
from card_reader.pin import judge, pad_code
from card_reader.recognise import recognise
from card_reader.records import (
    BadRecord,
    Item,
    ascii_text,
    bcd_date,
    card_serial,
    fills_record,
    holder_name,
    unwrap,
)
from card_reader.security_module import ChipId, ModuleFailed
from card_reader.social_security import APPLICATION, CardClosed, SocialSecurityCard
from tests.card_reader.module import Keys
from tests.card_reader.script import PERSON, ChipChannel
from tests.rig.virtual_card import Chip, social_security_card, third_generation_card

pytestmark = pytest.mark.windows

seeds = st.integers(0, 2**32)
SLICE, BATCH = 20, 40
"""Places of `make test`, and inputs of each place."""
LONG_RECORDS, LONG_CARDS, LONG_OTHERS = 1600, 400, 400
"""Places of `make test-long`; there every place stands for :data:`MANY` inputs (cards: fewer)."""
MANY, MANY_CARDS = 1000, 100
PROVED = LONG_RECORDS * MANY + LONG_CARDS * MANY_CARDS + LONG_OTHERS * MANY
MOST_COMMANDS = 300
_SWS = (*(0x9000,) * 40, 0x6282, 0x6A83, 0x6982, 0x6700, 0x6985, 0x6581)
_ANY_SWS = (*_SWS, 0x6110, 0x6C12, 0x61FF, 0x6C00, 0x6283, 0x9303, 0x6A81, 0x0000, 0xFFFF)


def test_long_means_two_million() -> None:
    assert PROVED >= 2_000_000


def some_bytes(chance: random.Random, most: int = 60) -> bytes:
    return chance.randbytes(chance.choice((0, 1, 2, chance.randrange(most))))


def bent(chance: random.Random, data: bytes) -> bytes:
    """The data with a byte changed, added or lost, or a piece missing; often as it was."""
    at = chance.randrange(len(data) + 1)
    match chance.randrange(8):
        case 0:
            return data[:at] + chance.randbytes(1) + data[at + 1 :]
        case 1:
            return data[:at] + data[at + 1 :]
        case 2:
            return data[:at] + chance.randbytes(chance.randrange(1, 4)) + data[at:]
        case 3:
            return data[:at]
        case 4:
            return some_bytes(chance)
    return data


# --- one record ----------------------------------------------------------------------------------

_DECODERS: dict[Item, Callable[[bytes], object]] = {
    Item.CARD_SN: card_serial,
    Item.VERSION: ascii_text,
    Item.ISSUED: bcd_date,
    Item.EXPIRES: bcd_date,
    Item.CARD_NO: ascii_text,
    Item.ID_NUMBER: ascii_text,
    Item.NAME: holder_name,
    Item.NAME_MORE: holder_name,
    Item.SEX: ascii_text,
    Item.BIRTH: bcd_date,
}


def play_record(chance: random.Random) -> None:
    """A record is taken whole, or not at all; what was taken can be shown, printed and sent."""
    item = chance.choice(tuple(Item))
    value = chance.choice((b"", b"20240229", bytes.fromhex("20240229"), some_bytes(chance)))
    record = bent(chance, bytes((item.tag, len(value) & 0xFF)) + value)
    try:
        inner = unwrap(item, record)
        told = _DECODERS[item](inner)
    except BadRecord:
        return
    assert record == bytes((item.tag, len(inner))) + inner
    if isinstance(told, str):
        assert told.isascii()
        assert told.isprintable()
    elif isinstance(told, date):
        assert told.isoformat().replace("-", "") == inner.hex()


def play_others(chance: random.Random) -> None:
    """What readers and modules say."""
    data = bent(chance, bytes.fromhex("3b6d00000081543100866011081600000106044233000690"))
    assert len(historical_bytes(data)) <= 15
    code = pad_code(data)
    assert code is None or 0 <= code < 2**32
    with contextlib.suppress(CardError):
        judge(chance.randrange(0x10000), "R")
    line = bent(chance, b"0123456789abcdefABCDEF0123456789|0123456789abcdefABCDEF0123456789|")
    try:
        proof = proof_of(line)
    except ModuleFailed:
        return
    assert (len(proof.internal), len(proof.external)) == (16, 16)


# --- a whole card ----------------------------------------------------------------------------------


@dataclass
class Liar:
    """A chip between whose teeth every answer may be bent. The bent records stay as they are."""

    chance: random.Random
    chip: Chip
    sws: tuple[int, ...]
    is_t1: bool
    commands: int = 0
    records: dict[int, tuple[bytes, int]] = field(default_factory=dict)

    def transmit(self, apdu: bytes) -> bytes:
        self.commands += 1
        assert self.commands < MOST_COMMANDS, "asked for ever"
        answer = self.chip.answer(apdu)
        if apdu[1] != 0xB2:
            return answer if self.sws is _SWS else self._bent(answer)
        if apdu[2] not in self.records or self.sws is not _SWS:
            told = bent(self.chance, answer[:-2]) if self.chance.random() < 0.3 else answer[:-2]
            sw = self.chance.choice(self.sws)
            self.records[apdu[2]] = (told, sw)
        data, sw = self.records[apdu[2]]
        return data + sw.to_bytes(2, "big")

    def _bent(self, answer: bytes) -> bytes:
        if self.chance.random() < 0.8:
            return answer
        return bent(self.chance, answer[:-2]) + self.chance.choice(self.sws).to_bytes(2, "big")

    def whole(self, item: Item) -> bytes | None:
        """The value of a record that is sound in itself; found by another way than the product's."""
        data, sw = self.records.get(item.tag, (b"", 0))
        if sw not in (0x9000, 0x6282):
            return None
        head = bytes((item.tag, len(data) - 2)) if 2 <= len(data) < 258 else b"?"
        return data[2:] if data.startswith(head) else None


def read_bent(
    chance: random.Random, sws: tuple[int, ...]
) -> tuple[Liar, SocialSecurityCard] | None:
    cards = (social_security_card, third_generation_card)
    name = chance.choice(("张三", "欧" + "𠮷" * 8, "买买提江·阿卜杜热合曼", "赵" * 15))
    chip = Chip(chance.choice(cards)(**PERSON | {"name": name}, t0=False))
    channel, openings = Liar(chance, chip, sws, is_t1=chance.random() < 0.5), Openings()

    def opening(channel: object, card_sn: bytes) -> object:
        return openings.open(channel, APPLICATION, ChipId(card_sn, b""), Keys())  # type: ignore[arg-type]

    try:
        card = recognise(channel, opening).card  # type: ignore[arg-type]
    except (ChipGone, CardClosed, CardError):
        return None
    return None if card is None else (channel, card)


def play_card(chance: random.Random) -> None:
    """Every field is what a sound record holds, or empty; a name is whole or not there at all."""
    found = read_bent(chance, _SWS)
    if found is None:
        return
    channel, card = found
    nobody_or_whole(card)
    nobody = (card.name, card.name_raw, card.id_number, card.sex, card.birth)
    assert not card.partial or nobody == ("", b"", "", "", None)
    first, more = channel.whole(Item.NAME), channel.whole(Item.NAME_MORE)
    if card.name:
        assert first is not None
        assert more is not None or not fills_record(first) or _absent(channel, Item.NAME_MORE)
        assert card.name_raw == holder_name(first, more or b"").raw
    for item, told in ((Item.ID_NUMBER, card.id_number), (Item.CARD_NO, card.card_no)):
        value = channel.whole(item)
        assert not told or (value is not None and told.upper() == ascii_text(value).upper())
    assert card.card_sn == "" or bytes.fromhex(card.card_sn) == channel.whole(Item.CARD_SN)


def _absent(channel: Liar, item: Item) -> bool:
    """The card says that it has no such record, as some of the second generation."""
    return channel.records[item.tag][1] == 0x6A83


def play_any_card(chance: random.Random) -> None:
    """Every answer bent, every status word possible: it ends, with a card or without."""
    found = read_bent(chance, _ANY_SWS)
    if found is not None:
        nobody_or_whole(found[1])


def nobody_or_whole(card: SocialSecurityCard) -> None:
    """No half-read person: a field is whole or empty, and what was left out is named."""
    named = {problem.detail for problem in card.problems}
    if card.partial:
        assert (card.name, card.name_raw, card.id_number, card.birth) == ("", b"", "", None)
    if "\N{REPLACEMENT CHARACTER}" in card.name:
        assert Item.NAME.label in named
    assert bool(card.name) <= bool(card.name_raw)
    for told in (card.name, card.id_number, card.card_no, card.sex, card.version):
        assert not [sign for sign in told if category(sign) in ("Cc", "Cs")], "torn"
    assert len(card.card_sn) in (0, 32)


def play(seed: int, times: int, one: Callable[[random.Random], None]) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    for _ in range(times):
        one(chance)


@settings(max_examples=SLICE)
@given(seeds)
@pytest.mark.parametrize("one", [play_record, play_others, play_card, play_any_card])
def test_a_slice(one: Callable[[random.Random], None], seed: int) -> None:
    play(seed, BATCH, one)


@pytest.mark.slow
@settings(max_examples=LONG_RECORDS)
@given(seeds)
def test_a_million_and_a_half_records(seed: int) -> None:
    play(seed, MANY, play_record)


@pytest.mark.slow
@settings(max_examples=LONG_CARDS)
@given(seeds)
def test_forty_thousand_cards(seed: int) -> None:
    play(seed, MANY_CARDS // 2, play_card)
    play(seed, MANY_CARDS // 2, play_any_card)


@pytest.mark.slow
@settings(max_examples=LONG_OTHERS)
@given(seeds)
def test_what_readers_and_modules_say(seed: int) -> None:
    play(seed, MANY, play_others)


def test_the_chip_beneath_reads_whole_when_nothing_is_bent() -> None:
    """So that the fuzzing proves something: most of its cards are read."""
    card = recognise(ChipChannel(Chip(social_security_card(**PERSON, t0=False)))).card
    assert card is not None
    assert card.name == PERSON["name"]
    chance = random.Random(1)  # noqa: S311
    read = [found for _ in range(300) if (found := read_bent(chance, _SWS))]
    assert len([card for _, card in read if card.name]) > 60
    assert len([card for _, card in read if card.partial]) > 30
