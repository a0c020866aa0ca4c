"""The charge lines at the platform: 2204 and the split per line (visit.md B23)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from desktop.domain.charges import ChargeLine
from desktop.domain.events import LinesUploaded
from desktop.domain.identifiers import BatchNo, MdtrtId
from desktop.domain.problems import Problem, ProblemCode
from desktop.nhsa.questions import charges
from desktop.services.ending import Ending, Stopped, accepted, stopped
from desktop.services.ports import Case, Desk
from desktop.services.sending import send
from desktop.services.visit_log import VisitLog

_EPOCH = datetime(2020, 1, 1)  # noqa: DTZ001 - wall clock of msgids, always +08:00


def upload_lines(desk: Desk, log: VisitLog, case: Case, visit: MdtrtId) -> BatchNo:
    """Upload the whole bill in one batch; the lines come back split, under the bill's numbers.

    The batch takes a number from the msgids, which never repeat. Raises :class:`Stopped`, naming
    lines as the hospital does; a platform that answers for other lines than those sent is not
    understood, but holds them.
    """
    batch = BatchNo(desk.next_msgid())
    numbers = _wire_numbers(batch, case.bill.lines)
    sent = [replace(line, line_no=no) for line, no in zip(case.bill.lines, numbers, strict=True)]
    question = charges.upload_lines(case.claim, visit, batch, sent)
    own = dict(zip(numbers, (line.line_no for line in case.bill.lines), strict=True))
    try:
        split = accepted(send(desk, log, question), desk.refusals)
    except Stopped as stop:
        raise Stopped(stop.ending, *(_in_own_words(p, own) for p in stop.problems)) from stop
    if sorted(line.line_no for line in split) != sorted(own):
        log.note(LinesUploaded(batch, ()))
        raise stopped(Ending.FAILED, ProblemCode.NO_USABLE_ANSWER, "2204 明细不符")
    lines = tuple(replace(line, line_no=own[line.line_no]) for line in split)
    log.note(LinesUploaded(batch, lines))
    return batch


def _in_own_words(problem: Problem, own: Mapping[str, str]) -> Problem:
    """The platform names a line by our wire number, which nobody at the desk has ever seen."""
    detail = problem.detail
    for number, line_no in own.items():
        detail = detail.replace(number, f"（第 {line_no} 行）")
    return replace(problem, detail=detail)


def _wire_numbers(batch: BatchNo, lines: Sequence[ChargeLine]) -> tuple[str, ...]:
    """``feedetl_sn``: unique within the visit even for a second bill, digits only, at most 15.

    Seconds since 2020 (9 digits), the batch's last two digits, the line's place (4 digits).
    """
    second = datetime.strptime(batch[12:26], "%Y%m%d%H%M%S")  # noqa: DTZ007 - see _EPOCH
    stem = f"{int((second - _EPOCH).total_seconds()):d}{batch[-2:]}"
    return tuple(f"{stem}{place:04d}" for place in range(1, len(lines) + 1))
