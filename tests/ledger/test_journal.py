"""The journal: everything at once or nothing, never changed, and every question answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from desktop.domain import events as e
from desktop.domain import notes
from desktop.domain.charges import BillKey
from desktop.domain.identifiers import Msgid, SetlId
from desktop.domain.money import Money
from desktop.ledger.chain import ORIGIN, ChainFault, Fault, Head
from desktop.ledger.errors import (
    JournalDamaged,
    JournalFromNewerProgram,
    JournalUnreadable,
    JournalWriteFailed,
)
from desktop.ledger.index import _OUTCOMES
from desktop.ledger.journal import Journal, VisitId
from tests.ledger.raw import raw, tamper
from tests.ledger.samples import MOMENT, answered, bill, intended, settlement, submitted

V1, V2, V3 = VisitId("v1"), VisitId("v2"), VisitId("v3")


def _known(journal: Journal, visit: VisitId) -> list[e.Entry]:
    return [recorded.entry for recorded in journal.entries(visit)]


def test_what_was_appended_is_there_after_reopening(
    journal: Journal, path: Path, key: bytes
) -> None:
    written: list[e.Entry] = [e.BillTaken(bill()), submitted(), e.Settled(settlement())]
    journal.append(V1, written[:2], MOMENT)
    journal.append(V2, [e.Requeried()], MOMENT)
    journal.append(V1, written[2:], MOMENT + timedelta(seconds=1))
    journal.close()
    again = Journal.open(path, key)
    recorded = again.entries(V1)
    again.close()
    assert [found.entry for found in recorded] == written
    assert [found.seq for found in recorded] == [1, 2, 4]
    assert [found.visit for found in recorded] == [V1] * 3
    assert [found.at for found in recorded] == [MOMENT, MOMENT, MOMENT + timedelta(seconds=1)]


def test_times_are_kept_as_china_time(journal: Journal) -> None:
    journal.append(V1, [e.Requeried()], datetime(2023, 5, 1, 16, 0, 0, 1, tzinfo=UTC))
    assert journal.entries(V1)[0].at.isoformat() == "2023-05-02T00:00:00.000001+08:00"
    assert journal.visits(date(2023, 5, 2)) == (V1,)


def test_one_append_is_one_durable_commit(journal: Journal) -> None:
    before = journal.commits
    journal.append(V1, [e.BillTaken(bill()), intended(), submitted()], MOMENT)
    assert journal.commits == before + 1
    journal.append(V1, [], MOMENT)
    assert journal.commits == before + 1


def test_a_failed_append_writes_none_of_its_entries(journal: Journal) -> None:
    """A bill number that SQLite cannot hold fails the second entry; the first goes with it."""
    with pytest.raises(JournalWriteFailed):
        journal.append(V1, [e.Requeried(), e.BillTaken(bill("\ud800"))], MOMENT)
    assert journal.entries(V1) == ()
    assert journal.visits() == ()
    journal.append(V1, [e.Requeried()], MOMENT)
    assert journal.verify_chain().entries == 1


def test_a_locked_file_fails_the_append_and_nothing_else(
    journal: Journal, path: Path, key: bytes
) -> None:
    journal._database._connection.execute("PRAGMA busy_timeout = 20")
    with raw(path, key) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalWriteFailed):
            journal.append(V1, [e.Requeried()], MOMENT)
        other.execute("ROLLBACK")
    journal.append(V1, [e.Requeried()], MOMENT)
    assert len(journal.entries(V1)) == 1


def test_visits_of_which_something_was_written_since(journal: Journal) -> None:
    """Oldest first by when they began, whatever came last."""
    for minute, visit in enumerate((V1, V2, V3, V1)):
        journal.append(visit, [e.Requeried()], MOMENT + timedelta(minutes=minute))
    assert journal.visits_since(MOMENT) == (V1, V2, V3)
    assert journal.visits_since(MOMENT + timedelta(seconds=1)) == (V1, V2, V3)
    assert journal.visits_since(MOMENT + timedelta(minutes=2)) == (V1, V3)
    assert journal.visits_since(MOMENT + timedelta(minutes=4)) == ()


def test_entries_after_one_of_them_are_the_rest(journal: Journal) -> None:
    journal.append(V1, [e.Requeried()], MOMENT)
    journal.append(V2, [e.Requeried()], MOMENT)
    journal.append(V1, [e.Requeried(), e.Requeried()], MOMENT)
    whole = journal.entries(V1)
    assert journal.entries_after(V1, 0) == whole
    assert journal.entries_after(V1, whole[0].seq) == whole[1:]
    assert journal.entries_after(V1, whole[-1].seq) == ()


def test_visits_by_day_and_in_all(journal: Journal) -> None:
    journal.append(V2, [e.Requeried()], MOMENT)
    journal.append(V1, [e.Requeried()], MOMENT + timedelta(days=1))
    journal.append(V2, [e.Requeried()], MOMENT + timedelta(days=1))
    journal.append(V3, [e.Requeried()], MOMENT)
    assert journal.visits() == (V2, V3, V1)
    assert journal.visits(date(2023, 5, 2)) == (V2, V3)
    assert journal.visits(date(2023, 5, 3)) == (V1,)
    assert journal.visits(date(2023, 5, 4)) == ()


def test_attempts_at_a_bill_newest_first(journal: Journal) -> None:
    journal.append(V2, [e.BillTaken(bill("B1", 1, "MZ1"))], MOMENT)
    journal.append(V1, [e.BillTaken(bill("B1", 1, "MZ1"))], MOMENT)
    journal.append(V3, [e.BillTaken(bill("B1", 2, "MZ1"))], MOMENT)
    journal.append(V2, [e.BillTaken(bill("B1", 1, "MZ1"))], MOMENT)
    assert journal.visits_of_bill(BillKey("B1", 1)) == (V1, V2)
    assert journal.visits_of_bill(BillKey("B1", 2)) == (V3,)
    assert journal.visits_of_bill(BillKey("B1", 3)) == ()
    assert journal.visits_of_visit_number("MZ1") == (V3, V1, V2)
    assert journal.visits_of_visit_number("MZ2") == ()


def test_a_visit_is_open_until_it_is_laid_to_rest(journal: Journal) -> None:
    journal.append(V2, [e.Requeried()], MOMENT)
    journal.append(V1, [e.Requeried()], MOMENT)
    journal.append(V2, [e.Requeried()], MOMENT)
    assert journal.open_visits() == (V2, V1)
    before = journal.commits
    journal.lay_to_rest(())
    assert journal.commits == before
    journal.lay_to_rest([V2, V3])
    assert journal.commits == before + 1
    assert journal.open_visits() == (V1,)
    assert journal.verify_chain().entries == 3
    journal.append(V2, [e.PatientLeft()], MOMENT)
    assert journal.open_visits() == (V2, V1)


def test_a_write_that_failed_opens_nothing(journal: Journal) -> None:
    """UTF-8 cannot hold the name: nothing of it is written."""
    journal.append(V1, [e.Requeried()], MOMENT)
    assert journal.open_visits() == (V1,)
    with pytest.raises(JournalWriteFailed):
        journal.append(VisitId("\ud842"), [e.Requeried()], MOMENT)
    assert journal.open_visits() == (V1,)


def test_writes_are_counted_visit_by_visit(journal: Journal) -> None:
    """One that failed may count: who looks again reads what is there."""
    assert journal.writes(V1) == 0
    journal.append(V1, [e.Requeried(), e.Requeried()], MOMENT)
    journal.append(V2, [e.Requeried()], MOMENT)
    journal.append(V1, [], MOMENT)
    assert (journal.writes(V1), journal.writes(V2)) == (1, 1)
    journal.lay_to_rest([V1])
    journal.append(V1, [e.Requeried()], MOMENT)
    assert (journal.writes(V1), journal.writes(V2)) == (2, 1)


UNANSWERED: list[Sequence[e.Entry]] = [
    [intended()],
    [submitted()],
    [e.CancelSubmitted(Msgid("M8"), SetlId("S1"))],
    [intended(), answered("another")],
    [submitted(), answered("M7")],
    [submitted(), e.CashTaken(Money(1))],
    [e.Settled(settlement()), submitted()],
]
UNKNOWN: list[Sequence[e.Entry]] = [
    [intended(), answered(outcome=notes.UNKNOWN)],
    [submitted(), e.OutcomeUnknown("reset")],
    [submitted(), e.OutcomeUnknown("reset"), e.PatientLeft()],
    [e.CancelSubmitted(Msgid("M8"), SetlId("S1")), e.CancelUnknown("reset")],
]
ENDED: list[Sequence[e.Entry]] = [
    [intended(), answered(outcome=notes.ACCEPTED)],
    [intended(), answered(outcome=notes.REFUSED)],
    [intended(), answered(outcome=notes.NOT_SENT)],
    [intended(), answered(outcome=notes.UNDONE)],
    [intended(), answered(outcome=notes.UNKNOWN), answered()],
    [intended(), answered(), answered(outcome=notes.UNKNOWN)],
    [submitted(), e.Settled(settlement())],
    [submitted(), e.SettledUnbalanced(settlement(), ("C2",))],
    [submitted(), e.SettlementRefused("refused", "不予")],
    [submitted(), e.OutcomeUnknown("reset"), e.FoundNotBooked("3202")],
    [submitted(), e.OutcomeUnknown("reset"), e.Settled(settlement())],
    [submitted(), e.OutcomeUnknown("reset"), e.Undone("2601")],
    [e.CancelSubmitted(Msgid("M8"), SetlId("S1")), e.Cancelled(settlement())],
    [e.CancelSubmitted(Msgid("M8"), SetlId("S1")), e.CancelRefused("不予")],
    [e.CancelSubmitted(Msgid("M8"), SetlId("S1")), e.CancelRefusedUnbalanced("不予")],
    [e.CancelSubmitted(Msgid("M8"), SetlId("S1")), e.CancelRefusedAfterCash("不予")],
]


def _standing(journal: Journal, entries: Sequence[e.Entry]) -> tuple[int, int]:
    """How many intents stand (unanswered, unknown), with another visit's beside them."""
    journal.append(V2, [intended(), submitted()], MOMENT)
    for entry in entries:
        journal.append(V1, [entry], MOMENT)
    unanswered, unknown = journal.unanswered(), journal.unknown()
    assert [found.visit for found in unanswered[:2]] == [V2, V2]
    assert all(found.visit == V1 for found in (*unanswered[2:], *unknown))
    return len(unanswered) - 2, len(unknown)


