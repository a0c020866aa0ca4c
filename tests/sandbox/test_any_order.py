"""Messages in any order, and any of them again: what must hold after each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from desktop.domain.money import Money
from desktop.sandbox.care_place.audit_files import read_audits
from desktop.sandbox.control import surface as control
from desktop.sandbox.control.town import HOSPITAL
from desktop.sandbox.insured_place.areas import starting_areas
from desktop.sandbox.model import Settlement, SettlementState, YearSums
from tests.sandbox.areas import check_identities, hospital_share
from tests.sandbox.asking import No, Patient, business, diagnoses
from tests.sandbox.conftest import POLICIES, new_bench
from tests.sandbox.refusing import kept
from tests.sandbox.test_audit import CONSULTATION, DIALYSIS, EPOETIN, GENERAL

EMPTY = control.World((), (), HOSPITAL, audits=read_audits(), areas=tuple(starting_areas(POLICIES)))
FILED = date(2023, 5, 2)
RECOGNISED = ("M03900", "M01600")
CAPS = {"370800": (2000, 0), "990500": (2000, 5000)}
"""Of ordinary care and of each disease, in yuan a year."""
BATCHES = ("P1", "P2", "P3")
ITEMS: Mapping[str, Mapping[str, Any]] = {
    "A": {},
    "B": {"class": "02", "selfpay": "0.15"},
    "C": {"class": "03"},
    "D": {"limit": "12.50"},
    CONSULTATION: {"kind": "02"},
    GENERAL: {"kind": "07"},
    DIALYSIS: {"kind": "06"},
    EPOETIN: {"class": "02", "selfpay": "0.10", "restricted": True},
}

BEGINS = ("2023-05-02 09:00:00",) * 6 + (
    "2023-05-03 08:00:00", "2023-05-01 09:00:00", "2022-12-31 09:00:00",
)  # fmt: skip
TIMES = ("2023-05-03 10:00:00",) * 8 + (
    "2023-05-02 10:00:00", "2023-05-01 10:00:00", "2022-12-31 10:00:00",
)  # fmt: skip
CARE = (("11", ""), ("11", ""), *(("14", disease) for disease in RECOGNISED))
FOUND = (("J06.900",), ("J06.900", "N18.900"), ("N18.900",))
PRICES = ("0.99", "123.45", "4000.00")
STEPS, WALKS = 60, 60


@dataclass(frozen=True, slots=True)
class Row:
    """One line as it was sent."""

    item: str
    time: datetime
    disease: str
    amount: Decimal


@dataclass
class Sent:
    """What the desk knows of a visit from its accepted messages."""

    patient: Patient
    begins: datetime
    med_type: str = ""
    disease: str = ""
    diagnoses: tuple[str, ...] = ()
    batches: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    shown: dict[str, tuple[int, tuple[str, Any]]] = field(default_factory=dict)
    """The last 2206 of each batch, and how many bookings there had been."""
    stale: set[str] = field(default_factory=set)
    """Batches that want a new 2206: they are new, undone, or the visit was told otherwise."""

    @property
    def told(self) -> tuple[object, ...]:
        return self.begins, self.med_type, self.disease, self.diagnoses


@dataclass(frozen=True, slots=True)
class Paid:
    """A settlement, with what was sent for it."""

    visit: Sent
    setl_id: str
    answer: Mapping[str, Any]
    rows: tuple[Row, ...]


class AnyOrder:
    """One patient, up to two visits, everything that a desk can send of them."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.visits: list[Sent] = []
        self.paid: list[Paid] = []
        self.moves = 0
        self.area = chance.choice(sorted(CAPS))
        self.bench = new_bench(EMPTY)
        self.bench.now = business("2023-05-03 12:00:00")
        for code, facts in ITEMS.items():
            self.bench.item(code, **facts)
        filing = {"kind": "LONG_RESIDENT", "area": "430100", "from": FILED.isoformat()}
        chronic = [{"dise_codg": code, "from": "2022-01-01"} for code in RECOGNISED]
        insurance = {"area": self.area, "account": "300.00"}
        self.who = self.bench.put(insurance=insurance, filings=[filing], chronic=chronic)

    def step(self) -> None:
        """One message that can be sent now; after it everything must hold."""
        choices: dict[Callable[[], None], float] = {
            self.registers: 9 if not self.visits else 0.3 * (len(self.visits) < 2),
            self.tells_the_visit: 1.5 * bool(self.visits),
            self.charges: 3 * bool(self.visits),
            self.takes_lines_back: 0.6 * bool(self.visits),
            self.previews: 4 * any(sent.batches for sent in self.visits),
            self.settles: 4 * any(sent.shown for sent in self.visits),
            self.pays_back: 0.7 * bool(self.paid),
            self.reverses: 0.4 * bool(self.paid),
        }
        (message,) = self.chance.choices([*choices], [*choices.values()])
        message()
        self.every_answer_adds_up()
        self.what_is_paid_fits_the_visit_as_it_stands()
        self.the_rules_of_audit_hold_over_all_that_is_paid_of_a_visit()
        self.once_a_day_holds_over_all_visits()
        self.the_books_are_the_sum_of_what_stands()
        self.no_cap_is_exceeded()

    def sends(self, message: Callable[[], Any]) -> Any:
        """The answer, or None for a refusal, which changes nothing."""
        before = kept(self.bench.state)
        try:
            return message() or True
        except No:
            assert kept(self.bench.state) == before
            return None

    # --- what a desk sends ---------------------------------------------------------------------

    def registers(self) -> None:
        began = self.chance.choice(BEGINS)
        patient = self.bench.patient(self.who, area=self.area, began=began)
        if self.sends(patient.register):
            self.visits.append(Sent(patient, datetime.fromisoformat(began)))

    def tells_the_visit(self) -> None:
        """Mostly another thing than before."""
        sent, began = self.chance.choice(self.visits), self.chance.choice(BEGINS)
        kind, codes = self.chance.choice(CARE), self.chance.choice(FOUND)
        if self.chance.random() < 0.5:
            kind = (sent.med_type or "11", sent.disease)
        told = {"begntime": began, "med_type": kind[0], "dise_codg": kind[1]}
        if self.sends(lambda: sent.patient.upload_visit(**told, diseinfo=diagnoses(*codes))):
            before = sent.told
            sent.begins, (sent.med_type, sent.disease) = datetime.fromisoformat(began), kind
            sent.diagnoses = codes
            assert not sent.batches or before[1] in ("", sent.med_type)
            sent.stale |= {*sent.batches} if sent.told != before else set()
            sent.patient.med_type, sent.patient.disease = kind

    def charges(self) -> None:
        sent, batch = self.chance.choice(self.visits), self.chance.choice(BATCHES)
        bill = [self.a_row(sent) for _ in range(self.chance.choice((1, 1, 2, 3)))]
        rows = [
            sent.patient.row(
                batch, row.item, f"{row.amount}", fee_ocur_time=f"{row.time}", dise_codg=row.disease
            )
            for row in bill
        ]
        if self.sends(lambda: sent.patient.upload(*rows)):
            sent.batches[batch] = tuple(bill)
            sent.stale.add(batch)

    def a_row(self, sent: Sent) -> Row:
        disease = self.chance.choice(("", "", "", sent.disease, *RECOGNISED))
        time = datetime.fromisoformat(self.chance.choice(TIMES))
        time = time.replace(minute=self.chance.randrange(9))
        item = self.chance.choice((*sorted(ITEMS), DIALYSIS, DIALYSIS))
        price = self.chance.choice(PRICES)
        return Row(item, time, disease, Decimal(price))

    def takes_lines_back(self) -> None:
        sent, batch = self.chance.choice(self.visits), self.chance.choice((*BATCHES, "0000"))
        if self.sends(lambda: sent.patient.remove(batch)):
            settled = {self.booked(paid).batch for paid in self.standing() if paid.visit is sent}
            assert batch not in settled
            for number in [batch] if batch != "0000" else {*sent.batches} - settled:
                del sent.batches[number]

    def previews(self) -> None:
        sent = self.chance.choice([sent for sent in self.visits if sent.batches])
        batch, use = self.chance.choice(sorted(sent.batches)), self.chance.choice("01")
        total = str(_total(sent.batches[batch]))
        if answer := self.sends(lambda: sent.patient.preview(batch, total, use)):
            sent.shown[batch] = (self.moves, (use, answer))
            sent.stale.discard(batch)

    def settles(self) -> None:
        """With the amounts of the last 2206, however old they are."""
        sent = self.chance.choice([sent for sent in self.visits if sent.shown])
        batch = self.chance.choice(sorted(sent.shown))
        moves, (use, shown) = sent.shown[batch]
        if answer := self.sends(lambda: sent.patient.settle(shown, batch, use)):
            assert batch not in sent.stale
            if moves == self.moves:
                assert _but_notes(answer) == _but_notes(shown)
            setl_id = answer["setlinfo"]["setl_id"]
            self.paid.append(Paid(sent, setl_id, answer, sent.batches[batch]))
            self.moves += 1

    def pays_back(self) -> None:
        paid = self.chance.choice(self.paid)
        self.undoes(paid, lambda: paid.visit.patient.cancel(paid.setl_id))

    def reverses(self) -> None:
        paid = self.chance.choice(self.paid)
        self.undoes(paid, lambda: paid.visit.patient.reverse(self.booked(paid).msgid))

    def undoes(self, paid: Paid, message: Callable[[], Any]) -> None:
        """Once: what is undone is not undone again."""
        stood = paid in self.standing()
        assert bool(self.sends(message)) == stood
        self.moves += stood
        if stood:
            paid.visit.stale.add(self.booked(paid).batch)

    # --- what holds ----------------------------------------------------------------------------

    def booked(self, paid: Paid) -> Settlement:
        return self.bench.state.settlements[paid.setl_id]

    def standing(self) -> list[Paid]:
        effective = SettlementState.EFFECTIVE
        return [paid for paid in self.paid if self.booked(paid).state is effective]

    def every_answer_adds_up(self) -> None:
        """C1 to C7."""
        for paid in self.paid[-1:]:
            share = hospital_share(self.area, "310", paid.visit.disease, FILED)
            check_identities(paid.answer, _total(paid.rows), share=share)

    def what_is_paid_fits_the_visit_as_it_stands(self) -> None:
        for paid in self.standing():
            sent = paid.visit
            assert sent.begins.date() >= FILED
            assert sent.med_type == "11" or sent.disease in RECOGNISED
            for row in paid.rows:
                assert row.time >= sent.begins
                assert row.time.year == sent.begins.year
                assert sent.disease == "" or row.disease in ("", sent.disease)
                assert row.item != EPOETIN or "N18.900" in sent.diagnoses

    def the_rules_of_audit_hold_over_all_that_is_paid_of_a_visit(self) -> None:
        for sent in self.visits:
            paid = [row for each in self.standing() if each.visit is sent for row in each.rows]
            same = [row.time for row in paid if row.item == CONSULTATION]
            assert len(same) == len({*same})
            days = {row.time.date() for row in paid}
            for day in days:
                items = [row.item for row in paid if row.time.date() == day]
                assert not {CONSULTATION, GENERAL} <= {*items}

    def once_a_day_holds_over_all_visits(self) -> None:
        rows = (row for each in self.standing() for row in each.rows if row.item == DIALYSIS)
        days = [row.time.date() for row in rows]
        assert len(days) == len({*days})

    def every_settlement_tells_its_own_lines(self) -> None:
        """5204, whatever became of it and of its batch's number; a reversed one never was."""
        for paid in self.paid:
            named = {"mdtrt_id": paid.visit.patient.mdtrt_id, "psn_no": self.who.psn_no}
            if self.booked(paid).state is not SettlementState.REVERSED:
                told: Any = paid.visit.patient.ask("5204", data={**named, "setl_id": paid.setl_id})
                lines = [(row["med_list_codg"], row["det_item_fee_sumamt"]) for row in told]
                assert lines == [(row.item, row.amount) for row in paid.rows]

    def the_books_are_the_sum_of_what_stands(self) -> None:
        """Whatever was undone has left no trace; nothing is booked twice."""
        told = [paid.answer["setlinfo"] for paid in self.standing()]
        sums = self.only_year()
        paid = Money.total((sums.fund, *_paid(sums.diseases), *_paid(sums.funds)))
        assert sums.costs.yuan() == _sum(told, "medfee_sumamt")
        assert paid.yuan() == _sum(told, "fund_pay_sumamt")
        assert sums.account.yuan() == _sum(told, "acct_pay")
        assert sums.visits == len({id(each.visit) for each in self.standing()})
        left = Decimal(self.bench.person(self.who).insured[0].account)
        assert left == 300 - Decimal(_sum(told, "acct_pay"))

    def no_cap_is_exceeded(self) -> None:
        sums, (ordinary, disease) = self.only_year(), CAPS[self.area]
        assert sums.fund <= Money(ordinary * 100)
        assert all(row.paid <= Money(disease * 100) for row in sums.diseases.values())

    def only_year(self) -> YearSums:
        """Nobody was filed in the year before: nothing is paid there."""
        tables = dict(self.bench.state.sums.items())
        assert all(key.endswith("/2023") for key in tables)
        return next(iter(tables.values()), YearSums())


def _total(rows: Iterable[Row]) -> Decimal:
    return sum((row.amount for row in rows), Decimal(0))


def _paid(rows: Mapping[str, Any]) -> Iterable[Money]:
    return (row.paid for row in rows.values())


def _sum(told: Iterable[Mapping[str, Any]], name: str) -> str:
    return f"{sum((info[name] for info in told), Decimal(0)):.2f}"


def _but_notes(answer: Mapping[str, Any]) -> list[tuple[str, Decimal]]:
    return [(row["fund_pay_type"], row["fund_payamt"]) for row in answer["setldetail"]]


@pytest.mark.req("S0-23", "S1-28", "S1-32", "S1-34", "S4-20")
def test_messages_in_any_order_and_again() -> None:
    """2201, 2203, 2204, 2205, 2206, 2207, 2208 and 2601; the walks go far enough to tell."""
    undone = standing = 0
    for seed in range(WALKS):
        walk = AnyOrder(Random(seed))  # noqa: S311 - no secret
        for _ in range(STEPS):
            walk.step()
        walk.every_settlement_tells_its_own_lines()
        standing += len(walk.standing())
        undone += len(walk.paid) - len(walk.standing())
    assert min(standing, undone) > WALKS / 2
