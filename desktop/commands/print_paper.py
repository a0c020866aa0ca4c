"""``kuasheng print``: every form of forms.md from the journal, kept, numbered and printed."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.commands.option_types import day, month
from desktop.commands.result import Exit, Result, problems_as_json
from desktop.commands.verbs import Verbs
from desktop.domain.prints import PaperStanding, ReprintReason
from desktop.domain.problems import Problem, ProblemCode, desk_error
from desktop.domain.times import CHINA

if TYPE_CHECKING:
    from desktop.app import OpenDesk
    from desktop.domain.prints import Paper
    from desktop.services.desk_forms import DeskForms, DeskPaper
    from desktop.services.paper_desk import Ordered, PaperDesk

Order = Callable[["OpenDesk", "PaperDesk", argparse.Namespace], "Ordered"]
_REASONS = {reason.value: reason for reason in ReprintReason}
_EXITS = {
    PaperStanding.OUT: Exit.DONE,
    PaperStanding.WAITING: Exit.FAILED,
    PaperStanding.DOUBTED: Exit.NEEDS_PERSON,
}


def add(verbs: Verbs, common: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser("print", help="papers, from what the journal holds")
    kinds = parser.add_subparsers(dest="paper", required=True, metavar="PAPER")
    listed = kinds.add_parser("forms", parents=[common], help="which papers a visit can have")
    listed.add_argument("visit", metavar="VISIT")
    listed.set_defaults(run=run_forms)
    left = kinds.add_parser("rest", parents=[common], help="what of a paper did not come out")
    left.add_argument("visit", metavar="VISIT", help="as the queue names it")
    left.add_argument("--came", type=int, metavar="N", help="somebody looked: so many came out")
    left.add_argument("--out", type=Path, metavar="FILE")
    left.set_defaults(run=run_rest)
    for name, order, words in _PAPERS:
        kind = kinds.add_parser(name, parents=[common], help=words)
        kind.add_argument("--out", type=Path, metavar="FILE", help="a PDF, in place of the printer")
        kind.add_argument("--reason", choices=_REASONS, help="why it is printed again")
        kind.set_defaults(run=run, order=order)
        _OPTIONS[name](kind)


def _visit_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("form", metavar="FORM", help="such as F4; print forms tells which")
    parser.add_argument("visit", metavar="VISIT")


def _month_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("month", type=month, metavar="YYYY-MM")
    parser.add_argument("--rows", type=Path, metavar="FILE", help="the same rows, .csv or .xlsx")


def _day_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--day", type=day, metavar="YYYY-MM-DD", help="else today")


def _shift_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="began", type=_moment, metavar="TIME", required=True)
    parser.add_argument("--to", dest="ended", type=_moment, metavar="TIME", help="else now")
    parser.add_argument("--name", metavar="WORDS", default="", help="such as 白班")


def _guide_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--area", metavar="CODE", help="insured area; else everybody's text")
    parser.add_argument("--poster", action="store_true", help="A3 for the window")


def _moment(text: str) -> datetime:
    """Without a zone of its own it is of China."""
    try:
        told = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("a time, such as 2023-05-02T08:00") from error
    return told if told.tzinfo else told.replace(tzinfo=CHINA)


def run(arguments: argparse.Namespace) -> Result:
    """Exit 0 when every copy came out, 13 when somebody must look, 1 when it waits or is none."""
    from desktop.app import open_desk

    order: Order = arguments.order
    with open_desk(arguments.profile, arguments.platform, "print") as opened:
        papers = _papers(opened, arguments.out)
        ordered = order(opened, papers, arguments)
        return _told(papers, ordered, arguments.out)


def run_forms(arguments: argparse.Namespace) -> Result:
    """Exit 0; 1 where the journal has no such visit."""
    from desktop.app import open_desk
    from desktop.ledger.journal import VisitId
    from desktop.services.visit_forms import forms_of

    with open_desk(arguments.profile, arguments.platform, "print") as opened:
        told = opened.desk.told(VisitId(arguments.visit))
    if not told.entries:
        raise desk_error(ProblemCode.NO_SUCH_ITEM, arguments.visit)
    rows = [{"form": each.form, "words": each.words} for each in forms_of(told)]
    words = tuple(f"{row['form']} {row['words']}" for row in rows)
    return Result(Exit.DONE, {"items": rows}, words or ("这笔就诊现在没有可打的单据",))


def run_rest(arguments: argparse.Namespace) -> Result:
    """As :func:`run`; ``--came`` alone writes down what somebody saw, and prints nothing."""
    from desktop.app import open_desk
    from desktop.domain.prints import paper_left
    from desktop.ledger.journal import VisitId

    visit = VisitId(arguments.visit)
    with open_desk(arguments.profile, arguments.platform, "print") as opened:
        papers = _papers(opened, arguments.out)
        paper = paper_left(opened.desk.record(visit).papers)
        if paper is None:
            raise desk_error(ProblemCode.NO_SUCH_ITEM, arguments.visit)
        if arguments.came is not None:
            seen = papers.looked(visit, paper.job, arguments.came)
            return _result(seen, (), None)
        return _told(papers, papers.again(visit, paper.job), arguments.out)


def _papers(opened: OpenDesk, out: Path | None) -> PaperDesk:
    from desktop.printers import OneFile, Printers, system_spooler

    if out is not None:
        return opened.papers(OneFile(out))
    return opened.papers(Printers(opened.settings.printers, spooler=system_spooler()))


def _told(papers: PaperDesk, ordered: Ordered, out: Path | None) -> Result:
    sent = papers.send(ordered)
    paper = papers.ended(ordered, sent)
    trouble = () if paper.standing is PaperStanding.OUT else (_why(paper),)
    return _result(paper, (*ordered.problems, *trouble), out)


def _why(paper: Paper) -> Problem:
    return Problem(ProblemCode.of(paper.trouble) or ProblemCode.PRINTER_FAILED)


def _result(paper: Paper, problems: tuple[Problem, ...], out: Path | None) -> Result:
    came = paper.standing is PaperStanding.OUT
    body = {
        "state": paper.standing.value,
        "job": paper.job,
        "form": paper.form,
        "about": paper.about,
        "reprint": paper.reprint,
        "copies": paper.copies,
        "copies_out": paper.out,
        "printer": paper.printer,
        "file": str(out) if out and came else None,
        "problems": problems_as_json(problems),
    }
    where = str(out) if out else paper.printer or "账本里的单据存档"
    words = f"{paper.form} {paper.about}：{paper.out}/{paper.copies} 份，{where}"
    return Result(_EXITS[paper.standing], body, (words,), problems)


def _of_visit(_opened: OpenDesk, papers: PaperDesk, arguments: argparse.Namespace) -> Ordered:
    from desktop.ledger.journal import VisitId

    return papers.order(VisitId(arguments.visit), _reason(arguments), arguments.form)


def _of_desk(papers: PaperDesk, paper: DeskPaper, arguments: argparse.Namespace) -> Ordered:
    return papers.order_of_desk(paper.form, paper.about, paper.draw, _reason(arguments))


def _summary(opened: OpenDesk, papers: PaperDesk, arguments: argparse.Namespace) -> Ordered:
    return _month_of(papers, _forms(opened).summary, arguments)


def _detail(opened: OpenDesk, papers: PaperDesk, arguments: argparse.Namespace) -> Ordered:
    return _month_of(papers, _forms(opened).detail, arguments)


def _month_of(
    papers: PaperDesk, made: Callable[..., DeskPaper], arguments: argparse.Namespace
) -> Ordered:
    """The rows first: where their file cannot be written, nothing is printed either."""
    from desktop.nhsa.questions.reconciliation import Period

    paper = made(Period(*arguments.month))
    if arguments.rows is not None:
        _write_rows(paper, arguments.rows)
    return _of_desk(papers, paper, arguments)


def _write_rows(paper: DeskPaper, target: Path) -> None:
    """For its owner alone, for it names patients; whole or not at all."""
    from io import BytesIO

    from desktop.domain.disk_faults import why_not_written
    from printing.composer import write_whole
    from printing.ledger_sheet import csv_lines

    assert paper.sheet is not None
    rows, out = paper.sheet(), BytesIO()
    if target.suffix.lower() == ".xlsx":
        from printing.workbook import write_workbook

        write_workbook(rows, out)
    else:
        out.writelines(csv_lines(rows))
    try:
        write_whole(target, out.getvalue())
    except OSError as error:
        raise desk_error(ProblemCode.FAILED, why_not_written(error)) from error


def _day(opened: OpenDesk, papers: PaperDesk, arguments: argparse.Namespace) -> Ordered:
    from desktop.nhsa.questions.reconciliation import Period
    from desktop.services.reconcile import reconcile

    day = arguments.day or opened.desk.clock().date()
    found = reconcile(opened.desk, Period.of(day))
    return _of_desk(papers, _forms(opened).day(day, found), arguments)


def _shift(opened: OpenDesk, papers: PaperDesk, arguments: argparse.Namespace) -> Ordered:
    ended = arguments.ended or opened.desk.clock()
    return _of_desk(papers, _forms(opened).shift(arguments.began, ended, arguments.name), arguments)


def _guide(opened: OpenDesk, papers: PaperDesk, arguments: argparse.Namespace) -> Ordered:
    from desktop.domain.identifiers import AreaCode, BadIdentifier
    from desktop.knowledge.guidance import load_guidance

    try:
        area = AreaCode(arguments.area) if arguments.area else None
    except BadIdentifier:
        raise desk_error(ProblemCode.FAILED, f"没有 {arguments.area} 这个参保地") from None
    paper = _forms(opened).guide(area, load_guidance(), poster=arguments.poster)
    return _of_desk(papers, paper, arguments)


def _forms(opened: OpenDesk) -> DeskForms:
    from desktop.services.desk_forms import DeskForms

    return DeskForms(opened.desk, opened.letterhead, opened.pen)


def _reason(arguments: argparse.Namespace) -> ReprintReason | None:
    return _REASONS.get(arguments.reason)


_PAPERS: tuple[tuple[str, Order, str], ...] = (
    ("visit", _of_visit, "a form of one visit"),
    ("summary", _summary, "F2 of a month"),
    ("detail", _detail, "F3 of a month"),
    ("day", _day, "a day beside the platform's"),
    ("shift", _shift, "what this window took between two times"),
    ("guide", _guide, "F5, for the window or the hand"),
)
_OPTIONS = {
    "visit": _visit_options,
    "summary": _month_options,
    "detail": _month_options,
    "day": _day_options,
    "shift": _shift_options,
    "guide": _guide_options,
}
