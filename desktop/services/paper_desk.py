"""Papers from their drawing to the tray: meant on disk, sent copy by copy, ended by what came out.

Order: the paper and the intent to print it are on disk in one commit, then the first copy leaves.
Killed in between, it is doubted at the next start: somebody looks whether paper came out, and a
second original is never made by itself (visit.md B35-B37). None of it changes money.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.discreet import Discreet
from desktop.domain.events import Entry, Fact, Printed, PrintFailed
from desktop.domain.prints import (
    GIVEN_UP,
    Paper,
    PaperStanding,
    PrintDoubted,
    PrintEnded,
    PrintIntended,
    PrintNote,
    ReprintReason,
    reprint_of,
)
from desktop.domain.problems import DeskError, Problem, ProblemCode, desk_error
from desktop.domain.record import VisitRecord
from desktop.domain.visit import NotAllowed, State
from desktop.ledger.journal import VisitId
from desktop.ledger.papers import NewPaper, PaperFacts, Search
from desktop.services.drawing import DrawnForm
from desktop.services.form_numbers import (
    MONEY_BACK,
    NUMBERED,
    SETTLEMENT_SLIP,
    paper_number,
    paper_place,
)
from desktop.services.ports import Desk
from desktop.services.taken_back import taken_back
from desktop.services.told import Told
from printing.issue import Reprint
from printing.printer import CameOut, NotPrinted, Outcome, Printer, PrintJob
from printing.sheets import pages_of
from printing.thermal_slip import ThermalSlip, packed, unpacked


class Archive(Protocol):
    """Where papers stay (``desktop/ledger``)."""

    def append_paper(
        self, visit: VisitId, entries: Sequence[Entry], paper: NewPaper, at: datetime
    ) -> None: ...
    def paper(self, job: str) -> bytes | None: ...
    def slip(self, job: str) -> bytes: ...
    def papers(self, search: Search) -> Sequence[PaperFacts]: ...


class Printers(Protocol):
    """Where forms go."""

    def copies(self, form: str) -> int | None:
        """As the settings say; None: as many as the form has."""
        ...

    def printer(self, form: str) -> Printer | None:
        """None: nowhere, the archive is the paper."""
        ...


class Wanted(Discreet, Struct, frozen=True):
    """A paper that is to be drawn."""

    said = ("form", "about")

    form: str
    told: Told
    """The visit that it is of."""
    about: str
    """What it is of: the settlement, or the paper's own number."""
    reprint: Reprint | None = None
    copies: int | None = None
    """None: as many as its layout has."""


Draw = Callable[[Wanted], DrawnForm]
"""Any form of a visit; raises ``DeskError`` (receipt-not-printed, layout-unusable, no-such-form)."""
DrawOfDesk = Callable[[Reprint | None, int | None], DrawnForm]
"""A form of the desk, not of one visit: which 补打, how many copies; raises as before."""


class Ordered(Discreet, Struct, frozen=True):
    """A paper on its way to a printer."""

    said = ("job", "form", "copies")

    visit: VisitId
    job: str
    form: str
    pdf: bytes
    copies: int
    """That are sent now."""
    first: int = 1
    """Number of the first of them."""
    pages: int = 0
    """Of one copy, where each has pages of its own."""
    slip: ThermalSlip | None = None
    problems: tuple[Problem, ...] = ()
    """What is amiss with the paper itself."""


class Sent(Struct, frozen=True):
    """What came of it: copies that surely came out, and how the last one ended."""

    out: int
    last: Outcome


