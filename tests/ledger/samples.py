"""Invented entries for the journal: a bill, a settlement, and any entry of any kind."""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from desktop.domain import events as e
from desktop.domain import notes
from desktop.domain.charges import Bill, BillKey, CareVisit, ChargeLine, Patient, Trauma
from desktop.domain.identifiers import AreaCode, Msgid, SetlId
from desktop.domain.money import Money
from desktop.domain.quantities import Quantity, Rate, UnitPrice
from desktop.domain.split import Settlement, Split
from desktop.domain.times import CHINA

NAME = "欧阳试验"
ID_NUMBER = "990000197001010018"
MOMENT = datetime(2023, 5, 2, 9, 30, tzinfo=CHINA)


def bill(number: str = "B1", revision: int = 1, visit_no: str = "MZ1") -> Bill:
    visit = CareVisit(
        visit_no=visit_no, kind="11", began=MOMENT, department_code="A03", department="内科",
        caty="A03", doctor_code="D1", doctor_name="医师", diagnoses=(), disease="",
        emergency=False, trauma=Trauma.NONE, trauma_letter="",
    )  # fmt: skip
    line = ChargeLine(
        "1", "H1", "N1", "挂号费", "09", Quantity(Decimal("2.0000")), UnitPrice(Decimal("12.500000")),
        Money(2500), MOMENT, approved=True, outside_prescription=False,
    )  # fmt: skip
    patient = Patient("P1", NAME, ID_NUMBER, "1", date(1970, 1, 1))
    return Bill(BillKey(number, revision), "", patient, visit, (line,))


def settlement(setl_id: str | None = "S1") -> Settlement:
    untold = {field.name: None for field in fields(Split) if field.name not in ("total", "shares")}
    split = Split(total=Money(2500), **untold)  # type: ignore[arg-type]  # None is "not told"
    return Settlement(
        split, None, None, SetlId(setl_id) if setl_id else None, Msgid("M1"), MOMENT,
        NAME, "310", "11", "11", "",
    )  # fmt: skip


def intended(msgid: str = "M1", infno: str = "2201") -> notes.RequestIntended:
    return notes.RequestIntended(infno, Msgid(msgid), "ab" * 32)


def answered(msgid: str = "M1", outcome: str = "accepted") -> notes.RequestAnswered:
    return notes.RequestAnswered("2201", Msgid(msgid), outcome)


def submitted(msgid: str = "M7") -> e.Submitted:
    return e.Submitted(Msgid(msgid), "cd" * 32, settlement(None))


_TEXT = st.text(st.characters() | st.sampled_from("\ud800\x00𠮷㐂"), max_size=12)
_MOMENTS = st.datetimes(timezones=st.just(CHINA)) | st.datetimes()
_NUMBERS = st.decimals(allow_nan=False, allow_infinity=False)

_LEAVES: dict[object, st.SearchStrategy[Any]] = {
    str: _TEXT,
    int: st.integers(-(2**63), 2**63),
    bool: st.booleans(),
    date: st.dates(),
    datetime: _MOMENTS,
    types.NoneType: st.none(),
    Money: st.builds(Money, st.integers()),
    AreaCode: st.builds(AreaCode, st.from_regex("[0-9]{6}", fullmatch=True)),
    Quantity: st.builds(Quantity, _NUMBERS),
    UnitPrice: st.builds(UnitPrice, _NUMBERS),
    Rate: st.builds(Rate, _NUMBERS),
}


def any_value(hint: Any) -> st.SearchStrategy[Any]:
    """Every value that a type of the domain admits, odd texts and huge numbers included."""
    if hint in _LEAVES:
        return _LEAVES[hint]
    if hasattr(hint, "__supertype__"):
        return any_value(hint.__supertype__)
    if get_origin(hint) in (Union, types.UnionType):
        return st.one_of(*map(any_value, get_args(hint)))
    if get_origin(hint) is tuple:
        return st.lists(any_value(get_args(hint)[0]), max_size=2).map(tuple)
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    return _any_structure(hint)


def _any_structure(kind: Callable[..., Any]) -> st.SearchStrategy[Any]:
    assert isinstance(kind, type)
    assert is_dataclass(kind)
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: any_value(hints[field.name]) for field in fields(kind)})


_TOLD: dict[object, object] = {
    str: "不予",
    int: 2,
    bool: True,
    date: date(1970, 1, 1),
    datetime: MOMENT,
    Money: Money(2500),
    AreaCode: AreaCode("370800"),
    Quantity: Quantity(Decimal("2.0000")),
    UnitPrice: UnitPrice(Decimal("12.500000")),
    Rate: Rate(Decimal("0.5")),
}


def full(hint: Any) -> Any:
    """One fixed value of a type of the domain, with everything told."""
    if hint in _TOLD:
        return _TOLD[hint]
    if hasattr(hint, "__supertype__"):
        return full(hint.__supertype__)
    if get_origin(hint) in (Union, types.UnionType):
        return full(next(part for part in get_args(hint) if part is not types.NoneType))
    if get_origin(hint) is tuple:
        return (full(get_args(hint)[0]),)
    if issubclass(hint, Enum):
        return next(iter(hint))
    hints = get_type_hints(hint)
    return hint(**{field.name: full(hints[field.name]) for field in fields(hint)})
