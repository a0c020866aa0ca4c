"""Which rules of the insured area pay for a case, or why none does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.domain.charges import CHRONIC
from desktop.sandbox.calls import Call
from desktop.sandbox.insured_place.eligibility import Case
from desktop.sandbox.insured_place.funds import Entitled
from desktop.sandbox.insured_place.policy import BenefitRule, InsuredArea, Supplement
from desktop.sandbox.model import Insured, Person
from desktop.sandbox.refusals import Reason, Refused

AIDED: Final = "23"
"""``psn_idet_type`` 医疗救助人员, and its sub-kinds."""


@dataclass(frozen=True, slots=True)
class Cover:
    """``rule`` is None where there is no pool: the personal account pays alone (S2-04)."""

    rule: BenefitRule | None
    supplements: tuple[Supplement, ...] = ()


def cover(call: Call, case: Case) -> Cover:
    """Raises :class:`Refused` for an area, a kind of care or a disease that is not open."""
    insured = case.insured
    place = call.policies.place(insured.area)
    if place is not None:
        _check_open(place, case)
    if not call.state.area(insured.area).pooled:
        return Cover(None)
    rule = _chronic(call, case) if _has_own_rules(call, case) else _ordinary(call, case)
    rows = call.policies.supplements_of(insured.area, insured.insutype, case.day)
    return Cover(rule, tuple(row for row in rows if _is_entitled(row, case.who, insured)))


def _check_open(place: InsuredArea, case: Case) -> None:
    if case.day < place.outpatient_from:
        raise Refused(Reason.AREA_NOT_OPEN, day=place.outpatient_from)
    if case.med_type != CHRONIC:
        return
    if place.chronic_from is None or case.day < place.chronic_from:
        raise Refused(Reason.CHRONIC_NOT_OPEN, day=place.chronic_from or "待定")


def _has_own_rules(call: Call, case: Case) -> bool:
    insured = case.insured
    return case.med_type == CHRONIC and call.policies.has_chronic(insured.area, insured.insutype)


def _ordinary(call: Call, case: Case) -> BenefitRule:
    """An area with a pool must have its rules."""
    insured, today = case.insured, call.business_now.date()
    rule = call.policies.benefit(insured.area, insured.insutype, case.day, today)
    if rule is None:
        raise Refused(Reason.AREA_WITHOUT_RULES)
    return rule


def _chronic(call: Call, case: Case) -> BenefitRule:
    """A disease of the national list may not be covered at home (S1-31)."""
    insured, today = case.insured, call.business_now.date()
    own = (insured.area, insured.insutype, case.disease)
    rule = call.policies.chronic_benefit(*own, case.day, today)
    if rule is None:
        raise Refused(Reason.DISEASE_NOT_COVERED, disease=case.disease)
    return rule


def _is_entitled(rule: Supplement, who: Person, insured: Insured) -> bool:
    if rule.entitled is Entitled.CIVIL_SERVANTS:
        return insured.official
    if rule.entitled is Entitled.AIDED:
        return any(identity.startswith(AIDED) for identity in who.identities)
    return True
