"""The second file: what a lost or damaged journal must not take along."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.domain import events as e
from desktop.domain import notes
from desktop.domain.identifiers import Msgid, SetlId
from desktop.ledger.database import Database, open_database, side_files
from desktop.ledger.errors import JournalNotDecrypted, JournalWriteFailed
from desktop.ledger.index import _OUTCOMES, REVERSAL, settles
from desktop.ledger.intent_file import (
    NOTHING,
    IntentFile,
    Open,
    beside,
    found_open,
    read_intents,
)
from desktop.ledger.journal import Journal, VisitId
from desktop.ledger.sealed import NotSealed, Seal, read_sealed
from tests.ledger.samples import MOMENT, answered, bill, intended, settlement, submitted

V1, V2 = VisitId("v1"), VisitId("v2")
SETTLING: list[e.Entry] = [
    submitted(),
    e.CancelSubmitted(Msgid("M8"), SetlId("S1")),
    intended("M9", REVERSAL),
]
MSGID = Msgid("H43010000001202305020930000101")


def _open(path: Path, key: bytes) -> Open:
    found = read_intents(beside(path), key)
    assert found is not None
    return found


def _visits(path: Path, key: bytes) -> list[str]:
    return [kept.visit for kept in _open(path, key).visits]


def _known(journal: Journal, visit: VisitId) -> list[e.Entry]:
    return [recorded.entry for recorded in journal.entries(visit)]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder / "journal.db"


def _second_alone(path: Path, elsewhere: Path) -> Path:
    """What is left when nothing of the journal is."""
    shutil.copy(beside(path), beside(elsewhere))
    return elsewhere


@pytest.mark.parametrize("intent", SETTLING)
def test_a_visit_that_settles_is_found_again_without_its_journal(
    journal: Journal, path: Path, key: bytes, elsewhere: Path, intent: e.Entry
) -> None:
    """All of it, as it was: entries, order and times; copied while the desk is running."""
    journal.append(V1, [e.BillTaken(bill()), intended(), answered()], MOMENT)
    journal.append(V2, [e.Requeried()], MOMENT)
    journal.append(V1, [e.PatientLeft(), intent], MOMENT.replace(hour=11))
    again = Journal.open(_second_alone(path, elsewhere), key)
    found, then = again.entries(V1), journal.entries(V1)
    assert [(row.at, row.entry) for row in found] == [(row.at, row.entry) for row in then]
    assert [row.entry for row in again.unanswered()] == [intent]
    assert again.visits() == again.open_visits() == (V1,)
    assert again.verify_chain().ok
    again.close()


@pytest.mark.parametrize("entry", [e.Requeried(), intended(), e.PatientLeft()])
def test_what_settles_nothing_is_not_kept_twice(
    journal: Journal, path: Path, key: bytes, entry: e.Entry
) -> None:
    before, syncs = beside(path).read_bytes(), journal.syncs
    journal.append(V1, [entry], MOMENT)
    assert beside(path).read_bytes() == before
    assert journal.syncs == syncs


def test_what_settles_costs_one_wait_for_the_disk_more(journal: Journal) -> None:
    syncs, commits = journal.syncs, journal.commits
    journal.append(V1, [e.BillTaken(bill()), submitted()], MOMENT)
    journal.append(V1, [e.Settled(settlement())], MOMENT)
    assert (journal.syncs - syncs, journal.commits - commits) == (1, 2)


@pytest.mark.parametrize("outcome", sorted(_OUTCOMES, key=str))
def test_an_outcome_ends_the_record_unless_it_is_unknown(
    journal: Journal, path: Path, key: bytes, outcome: type[e.Entry]
) -> None:
    from tests.ledger.samples import full

    intent, standing = _OUTCOMES[outcome]
    journal.append(V1, [next(entry for entry in SETTLING if isinstance(entry, intent))], MOMENT)
    journal.append(V1, [full(outcome)], MOMENT)
    assert _visits(path, key) == ([] if standing == "ended" else [V1])


@pytest.mark.parametrize("words", [notes.ACCEPTED, notes.REFUSED, notes.NOT_SENT, notes.UNKNOWN])
def test_a_reversal_ends_with_its_answer(
    journal: Journal, path: Path, key: bytes, words: str
) -> None:
    journal.append(V1, [intended("M9", REVERSAL)], MOMENT)
    journal.append(V1, [notes.RequestAnswered(REVERSAL, Msgid("M9"), words)], MOMENT)
    assert _visits(path, key) == ([V1] if words == notes.UNKNOWN else [])


def test_a_settlement_stays_open_while_its_reversal_is_refused(
    journal: Journal, path: Path, key: bytes
) -> None:
    """Two intents of one visit: the last that ends, ends the record."""
    journal.append(V1, [submitted(), e.OutcomeUnknown("reset")], MOMENT)
    journal.append(V1, [intended("M9", REVERSAL)], MOMENT)
    journal.append(V1, [notes.RequestAnswered(REVERSAL, Msgid("M9"), notes.REFUSED)], MOMENT)
    assert [len(kept.lines) for kept in _open(path, key).visits] == [3]
    journal.append(V1, [e.FoundNotBooked("2601")], MOMENT)
    assert _visits(path, key) == []


def test_the_file_stays_small(path: Path, key: bytes) -> None:
    for number in range(20):
        journal = Journal.open(path, key)
        journal.append(VisitId(f"v{number}"), [e.BillTaken(bill()), submitted()], MOMENT)
        if number != 3:
            journal.append(VisitId(f"v{number}"), [e.Settled(settlement())], MOMENT)
        journal.close()
        assert beside(path).stat().st_size < 6000
    assert _visits(path, key) == ["v3"]


def test_a_sound_file_is_not_written_again(path: Path, key: bytes) -> None:
    journal = Journal.open(path, key)
    journal.append(V1, [submitted()], MOMENT)
    journal.close()
    before = beside(path).read_bytes()
    again = Journal.open(path, key)
    assert again.syncs == 0
    assert beside(path).read_bytes() == before
    again.append(V2, [submitted()], MOMENT)
    assert _visits(path, key) == [V1, V2]
    again.close()


def test_a_lost_mark_costs_nothing_while_the_journal_is_there(path: Path, key: bytes) -> None:
    """The journal is the truth: what it knows to be ended is ended."""
    journal = Journal.open(path, key)
    journal.append(V1, [submitted()], MOMENT)
    before = beside(path).read_bytes()
    journal.append(V1, [e.Settled(settlement())], MOMENT)
    journal.close()
    beside(path).write_bytes(before)
    again = Journal.open(path, key)
    assert again.unanswered() == ()
    assert len(again.entries(V1)) == 2
    again.close()
    assert _visits(path, key) == []


def test_the_lost_end_of_the_log_is_brought_back(path: Path, key: bytes, elsewhere: Path) -> None:
    """Acknowledged, and the log lost it all the same: the visit goes on where it stood."""
    journal = Journal.open(path, key)
    journal.append(V1, [e.BillTaken(bill())], MOMENT)
    journal.reserve("2023050209305099")
    shutil.copy(path, elsewhere)
    shutil.copy(side_files(path)[0], side_files(elsewhere)[0])
    journal.append(V1, [intended("M2"), e.Submitted(MSGID, "ab", settlement(None))], MOMENT)
    journal.close()
    again = Journal.open(_second_alone(path, elsewhere), key)
    assert [type(entry) for entry in _known(again, V1)] == [
        e.BillTaken, notes.RequestIntended, e.Submitted,
    ]  # fmt: skip
    assert len(again.unanswered()) == 2
    assert again.high_water() == "2023050209310099"
    assert again.verify_chain().ok
    again.close()
    third = Journal.open(elsewhere, key)
    assert (third.verify_chain().entries, third.commits) == (3, 0)
    third.close()


def test_a_visit_that_went_on_otherwise_is_right(path: Path, key: bytes) -> None:
    """Its commit had failed, the record could not be taken back, and the desk went on."""
    journal = Journal.open(path, key)
    journal.append(V1, [submitted()], MOMENT)
    record = beside(path).read_bytes()
    journal.close()
    path.unlink()
    beside(path).unlink()
    journal = Journal.open(path, key)
    journal.append(V1, [e.Requeried()], MOMENT)
    journal.close()
    beside(path).write_bytes(record)
    again = Journal.open(path, key)
    assert _known(again, V1) == [e.Requeried()]
    again.close()
    assert _visits(path, key) == []


def test_a_failed_commit_takes_its_record_back(
    journal: Journal, path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.append(V2, [submitted("M6")], MOMENT)
    before = beside(path).read_bytes()
    with monkeypatch.context() as failing:
        failing.setattr(journal._database, "_connection", _NoCommit(journal._database))
        with pytest.raises(JournalWriteFailed):
            journal.append(V1, [submitted()], MOMENT)
    assert beside(path).read_bytes() == before
    assert journal.entries(V1) == ()
    journal.append(V1, [submitted("M8")], MOMENT)
    assert _visits(path, key) == [V2, V1]
    journal.append(V1, [e.Settled(settlement())], MOMENT)
    assert _visits(path, key) == [V2]


def test_a_failed_second_intent_leaves_the_first_in_the_file(
    journal: Journal, path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.append(V1, [submitted("M6")], MOMENT)
    with monkeypatch.context() as failing:
        failing.setattr(journal._database, "_connection", _NoCommit(journal._database))
        with pytest.raises(JournalWriteFailed):
            journal.append(V1, [intended("M9", REVERSAL)], MOMENT)
    assert [len(kept.lines) for kept in _open(path, key).visits] == [1]
    journal.append(V2, [submitted("M7")], MOMENT)
    assert _visits(path, key) == [V1, V2]


class _NoCommit:
    """A real connection whose disk is full when it comes to the commit."""

    def __init__(self, database: Database) -> None:
        self._connection = database._connection
        self._error = database._driver.Error

    def execute(self, sql: str, *values: object) -> object:
        if sql == "COMMIT":
            raise self._error("disk full")
        return self._connection.execute(sql, *values)  # type: ignore[arg-type]

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction


def test_without_room_in_the_second_file_nothing_is_announced(
    journal: Journal, path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder in its place: it cannot be written, so what settles is refused, the rest is not."""
    journal._second.close()
    beside(path).unlink()
    beside(path).mkdir()
    for _ in range(2):
        with pytest.raises(JournalWriteFailed):
            journal.append(V1, [e.BillTaken(bill()), submitted()], MOMENT)
    assert journal.entries(V1) == ()
    journal.append(V1, [e.BillTaken(bill())], MOMENT)
    beside(path).rmdir()
    journal.append(V1, [submitted()], MOMENT)
    assert [len(kept.lines) for kept in _open(path, key).visits] == [2]


