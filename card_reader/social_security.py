"""The social security card (社会保障卡) over a channel: pure protocol, no reader, no clock.

Recognised by a successful SELECT, never by its ATR. Records are read by tag. What is tried, and
in which order, so that a whole card costs the least round trips (:func:`least_round_trips`):

* no GET RESPONSE after SELECT: nothing in the FCI is needed for reading;
* Le is value + 2, the length that T=0 cards accept at once; ``6Cxx`` and ``6700`` are followed;
* EF05 and EF06 are addressed by short file identifier inside READ RECORD, without SELECT EF.
  A card that refuses this on its first record is read by SELECT EF instead: one round trip more.

A 3.0 card opens EF06 only to a security module (:data:`Opening`). Without one, and whatever status
word the card gives there, the rest is a partial reading (cards.md A4, "robust rule").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from msgspec import Struct

from card_reader.apdu import NOT_ALLOWED, WRONG_LENGTH, Channel, Response, exchange, select_file
from card_reader.apdu import select_application as select
from card_reader.records import (
    EF05,
    EF06,
    BadRecord,
    CardName,
    Item,
    ascii_text,
    bcd_date,
    card_serial,
    fills_record,
    holder_name,
    unwrap,
)
from desktop.domain.identifiers import masked_number
from desktop.domain.problems import Problem, ProblemCode

APPLICATION = b"sx1.sh." + bytes.fromhex("C9E7BBE1B1A3D5CF")
"""``sx1.sh.社会保障`` in GBK."""
_NO_NAME = CardName("", b"", sound=True)
_CURRENT_FILE = 0
_LOCKED = frozenset((0x6283, 0x9303))
_OPTIONAL = frozenset((Item.NAME_MORE,))
_NOT_THERE = frozenset((0x6A82, 0x6A83, 0x6A88))
"""The card has no such record; any other refusal leaves open what would have stood there."""
_T = TypeVar("_T")


Opening = Callable[[Channel, bytes], Problem | None]
"""Opens EF06 of the selected 3.0 card with this 卡识别码; None, or why it stays closed."""


class CardClosed(Exception):
    """It is a social security card, but locked or damaged: nothing can be read."""

    def __init__(self, sw: int) -> None:
        super().__init__(f"{sw:04X}")
        self.sw = sw

    @property
    def locked(self) -> bool:
        return self.sw in _LOCKED


class SocialSecurityCard(Struct, frozen=True):
    """What a card tells without its PIN. Empty text or None: the card did not tell."""

    version: str
    """As printed: ``1.00``, ``2.00``, ``3.00``."""
    card_sn: str
    """卡识别码, 32 hex digits, upper case (``card_sn`` of the platform)."""
    card_no: str
    issued: date | None
    expires: date | None
    name: str
    name_raw: bytes
    """The name's bytes on the card, unpadded: evidence when a character is disputed."""
    id_number: str
    """As on the card, not checked."""
    sex: str
    """``1`` male, ``2`` female."""
    birth: date | None
    partial: bool
    """True when the holder file stays closed (3.0): no name, ID number, sex, birth."""
    problems: tuple[Problem, ...]
    """Records that were left out because they contradict themselves (CARD_RECORD_FALSE), and why
    a security module did not open the card (CARD_NOT_OPENED).
    """

    @property
    def area(self) -> str:
        """Issuing area: the first six digits of 卡识别码."""
        return self.card_sn[:6]

    def __repr__(self) -> str:
        return (
            f"SocialSecurityCard({self.version}, {masked_number(self.card_no)},"
            f" partial={self.partial})"
        )


def least_round_trips() -> int:
    """The fewest APDUs a whole card can cost: one SELECT and one READ RECORD for each record."""
    return 1 + len(Item)


def is_selected(channel: Channel) -> bool:
    """True when the card is a social security card; it is selected then.

    Raises :class:`CardClosed` when the application says that it is locked.
    """
    response = select(channel, APPLICATION)
    if response.sw in _LOCKED:
        raise CardClosed(response.sw)
    return response.ok


def read_selected(channel: Channel, opening: Opening | None = None) -> SocialSecurityCard:
    """Read everything that is free on the selected card, or becomes so by ``opening``.

    Raises :class:`CardClosed`; :class:`card_reader.apdu.ChipGone` when pulled.
    """
    issuer, by_short_id = _read_issuer(channel)
    closed = _open_holder(channel, issuer, opening) if opening else None
    holder = {} if closed else _read_holder(channel, by_short_id=by_short_id)
    return _Interpretation(issuer | holder).card(closed, partial=not holder)


def read_card_sn(channel: Channel) -> str:
    """卡识别码 of the selected card alone; "" when it does not tell it."""
    records, _by_short_id = _read_issuer(channel, (Item.CARD_SN,))
    return _Interpretation(records).card_sn()