class PaperDesk(Struct, frozen=True):
    """The papers of one desk. All but :meth:`send` belong to the thread of the journal."""

    desk: Desk
    archive: Archive
    draw: Draw
    printers: Printers
    new_job: Callable[[], str]

    def preview(self, visit: VisitId, form: str = SETTLEMENT_SLIP) -> DrawnForm:
        """The paper as it would be printed now; nothing is kept. Raises ``DeskError``."""
        return self.draw(self._wanted(visit, form, None))

    def order(
        self, visit: VisitId, reason: ReprintReason | None = None, form: str = SETTLEMENT_SLIP
    ) -> Ordered:
        """A form of the visit: drawn, kept and meant to be printed.

        Raises ``DeskError`` (receipt-not-printed, layout-unusable, no-such-form,
        journal-write-failed): nothing is printed.
        """
        wanted = self._wanted(visit, form, reason)
        try:
            drawn = self.draw(wanted)
        except DeskError as error:
            if form == SETTLEMENT_SLIP:
                fact = PrintFailed(error.problems[0].code)
                self._append(visit, *_if_fitting(wanted.told.record, fact))
            raise
        reprint = wanted.reprint.number if wanted.reprint else 0
        why = reason if reprint else None
        return self.keep(visit, replace(drawn, about=wanted.about), reprint, why)

    def order_of_desk(
        self, form: str, about: str, draw: DrawOfDesk, reason: ReprintReason | None = None
    ) -> Ordered:
        """A form of no single visit, such as the sheet of a day: its papers have a place of their
        own in the journal. Raises as :meth:`order`.
        """
        visit = paper_place(form, about)
        number = reprint_of(self.desk.record(visit).papers, form, about)
        drawn = draw(_again(number, reason), self.printers.copies(form))
        return self.keep(visit, replace(drawn, about=about), number, reason)

    def _wanted(self, visit: VisitId, form: str, reason: ReprintReason | None) -> Wanted:
        told = self.desk.told(visit)
        about = self._about(form, told)
        again = _again(_reprint(told.record, form, about), reason)
        return Wanted(form, told, about, again, self.printers.copies(form))

    def _about(self, form: str, told: Told) -> str:
        """The settlement; of a form with numbers of its own the visit's, or the next of the day."""
        prefix = NUMBERED.get(form)
        if form == MONEY_BACK and (back := taken_back(told)):
            return back.name
        if prefix is None:
            return _setl_id(told.record)
        known = next((paper.about for paper in told.record.papers if paper.form == form), "")
        return known or self._next_number(form, prefix)

    def _next_number(self, form: str, prefix: str) -> str:
        """Of this window's papers of today; the archive holds every one of them."""
        today = self.desk.clock().date()
        printed = self.archive.papers(Search(first=today, last=today))
        serial = len({paper.setl_id for paper in printed if paper.form == form}) + 1
        return paper_number(prefix, self.desk.institution, today, self.desk.window, serial)

    def keep(
        self, visit: VisitId, document: DrawnForm, reprint: int, reason: ReprintReason | None
    ) -> Ordered:
        """Any form: in the archive, and meant to be printed."""
        record, desk = self.desk.record(visit), self.desk
        copies = self.printers.copies(document.form) or document.copies
        paper = NewPaper(
            self.new_job(),
            document.form,
            document.title,
            document.about or _setl_id(record),
            record.person.cert_no if record.person else "",
            reprint,
            document.pdf,
            packed(document.slip),
        )
        meant = PrintIntended(
            paper.job,
            paper.form,
            copies,
            paper.sha256,
            paper.setl_id,
            reprint,
            reason or "",
            desk.operator,
            document.pages,
        )
        self.archive.append_paper(visit, (meant,), paper, desk.clock())
        return Ordered(
            visit,
            paper.job,
            paper.form,
            document.pdf,
            copies,
            pages=document.pages,
            slip=document.slip,
            problems=document.problems,
        )

    def again(self, visit: VisitId, job: str) -> Ordered:
        """The copies that surely did not come out, of the very paper in the archive.

        Raises ``DeskError`` (no-such-item where nothing of it is missing).
        """
        paper, pdf = self._paper(visit, job), self.archive.paper(job)
        if pdf is None or not paper.missing or paper.sent:
            raise desk_error(ProblemCode.NO_SUCH_ITEM, job)
        meant = PrintIntended(
            job,
            paper.form,
            paper.missing,
            paper.sha256,
            paper.about,
            paper.reprint,
            paper.reason,
            self.desk.operator,
            paper.pages,
        )
        self._append(visit, meant)
        return Ordered(
            visit,
            job,
            paper.form,
            pdf,
            paper.missing,
            paper.out + 1,
            paper.pages,
            unpacked(self.archive.slip(job)),
        )

    def send(self, ordered: Ordered) -> Sent:
        """Copy by copy, until one does not come out: two copies stay two. Takes its time."""
        printer = self.printers.printer(ordered.form)
        if printer is None:
            return Sent(ordered.copies, CameOut(""))
        last: Outcome = CameOut(printer.name)
        for copy in range(ordered.copies):
            last = printer.print(_job(ordered, ordered.first + copy))
            if not isinstance(last, CameOut):
                return Sent(copy, last)
        return Sent(ordered.copies, last)

    def ended(self, ordered: Ordered, sent: Sent) -> Paper:
        """Write down what came out; the paper as it stands now."""
        return self._note(ordered.visit, _told(ordered.job, sent))

    def looked(self, visit: VisitId, job: str, out: int) -> Paper:
        """Somebody looked: so many copies of those in doubt came out.

        Raises ``DeskError`` (no-such-item where none is in doubt, or fewer).
        """
        paper = self._paper(visit, job)
        if not paper.sent or not 0 <= out <= paper.sent:
            raise desk_error(ProblemCode.NO_SUCH_ITEM, job)
        trouble = paper.trouble if out < paper.sent else ""
        missing = trouble or ProblemCode.PRINTER_FAILED.code
        whole = out == paper.sent == paper.copies - paper.out
        told = PrintEnded(job, out, "" if whole else missing, paper.printer, self.desk.operator)
        return self._note(visit, told)

    def give_up(self, visit: VisitId, job: str) -> Paper:
        """Nobody wants what is left of it. Raises ``DeskError`` (no-such-item)."""
        paper = self._paper(visit, job)
        told = PrintEnded(job, 0, GIVEN_UP, paper.printer, self.desk.operator)
        return self._note(visit, told)

    def _note(self, visit: VisitId, note: PrintNote) -> Paper:
        """The visit may have gone on meanwhile: only the journal's own record says where it is.

        Its window may have let go of it too: a visit that is over is not kept in mind for its paper.
        """
        record = self.desk.record(visit).after(note)
        paper = next(paper for paper in record.papers if paper.job == note.job)
        self._append(visit, note, *_fact(record, paper))
        self.desk.memory.forget(visit)
        return paper

    def _paper(self, visit: VisitId, job: str) -> Paper:
        papers = self.desk.record(visit).papers
        found = next((paper for paper in papers if paper.job == job), None)
        if found is None:
            raise desk_error(ProblemCode.NO_SUCH_ITEM, job)
        return found

    def _append(self, visit: VisitId, *entries: Entry) -> None:
        self.desk.journal.append(visit, entries, self.desk.clock())


