"""One visit's diary: notes travel with the next write, and a write is all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.credential import CredentialKind
from desktop.domain.events import BillTaken, CredentialRead, Settled
from desktop.domain.record import replay
from desktop.domain.visit import NotAllowed, State
from desktop.ledger.errors import JournalWriteFailed
from desktop.ledger.journal import Journal, VisitId
from desktop.services.visit_log import VisitLog
from tests.ledger.samples import MOMENT, bill, settlement

VISIT = VisitId("v1")
READ = CredentialRead(CredentialKind.ID_CARD, "990000********0018")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(tmp_path / "journal.db", bytes(32))
    yield opened
    opened.close()


def _log(journal: Journal) -> VisitLog:
    earlier = [row.entry for row in journal.entries(VISIT)]
    return VisitLog(journal, VISIT, lambda: MOMENT, replay(earlier))


def test_a_note_is_known_at_once_and_on_disk_with_the_next_write(journal: Journal) -> None:
    log = _log(journal)
    log.note(BillTaken(bill()))
    assert log.record.bill == bill()
    assert journal.entries(VISIT) == ()
    log.write(READ)
    assert [row.entry for row in journal.entries(VISIT)] == [BillTaken(bill()), READ]


def test_a_write_of_nothing_costs_nothing(journal: Journal) -> None:
    log = _log(journal)
    log.write(READ)
    before = journal.commits
    log.write()
    assert journal.commits == before


def test_the_diary_goes_on_where_the_journal_stands(journal: Journal) -> None:
    _log(journal).write(BillTaken(bill()), READ)
    again = _log(journal)
    assert (again.record.state, again.record.credential) == (State.CREDENTIAL, READ)
    assert [row.at for row in journal.entries(VISIT)] == [MOMENT, MOMENT]


def test_what_cannot_happen_is_not_remembered(journal: Journal) -> None:
    log = _log(journal)
    with pytest.raises(NotAllowed):
        log.note(Settled(settlement()))
    log.write(READ)
    assert [row.entry for row in journal.entries(VISIT)] == [READ]


class _Refusing:
    """A journal that takes nothing more."""

    def writes(self, _visit: VisitId) -> int:
        return 0

    def append(self, *_: object) -> None:
        raise JournalWriteFailed

    def entries(self, *_: object) -> tuple[()]:
        return ()

    visits_of_bill = visits_of_visit_number = entries


def test_a_refused_write_leaves_the_record_where_the_disk_is() -> None:
    """Memory that says settled over a disk that says sent would take the patient's cash."""
    log = VisitLog(_Refusing(), VISIT, lambda: MOMENT)
    with pytest.raises(JournalWriteFailed):
        log.write(READ)
    assert log.record.state is State.IDLE
