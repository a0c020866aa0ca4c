"""The institutions that a person has chosen with the insured area (2505, 5302)."""

from __future__ import annotations

from datetime import date
from typing import Final

from desktop.sandbox.model import Designation
from desktop.sandbox.refusals import Reason, Refused
from desktop.sandbox.state import State

CARE: Final = "03"
"""``biz_appy_type`` 就医定点医疗机构登记."""


def chosen(state: State, psn_no: str, kind: str) -> tuple[Designation, ...]:
    """Every choice of this kind, also ended ones, as they were filed."""
    return tuple(row for row in state.designations if (row.psn_no, row.kind) == (psn_no, kind))


def designated(state: State, psn_no: str, day: date) -> tuple[str, ...]:
    """The institutions where the person may be treated that day; nothing without a choice."""
    rows = (row for row in chosen(state, psn_no, CARE) if _holds(row, day))
    return tuple(row.institution for row in sorted(rows, key=lambda row: row.order))


def _holds(row: Designation, day: date) -> bool:
    return row.begins <= day and (row.ends is None or day <= row.ends)


def choose(state: State, row: Designation) -> Designation:
    """Raises :class:`Refused` when the place is taken on one of the days."""
    for other in chosen(state, row.psn_no, row.kind):
        if other.order == row.order and _meet(other, row):
            raise Refused(Reason.DESIGNATION_REPEATED, order=row.order)
    return state.designations.put(row.number, row)


def _meet(one: Designation, other: Designation) -> bool:
    first, second = sorted((one, other), key=lambda row: row.begins)
    return first.ends is None or second.begins <= first.ends
