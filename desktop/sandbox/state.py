"""The state of the practice platform: everything that it keeps, in tables in memory."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from desktop.sandbox.catalogue_model import AuditRule, Item
from desktop.sandbox.fund_model import AccountEntry
from desktop.sandbox.model import (
    Area,
    Batch,
    Designation,
    Elsewhere,
    Fault,
    Institution,
    Person,
    Registration,
    Settings,
    Settlement,
    SignIn,
    StoredFile,
    Visit,
    YearSums,
)
from desktop.sandbox.table import Table
from desktop.sandbox.terminal_model import Face, Notice, Token, Voucher

R = TypeVar("R", bound=msgspec.Struct)
_SERIAL_DIGITS = 8
THE_ONE = ""
"""Key of a table that has one row."""


def _table(row: type[R], *found_by: str) -> Any:
    return field(default_factory=lambda: Table(row, *found_by))


@dataclass(frozen=True, slots=True)
class State:
    """Everything the platform keeps."""

    settings: Table[Settings] = _table(Settings)
    people: Table[Person] = _table(Person, "certno", "card_no")
    """By ``psn_no``."""
    sums: Table[YearSums] = _table(YearSums)
    """By :func:`sums_key`."""
    elsewhere: Table[Elsewhere] = _table(Elsewhere, "psn_no")
    institutions: Table[Institution] = _table(Institution)
    areas: Table[Area] = _table(Area)
    catalogue: Table[Item] = _table(Item)
    audits: Table[AuditRule] = _table(AuditRule)
    sign_ins: Table[SignIn] = _table(SignIn)
    vouchers: Table[Voucher] = _table(Voucher)
    tokens: Table[Token] = _table(Token)
    visits: Table[Visit] = _table(Visit, "psn_no")
    registrations: Table[Registration] = _table(Registration)
    """By :func:`registration_key`; a withdrawn registration gives its number back."""
    batches: Table[Batch] = _table(Batch)
    """By :func:`batch_key`."""
    taken_back: Table[Batch] = _table(Batch)
    """By ``setl_id``: what a settlement was of, once a 2205 took its lines back."""
    accounts: Table[AccountEntry] = _table(AccountEntry)
    """The books of real accounts, by settlement and what became of the step."""
    settlements: Table[Settlement] = _table(Settlement, "psn_no", "msgid")
    designations: Table[Designation] = _table(Designation)
    """By ``trt_dcla_detl_sn``."""
    faces: Table[Face] = _table(Face)
    """By ``authNo``."""
    notices: Table[Notice] = _table(Notice)
    files: Table[StoredFile] = _table(StoredFile)
    """By :func:`file_key`."""
    faults: Table[Fault] = _table(Fault)

    def tables(self) -> Iterator[tuple[str, Table[Any]]]:
        for name in self.__slots__:
            yield name, getattr(self, name)

    def copied(self) -> State:
        """A state that begins as this one is now."""
        return State(*(table.copied() for _, table in self.tables()))

    @property
    def options(self) -> Settings:
        return self.settings.get(THE_ONE) or Settings()

    def change_settings(self, **changes: Any) -> Settings:
        return self.settings.put(THE_ONE, msgspec.structs.replace(self.options, **changes))

    def next_serial(self) -> int:
        return self.change_settings(serial=self.options.serial + 1).serial

    def chance(self) -> float:
        """From 0 to below 1: the same row of chances after the same seed was set."""
        return self.draw().random()

    def draw(self) -> random.Random:
        """The source of one message's chances."""
        drawn = self.change_settings(drawn=self.options.drawn + 1).drawn
        return random.Random(f"{self.options.seed}/chance/{drawn}")  # noqa: S311 - no secret

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
        return next(iter(self.people.where("certno", certno)), None)

    def person_by_card(self, card_no: str) -> Person | None:
        return next(iter(self.people.where("card_no", card_no)), None)

    def area(self, code: str) -> Area:
        """An area as set, else its city, else its province, else as every area is."""
        names = (code, code[:4] + "00", code[:2] + "0000")
        found = (self.areas.get(name) for name in names)
        return next((area for area in found if area is not None), Area())

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
