"""The protocol against recorded dialogues, byte for byte (cards.md A3 … A5)."""

from __future__ import annotations

import logging
from datetime import date
from itertools import cycle

import pytest

from card_reader.apdu import ChipGone, CountingChannel, exchange
from card_reader.recognise import CardKind, recognise
from card_reader.social_security import (
    CardClosed,
    SocialSecurityCard,
    is_selected,
    least_round_trips,
    read_selected,
)
from desktop.domain.problems import Problem, ProblemCode
from tests.card_reader.script import PERSON, SELECT, ChipChannel, Script, answer
from tests.rig.virtual_card import Chip, bank_card, other_card, social_security_card

pytestmark = pytest.mark.windows

SN = "990000d15600000500bf7c7a48fb4966"
ID = PERSON["id_number"].encode().hex()
NAME = "张三".encode("gbk").ljust(30, b"\0").hex()
ISSUER = [
    ("00b20128 12", answer("01", SN)),
    ("00b20328 06", answer("03", b"2.00".hex())),
    ("00b20528 06", answer("05", "20180501")),
    ("00b20628 06", answer("06", "20380501")),
    ("00b20728 0b", answer("07", b"X00000019".hex())),
]
HOLDER = [
    ("00b20830 14", answer("08", ID)),
    ("00b20930 20", answer("09", NAME)),
    ("00b24e30 16", answer("4e", "00" * 20)),
    ("00b20a30 03", answer("0a", b"1".hex())),
    ("00b20d30 06", answer("0d", "19900101")),
]
WHOLE = SocialSecurityCard(
    version="2.00",
    card_sn=SN.upper(),
    card_no="X00000019",
    issued=date(2018, 5, 1),
    expires=date(2038, 5, 1),
    name="张三",
    name_raw="张三".encode("gbk"),
    id_number=PERSON["id_number"],
    sex="1",
    birth=date(1990, 1, 1),
    partial=False,
    problems=(),
)


def read(*lines: tuple[str, str]) -> SocialSecurityCard:
    script = Script(*lines)
    assert is_selected(script)
    card = read_selected(script)
    assert script.all_played()
    return card


def read_chip(chip: Chip) -> SocialSecurityCard:
    channel = ChipChannel(chip)
    assert is_selected(channel)
    return read_selected(channel)


def replaced(lines: list[tuple[str, str]], *changes: tuple[str, str]) -> list[tuple[str, str]]:
    """The dialogue with other answers to the named commands."""
    assert {command for command, _ in changes} <= {command for command, _ in lines}
    return [(command, dict(changes).get(command, usual)) for command, usual in lines]


@pytest.mark.parametrize("selected", ["611e", "6f11840f" + SELECT[10:] + "9000", "9000"])
def test_a_whole_card_in_the_fewest_round_trips(selected: str) -> None:
    """T=0 announces the FCI by 61xx, T=1 sends it; it is not needed, so it is not fetched."""
    script = Script((SELECT, selected), *ISSUER, *HOLDER)
    channel = CountingChannel(script)
    assert recognise(channel).card == WHOLE
    assert script.all_played()
    assert channel.round_trips == least_round_trips() == 11


def test_a_card_without_short_file_identifiers() -> None:
    lines = [(c.replace("28 ", "00 ").replace("30 ", "00 "), a) for c, a in ISSUER + HOLDER]
    dialogue = [
        (SELECT, "611e"),
        ("00b20128 12", "6986"),
        ("00a4020002ef05", "9000"),
        *lines[:5],
        ("00a4020002ef06", "6110"),
        *lines[5:],
    ]
    assert read(*dialogue) == WHOLE
    assert len(dialogue) / 13 < 1.1, "13 is the least for a card that needs SELECT EF"


def test_a_card_that_selects_files_the_other_way() -> None:
    chip = Chip(social_security_card(**PERSON, short_ids=False, file_select_p1=(0x00,)))
    assert read_chip(chip).name == "张三"


def test_an_issuer_file_that_knows_short_identifiers_and_a_holder_file_that_does_not() -> None:
    lines = [(command.replace("30 ", "00 "), told) for command, told in HOLDER]
    dialogue = [(SELECT, "9000"), *ISSUER, ("00b20830 14", "6a82"), ("00a4020002ef06", "9000")]
    assert read(*dialogue, *lines) == WHOLE


