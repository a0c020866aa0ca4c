"""What the desk remembers of a visit is what the journal holds, at every look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.credential import CredentialKind
from desktop.domain.events import BillTaken, CredentialRead, PatientDeclined
from desktop.domain.record import replay
from desktop.domain.visit import State
from desktop.ledger.journal import Journal, VisitId
from desktop.services import told as told_module
from desktop.services.told import Memory, Told
from tests.ledger.samples import MOMENT, bill

VISIT = VisitId("visit 1")
READ = CredentialRead(CredentialKind.ID_CARD, "9900**********1038")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(tmp_path / "journal.db", bytes(32))
    yield opened
    opened.close()


def test_a_look_is_never_behind(journal: Journal) -> None:
    memory = Memory()
    assert memory.told(journal, VISIT).record.state is State.IDLE
    for entry in (BillTaken(bill()), READ, PatientDeclined()):
        journal.append(VISIT, (entry,), MOMENT)
        _is_whole(journal, memory.told(journal, VISIT))


def test_without_a_commit_a_look_reads_nothing(journal: Journal) -> None:
    memory = Memory()
    journal.append(VISIT, (READ,), MOMENT)
    assert memory.told(journal, VISIT) is memory.told(journal, VISIT)


def test_what_another_visit_wrote_leaves_this_one_as_it_is(journal: Journal) -> None:
    memory = Memory()
    journal.append(VISIT, (READ,), MOMENT)
    before = memory.told(journal, VISIT)
    journal.append(VisitId("visit 2"), (READ,), MOMENT)
    journal.close()
    assert memory.told(journal, VISIT) is before


def test_what_is_forgotten_is_read_again(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told_module, "_KEPT", 1)
    memory = Memory()
    journal.append(VISIT, (READ,), MOMENT)
    journal.append(VisitId("visit 2"), (READ, PatientDeclined()), MOMENT)
    for _ in range(2):
        _is_whole(journal, memory.told(journal, VISIT))
        _is_whole(journal, memory.told(journal, VisitId("visit 2")))


def test_who_was_forgotten_is_read_anew(journal: Journal) -> None:
    memory = Memory()
    journal.append(VISIT, (READ,), MOMENT)
    before = memory.told(journal, VISIT)
    memory.forget(VISIT)
    memory.forget(VisitId("nobody"))
    assert len(memory) == 0
    assert memory.told(journal, VISIT) == before
    _is_whole(journal, memory.told(journal, VISIT))


def _is_whole(journal: Journal, found: Told) -> None:
    entries = journal.entries(found.visit)
    assert found.entries == entries
    assert found.record == replay(recorded.entry for recorded in entries)
