"""The archive: what was printed, byte for byte, in the journal's own file and nowhere in the clear."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.domain.identifiers import SetlId
from desktop.domain.prints import PrintIntended
from desktop.ledger.errors import JournalDamaged, JournalWriteFailed
from desktop.ledger.journal import Journal, VisitId
from desktop.ledger.papers import NewPaper, Search
from desktop.ledger.recover import recover_journal
from tests.ledger.raw import raw
from tests.ledger.samples import ID_NUMBER, MOMENT, NAME

V1, V2 = VisitId("v1"), VisitId("v2")
PDF = b"%PDF-1.7 " + NAME.encode() + bytes(range(256)) * 40


def paper(job: str, **changes: object) -> NewPaper:
    told = {
        "form": "F1",
        "title": "结算单",
        "setl_id": "S1",
        "id_number": ID_NUMBER,
        "reprint": 0,
        "content": PDF,
    }
    return NewPaper(job, **{**told, **changes})  # type: ignore[arg-type]


def meant(of: NewPaper) -> PrintIntended:
    return PrintIntended(of.job, of.form, 2, of.sha256, of.setl_id)


def keep(journal: Journal, visit: VisitId, of: NewPaper, days: int = 0) -> None:
    journal.append_paper(visit, [meant(of)], of, MOMENT + timedelta(days=days))


@pytest.fixture
def journal(path: Path, key: bytes) -> Iterator[Journal]:
    made = Journal.open(path, key)
    keep(made, V1, paper("j1"))
    keep(made, V1, paper("j2", reprint=1), days=1)
    keep(made, V2, paper("j3", setl_id="S2", id_number="990000198001010010"), days=40)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("search", "jobs"),
    [
        (Search(), ["j1", "j2", "j3"]),
        (Search(visit="v1"), ["j1", "j2"]),
        (Search(setl_id="S2"), ["j3"]),
        (Search(id_number=f" {ID_NUMBER.lower()} "), ["j1", "j2"]),
        (Search(id_number="990000197001010019"), []),
        (Search(first=MOMENT.date(), last=MOMENT.date()), ["j1"]),
        (Search(first=date(2023, 5, 1), last=date(2023, 5, 31)), ["j1", "j2"]),
        (Search(visit="v1", first=date(2023, 5, 3)), ["j2"]),
        (Search(setl_id="S9"), []),
    ],
)
def test_a_paper_is_found_by_person_visit_settlement_and_day(
    journal: Journal, search: Search, jobs: list[str]
) -> None:
    assert [found.job for found in journal.papers(search)] == jobs


def test_it_is_as_it_was_printed(journal: Journal) -> None:
    (found,) = journal.papers(Search(setl_id="S2"))
    assert journal.paper("j1") == PDF
    assert journal.paper("j9") is None
    assert (found.size, found.sha256) == (len(PDF), paper("j3").sha256)
    assert (found.visit, found.title, found.at) == ("v2", "结算单", MOMENT + timedelta(days=40))


def test_the_chain_vouches_for_it(journal: Journal) -> None:
    (intent,) = [told.entry for told in journal.entries(V2)]
    assert intent == meant(paper("j3", setl_id="S2"))
    assert journal.verify_chain().ok


def test_nothing_of_it_is_readable_in_the_file(path: Path, key: bytes, journal: Journal) -> None:
    journal.close()
    for file in path.parent.iterdir():
        held = file.read_bytes()
        assert not any(told in held for told in (b"%PDF", NAME.encode(), ID_NUMBER.encode()))
    with raw(path, key) as inside:
        rows = list(inside.execute("SELECT * FROM papers"))
    assert ID_NUMBER not in repr(rows)


def test_it_is_written_with_its_intent_or_not_at_all(journal: Journal) -> None:
    with pytest.raises(JournalWriteFailed):
        keep(journal, V2, paper("j1"))
    assert len(journal.entries(V2)) == 1
    assert journal.paper("j1") == PDF


def test_it_is_never_changed(path: Path, key: bytes, journal: Journal) -> None:
    journal.close()
    with raw(path, key) as inside, pytest.raises(Exception, match="append-only"):
        inside.execute("UPDATE papers SET title = 'x'")


def test_content_that_is_another_is_damage(path: Path, key: bytes, journal: Journal) -> None:
    journal.close()
    with raw(path, key) as inside:
        inside.execute("DROP TRIGGER papers_no_update")
        inside.execute("UPDATE papers SET sha256 = ? WHERE job = 'j1'", ("0" * 64,))
    again = Journal.open(path, key)
    with pytest.raises(JournalDamaged):
        again.paper("j1")
    again.close()


def test_an_archive_without_its_key_is_damage(path: Path, key: bytes, journal: Journal) -> None:
    journal.close()
    with raw(path, key) as inside:
        inside.execute("DELETE FROM papers_key")
    again = Journal.open(path, key)
    with pytest.raises(JournalDamaged):
        again.papers(Search(id_number=ID_NUMBER))
    again.close()


def test_papers_come_along_when_a_damaged_journal_is_replaced(
    path: Path, key: bytes, journal: Journal
) -> None:
    """Found by their persons as before: the key of the marks comes along too."""
    journal.close()
    with raw(path, key) as inside:
        inside.execute("UPDATE head SET hash = zeroblob(32)")
    assert recover_journal(path, key, MOMENT).set_aside is not None
    again = Journal.open(path, key)
    assert [p.job for p in again.papers(Search(id_number=ID_NUMBER))] == ["j1", "j2"]
    assert again.paper("j3") == PDF
    assert again.visits_of_settlement(SetlId("S1")) == ()
    again.close()
