"""Charges typed at the window: the part of the presenter that keeps the draft; no Qt.

The catalogue is loaded by a job when it is first needed; a search in it takes a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from desktop.domain.charges import Bill
from desktop.domain.person import Person
from desktop.domain.problems import DeskError, Problem, ProblemCode
from desktop.hospital.faults import ChargesInvalid, Fault
from desktop.services.catalogue import Catalogue, CatalogueItem
from desktop.services.catalogue_places import LoadedCatalogue
from ui.cashier.draft import Entry, LineDraft, Shelf, Typing, VisitDraft, bill_of, line_place
from ui.work_port import Completed, Ended, Failed, Work

CatalogueJob = Callable[[], LoadedCatalogue]


class ChargesDesk:
    """The bill that is being typed for one person; it outlives the page, not the settlement."""

    def __init__(
        self,
        load: CatalogueJob,
        work: Work,
        clock: Callable[[], datetime],
        operator: str,
        listen: Callable[[Typing], None],
    ) -> None:
        self._load = load
        self._work = work
        self._clock = self._fee_clock = clock
        self._operator = operator
        self._listen = listen
        self._catalogue: Catalogue | None = None
        self._person: Person | None = None
        self._began = clock()
        self._typing = Typing(VisitDraft(""))
        self._blank = self._typing.visit
        self._prices: dict[str, str] = {}
        self._diagnoses: dict[str, str] = {}

    @property
    def typing(self) -> Typing:
        return self._typing

    @property
    def half_typed(self) -> bool:
        """Whether something of a bill stands there that is written down nowhere else."""
        typing = self._typing
        return bool(typing.lines or typing.entry.line) or typing.visit != self._blank

    def open(self, person: Person) -> Typing:
        """The draft of this person, as it was left; else a new one. Loads the catalogue."""
        if self._person is None or self._person.cert_no != person.cert_no:
            self._begin()
        self._person = person
        if self._typing.shelf in (Shelf.CLOSED, Shelf.FAILED):
            self.reload()
        return self._typing

    def reload(self) -> None:
        """Fetch the catalogue (again); the page says how that ended."""
        if self._typing.shelf is Shelf.LOADING:
            return
        self._change(shelf=Shelf.LOADING, shelf_problem=None)
        self._work.start(self._load, self._loaded)

    def forget(self) -> None:
        """The bill is settled: nothing of the person stays."""
        self._person = None
        self._begin()

    # --- one line -------------------------------------------------------------------------

    def search(self, text: str) -> None:
        """What was typed into the search field; a taken item is let go."""
        self._change(entry=Entry(text, self._found(text)))

    def take(self, item: CatalogueItem) -> None:
        """The item to charge; its price is the last one that it had at this window."""
        price = self._prices.get(item.code, "")
        line = LineDraft(item, price, approved=not item.restricted)
        self._change(entry=Entry(item.name, line=line))

    def set_line(self, line: LineDraft) -> None:
        """Price, quantity or approval of the taken item, as typed."""
        if self._typing.entry.line is not None:
            self._change(entry=replace(self._typing.entry, line=line, faults=()))

    def add(self) -> None:
        """The line joins the bill, unless it has faults: then they are told."""
        line = self._typing.entry.line
        if line is None:
            return
        faults = self._faults_of(line)
        if faults:
            self._change(entry=replace(self._typing.entry, faults=faults))
            return
        self._prices[line.item.code] = line.price
        self._judge(entry=Entry(), lines=(*self._typing.lines, line))

    def remove(self, place: int) -> None:
        """The line, counted from 0, leaves the bill."""
        lines = self._typing.lines
        if 0 <= place < len(lines):
            self._judge(lines=(*lines[:place], *lines[place + 1 :]))

    # --- the visit, and the whole ---------------------------------------------------------

    def set_visit(self, visit: VisitDraft) -> None:
        """The form as typed; a diagnosis named before at this window names itself."""
        code, before = visit.diagnosis_code.strip(), self._typing.visit
        if code != before.diagnosis_code.strip() and visit.diagnosis in ("", self._named(before)):
            visit = replace(visit, diagnosis=self._diagnoses.get(code, ""))
        self._judge(visit=visit)

    def hand_over(self) -> Bill | None:
        """The finished bill; None while it has faults, which are shown then.

        A line that is still being typed joins first: nothing typed is left out unseen.
        """
        self.add()
        if self._typing.entry.line is not None:
            return None
        typing = replace(self._typing, attempts=self._typing.attempts + 1)
        try:
            bill = self._revised(typing)
        except ChargesInvalid as invalid:
            self._change(attempts=typing.attempts, faults=invalid.faults)
            return None
        self._diagnoses[typing.visit.diagnosis_code.strip()] = typing.visit.diagnosis
        self._change(attempts=0, faults=(), handed=bill)
        return bill

    # --- within ---------------------------------------------------------------------------

    def _begin(self) -> None:
        """A new draft; department and doctor stay as they were, the diagnosis never does."""
        self._began = self._fee_clock()
        last = self._typing.visit
        visit = VisitDraft(
            bill_no=f"LR{self._clock():%Y%m%d%H%M%S}{self._operator}",
            department_code=last.department_code,
            department=last.department,
            doctor_code=last.doctor_code,
            doctor_name=last.doctor_name,
        )
        self._blank, shelf = visit, self._typing.shelf
        self._typing = Typing(visit, shelf, self._typing.shelf_problem, self._typing.left_out)

    def _loaded(self, end: Ended[LoadedCatalogue]) -> None:
        if isinstance(end, Completed):
            self._catalogue = end.value.catalogue
            self._charge_by(end.value.clock or self._clock)
            self._change(shelf=Shelf.OPEN, left_out=len(end.value.left_out))
            if self._typing.entry.line is None:
                self.search(self._typing.entry.query)
        elif isinstance(end, Failed):
            self._change(shelf=Shelf.FAILED, shelf_problem=_problem(end.error))
        else:
            self._change(shelf=Shelf.CLOSED)

    def _charge_by(self, clock: Callable[[], datetime]) -> None:
        """A clock other than before; nothing can have been charged by it yet."""
        if clock is not self._fee_clock:
            self._fee_clock = clock
            self._began = clock()

    def _found(self, text: str) -> tuple[CatalogueItem, ...]:
        return self._catalogue.search(text) if self._catalogue else ()

    def _named(self, visit: VisitDraft) -> str:
        """The name that the visit's diagnosis was given here."""
        return self._diagnoses.get(visit.diagnosis_code.strip(), "")

    def _faults_of(self, line: LineDraft) -> tuple[Fault, ...]:
        """The faults of one more line, by the rules of the whole bill."""
        place = line_place(len(self._typing.lines))
        try:
            self._bill(replace(self._typing, lines=(*self._typing.lines, line)))
        except ChargesInvalid as invalid:
            return tuple(fault for fault in invalid.faults if fault.line == place)
        return ()

    def _bill(self, typing: Typing, revision: int = 1) -> Bill:
        assert self._person is not None
        return bill_of(typing, self._person, self._began, revision)

    def _revised(self, typing: Typing) -> Bill:
        """Raises ``ChargesInvalid``. What was handed over and then changed is a new revision."""
        handed = typing.handed
        if handed is None or handed.key.bill_no != typing.visit.bill_no.strip():
            return self._bill(typing)
        again = self._bill(typing, handed.key.revision)
        return again if again == handed else self._bill(typing, handed.key.revision + 1)

    def _judge(self, **changes: object) -> None:
        """Faults that are shown go as soon as they are mended."""
        typing = replace(self._typing, **changes)
        if typing.attempts:
            typing = replace(typing, faults=self._faults(typing))
        self._typing = typing
        self._listen(typing)

    def _faults(self, typing: Typing) -> tuple[Fault, ...]:
        try:
            self._bill(typing)
        except ChargesInvalid as invalid:
            return invalid.faults
        return ()

    def _change(self, **changes: object) -> None:
        self._typing = replace(self._typing, **changes)
        self._listen(self._typing)


def _problem(error: Exception) -> Problem:
    if isinstance(error, DeskError):
        return error.problems[0]
    return Problem(ProblemCode.FAILED, type(error).__name__)