def _job(ordered: Ordered, number: int) -> PrintJob:
    """One copy: its own pages where it has some."""
    name, pages = f"{ordered.form}-{ordered.job}-{number}", ordered.pages
    pdf = pages_of(ordered.pdf, (number - 1) * pages, pages) if pages else ordered.pdf
    return PrintJob(name, pdf, ordered.slip)


def slip_on(record: VisitRecord) -> Paper | None:
    """The newest settlement slip of the settlement on which a visit stands."""
    about = _setl_id(record)
    of_it = [p for p in record.papers if (p.form, p.about) == (SETTLEMENT_SLIP, about)]
    return of_it[-1] if of_it else None


def _setl_id(record: VisitRecord) -> str:
    return (record.settlement.setl_id or "") if record.settlement else ""


def _reprint(record: VisitRecord, form: str, about: str) -> int:
    """A visit of before papers were kept knows only how often its slip was printed."""
    if form == SETTLEMENT_SLIP and not record.papers:
        return record.printed
    return reprint_of(record.papers, form, about)


def _again(number: int, reason: ReprintReason | None) -> Reprint | None:
    """None for the original."""
    return Reprint(number, reason.words if reason else "") if number else None


def _told(job: str, sent: Sent) -> PrintNote:
    last = sent.last
    if isinstance(last, CameOut):
        return PrintEnded(job, sent.out, "", last.printer)
    note = PrintEnded if isinstance(last, NotPrinted) else PrintDoubted
    return note(job, sent.out, last.problem.code, last.printer)


_WAITS = (State.COLLECTED, State.PRINT_PENDING)
"""For its paper."""


def _fact(record: VisitRecord, paper: Paper) -> tuple[Fact, ...]:
    """The slip that a visit waits for is a fact of the visit; any other paper is not."""
    if slip_on(record) != paper:
        return ()
    if paper.standing is PaperStanding.OVER and record.state not in _WAITS:
        return ()
    if paper.standing in (PaperStanding.OUT, PaperStanding.OVER):
        return _if_fitting(record, Printed(paper.form, paper.out))
    return _if_fitting(record, PrintFailed(paper.trouble))


def _if_fitting(record: VisitRecord, fact: Fact) -> tuple[Fact, ...]:
    """A visit that was taken back meanwhile waits for no paper."""
    try:
        record.after(fact)
    except NotAllowed:
        return ()
    return (fact,)
