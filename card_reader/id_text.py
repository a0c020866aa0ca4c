"""The text of a resident ID card: 256 bytes of UTF-16LE at fixed places (cards.md A7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum

from msgspec import Struct

from desktop.domain.credential import CertKind
from desktop.domain.discreet import Discreet
from desktop.domain.identifiers import BadIdentifier, IdNumber
from desktop.domain.names import has_control_characters, standard

TEXT_BYTES = 256
_LONG_TERM = "长期"
_FOREIGNERS = "9"
"""First digit of a foreigner's number; a citizen's begins with the region, 1 to 8."""


class BadIdText(Exception):
    """The text contradicts itself: nothing of it is used. Names the field, never its content."""


class IdCard(Discreet, Struct, frozen=True):
    """Who the card says its holder is. The photo is not among it: it never leaves the reader's frame."""

    said = ("kind",)

    kind: CertKind
    name: str
    """Chinese; the Latin one of a foreigner who has no other."""
    sex: str
    """``1`` male, ``2`` female."""
    nation: str
    """民族, two digits (:mod:`desktop.domain.nations`); "" for people from outside the mainland."""
    nationality: str
    """国籍 of a foreigner as the card codes it: three letters, or digits; else ""."""
    birth: date
    address: str
    number: str
    authority: str
    begins: date | None
    expires: date | None
    """The last day; None is 长期."""


class Field(Enum):
    """A field of one layout: offset and bytes."""

    def __init__(self, offset: int, size: int) -> None:
        self.offset = offset
        self.size = size


class Resident(Field):
    """A citizen's card; a resident of Hong Kong, Macao or Taiwan has the same, without nation."""

    NAME = (0, 30)
    SEX = (30, 2)
    NATION = (32, 4)
    BIRTH = (36, 16)
    ADDRESS = (52, 70)
    NUMBER = (122, 36)
    AUTHORITY = (158, 30)
    BEGINS = (188, 16)
    EXPIRES = (204, 16)
    TYPE = (248, 2)
    """Blank for citizens, ``I`` and ``Y`` 外国人永久居留身份证, ``J`` 港澳台居民居住证."""


class Foreigner(Field):
    """A foreigner's permanent residence card of 2017."""

    LATIN_NAME = (0, 120)
    SEX = (120, 2)
    NUMBER = (122, 30)
    NATIONALITY = (152, 6)
    CHINESE_NAME = (158, 30)
    BEGINS = (188, 16)
    EXPIRES = (204, 16)
    BIRTH = (220, 16)


class NewForeigner(Field):
    """The same of 2023 (新版外国人永久居留身份证机读信息规则): close to a citizen's card.

    Its number has 18 digits and a citizen's check digit, and begins with a 9.
    """

    CHINESE_NAME = (0, 30)
    SEX = (30, 2)
    BIRTH = (36, 16)
    LATIN_NAME = (52, 70)
    NUMBER = (122, 36)
    BEGINS = (188, 16)
    EXPIRES = (204, 16)
    LATIN_NAME_MORE = (220, 22)
    NATIONALITY = (242, 6)


def id_card_of(text: bytes) -> IdCard:
    """The card of a text block. Raises :class:`BadIdText`, also for a kind of card not known."""
    if len(text) != TEXT_BYTES:
        raise BadIdText("length")
    fields = _Fields(text)
    layout = _LAYOUTS.get(fields.text(Resident.TYPE))
    if layout is None:
        raise BadIdText("type")
    return layout(fields)


