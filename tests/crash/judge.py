"""The invariants: what the desk's journal says against what the platform booked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.domain.charges import BillKey
from desktop.domain.events import Submitted
from desktop.domain.identifiers import SetlId
from desktop.domain.money import Money
from desktop.domain.record import VisitRecord, replay
from desktop.ledger.index import settles
from desktop.ledger.journal import Journal, VisitId
from tests.crash.desk import CrashDesk
from tests.crash.points import Passed

Row = Mapping[str, Any]


class Violation(AssertionError):
    """An invariant does not hold."""


def judge(desk: CrashDesk, bill_no: str, certno: str, said: Sequence[Passed] = ()) -> None:
    """Judge one bill after its recovery; raises :class:`Violation`."""
    rows = desk.platform.settlements(certno)
    with desk.journal() as journal:
        faults = [*_faults_of_bill(journal, bill_no, rows), *_faults_of_rows(journal, rows)]
        faults += [fault for one in said for fault in _lost(journal, one)]
        open_now = [*journal.unanswered(), *journal.unknown()]
        faults += [f"open: {found}" for found in open_now if settles(found.entry)]
    if faults:
        raise Violation("\n".join(faults))


def judge_all(desk: CrashDesk) -> int:
    """The whole journal holds, and every bill in it; how many bills there are."""
    verified = desk.alone("journal", "verify")
    if verified.exit != 0:
        raise Violation(f"journal verify: {verified.body}")
    rows = desk.platform.settlements()
    with desk.journal() as journal:
        bills = {key.bill_no for key in _bills(journal)}
        faults = [fault for bill in bills for fault in _faults_of_bill(journal, bill, rows)]
        faults += _faults_of_rows(journal, rows)
    if faults:
        raise Violation("\n".join(faults))
    return len(bills)


def judge_cash(desk: CrashDesk, setl_id: str, drawer: Money) -> None:
    """What lies in the drawer is what the platform told the patient to pay, to the fen, and nothing
    of what was taken back; the desk says the same of cash, account and funds, and they are the whole
    bill. Raises :class:`Violation`.
    """
    with desk.journal() as journal:
        (visit, *_) = journal.visits_of_settlement(SetlId(setl_id))
        record = _record(journal, visit)
        sent = set(_msgids(journal, visit))
    rows = [row for row in desk.platform.settlements() if row["medins_setl_id"] in sent]
    there = [row for row in rows if row["state"] == "effective"]
    due = Money.total(Money.parse(row["psn_cash_pay"]) for row in there)
    held = record.cash_taken or Money(0)
    if not due == held == drawer:
        raise Violation(f"{setl_id}: {due} is due, {held} held, {drawer} in the drawer")
    parts = [[row[name] for name in _PARTS] for row in there]
    if parts != ([_parts(record)] if record.effectively_settled else []):
        raise Violation(f"{setl_id}: parts of the bill differ, there {parts}")
    for total, *paid in parts:
        if Money.parse(total) != Money.total(map(Money.parse, paid)):
            raise Violation(f"{setl_id}: {paid} are not the whole bill of {total}")


_PARTS = ("medfee_sumamt", "fund_pay_sumamt", "acct_pay", "psn_cash_pay")


def _parts(record: VisitRecord) -> list[str]:
    assert record.settlement is not None
    split = record.settlement.split
    told = (split.total, split.fund_total, split.account, split.cash)
    return [amount.yuan() if amount is not None else "" for amount in told]


def _bills(journal: Journal) -> Iterator[BillKey]:
    for visit in journal.visits():
        bill = _record(journal, visit).bill
        if bill is not None:
            yield bill.key


def _record(journal: Journal, visit: VisitId) -> VisitRecord:
    return replay(found.entry for found in journal.entries(visit))


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of a bill, at the desk or at the platform; amounts in fen."""

    setl_id: str
    cash: Money | None
    fund: Money | None


def _faults_of_bill(journal: Journal, bill_no: str, rows: Sequence[Row]) -> Iterator[str]:
    """At most one effective settlement, and the same one on both sides."""
    visits = journal.visits_of_bill(BillKey(bill_no, 1))
    sent = {msgid for visit in visits for msgid in _msgids(journal, visit)}
    booked = [row for row in rows if row["state"] == "effective" and row["medins_setl_id"] in sent]
    here = [record for visit in visits if (record := _record(journal, visit)).effectively_settled]
    if len(booked) > 1 or len(here) > 1:
        yield f"{bill_no}: effective {len(booked)} there, {len(here)} here"
    if sorted(map(_there, booked), key=str) != sorted(map(_here, here), key=str):
        yield f"{bill_no}: there {booked}, here {[record.settlement for record in here]}"


def _there(row: Row) -> Standing:
    cash, fund = Money.parse(row["psn_cash_pay"]), Money.parse(row["fund_pay_sumamt"])
    return Standing(row["setl_id"], cash, fund)


def _here(record: VisitRecord) -> Standing:
    assert record.settlement is not None
    split = record.settlement.split
    return Standing(str(record.settlement.setl_id), split.cash, split.fund_total)


def _msgids(journal: Journal, visit: VisitId) -> Iterator[str]:
    for found in journal.entries(visit):
        if isinstance(found.entry, Submitted):
            yield found.entry.msgid


def _faults_of_rows(journal: Journal, rows: Sequence[Row]) -> Iterator[str]:
    """Nothing was ever booked that the journal does not name."""
    known = {msgid for (msgid,) in journal._database.rows("SELECT msgid FROM intents")}
    for row in rows:
        if row["medins_setl_id"] not in known:
            yield f"booked and not in the journal: {row}"


def _lost(journal: Journal, said: Passed) -> Iterator[str]:
    for visit, entries in said.acknowledged.items():
        there = len(journal.entries(visit))
        if there < entries:
            yield f"acknowledged {entries} entries of {visit}, found {there}"