def _open_holder(
    channel: Channel, issuer: Mapping[Item, Response], opening: Opening
) -> Problem | None:
    """Only what calls itself 3.x needs it; None too when it is left to try without."""
    told = _Interpretation(issuer)
    card_sn = bytes.fromhex(told.card_sn())
    return opening(channel, card_sn) if card_sn and told.third_generation else None


def _read_issuer(
    channel: Channel, items: tuple[Item, ...] = ()
) -> tuple[dict[Item, Response], bool]:
    """Records of EF05, all unless told which; and whether the card knows short identifiers."""
    items = items or _items_of(EF05)
    first = _read(channel, items[0], _short_id(EF05))
    if first.ok:
        return _read_rest(channel, items, first, _short_id(EF05)), True
    selected = select_file(channel, EF05)
    if not selected.ok:
        raise CardClosed(selected.sw)
    first = _read(channel, items[0], _CURRENT_FILE)
    return _read_rest(channel, items, first, _CURRENT_FILE), False


def _read_holder(channel: Channel, *, by_short_id: bool) -> dict[Item, Response]:
    """Every record of EF06; nothing when the card keeps it closed."""
    items = _items_of(EF06)
    if by_short_id:
        first = _read(channel, items[0], _short_id(EF06))
        if first.ok:
            return _read_rest(channel, items, first, _short_id(EF06))
        if first.sw == NOT_ALLOWED:
            return {}
    if not select_file(channel, EF06).ok:
        return {}
    first = _read(channel, items[0], _CURRENT_FILE)
    return _read_rest(channel, items, first, _CURRENT_FILE) if first.ok else {}


def _read_rest(
    channel: Channel, items: tuple[Item, ...], first: Response, place: int
) -> dict[Item, Response]:
    rest = {item: _read(channel, item, place) for item in items[1:]}
    return {items[0]: first} | rest


def _read(channel: Channel, item: Item, place: int) -> Response:
    """READ RECORD by tag; ``place`` is the short file identifier, 0 for the current file."""
    header = bytes((0x00, 0xB2, item.tag, place << 3))
    response = exchange(channel, header + bytes((item.size + 2,)))
    if response.sw == WRONG_LENGTH:
        response = exchange(channel, header + b"\x00")
    return response


def _items_of(file_id: int) -> tuple[Item, ...]:
    return tuple(item for item in Item if item.file_id == file_id)


def _short_id(file_id: int) -> int:
    return file_id & 0x1F


class _Interpretation:
    """Turns records into values, and remembers which had to be left out."""

    def __init__(self, records: Mapping[Item, Response]) -> None:
        self._records = records
        self._false: list[Item] = []

    def card_sn(self) -> str:
        return self._value(Item.CARD_SN, card_serial, "")

    @property
    def third_generation(self) -> bool:
        return self._value(Item.VERSION, ascii_text, "").startswith("3")

    def card(self, closed: Problem | None, *, partial: bool) -> SocialSecurityCard:
        name = self._name()
        return SocialSecurityCard(
            version=self._value(Item.VERSION, ascii_text, ""),
            card_sn=self.card_sn(),
            card_no=self._value(Item.CARD_NO, ascii_text, ""),
            issued=self._value(Item.ISSUED, bcd_date, None),
            expires=self._value(Item.EXPIRES, bcd_date, None),
            name=name.text,
            name_raw=name.raw,
            id_number=self._value(Item.ID_NUMBER, ascii_text, "").upper(),
            sex=self._value(Item.SEX, ascii_text, ""),
            birth=self._value(Item.BIRTH, bcd_date, None),
            partial=partial,
            problems=(*self._problems(), *((closed,) if closed else ())),
        )

    def _name(self) -> CardName:
        """The whole name or none: half a name is another person's name."""
        first, more = (self._value(item, bytes, b"") for item in (Item.NAME, Item.NAME_MORE))
        if Item.NAME in self._false or (Item.NAME_MORE in self._false and fills_record(first)):
            return _NO_NAME
        name = holder_name(first, more)
        if not name.sound:
            self._false.append(Item.NAME)
        return name

    def _value(self, item: Item, decode: Callable[[bytes], _T], absent: _T) -> _T:
        response = self._records.get(item)
        if response is None or (item in _OPTIONAL and response.sw in _NOT_THERE):
            return absent
        try:
            return decode(unwrap(item, response.data)) if response.ok else self._leave(item, absent)
        except BadRecord:
            return self._leave(item, absent)

    def _leave(self, item: Item, absent: _T) -> _T:
        self._false.append(item)
        return absent

    def _problems(self) -> tuple[Problem, ...]:
        known = [item for item in Item if item in self._false]
        return tuple(Problem(ProblemCode.CARD_RECORD_FALSE, item.label) for item in known)
