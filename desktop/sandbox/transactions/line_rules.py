"""What a line must be to be taken (2204), and to be still when it is to be paid (2206, 2207).

Between the two the visit may have been told anew (2203), and another batch been settled: what is
paid fits the visit as it then stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial

from desktop.domain.identifiers import AreaCode
from desktop.sandbox.calls import Call, is_ahead
from desktop.sandbox.care_place.audit import Around, Charged, look_over
from desktop.sandbox.care_place.institutions import institution
from desktop.sandbox.care_place.visits import is_settled
from desktop.sandbox.model import Batch, Line, Visit
from desktop.sandbox.refusals import Reason, Refused


def check_time(call: Call, found: Visit, feedetl_sn: str, time: datetime) -> None:
    """In the visit's year, from its beginning on, and not ahead of the clock."""
    if time < found.begins:
        raise Refused(Reason.LINE_BEFORE_VISIT, feedetl_sn=feedetl_sn)
    if time.year != found.begins.year:
        raise Refused(Reason.LINE_OTHER_YEAR, feedetl_sn=feedetl_sn)
    if is_ahead(call, time):
        raise Refused(Reason.LINE_IN_FUTURE, feedetl_sn=feedetl_sn)


def check_disease(found: Visit, disease: str) -> None:
    """The visit's own, where it has one; a line need not name it."""
    if found.disease and disease not in ("", found.disease):
        raise Refused(Reason.DISEASES_DIFFER)


def check_audit(call: Call, found: Visit, lines: Iterable[Charged], beside: str = "") -> None:
    """Raises :class:`Refused` for the first line that the care place rejects.

    ``beside`` is the batch that the lines are of, when it is kept already.
    """
    hospital, rules = institution(call), tuple(call.state.audits)
    sex = call.state.people[found.psn_no].sex
    before = tuple(_settled(call, found, beside))
    for charged in lines:
        around = Around(hospital, sex, found.diagnoses, before, partial(_elsewhere, call, found))
        look_over(rules, charged, around)
        before = (*before, charged)


def _elsewhere(call: Call, found: Visit) -> Iterator[Charged]:
    """The person's other visits at the institutions of the care place's province."""
    here = AreaCode(call.head.mdtrtarea_admvs)
    for other in call.state.visits.where("psn_no", found.psn_no):
        place = call.state.institutions[other.institution].area
        if other.mdtrt_id != found.mdtrt_id and here.same_province(AreaCode(place)):
            yield from _settled(call, other)


def _settled(call: Call, found: Visit, beside: str = "") -> Iterator[Charged]:
    """The visit's lines that are settled; unsettled ones may still be taken back."""
    for batch in call.state.batches_of(found):
        if batch.number != beside and is_settled(call.state, batch):
            for line in batch.lines:
                yield _kept(call, line)


def _kept(call: Call, line: Line) -> Charged:
    return Charged(
        line.feedetl_sn,
        call.state.catalogue[line.item],
        line.time,
        line.price,
        line.quantity,
        line.noted.approval,
        line.noted.days,
    )


def check_again(call: Call, found: Visit, batch: Batch) -> None:
    """Raises :class:`Refused` when a line of the batch is no longer one of such a visit."""
    for line in batch.lines:
        check_time(call, found, line.feedetl_sn, line.time)
        check_disease(found, line.disease)
    lines = (_kept(call, line) for line in batch.lines)
    check_audit(call, found, lines, beside=batch.number)