def test_every_outcome_of_an_intent_is_tried() -> None:
    """A kind of entry that ends an intent, and is forgotten here, would be tested by nobody."""
    tried = {type(entry) for entries in (*UNKNOWN, *ENDED) for entry in entries}
    assert set(_OUTCOMES) <= tried


@pytest.mark.parametrize("entries", UNANSWERED)
def test_an_intent_without_its_answer_stands(journal: Journal, entries: Sequence[e.Entry]) -> None:
    assert _standing(journal, entries) == (1, 0)


@pytest.mark.parametrize("entries", UNKNOWN)
def test_an_unknown_outcome_stands_apart(journal: Journal, entries: Sequence[e.Entry]) -> None:
    assert _standing(journal, entries) == (0, 1)


@pytest.mark.parametrize("entries", ENDED)
def test_a_definite_answer_ends_the_intent(journal: Journal, entries: Sequence[e.Entry]) -> None:
    assert _standing(journal, entries) == (0, 0)


def test_standing_intents_are_found_by_index(journal: Journal) -> None:
    from desktop.ledger.statements import OF_STANDING

    question = "EXPLAIN QUERY PLAN SELECT * FROM entries " + OF_STANDING
    plan = journal._database.rows(question, "unknown")
    steps = " / ".join(row[3] for row in plan)
    assert "INDEX standing_intents" in steps
    assert "SCAN" not in steps