class _Fields:
    """The block's fields, each read strictly."""

    def __init__(self, block: bytes) -> None:
        self._block = block

    def text(self, *places: Field) -> str:
        """Trimmed, with the private-use characters of old tables made standard.

        Several places hold one text, cut where the first is full.
        """
        block, name = self._block, places[0].name
        parts = (block[place.offset : place.offset + place.size] for place in places)
        try:
            text = standard(b"".join(parts).decode("utf-16-le")).strip(" \x00")
        except UnicodeDecodeError:
            raise BadIdText(name) from None
        if has_control_characters(text):
            raise BadIdText(name)
        return text

    def day(self, place: Field) -> date:
        digits = self.text(place)
        try:
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        except ValueError:
            raise BadIdText(place.name) from None

    def begin(self, place: Field) -> date | None:
        return self.day(place) if self.text(place) else None

    def end(self, place: Field) -> date | None:
        return None if self.text(place) == _LONG_TERM else self.day(place)

    def sex(self, place: Field) -> str:
        """9 (not told) and 0 (unknown) are nobody's answer."""
        sex = self.text(place)
        return sex if sex in ("1", "2") else ""


def _resident(fields: _Fields, kind: CertKind, nation: str) -> IdCard:
    birth = fields.day(Resident.BIRTH)
    return IdCard(
        kind=kind,
        name=_named(fields.text(Resident.NAME)),
        sex=fields.sex(Resident.SEX),
        nation=nation,
        nationality="",
        birth=birth,
        address=fields.text(Resident.ADDRESS),
        number=_number(fields.text(Resident.NUMBER), birth),
        authority=fields.text(Resident.AUTHORITY),
        begins=fields.begin(Resident.BEGINS),
        expires=fields.end(Resident.EXPIRES),
    )


def _citizen(fields: _Fields) -> IdCard:
    return _resident(fields, CertKind.RESIDENT_ID, fields.text(Resident.NATION))


def _compatriot(fields: _Fields) -> IdCard:
    return _resident(fields, CertKind.HMT_RESIDENT, "")


def _foreigner(fields: _Fields) -> IdCard:
    number = fields.text(Foreigner.NUMBER)
    if not (number.isascii() and number.isalnum()):
        raise BadIdText(Foreigner.NUMBER.name)
    return IdCard(
        kind=CertKind.FOREIGNER,
        name=_named(fields.text(Foreigner.CHINESE_NAME) or fields.text(Foreigner.LATIN_NAME)),
        sex=fields.sex(Foreigner.SEX),
        nation="",
        nationality=fields.text(Foreigner.NATIONALITY),
        birth=fields.day(Foreigner.BIRTH),
        address="",
        number=number,
        authority="",
        begins=fields.begin(Foreigner.BEGINS),
        expires=fields.end(Foreigner.EXPIRES),
    )


def _new_foreigner(fields: _Fields) -> IdCard:
    birth, number = fields.day(NewForeigner.BIRTH), fields.text(NewForeigner.NUMBER)
    if not number.startswith(_FOREIGNERS):
        raise BadIdText(NewForeigner.NUMBER.name)
    latin = fields.text(NewForeigner.LATIN_NAME, NewForeigner.LATIN_NAME_MORE)
    return IdCard(
        kind=CertKind.FOREIGNER,
        name=_named(fields.text(NewForeigner.CHINESE_NAME) or latin),
        sex=fields.sex(NewForeigner.SEX),
        nation="",
        nationality=fields.text(NewForeigner.NATIONALITY),
        birth=birth,
        address="",
        number=_number(number, birth),
        authority="",
        begins=fields.begin(NewForeigner.BEGINS),
        expires=fields.end(NewForeigner.EXPIRES),
    )


_LAYOUTS: dict[str, Callable[[_Fields], IdCard]] = {
    "": _citizen,
    "J": _compatriot,
    "I": _foreigner,
    "Y": _new_foreigner,
}


def _named(name: str) -> str:
    if not name:
        raise BadIdText(Resident.NAME.name)
    return name


def _number(text: str, birth: date) -> str:
    """The number must have its check digit, and the birth date that is printed beside it."""
    try:
        number = IdNumber.parse(text)
    except BadIdentifier:
        raise BadIdText(Resident.NUMBER.name) from None
    if number.birth != birth:
        raise BadIdText(Resident.BIRTH.name)
    return number.number
