"""The records of a social security card: where each lies, how it is coded (cards.md A4)."""

from __future__ import annotations

from datetime import date
from enum import Enum

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.names import has_control_characters, is_torn, standard

EF05 = 0xEF05
"""发卡机构数据文件, free on every generation."""
EF06 = 0xEF06
"""持卡人基本信息, closed on 3.0 cards without a PSAM."""


class Item(Enum):
    """The records the desk uses: tag, bytes of the value, file.

    Left out, for nothing in the house reads them: 02 kind, 04 initialising body, 0B nation,
    0C birthplace. Each would cost a round trip of some 40 ms on a real card.
    """

    CARD_SN = (0x01, 16, EF05)
    VERSION = (0x03, 4, EF05)
    ISSUED = (0x05, 4, EF05)
    EXPIRES = (0x06, 4, EF05)
    CARD_NO = (0x07, 9, EF05)
    ID_NUMBER = (0x08, 18, EF06)
    NAME = (0x09, 30, EF06)
    NAME_MORE = (0x4E, 20, EF06)
    SEX = (0x0A, 1, EF06)
    BIRTH = (0x0D, 4, EF06)

    def __init__(self, tag: int, size: int, file_id: int) -> None:
        self.tag = tag
        self.size = size
        self.file_id = file_id

    @property
    def label(self) -> str:
        """Tag and field as a problem names them: ``09 name``."""
        return f"{self.tag:02X} {self.name.lower()}"


class BadRecord(Exception):
    """The record contradicts itself or its coding; its value is not used."""


class CardName(Discreet, Struct, frozen=True):
    """A holder's name as the desk writes it, and as the card holds it."""

    said = ("sound",)

    text: str
    raw: bytes
    sound: bool
    """False when bytes were no GB 18030, which show as U+FFFD in ``text``, or no characters of a
    name at all; then ``text`` is empty.
    """


def unwrap(item: Item, record: bytes) -> bytes:
    """The value of a ``tag len value`` record.

    Raises :class:`BadRecord` for another tag, or a length that is not the value's.
    """
    if len(record) < 2 or record[0] != item.tag or record[1] != len(record) - 2:
        raise BadRecord
    return record[2:]


def ascii_text(value: bytes) -> str:
    """``an`` items, padded with 00 or spaces. Raises :class:`BadRecord` for other characters."""
    text = value.rstrip(b"\x00\xff ").lstrip(b" ").decode("latin-1")
    if not (text.isascii() and text.isprintable()):
        raise BadRecord
    return text


def card_serial(value: bytes) -> str:
    """卡识别码: 32 hex digits, upper case. Raises :class:`BadRecord` for another size."""
    if len(value) != Item.CARD_SN.size:
        raise BadRecord
    return value.hex().upper()


def bcd_date(value: bytes) -> date | None:
    """``YYYYMMDD`` as BCD; None for an empty item (all 0 or all F).

    Raises :class:`BadRecord` for a day that no calendar has.
    """
    digits = value.hex()
    if not digits.strip("0") or not digits.strip("f"):
        return None
    if len(digits) != 8 or not digits.isdecimal():
        raise BadRecord
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise BadRecord from None


def fills_record(name: bytes) -> bool:
    """True when 姓名 has no room for one more character, so that 姓名扩展 may go on."""
    longest_character = 4
    return len(name.rstrip(b"\x00\xff ")) > Item.NAME.size - longest_character


def holder_name(*parts: bytes) -> CardName:
    """姓名 and 姓名扩展: joined as bytes first, for a character may be split between them.

    Decoded as GB 18030 with the characters of the 2022 edition.
    """
    raw = b"".join(part.rstrip(b"\x00\xff") for part in parts).strip(b" ")
    text = raw.decode("gb18030", "replace")
    if has_control_characters(text):
        return CardName("", raw, sound=False)
    return CardName(standard(text), raw, not is_torn(text))
