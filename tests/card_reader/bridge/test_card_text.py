"""The ``|`` text of vendors' libraries: tolerant of form, strict about meaning (cards.md A6, S0-29)."""

from __future__ import annotations

from datetime import date
from random import Random
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from card_reader.bridge.card_text import NoCardText, read_card_text
from card_reader.social_security import SocialSecurityCard
from desktop.domain.problems import Problem, ProblemCode
from tests.rig.vendor_library import CARD_NO, CARD_SN, NAME, NUMBER, RESET, card_text

pytestmark = pytest.mark.windows


def card_of(text: str | bytes) -> SocialSecurityCard:
    return read_card_text(text if isinstance(text, bytes) else text.encode("gb18030")).card


def left_out(card: SocialSecurityCard) -> list[str]:
    assert {problem.kind for problem in card.problems} <= {ProblemCode.CARD_RECORD_FALSE}
    return [problem.detail for problem in card.problems]


def changed(place: int, value: str) -> str:
    fields = card_text().split("|")
    fields[place] = value
    return "|".join(fields)


@pytest.mark.req("S0-29")
def test_a_whole_card() -> None:
    told = read_card_text(card_text().encode("gbk"))
    assert told.reset == bytes.fromhex(RESET)
    assert told.card == SocialSecurityCard(
        version="2.00", card_sn=CARD_SN, card_no=CARD_NO, issued=date(2018, 5, 1),
        expires=date(2038, 5, 1), name=NAME, name_raw=NAME.encode("gbk"), id_number=NUMBER, sex="",
        birth=None, partial=False, problems=(),
    )  # fmt: skip
    assert told.card.area == "990000"


@pytest.mark.parametrize("more", ["", "|", "|a|b|c|d|e|f|g|", "000000000000|FFFFFFFFFFFFFF|"])
def test_less_and_more_fields_behind_it_are_all_the_same(more: str) -> None:
    assert card_of(card_text(more=more)) == card_of(card_text())
    assert card_of(card_text(more="").rstrip("|")) == card_of(card_text())


@pytest.mark.parametrize(
    "name",
    ["张三", "欧阳㼆彧", "𠮷野", "买买提·艾力", "誟张", "倈|"[:1] + "三", "A·B", "龴三"],
)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_name_in_either_encoding(name: str, encoding: str) -> None:
    """GBK by the specification; the second byte of 誟 is a ``|``. Some Linux builds write UTF-8."""
    card = card_of(card_text(name=name).encode(encoding))
    assert (card.name, card.problems) == (name, ())
    assert card.name_raw == name.encode("gb18030")


def test_a_padded_text() -> None:
    padded = "|".join(f" {field} \0" for field in card_text().split("|"))
    assert card_of(padded) == card_of(card_text())


def test_small_letters_are_made_large() -> None:
    text = card_text(number="99000019850312103x").replace(CARD_SN, CARD_SN.lower())
    assert (card_of(text).card_sn, card_of(text).id_number) == (CARD_SN, "99000019850312103X")


def test_a_third_generation_card_without_its_security_module_is_partial() -> None:
    card = card_of(card_text(name="", number="", version="3.00"))
    assert (card.partial, card.name, card.id_number, card.card_no) == (True, "", "", CARD_NO)
    assert card.problems == ()


@pytest.mark.parametrize("empty", ["", "0" * 8, "F" * 8, " "])
def test_a_day_that_is_not_told(empty: str) -> None:
    card = card_of(changed(7, empty))
    assert (card.issued, card.expires, card.problems) == (None, date(2038, 5, 1), ())


@pytest.mark.parametrize(
    ("place", "value", "label"),
    [
        (1, "99000019850312", "id_number"),
        (1, "9900001985031210389", "id_number"),
        (1, "990000-98503121038", "id_number"),
        (2, "X0000001900000000000000", "card_no"),
        (2, "X 0000019", "card_no"),
        (6, "two", "version"),
        (7, "20181301", "issued"),
        (8, "203805", "expires"),
    ],
)
def test_a_field_that_contradicts_itself_is_left_out_and_named(
    place: int, value: str, label: str
) -> None:
    card = card_of(changed(place, value))
    assert left_out(card) == [label]
    assert value not in repr(card)
    field = getattr(card, label)
    assert field in ("", None)
    assert (card.card_sn, card.name) == (CARD_SN, NAME)


