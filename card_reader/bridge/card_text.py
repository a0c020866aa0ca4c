"""What ``iReadCardBas`` writes: fields between ``|``, read tolerantly (cards.md A6).

``area|社会保障号码|卡号|卡识别码|姓名|卡复位信息|规范版本|发卡日期|卡有效期|terminal…``, GBK, with a ``|``
at the end; regions append more. A field that contradicts itself is left out and named; a text whose
卡识别码 is not where it belongs is no card at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from enum import IntEnum
from typing import TypeVar

from msgspec import Struct

from card_reader.records import CardName, holder_name
from card_reader.social_security import SocialSecurityCard
from desktop.domain.discreet import Discreet
from desktop.domain.problems import Problem, ProblemCode

_T = TypeVar("_T")
_LONGEST = 4096
"""Bytes; the widest regional text has a few hundred."""
_LEAST = 9
_PAD = b" \0"
_EMPTY = frozenset("0F")
_WIDE_UTF8 = re.compile(
    rb"(?:[\x00-\x7f]|\xc2\xb7|[\xe2-\xe9][\x80-\xbf]{2}|\xf0[\xa0-\xbf][\x80-\xbf]{2})*"
)
"""Chinese as UTF-8, with the middle dot of long names. Hardly any GBK name looks like it."""


class Place(IntEnum):
    """Where a field stands; its label is what a problem calls it."""

    AREA = 0
    ID_NUMBER = 1
    CARD_NO = 2
    CARD_SN = 3
    NAME = 4
    RESET = 5
    VERSION = 6
    ISSUED = 7
    EXPIRES = 8

    @property
    def label(self) -> str:
        return self.name.lower()


_DAY = re.compile(r"[0-9]{8}")
_FORMS = {
    Place.ID_NUMBER: re.compile(r"[0-9A-Za-z]{15,18}"),
    Place.CARD_NO: re.compile(r"[0-9A-Za-z]{1,20}"),
    Place.CARD_SN: re.compile(r"[0-9A-Fa-f]{32}"),
    Place.RESET: re.compile(r"(?:[0-9A-Fa-f]{2}){1,33}"),
    Place.VERSION: re.compile(r"[0-9]\.[0-9]{2}"),
    Place.ISSUED: _DAY,
    Place.EXPIRES: _DAY,
}


class NoCardText(ValueError):
    """The library wrote something else; tells nothing of what it was."""


class CardText(Discreet, Struct, frozen=True):
    """A card as the library told it."""

    card: SocialSecurityCard
    reset: bytes
    """卡复位信息: the 13 historical bytes of the ATR, not the whole; b"" when not told."""


def read_card_text(raw: bytes) -> CardText:
    """The text of one card, whatever its encoding. Raises :class:`NoCardText`."""
    if len(raw) > _LONGEST:
        raise NoCardText
    likeliest = max((_Fields(fields) for fields in _readings(raw)), key=_Fields.in_form)
    if not likeliest.is_card:
        raise NoCardText
    return likeliest.read()


def _readings(raw: bytes) -> Iterator[list[bytes]]:
    """The ways to split it; every field in GB 18030 again.

    The second byte of a Chinese character may be a ``|``, so characters come before fields — unless
    a name was cut in mid-character, which then swallows the ``|`` behind it and moves the rest.
    """
    if _WIDE_UTF8.fullmatch(raw):
        yield [part.encode("gb18030") for part in raw.decode().split("|")]
    whole = raw.decode("gb18030", "surrogateescape")
    yield [part.encode("gb18030", "surrogateescape") for part in whole.split("|")]
    yield raw.split(b"|")


class _Fields:
    """The fields of one text; remembers which had to be left out."""

    def __init__(self, fields: list[bytes]) -> None:
        self._fields = fields
        self._false: list[Place] = []

    @property
    def is_card(self) -> bool:
        """What has an unmistakable form stands where it belongs."""
        issue = (Place.VERSION, Place.ISSUED, Place.EXPIRES)
        return (
            self._whole
            and self._fits(Place.CARD_SN)
            and (any(map(self._fits, issue)) or not any(map(self.text, issue)))
        )

    def in_form(self) -> int:
        """How many fields have the form of what belongs there."""
        return sum(map(self._fits, _FORMS)) if self._whole else -1

    def text(self, place: Place) -> str:
        """As it stands there, without padding."""
        return self._fields[place].strip(_PAD).decode("latin-1")

    @property
    def _whole(self) -> bool:
        return len(self._fields) >= _LEAST

    def read(self) -> CardText:
        name = self._name()
        card = SocialSecurityCard(
            version=self._value(Place.VERSION, str, ""),
            card_sn=self.text(Place.CARD_SN).upper(),
            card_no=self._value(Place.CARD_NO, str, ""),
            issued=self._value(Place.ISSUED, _day, None),
            expires=self._value(Place.EXPIRES, _day, None),
            name=name.text,
            name_raw=name.raw,
            id_number=self._value(Place.ID_NUMBER, str.upper, ""),
            sex="",
            birth=None,
            partial=not (self.text(Place.NAME) or self.text(Place.ID_NUMBER)),
            problems=self._problems(),
        )
        return CardText(card, self._value(Place.RESET, bytes.fromhex, b""))

    def _name(self) -> CardName:
        """The whole name or none."""
        name = holder_name(self._fields[Place.NAME].strip(_PAD))
        if not name.sound:
            self._false.append(Place.NAME)
            return CardName("", b"", sound=False)
        return name

    def _fits(self, place: Place) -> bool:
        return _FORMS[place].fullmatch(self.text(place)) is not None

    def _value(self, place: Place, meant: Callable[[str], _T], absent: _T) -> _T:
        text = self.text(place)
        if not text or set(text) <= _EMPTY:
            return absent
        try:
            if self._fits(place):
                return meant(text)
        except ValueError:
            pass  # a day that no calendar has
        self._false.append(place)
        return absent

    def _problems(self) -> tuple[Problem, ...]:
        return tuple(
            Problem(ProblemCode.CARD_RECORD_FALSE, place.label) for place in sorted(self._false)
        )


def _day(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))