def test_every_kind_of_follow_up() -> None:
    """6Cxx repeats with the right Le, 61xx fetches, 6700 asks without a length."""
    issuer = [
        (ISSUER[0][0], "6c12"),
        ISSUER[0],
        ("00b20328 06", "6700"),
        ("00b20328 00", "6c06"),
        ISSUER[1],
        ("00b20528 06", "6106"),
        ("00c0000006", ISSUER[2][1]),
        ("00b20628 06", ISSUER[3][1][:-4] + "6282"),
        ISSUER[4],
    ]
    name = HOLDER[1][1]
    holder = replaced(HOLDER, ("00b20930 20", name[:20] + "6116"))
    holder.insert(2, ("00c0000016", name[20:]))
    assert read((SELECT, "9000"), *issuer, *holder) == WHOLE


def test_a_length_corrected_after_get_response_is_that_of_get_response() -> None:
    """6Cxx is about the command just sent: READ RECORD again would double what came before."""
    name = HOLDER[1][1]
    holder = replaced(HOLDER, ("00b20930 20", name[:20] + "6120"))
    holder[2:2] = [("00c0000020", "6c16"), ("00c0000016", name[20:])]
    assert read((SELECT, "9000"), *ISSUER, *holder) == WHOLE


def test_the_rest_may_come_in_several_pieces() -> None:
    """6Cxx on READ RECORD, then 61xx after 61xx, the last with a corrected length."""
    record = answer("09", NAME)
    dialogue = [
        ("00b2093020", "6c1e"),
        ("00b209301e", record[:8] + "6110"),
        ("00c0000010", record[8:40] + "6120"),
        ("00c0000020", "6c0c"),
        ("00c000000c", record[40:]),
    ]
    script = Script(*dialogue)
    told = exchange(script, bytes.fromhex(dialogue[0][0]))
    assert (told.data.hex() + "9000", told.sw) == (record, 0x9000)
    assert script.all_played()


@pytest.mark.parametrize("endless", [["6110"], ["6c10"], ["6110", "6c10"], ["6c10", "6110"]])
def test_a_card_that_asks_for_ever_is_left(endless: list[str]) -> None:
    class Endless:
        is_t1 = False

        answers = cycle(map(bytes.fromhex, endless))

        def transmit(self, _: bytes, /) -> bytes:
            return next(self.answers)

    channel = CountingChannel(Endless())
    assert not exchange(channel, bytes.fromhex("00b2010012")).ok
    assert channel.round_trips < 10


def test_a_third_generation_card_is_partial() -> None:
    """EF06 is closed without a PSAM: nothing more is asked once the card says 6982."""
    issuer = replaced(ISSUER, ("00b20328 06", answer("03", b"3.00".hex())))
    card = read((SELECT, "611e"), *issuer, ("00b20830 14", "6982"))
    assert card.partial
    assert (card.version, card.card_no, card.area) == ("3.00", "X00000019", "990000")
    assert (card.name, card.id_number, card.sex, card.birth) == ("", "", "", None)
    assert card.problems == ()


@pytest.mark.parametrize("sw", ["6581", "6983", "6985", "6986", "6a82", "6a83", "6a86", "6f00"])
@pytest.mark.parametrize("opens", [True, False])
def test_any_refusal_of_the_holder_file_is_partial(sw: str, opens: bool) -> None:
    """cards.md A4: what a real 3.0 card says there has not been observed."""
    dialogue = [(SELECT, "9000"), *ISSUER, ("00b20830 14", sw)]
    if opens:
        dialogue += [("00a4020002ef06", "9000"), ("00b20800 14", sw)]
    else:
        dialogue += [("00a4020002ef06", sw), ("00a4000002ef06", sw)]
    card = read(*dialogue)
    assert card.partial
    assert card.card_no == "X00000019"


def test_the_name_extension_may_be_missing() -> None:
    holder = replaced(HOLDER, ("00b24e30 16", "6a83"))
    assert read((SELECT, "9000"), *ISSUER, *holder) == WHOLE


@pytest.mark.parametrize("said", ["20", "1c", "00", "ff"])
def test_a_record_that_lies_about_its_length_is_empty_and_named(said: str) -> None:
    holder = replaced(HOLDER, ("00b20930 20", f"09{said}{NAME}9000"))
    card = read((SELECT, "9000"), *ISSUER, *holder)
    assert (card.name, card.name_raw) == ("", b"")
    assert card.problems == (Problem(ProblemCode.CARD_RECORD_FALSE, "09 name"),)
    assert (card.id_number, card.partial) == (PERSON["id_number"], False)


@pytest.mark.parametrize(
    ("command", "told", "field", "label"),
    [
        ("00b20128 12", answer("01", SN[:-2]), "card_sn", "01 card_sn"),
        ("00b20328 06", "6a83", "version", "03 version"),
        ("00b20528 06", answer("06", "20380501"), "issued", "05 issued"),
        ("00b20628 06", answer("06", "20380231"), "expires", "06 expires"),
        ("00b20728 0b", answer("07", "ff01" + "00" * 7), "card_no", "07 card_no"),
        ("00b20728 0b", "079000", "card_no", "07 card_no"),
    ],
)
def test_false_and_missing_records_are_left_out(
    command: str, told: str, field: str, label: str
) -> None:
    card = read((SELECT, "9000"), *replaced(ISSUER, (command, told)), *HOLDER)
    assert not getattr(card, field)
    assert [problem.detail for problem in card.problems] == [label]