def test_a_name_cut_in_mid_character_is_left_out_and_spoils_nothing_behind_it() -> None:
    """The half character would take the ``|`` for its second byte."""
    cut = (
        card_text(name="张三").encode("gbk").replace("张三".encode("gbk"), "张三".encode("gbk")[:3])
    )
    assert b"\xc8|" in cut
    card = card_of(cut)
    assert (card.name, card.name_raw, left_out(card)) == ("", b"", ["name"])
    assert (card.version, card.expires, card.id_number) == ("2.00", date(2038, 5, 1), NUMBER)


def test_a_name_with_a_byte_that_is_no_character() -> None:
    card = card_of(card_text(name="#").encode("gbk").replace(b"#", b"\xd5\xc5\xff\x41"))
    assert (card.name, left_out(card)) == ("", ["name"])


def test_reset_information_of_another_form_is_no_matter() -> None:
    told = read_card_text(changed(5, "none").encode())
    assert (told.reset, told.card.problems) == (b"", ())


def test_a_card_that_tells_neither_version_nor_days() -> None:
    text = card_text(version="").replace("20180501|20380501", "|")
    assert card_of(text).card_sn == CARD_SN


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"|||||||||||",
        b"\xff" * 200,
        "读卡失败".encode("gbk"),
        card_text().encode("gbk")[:60],
        card_text().replace("|", ":").encode("gbk"),
        changed(3, "not hex").encode("gbk"),
        ("extra|" + card_text()).encode("gbk"),
        changed(6, "x").replace("20180501|20380501", "a|b").encode("gbk"),
        card_text(more="x" * 5000).encode("gbk"),
    ],
)
def test_what_is_no_card_is_none(raw: bytes) -> None:
    with pytest.raises(NoCardText) as error:
        read_card_text(raw)
    assert str(error.value) == ""


def test_a_text_that_breaks_off_is_no_card() -> None:
    """Up to the last day, in whose middle only that day is lost."""
    whole = card_text().encode("gbk")
    end = whole.index(b"20380501")
    for length in range(end):
        with pytest.raises(NoCardText):
            read_card_text(whole[:length])
    assert left_out(card_of(whole[: end + 4])) == ["expires"]


def test_no_repr_shows_a_person() -> None:
    shown = repr(read_card_text(card_text().encode("gbk")))
    assert [secret for secret in (NAME, NUMBER, CARD_NO) if secret in shown] == []


# --- whatever a library may write --------------------------------------------------------------

NAMES = ("张三", NAME, "买买提·艾力", "𠮷野", "A")
WHOLE = card_text().encode("gb18030")
spoilt = st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 12), st.binary(max_size=12)).map(
    lambda cut: WHOLE[: cut[0]] + cut[2] + WHOLE[cut[0] + cut[1] :]
)
pieces = st.lists(
    st.sampled_from([*WHOLE.split(b"|"), b"|", b"", b"\x81", "张".encode("gbk")]), max_size=14
).map(b"|".join)


@given(st.one_of(st.binary(max_size=300), spoilt, pieces))
def test_no_text_breaks_it_and_nobody_is_half_read(raw: bytes) -> None:
    whole_or_none(raw)


def whole_or_none(raw: bytes) -> bool:
    """A card or none; a name that is told is whole, and no field leaves its form."""
    try:
        card = read_card_text(raw).card
    except NoCardText:
        return False
    assert len(card.card_sn) == 32
    assert "\N{REPLACEMENT CHARACTER}" not in card.name
    assert bool(card.name) is bool(card.name_raw)
    assert not [sign for sign in card.name if category(sign) in ("Cc", "Cs")], "torn"
    assert card.id_number.isalnum() or not card.id_number
    assert "|" not in card.card_no + card.version
    assert all(isinstance(problem, Problem) for problem in card.problems)
    return True


def spoilt_at_random(chance: Random) -> bytes:
    """A card's text with a few bytes or fields changed, lost, doubled or moved."""
    raw = bytearray(
        card_text(name=chance.choice(NAMES)).encode(chance.choice(("gb18030", "utf-8")))
    )
    for _ in range(chance.randrange(6)):
        place, length = chance.randrange(len(raw) + 1), chance.randrange(9)
        new = chance.choice((b"", b"|", b"||", chance.randbytes(length), raw[:length]))
        raw[place : place + length * chance.randrange(2)] = new
    return bytes(raw)


@pytest.mark.slow
def test_three_hundred_thousand_texts() -> None:
    chance = Random(20261122)  # noqa: S311 - the same game every time
    read = 0
    for _ in range(300_000):
        read += whole_or_none(spoilt_at_random(chance))
    assert 30_000 < read < 270_000, "both ends were met"
