"""A cashier's presenter over a real desk and a real platform; jobs run when the test says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import structs

from desktop.app import OpenDesk, open_desk
from desktop.domain.charges import Bill
from desktop.domain.person import Person
from desktop.domain.record import VisitRecord
from desktop.hospital.charges_file import read_charges
from desktop.hospital.drop_folder import Broken, FolderSeen
from desktop.knowledge.benefits import load_benefits
from desktop.services.identify import from_id_number
from desktop.services.known_rule import KnownRules
from desktop.services.watched_line import WatchedLine
from tests.rig.desk_printer import OnePrinter
from tests.rig.practice import Practice
from tests.services.counter import BEGAN, bill_of
from tests.ui.inline_work import InlineWork
from ui.cashier.counter import Counter
from ui.cashier.presenter import CashierPresenter
from ui.cashier.state import Desk, Page, ShownBy, ViewState


@dataclass
class Booth:
    """What a presenter test works with."""

    platform: Practice
    opened: OpenDesk
    folder: Path
    bills: list[Bill] = field(default_factory=list)
    shown: list[ViewState] = field(default_factory=list)
    work: InlineWork = field(default_factory=InlineWork)
    printers: OnePrinter = field(default_factory=OnePrinter)
    window: str = "01"
    began: datetime = BEGAN
    """When the visits of dropped bills begin."""
    dropped: int = 0
    level: str = "3"
    """Of the hospital, as the desk has it."""
    later: float = 0.0
    """Seconds that the window's clocks are ahead."""

    def __post_init__(self) -> None:
        self.line = WatchedLine(self.opened.desk.platform, self.clock)
        self.desk = structs.replace(
            self.opened.desk, platform=self.line, clock=self.clock, window=self.window
        )
        self.papers = structs.replace(self.opened.papers(self.printers), desk=self.desk)
        self.counter = Counter(
            self.desk,
            "0007",
            self._waiting,
            self.papers,
            self.opened.catalogue,
            KnownRules(load_benefits, self.level),
            line_news=lambda: self.line.news,
            waits=self.opened.waits,
            heard=self.opened.notices,
        )
        facts = Desk("演练医院", "0007", practice=True)
        self.presenter = CashierPresenter(
            self.counter, self.work, lambda: self.later, facts, self.shown.append
        )

    def clock(self) -> datetime:
        return self.opened.desk.clock() + timedelta(seconds=self.later)

    def wait(self, seconds: int) -> None:
        """The window's timer rings every second so long; what it starts runs to its end."""
        self._ring()
        for _second in range(seconds):
            self.later += 1
            self._ring()

    def _ring(self) -> None:
        self.presenter.queue.tick()
        self.work.run_all()

    def record(self, place: int = 0) -> VisitRecord:
        """A visit of the journal, the oldest first."""
        return self.desk.record(self.opened.journal.visits()[place])

    def settle(self, person: Mapping[str, Any]) -> None:
        """Up to the settled page, or wherever that ends."""
        self.to_offer(person)
        self.presenter.settle()
        self.work.run_all()

    def pay(self, person: Mapping[str, Any]) -> None:
        """Up to the slip."""
        self.settle(person)
        self.presenter.collect()
        self.work.run_all()

    @property
    def state(self) -> ViewState:
        return self.presenter.state

    def on(self, page: Page) -> bool:
        return self.state.page is page

    def drop(self, person: Mapping[str, Any], **changes: Any) -> Bill:
        """A bill of this person lies in the drop folder, with numbers of its own."""
        self.dropped += 1
        number = {"bill_no": f"B{self.dropped:04d}", "visit_no": f"V{self.dropped:04d}"}
        bill = replace(bill_of(person), **{"began": self.began, **number, **changes})
        self.bills.append(read_charges(bill.write(self.folder / f"{bill.bill_no}.json")))
        return self.bills[-1]

    def show(self, person: Mapping[str, Any]) -> None:
        """The person's ID number is typed, and every job runs to its end."""
        number = person["certno"]
        self.presenter.show_credential(lambda: from_id_number(number), ShownBy.NUMBER)
        self.work.run_all()

    def line_down(self, person: Mapping[str, Any], **changes: Any) -> Bill:
        """The person is shown with a bill, and nobody answers before anything of it is uploaded."""
        self.platform.fault("2001", "before", "reset")
        bill = self.drop(person, **changes)
        self.show(person)
        assert self.on(Page.STOPPED)
        return bill

    def defer(self, person: Mapping[str, Any]) -> None:
        """The whole bill is paid as a deposit, for the line is down; its file stays."""
        self.line_down(person)
        self.presenter.outage.defer_with_deposit()
        self.work.run_all()

    def pay_alone(self, person: Mapping[str, Any], **changes: Any) -> None:
        """The patient pays all of it instead."""
        self.line_down(person, **changes)
        self.presenter.outage.pay_self()
        self.work.run_all()

    def to_offer(self, person: Mapping[str, Any]) -> None:
        """Up to the split on screen, the identity confirmed."""
        self.drop(person)
        self.show(person)
        assert self.on(Page.OFFER), self.state.stop
        self.presenter.confirm_identity()
        self.work.run_all()

    def _waiting(self, person: Person) -> tuple[Bill, ...]:
        return tuple(bill for bill in self.bills if bill.patient.id_number == person.cert_no)


@contextmanager
def booth_at(platform: Practice, profile: Path, folder: Path, url: str = "") -> Iterator[Booth]:
    """``url``: of something between the desk and the platform."""
    with open_desk(str(profile), url or platform.url, "test") as opened:
        yield Booth(platform, opened, folder)


def seen(*files: Broken) -> FolderSeen:
    """A look into a drop folder in which these files have faults."""
    return FolderSeen(Path("charges"), broken=files)
