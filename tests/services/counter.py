"""One counter of the hospital in this process: the real desk, an ear on its wire, its platform."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from desktop.app import OpenDesk, open_desk
from desktop.domain.account_use import AccountUse
from desktop.domain.charges import Bill
from desktop.domain.credential import Credential, CredentialKind
from desktop.domain.identifiers import AreaCode
from desktop.domain.money import Money
from desktop.domain.record import VisitRecord
from desktop.hospital.charges_file import read_charges
from desktop.ledger.database import open_database
from desktop.ledger.journal import Journal, VisitId
from desktop.services.desk_visit import DeskVisit
from desktop.services.line import Line
from desktop.services.ports import Desk
from desktop.services.settle import Agreement
from desktop.services.whole_settlement import Finished, Order, settle_bill
from tests.rig.bills import BillOf, Item
from tests.rig.practice import Practice
from tests.services.wire import Wire

TODAY = datetime.fromisoformat("2023-05-02T12:00:00")
BEGAN = datetime.fromisoformat("2023-05-02T09:00:00")
MEDICINE = Item("XJ01CAA001A001010100001", "阿莫西林胶囊 0.25g*24粒", "30.00", "20")


@dataclass(frozen=True, slots=True)
class Counter:
    """What a test at the counter works with."""

    platform: Practice
    opened: OpenDesk
    desk: Desk
    wire: Wire
    folder: Path

    def order(
        self,
        bill: BillOf,
        credential: Credential | None = None,
        *,
        insurance: tuple[str, AreaCode | None] | None = None,
        account: AccountUse = AccountUse.NONE,
        expected_cash: str | None = None,
    ) -> Order:
        """An order for the bill, by its patient's ID card unless told otherwise."""
        shown = credential or id_card(bill.id_number)
        cash = Money.parse(expected_cash) if expected_cash else None
        taken = read_charges(bill.write(self.folder / f"{bill.bill_no}.json"))
        return Order(taken, lambda: shown, insurance, Agreement(account, "0001", cash))

    def settle(
        self,
        bill: BillOf,
        credential: Credential | None = None,
        *,
        insurance: tuple[str, AreaCode | None] | None = None,
        account: AccountUse = AccountUse.NONE,
        expected_cash: str | None = None,
    ) -> Finished:
        """Settle through the services, exactly as the command does."""
        order = self.order(
            bill, credential, insurance=insurance, account=account, expected_cash=expected_cash
        )
        return settle_bill(self.desk, order)

    def on_disk(self, finished: Finished) -> VisitRecord:
        """What the journal holds of the visit, whatever the service remembers."""
        return self.desk.record(VisitId(finished.visit))

    def effective(self, bill: BillOf) -> list[Mapping[str, Any]]:
        """The settlements of the patient that stand at the platform."""
        booked = self.platform.settlements(bill.id_number)
        return [row for row in booked if row["state"] == "effective"]

    @contextmanager
    def second_reader(self) -> Iterator[Journal]:
        """The journal's file through another connection: only what is really in it."""
        profile = self.opened.profile
        key = bytes.fromhex(profile.practice_key_file.read_text("ascii").strip())
        journal = Journal(open_database(profile.journal_file, key))
        try:
            yield journal
        finally:
            journal.close()


@contextmanager
def counter_at(platform: Practice, profile: Path, folder: Path) -> Iterator[Counter]:
    """Open the desk of ``profile`` at the platform, with an ear on its line."""
    with open_desk(str(profile), platform.url, "test") as opened:
        line = opened.desk.platform
        assert isinstance(line, Line)
        wire = Wire(line._client.transport)
        heard = Line(replace(line._client, transport=wire))
        yield Counter(platform, opened, replace(opened.desk, platform=heard), wire, folder)


def insured(desk: Desk, bill: Bill, at: DeskVisit | None = None) -> DeskVisit:
    """A visit of the bill, with its patient; nothing is asked of the funds yet."""
    visit = at or DeskVisit(desk)
    visit.take_bill(bill)
    visit.show(id_card(bill.patient.id_number))
    visit.match_patient()
    visit.insure(None)
    return visit


def eligible(desk: Desk, bill: Bill, at: DeskVisit | None = None) -> DeskVisit:
    """The same, and the funds will pay; nothing is at the platform."""
    visit = insured(desk, bill, at)
    visit.check()
    return visit


def offered(desk: Desk, bill: Bill) -> DeskVisit:
    """A visit of the bill up to the sums of 2206, which nobody has agreed to yet."""
    visit = eligible(desk, bill)
    visit.upload()
    visit.offer(AccountUse.NONE)
    visit.save()
    return visit


def id_card(number: str) -> Credential:
    return Credential(CredentialKind.ID_CARD, number, cert_no=number)


def partial_card(card_no: str, card_sn: str) -> Credential:
    """What a 3.0 card tells: no name, no ID number."""
    return Credential(CredentialKind.SOCIAL_SECURITY_CARD, card_no, card_sn)


def bill_of(person: Mapping[str, Any], *items: Item, **changes: Any) -> BillOf:
    """A bill of the day for one of the town; ``changes`` are fields of :class:`BillOf`."""
    return BillOf(person["name"], person["certno"], BEGAN, items or (MEDICINE,), **changes)


def codes(finished: Finished) -> list[str]:
    return [problem.code for problem in finished.problems]


def messages(finished: Finished) -> str:
    return "\n".join(problem.message for problem in finished.problems)
