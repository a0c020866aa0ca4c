"""The state of the practice platform: tables in memory that know which rows were touched."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any, Generic, TypeVar

import msgspec

from desktop.sandbox.model import (
    Area,
    Batch,
    Elsewhere,
    Fault,
    Institution,
    Item,
    Person,
    Registration,
    Settings,
    Settlement,
    SignIn,
    StoredFile,
    Token,
    Visit,
    Voucher,
    YearSums,
)

R = TypeVar("R", bound=msgspec.Struct)
_SERIAL_DIGITS = 8
THE_ONE = ""
"""Key of a table that has one row."""


class Table(Generic[R]):
    """Rows by text key; remembers the touched keys, so that a shell can store just those."""

    def __init__(self, row: type[R]) -> None:
        self.row = row
        self._rows: dict[str, R] = {}
        self._touched: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._rows

    def __getitem__(self, key: str) -> R:
        return self._rows[key]

    def __iter__(self) -> Iterator[R]:
        return iter(tuple(self._rows.values()))

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, key: str) -> R | None:
        return self._rows.get(key)

    def keys_under(self, prefix: str) -> tuple[str, ...]:
        return tuple(key for key in self._rows if key.startswith(prefix))

    def items(self) -> Iterator[tuple[str, R]]:
        return iter(tuple(self._rows.items()))

    def put(self, key: str, row: R) -> R:
        self._rows[key] = row
        self._touched.add(key)
        return row

    def drop(self, key: str) -> None:
        self._rows.pop(key, None)
        self._touched.add(key)

    def clear(self) -> None:
        self._touched.update(self._rows)
        self._rows.clear()

    def take_touched(self) -> tuple[tuple[str, R | None], ...]:
        """The rows changed since the last call; None for one that is gone."""
        touched = tuple((key, self._rows.get(key)) for key in sorted(self._touched))
        self._touched.clear()
        return touched


def _table(row: type[R]) -> Any:
    return field(default_factory=lambda: Table(row))


@dataclass(frozen=True, slots=True)
class State:
    """Everything the platform keeps."""

    settings: Table[Settings] = _table(Settings)
    people: Table[Person] = _table(Person)
    """By ``psn_no``."""
    sums: Table[YearSums] = _table(YearSums)
    """By :func:`sums_key`."""
    elsewhere: Table[Elsewhere] = _table(Elsewhere)
    institutions: Table[Institution] = _table(Institution)
    areas: Table[Area] = _table(Area)
    catalogue: Table[Item] = _table(Item)
    sign_ins: Table[SignIn] = _table(SignIn)
    vouchers: Table[Voucher] = _table(Voucher)
    tokens: Table[Token] = _table(Token)
    visits: Table[Visit] = _table(Visit)
    registrations: Table[Registration] = _table(Registration)
    """By :func:`registration_key`; a withdrawn registration gives its number back."""
    batches: Table[Batch] = _table(Batch)
    """By :func:`batch_key`."""
    settlements: Table[Settlement] = _table(Settlement)
    files: Table[StoredFile] = _table(StoredFile)
    """By :func:`file_key`."""
    faults: Table[Fault] = _table(Fault)

    def tables(self) -> Iterator[tuple[str, Table[Any]]]:
        for each in fields(self):
            yield each.name, getattr(self, each.name)

    @property
    def options(self) -> Settings:
        return self.settings.get(THE_ONE) or Settings()

    def change_settings(self, **changes: Any) -> Settings:
        return self.settings.put(THE_ONE, msgspec.structs.replace(self.options, **changes))

    def next_serial(self) -> int:
        return self.change_settings(serial=self.options.serial + 1).serial

    def digits(self, count: int) -> str:
        """Random digits from the seed, the same in every run with the same history."""
        options = self.change_settings(serial=self.options.serial + 1)
        chance = random.Random(f"{options.seed}/{options.serial}")  # noqa: S311 - no secret
        return "".join(chance.choices("0123456789", k=count))

    def number(self, prefix: str, digits: int = 18) -> str:
        """A number never given out before: random digits, then the serial."""
        tail = f"{self.options.serial + 1:0{_SERIAL_DIGITS}d}"
        return prefix + self.digits(digits - len(tail)) + tail

    def person_by_certificate(self, certno: str) -> Person | None:
        return next((person for person in self.people if person.certno == certno), None)

    def person_by_card(self, card_no: str) -> Person | None:
        return next((person for person in self.people if person.card_no == card_no), None)

    def area(self, code: str) -> Area:
        """An area as set, else its city as set, else as every area is at the start."""
        return self.areas.get(code) or self.areas.get(code[:4] + "00") or Area()

    def batches_of(self, visit: Visit) -> tuple[Batch, ...]:
        return tuple(self.batches[batch_key(visit.mdtrt_id, number)] for number in visit.batches)


def serial_of(number: str) -> int:
    """The serial in a number of :meth:`State.number`: a later number has a greater one."""
    return int(number[-_SERIAL_DIGITS:])


def batch_key(mdtrt_id: str, number: str) -> str:
    return f"{mdtrt_id}/{number}"


def registration_key(institution: str, ipt_otp_no: str) -> str:
    return f"{institution}/{ipt_otp_no}"


def file_key(institution: str, number: str) -> str:
    return f"{institution}/{number}"


def sums_key(psn_no: str, insutype: str, year: int) -> str:
    return f"{psn_no}/{insutype}/{year:04d}"