def test_a_lying_extension_takes_a_full_name_with_it_but_not_a_short_one() -> None:
    """Half a name is another person's name."""
    lie = ("00b24e30 16", "4e13" + "00" * 20 + "9000")
    full = ("00b20930 20", answer("09", ("赵" * 15).encode("gbk").hex()))
    short = read((SELECT, "9000"), *ISSUER, *replaced(HOLDER, lie))
    long = read((SELECT, "9000"), *ISSUER, *replaced(HOLDER, lie, full))
    assert (short.name, long.name) == ("张三", "")
    assert [p.detail for p in short.problems + long.problems] == ["4E name_more"] * 2


@pytest.mark.parametrize("sw", ["6581", "6985", "6f00"])
def test_an_extension_that_could_not_be_read_is_like_a_lying_one(sw: str) -> None:
    """Only a card that says it has none (6A83) ends the name after its first 30 bytes."""
    failed = ("00b24e30 16", sw)
    full = ("00b20930 20", answer("09", ("赵" * 15).encode("gbk").hex()))
    short = read((SELECT, "9000"), *ISSUER, *replaced(HOLDER, failed))
    long = read((SELECT, "9000"), *ISSUER, *replaced(HOLDER, failed, full))
    assert (short.name, long.name) == ("张三", "")
    assert [p.detail for p in short.problems + long.problems] == ["4E name_more"] * 2


def test_a_name_that_is_no_text_is_shown_and_named() -> None:
    holder = replaced(HOLDER, ("00b20930 20", answer("09", "d5c580ff".ljust(60, "0"))))
    card = read((SELECT, "9000"), *ISSUER, *holder)
    assert card.name.startswith("张\N{REPLACEMENT CHARACTER}")
    assert card.name_raw.hex() == "d5c580"
    assert [problem.detail for problem in card.problems] == ["09 name"]


@pytest.mark.parametrize("told", ["", "90"])
def test_an_answer_without_status_word_means_pulled(told: str) -> None:
    """cards.md B4.9: the service reports success with an empty answer."""
    with pytest.raises(ChipGone):
        read((SELECT, "9000"), (ISSUER[0][0], told))


@pytest.mark.parametrize("sw", ["6283", "9303"])
def test_a_locked_application_is_no_other_card(sw: str) -> None:
    with pytest.raises(CardClosed, match=sw):
        recognise(Script((SELECT, sw)))


def test_an_issuer_file_that_does_not_open() -> None:
    refusals = [("00b20128 12", "6a82"), ("00a4020002ef05", "6a82"), ("00a4000002ef05", "6a81")]
    with pytest.raises(CardClosed, match="6A81"):
        read((SELECT, "9000"), *refusals)


def test_cards_prove_themselves() -> None:
    """The same ATR, three kinds of cards: only SELECT tells (cards.md A2)."""
    chips = {
        CardKind.SOCIAL_SECURITY: Chip(social_security_card(**PERSON)),
        CardKind.BANK: Chip(bank_card()),
        CardKind.OTHER: Chip(other_card()),
    }
    assert {kind: recognise(ChipChannel(chip)).kind for kind, chip in chips.items()} == {
        kind: kind for kind in chips
    }


def test_a_co_issued_card_is_a_social_security_card() -> None:
    both = (*social_security_card(**PERSON).applications, *bank_card().applications)
    chip = Chip(social_security_card(**PERSON, applications=both))
    assert recognise(ChipChannel(chip)).kind is CardKind.SOCIAL_SECURITY


def test_a_foreign_bank_card_by_its_payment_environment() -> None:
    refused = [(SELECT, "6a82"), ("00a4040005a000000333", "6a82")]
    pse = ("00a404000e" + b"1PAY.SYS.DDF01".hex(), "6112")
    assert recognise(Script(*refused, pse)).kind is CardKind.BANK


def test_nothing_personal_is_logged_or_shown(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "card_reader"):
        card = read((SELECT, "9000"), *ISSUER, *HOLDER)
    shown = caplog.text + repr(card) + repr(recognise(Script((SELECT, "9000"), *ISSUER, *HOLDER)))
    assert "00b20930 -> 9000, 32 bytes" in caplog.text
    for secret in ("张三", PERSON["id_number"], ID, NAME[:8], SN, SN.upper(), "X00000019"):
        assert secret not in shown
