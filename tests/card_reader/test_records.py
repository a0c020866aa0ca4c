"""How records are coded (cards.md A4, names-and-fonts.md)."""

from __future__ import annotations

from datetime import date

import pytest

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
from desktop.domain.names import PUA_TO_STANDARD

pytestmark = pytest.mark.windows


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("d5c5c8fd", "张三"),
        ("fe9f", "䶮"),
        ("fe59", "龴"),
        ("9534b235", "𠮷"),
        ("82359037", "龴"),
    ],
)
def test_rare_characters_in_every_coding(raw: str, name: str) -> None:
    """FE9F is no gbk, FE59 is private use in Python's gb18030, 𠮷 needs four bytes."""
    assert holder_name(bytes.fromhex(raw)).text == name


def test_every_character_that_the_codec_leaves_in_private_use_is_made_standard() -> None:
    for private, standard in PUA_TO_STANDARD.items():
        raw = chr(private).encode("gb18030")
        assert holder_name(raw).text == chr(standard)
        assert holder_name(raw).raw == raw


@pytest.mark.parametrize("cut", range(29))
@pytest.mark.parametrize("name", ["欧阳" + "𠮷" * 6, "买买提江·阿卜杜热合曼", "诸葛" * 7])
def test_a_name_cut_anywhere_is_joined_before_it_is_decoded(name: str, cut: int) -> None:
    raw = name.encode("gb18030")
    assert holder_name(raw[:cut], raw[cut:].ljust(50, b"\0")).text == name


@pytest.mark.parametrize("padding", [b"", b"\0" * 9, b" " * 9, b"\xff" * 9])
def test_padding_is_no_part_of_a_name(padding: bytes) -> None:
    name = holder_name("李四".encode("gbk") + padding, b"\0" * 20)
    assert (name.text, name.raw, name.sound) == ("李四", "李四".encode("gbk"), True)


def test_a_space_inside_a_latin_name_survives_the_cut() -> None:
    assert holder_name(b"ABDUL ", b"KARIM  ").text == "ABDUL KARIM"


def test_an_empty_name_is_empty_and_sound() -> None:
    name = holder_name(bytes(30), bytes(20))
    assert (name.text, name.raw, name.sound) == ("", b"", True)


def test_only_a_name_without_room_for_a_character_can_go_on() -> None:
    assert fills_record(b"x" * 27 + bytes(3))
    assert not fills_record(b"x" * 26 + bytes(4))


@pytest.mark.parametrize(
    ("value", "text"),
    [(b"X00000019", "X00000019"), (b"A1F\0\0\0", "A1F"), (b"A1FF", "A1FF"), (b"12  ", "12")],
)
def test_ascii_items_lose_their_padding_but_no_letter_f(value: bytes, text: str) -> None:
    assert ascii_text(value) == text


@pytest.mark.parametrize("value", [b"\x01\x02", b"12\n", "张".encode("gbk"), b"1\x002"])
def test_other_bytes_are_no_ascii_item(value: bytes) -> None:
    with pytest.raises(BadRecord):
        ascii_text(value)


@pytest.mark.parametrize("empty", ["", "00000000", "ffffffff"])
def test_an_empty_date_is_none(empty: str) -> None:
    assert bcd_date(bytes.fromhex(empty)) is None


@pytest.mark.parametrize("false", ["20230229", "2023ffff", "202301", "99999999", "2023010100"])
def test_a_day_that_no_calendar_has_is_false(false: str) -> None:
    with pytest.raises(BadRecord):
        bcd_date(bytes.fromhex(false))


def test_a_date() -> None:
    assert bcd_date(bytes.fromhex("20240229")) == date(2024, 2, 29)


def test_a_serial_keeps_its_last_f() -> None:
    assert card_serial(b"\xab" * 15 + b"\xff") == "AB" * 15 + "FF"


@pytest.mark.parametrize("record", ["", "09", "0801aa", "0902aa", "0900aa", "0901"])
def test_records_that_contradict_themselves(record: str) -> None:
    with pytest.raises(BadRecord):
        unwrap(Item.NAME, bytes.fromhex(record))


def test_a_record_may_be_shorter_than_usual() -> None:
    assert unwrap(Item.NAME, bytes.fromhex("0902d5c5")) == bytes.fromhex("d5c5")


@pytest.mark.parametrize("inside", ["\0", "\n", "\x7f"])
def test_a_name_with_a_control_character_is_no_name(inside: str) -> None:
    """Its bytes are kept; nothing of it is shown, printed or sent."""
    raw = f"张{inside}三".encode("gb18030")
    name = holder_name(raw)
    assert (name.text, name.raw, name.sound) == ("", raw, False)