def test_a_mark_that_cannot_be_written_is_no_failure(
    journal: Journal, path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.append(V1, [submitted("M1")], MOMENT)
    journal.append(V2, [submitted("M2")], MOMENT)
    with monkeypatch.context() as failing:
        failing.setattr(Seal, "frame", _full)
        for visit in (V1, V2):
            journal.append(visit, [e.Settled(settlement())], MOMENT)
    assert _visits(path, key) == [V1, V2]
    journal.append(V1, [intended("M3", REVERSAL)], MOMENT)
    assert _visits(path, key) == [V1]


def test_a_journal_without_a_second_file_keeps_its_intents(path: Path, key: bytes) -> None:
    """As one that is being made, and those of the simulation."""
    journal = Journal(open_database(path, key))
    journal.append(V1, [submitted()], MOMENT)
    assert [row.visit for row in journal.unanswered()] == [V1]
    journal.append(V1, [e.Settled(settlement())], MOMENT)
    assert (journal.unanswered(), journal.syncs) == ((), 0)
    journal.close()
    assert not beside(path).exists()


def _full(*_arguments: object, **_options: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_file_of_another_key_is_none(path: Path, key: bytes) -> None:
    Journal.open(path, key).close()
    assert read_intents(beside(path), bytes(32)) is None
    assert read_intents(path, key) is None
    assert read_intents(path.with_name("nothing"), key) is None


@pytest.fixture
def three(key: bytes) -> bytes:
    return Seal.fresh(key).file([b"one" * 40, b"two" * 40, b"three" * 40])


def _ends(key: bytes) -> list[int]:
    """Where a file of zero, one, two and three frames ends."""
    contents = [b"one" * 40, b"two" * 40, b"three" * 40]
    return [len(Seal.fresh(key).file(contents[:count])) for count in range(4)]


def test_a_torn_end_is_no_damage_at_any_byte(three: bytes, key: bytes) -> None:
    ends = _ends(key)
    for length in range(ends[0], len(three) + 1):
        found = read_sealed(three[:length], key)
        whole = sum(length >= end for end in ends) - 1
        assert len(found.contents) == whole
        assert not found.damaged
        assert (found.seal is not None) == (length in ends)
        zeros = read_sealed(three[:length] + bytes(4096), key)
        assert len(zeros.contents) == whole


def test_a_file_that_ends_in_zeros_is_torn(three: bytes, key: bytes) -> None:
    found = read_sealed(three + bytes(4096), key)
    assert (len(found.contents), found.damaged, found.seal) == (3, False, None)


def test_a_flipped_bit_anywhere_is_found(three: bytes, key: bytes) -> None:
    """Before the first record it is no such file; in a record the others are read."""
    start = _ends(key)[0]
    for at in range(len(three)):
        flipped = three[:at] + bytes([three[at] ^ 1]) + three[at + 1 :]
        if at < start:
            with pytest.raises(NotSealed):
                read_sealed(flipped, key)
            continue
        found = read_sealed(flipped, key)
        assert found.damaged
        assert found.seal is None
        assert len(found.contents) < 3
        assert set(found.contents) < {b"one" * 40, b"two" * 40, b"three" * 40}


def test_records_cannot_change_places(three: bytes, key: bytes) -> None:
    start, one, two, end = _ends(key)
    frames = [three[a:b] for a, b in ((start, one), (one, two), (two, end))]
    for order in ((1, 0, 2), (0, 2), (1, 2), (0, 0, 1), (2, 1, 0)):
        found = read_sealed(three[:start] + b"".join(frames[one] for one in order), key)
        assert found.damaged


def test_a_record_of_another_file_is_none(three: bytes, key: bytes) -> None:
    other = Seal.fresh(key).file([b"one" * 40, b"two" * 40, b"three" * 40])
    start = _ends(key)[0]
    assert read_sealed(three[:start] + other[start:], key).contents == ()


def test_no_nonce_is_used_twice(key: bytes) -> None:
    """A number is used again after a failed write; its nonce never."""
    seal = Seal.fresh(key)
    assert len({seal.frame(1, b"same")[12:24] for _ in range(50)}) == 50


def test_a_damaged_record_is_healed_by_the_journal(path: Path, key: bytes) -> None:
    journal = Journal.open(path, key)
    journal.append(V1, [submitted("M1")], MOMENT)
    journal.append(V2, [submitted("M2")], MOMENT)
    journal.close()
    content = bytearray(beside(path).read_bytes())
    content[200] ^= 1
    beside(path).write_bytes(content)
    assert _open(path, key).damaged
    Journal.open(path, key).close()
    assert not _open(path, key).damaged
    assert _visits(path, key) == [V1, V2]


def test_everything_that_can_book_or_undo_settles() -> None:
    """Intents are the kinds with a msgid; the three transactions of unknown-outcome.md."""
    assert {type(entry).__name__ for entry in SETTLING if settles(entry)} == {
        "Submitted", "CancelSubmitted", "RequestIntended",
    }  # fmt: skip
    assert not settles(intended("M1", "2204"))


def test_only_the_owner_may_read_it(journal: Journal, path: Path) -> None:
    assert beside(path).stat().st_mode & 0o777 == 0o600


@pytest.fixture
def closing() -> Iterator[Callable[[IntentFile], IntentFile]]:
    opened: list[IntentFile] = []

    def close_later(file: IntentFile) -> IntentFile:
        opened.append(file)
        return file

    yield close_later
    for file in opened:
        file.close()


def test_a_file_that_cannot_be_made_at_the_beginning_is_made_later(
    path: Path, key: bytes, closing: Callable[[IntentFile], IntentFile]
) -> None:
    from desktop.ledger.intent_file import Kept, Line

    second = closing(IntentFile(beside(path), key))
    beside(path).mkdir()
    second.begin((), NOTHING)
    beside(path).rmdir()
    second.keep(Kept("v1", (Line("t", "k", b"b"),)))
    assert _visits(path, key) == ["v1"]


def test_a_day_that_ended_well_leaves_an_empty_file(path: Path, key: bytes) -> None:
    """The next desk need not decrypt it, and goes on with it."""
    journal = Journal.open(path, key)
    journal.append(V1, [e.BillTaken(bill()), submitted()], MOMENT)
    journal.append(V1, [e.Settled(settlement())], MOMENT)
    journal.close()
    found = found_open(beside(path), key)
    assert found is not None
    assert (found.blank, found.visits) == (True, ())
    assert _visits(path, key) == []
    again = Journal.open(path, key)
    again.append(V2, [submitted()], MOMENT)
    assert _visits(path, key) == [V2]
    again.close()
    assert _visits(path, key) == [V2]


def test_an_empty_file_of_another_key_takes_no_record(path: Path, key: bytes) -> None:
    """It is not decrypted at the opening; the first intent is written to a file of this key."""
    Journal.open(path, key).close()
    beside(path).write_bytes(Seal.fresh(bytes(32)).file(()))
    journal = Journal.open(path, key)
    assert journal.syncs == 0
    journal.append(V1, [submitted()], MOMENT)
    assert _visits(path, key) == [V1]
    journal.close()


def test_an_empty_file_proves_no_key(path: Path, key: bytes) -> None:
    """A journal that another key made is no damaged one, however empty the second file is."""
    Journal.open(path, key).close()
    with pytest.raises(JournalNotDecrypted):
        Journal.open(path, bytes(32))
