"""The identity checks of a period, as the yearly assessment asks for them (S1-24)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from enum import StrEnum

from msgspec import Struct

from desktop.domain.events import IdentityDoubted, PatientAgreed
from desktop.domain.notes import IdentityChecked
from desktop.domain.person import Insurance, Person
from desktop.domain.record import VisitRecord, replay
from desktop.domain.times import CHINA, in_china
from desktop.ledger.journal import Recorded
from desktop.services.ports import Journal


class Verdict(StrEnum):
    """What a check came to."""

    PASSED = "passed"
    FAILED = "failed"
    """A way that did not work, such as a face terminal that saw nobody: another one followed."""
    DOUBTED = "doubted"
    """人证不符: nothing was settled (B08, B09)."""


class Check(Struct, frozen=True):
    """One check of a person; ``record`` is what the journal holds of the visit by now."""

    at: datetime
    """+08:00."""
    by: str
    """Operator, or ``desk`` where the program itself found that numbers or names differ."""
    way: str
    """Of :class:`~desktop.domain.identity.CheckWay`; "" of a doubt, and where it was not told."""
    verdict: Verdict
    reason: str
    """Why it failed or was doubted: words of the operator's choice, or a problem's code."""
    person: Person | None
    """None where the centre had not named anybody yet."""
    insurance: Insurance | None
    record: VisitRecord


def checks_between(journal: Journal, first: date, last: date) -> tuple[Check, ...]:
    """Every check from ``first`` to ``last``, both days included, oldest first."""
    since = datetime.combine(first, time.min, CHINA)
    found = [
        check
        for visit in journal.visits_since(since)
        for check in _checks_of(journal.entries(visit))
        if first <= in_china(check.at).date() <= last
    ]
    return tuple(sorted(found, key=lambda check: check.at))


def counted(checks: Iterable[Check]) -> dict[str, int]:
    """How many by their verdict; every verdict is named."""
    found = Counter(check.verdict for check in checks)
    return {verdict.value: found[verdict] for verdict in Verdict}


def _checks_of(entries: Sequence[Recorded]) -> Iterator[Check]:
    """Of one visit; a journal of before checks were noted knows only who agreed to the amounts."""
    record = replay(recorded.entry for recorded in entries)
    noted = any(isinstance(recorded.entry, IdentityChecked) for recorded in entries)
    for recorded in entries:
        match recorded.entry:
            case IdentityChecked(by, way, at, passed, evidence):
                verdict = Verdict.PASSED if passed else Verdict.FAILED
                reason = "" if passed else evidence
                yield _check(record, at, by, way.value, verdict, reason, record.person)
            case IdentityDoubted(problem, by, reason, person):
                whom = person or record.person
                told = reason or problem
                yield _check(record, recorded.at, by, "", Verdict.DOUBTED, told, whom)
            case PatientAgreed(identity_checked_by=by) if by and not noted:
                yield _check(record, recorded.at, by, "", Verdict.PASSED, "", record.person)
            case _:
                pass


def _check(
    record: VisitRecord,
    at: datetime,
    by: str,
    way: str,
    verdict: Verdict,
    reason: str,
    person: Person | None,
) -> Check:
    return Check(at, by, way, verdict, reason, person, record.insurance, record)
