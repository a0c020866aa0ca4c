"""A filing told by telephone, or at a hospital's window: five items, no paper, in force from today.

The area's line asks no more (S2-17, S2-27); a hospital may take it in the patient's place (S3-03).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from desktop.domain.person import FilingKind
from desktop.sandbox.control import bodies
from desktop.sandbox.control.people import NotThere, find_person
from desktop.sandbox.control.surface import add_filing
from desktop.sandbox.insured_place.new_filings import FilingRefused
from desktop.sandbox.insured_place.policy import Policies
from desktop.sandbox.state import State


class PhoneFilingBody(bodies.Body, frozen=True, kw_only=True):
    """姓名、身份证号、联系电话、备案类型、备案城市; more is not asked for, and not taken."""

    name: Annotated[str, Meta(min_length=1, max_length=50)]
    certno: bodies.Certificate
    phone: Annotated[str, Meta(pattern=r"^[0-9+-]{5,20}\Z")]
    """For the area's call back; nothing is kept of it."""
    kind: FilingKind
    city: bodies.AreaText
    institution: bodies.InstitutionCode | UnsetType = UNSET
    """Whose window took it; unset: the patient told it by telephone."""


def file_by_phone(
    state: State, policies: Policies, body: PhoneFilingBody, today: date
) -> bodies.PersonBody:
    """Raises ``NotThere`` unless name and number belong together, and ``FilingRefused``.

    A hospital that the care place does not know, or has suspended, takes no filings.
    """
    taker = state.institutions.get(body.institution) if body.institution else None
    if body.institution and (taker is None or taker.suspended):
        raise FilingRefused("该医药机构未开通备案受理")
    if find_person(state, body.certno).name != body.name:
        raise NotThere
    filing = bodies.FilingBody(kind=body.kind, area=body.city, begins=today)
    return add_filing(state, policies, body.certno, filing, today)
