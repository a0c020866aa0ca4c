"""What every form of a visit is filled from: the journal's word on it, and the desk's letterhead."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.identifiers import AreaCode
from desktop.domain.record import VisitRecord
from desktop.knowledge.guidance import Guidance, Guide
from desktop.services.drawing import Letterhead
from desktop.services.known_rule import KnownRules
from desktop.services.told import Told
from printing.issue import Issue


class Filling(Discreet, Struct, frozen=True):
    """One paper of one visit."""

    said = ("number",)

    told: Told
    letterhead: Letterhead
    issue: Issue
    number: str
    """The settlement's, or the paper's own."""
    guidance: Guidance = Guidance()
    rules: KnownRules = KnownRules()

    @property
    def record(self) -> VisitRecord:
        return self.told.record

    @property
    def area(self) -> AreaCode | None:
        """参保地; None while nobody is known."""
        insurance = self.record.insurance
        return insurance.area if insurance else None

    @property
    def insured_area(self) -> str:
        """Its name, else its code."""
        return self.letterhead.areas.name(self.area) or str(self.area) if self.area else ""

    @property
    def guide(self) -> Guide:
        """What is known of the insured area on the day of the paper."""
        day = self.issue.printed_at.date()
        return self.guidance.of(self.area, day) if self.area else Guide()

    @property
    def visited_at(self) -> datetime:
        """When the visit began; of one without a bill, when it was first written down."""
        bill, entries = self.record.bill, self.told.entries
        if bill is not None:
            return bill.visit.began
        return entries[0].at if entries else self.issue.printed_at

    @property
    def visit_no(self) -> str:
        bill = self.record.bill
        return bill.visit.visit_no if bill else ""
