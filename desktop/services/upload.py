"""The charge lines at the platform: 2204 and the split per line (visit.md B23)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop.domain.charges import ChargeLine
from desktop.domain.events import LinesUploaded
from desktop.domain.identifiers import BatchNo, MdtrtId
from desktop.domain.money import Money
from desktop.domain.problems import Problem, ProblemCode
from desktop.nhsa.line_numbers import line_numbers
from desktop.nhsa.questions import charges
from desktop.services.ending import Ending, Stopped, accepted, stopped
from desktop.services.ports import Case, Desk
from desktop.services.sending import send
from desktop.services.visit_log import VisitLog


def upload_lines(desk: Desk, log: VisitLog, case: Case, visit: MdtrtId) -> BatchNo:
    """Upload the whole bill in one batch; the lines come back split, under the bill's numbers.

    The batch is named after the msgid that uploads it, so that its intent names it too. Raises :class:`Stopped`, naming
    lines as the hospital does; a platform that answers for other lines than those sent is not
    understood, but holds them.
    """
    msgid = desk.next_msgid()
    batch = BatchNo(msgid)
    numbers = line_numbers(batch, len(case.bill.lines))
    sent = [replace(line, line_no=no) for line, no in zip(case.bill.lines, numbers, strict=True)]
    question = charges.upload_lines(case.claim, visit, batch, sent)
    own = dict(zip(numbers, (line.line_no for line in case.bill.lines), strict=True))
    try:
        split = accepted(send(desk, log, question, msgid), desk.refusals)
    except Stopped as stop:
        raise Stopped(stop.ending, *(_in_own_words(p, own) for p in stop.problems)) from stop
    if sorted((line.line_no, line.amount) for line in split) != _asked(sent):
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


def _asked(sent: Sequence[ChargeLine]) -> list[tuple[str, Money]]:
    """What the answer must be about: every line, with its amount."""
    return sorted((line.line_no, line.amount) for line in sent)