def test_msgids_are_reserved_durably(journal: Journal, path: Path, key: bytes) -> None:
    assert journal.high_water() is None
    before = journal.commits
    journal.reserve("202305020930009999")
    journal.reserve("202305020931009999")
    assert journal.commits == before + 2
    journal.close()
    again = Journal.open(path, key)
    assert again.high_water() == "202305020931009999"
    again.close()


@pytest.mark.parametrize("table", ["entries", "visits", "bills", "visit_numbers"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET seq = seq + 100", "DELETE FROM {}"])
def test_the_schema_itself_is_append_only(
    journal: Journal, path: Path, key: bytes, table: str, verb: str
) -> None:
    journal.append(V1, [e.BillTaken(bill())], MOMENT)
    with raw(path, key) as other, pytest.raises(Exception, match=f"{table} is append-only"):
        other.execute(verb.format(table))
    assert len(journal.entries(V1)) == 1


def test_replacing_an_entry_is_changing_it(journal: Journal) -> None:
    journal.append(V1, [e.Requeried()], MOMENT)
    with (
        pytest.raises(JournalWriteFailed) as caught,
        journal._database.transaction() as execute,
    ):
        execute("REPLACE INTO entries SELECT seq, at, 'v9', kind, body, prev, hash FROM entries")
    assert "append-only" in str(caught.value.__cause__)


def test_the_hash_is_the_documented_one(journal: Journal, path: Path, key: bytes) -> None:
    """The preimage written out once more, by hand, from the words in chain.py."""
    journal.append(V1, [e.Requeried(), e.PatientLeft()], MOMENT)
    hashes, prev = [], bytes(32)
    for seq, kind in ((b"1", b"Requeried"), (b"2", b"PatientLeft")):
        fields = (seq, b"2023-05-02T09:30:00.000000+08:00", b"v1", kind, b"{}", prev)
        preimage = b"kuasheng-desk journal entry 1\n"
        preimage += b"".join(len(field).to_bytes(8, "big") + field for field in fields)
        prev = sha256(preimage).digest()
        hashes.append(prev)
    with raw(path, key) as other:
        assert [row[0] for row in other.execute("SELECT hash FROM entries")] == hashes
    assert journal.verify_chain().head == Head(2, hashes[-1])


def test_a_sound_chain(journal: Journal) -> None:
    assert journal.verify_chain().head == Head(0, ORIGIN)
    for count in range(5):
        journal.append(V1, [e.Printed("F1", count), e.CashTaken(Money(count))], MOMENT)
    report = journal.verify_chain()
    assert (report.ok, report.entries, report.first_fault) == (True, 10, None)


TAMPERED = [
    ("UPDATE entries SET body = x'7b7d' WHERE seq = 4", 4, Fault.CHANGED),
    ("UPDATE entries SET at = '2023-05-02T09:30:00.000001+08:00' WHERE seq = 4", 4, Fault.CHANGED),
    ("UPDATE entries SET visit = 'v2' WHERE seq = 4", 4, Fault.CHANGED),
    ("UPDATE entries SET kind = 'CashTaken' WHERE seq = 1", 1, Fault.CHANGED),
    ("UPDATE entries SET hash = zeroblob(32) WHERE seq = 5", 5, Fault.CHANGED),
    ("UPDATE entries SET prev = zeroblob(32) WHERE seq = 2", 2, Fault.BROKEN),
    ("UPDATE entries SET seq = 9 WHERE seq = 5", 5, Fault.MISSING),
    ("DELETE FROM entries WHERE seq = 3", 3, Fault.MISSING),
    ("DELETE FROM entries WHERE seq = 5", 5, Fault.MISSING),
    ("DELETE FROM entries", 1, Fault.MISSING),
    ("DELETE FROM head", 6, Fault.UNREADABLE),
    ("DROP TABLE head", 6, Fault.UNREADABLE),
]


@pytest.mark.parametrize(("sql", "seq", "fault"), TAMPERED)
def test_tampering_is_found_where_it_was_done(
    journal: Journal, path: Path, key: bytes, sql: str, seq: int, fault: Fault
) -> None:
    for count in range(5):
        journal.append(V1, [e.Printed("F1", count)], MOMENT)
    tamper(path, key, sql)
    report = journal.verify_chain()
    assert report.first_fault == ChainFault(seq, fault)
    assert report.entries == seq - 1
    assert not report.ok


def test_without_the_end_of_the_chain_nothing_is_appended(
    journal: Journal, path: Path, key: bytes
) -> None:
    tamper(path, key, "DELETE FROM head")
    with pytest.raises(JournalDamaged):
        journal.append(V1, [e.Requeried()], MOMENT)
    assert journal.entries(V1) == ()


@pytest.mark.parametrize(
    ("sql", "error"),
    [
        ("UPDATE entries SET at = 'yesterday'", JournalDamaged),
        ("UPDATE entries SET body = x'00'", JournalDamaged),
        ("UPDATE entries SET kind = 'Teleported'", JournalFromNewerProgram),
        ("DROP TABLE entries", JournalUnreadable),
    ],
)
def test_an_entry_that_cannot_be_read_is_an_error(
    journal: Journal, path: Path, key: bytes, sql: str, error: type[Exception]
) -> None:
    journal.append(V1, [e.Requeried()], MOMENT)
    tamper(path, key, sql)
    with pytest.raises(error):
        journal.entries(V1)
