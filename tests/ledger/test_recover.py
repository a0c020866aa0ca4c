"""A damaged journal is replaced; what is open in it is found again, and nothing is deleted."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain import events as e
from desktop.domain.charges import BillKey
from desktop.domain.identifiers import Msgid
from desktop.domain.record import replay
from desktop.domain.times import CHINA
from desktop.ledger.database import open_as_it_is, side_files
from desktop.ledger.errors import JournalDamaged, JournalError, JournalUnreadable
from desktop.ledger.intent_file import beside
from desktop.ledger.journal import Journal, VisitId
from desktop.ledger.recover import Recovered, recover_journal
from desktop.ledger.salvage import UNCOUNTED
from tests.ledger.samples import MOMENT, bill, full, settlement, submitted

PAGE = 4096
V1, V7 = VisitId("v1"), VisitId("v7")
NOW = datetime(2023, 5, 2, 12, 0, tzinfo=CHINA)


@pytest.fixture
def damaged(path: Path, key: bytes) -> Path:
    """Ten visits, of which the eighth is open; the first page is not as it was written."""
    _fill(path, key)
    _flip(path, 0)
    return path


STEPS = (
    *(e.CredentialRead, e.PersonIdentified, e.BenefitsConfirmed, e.Registered, e.LinesUploaded),
    *(e.Previewed, e.PatientAgreed),
)
"""From the bill to the 2207."""


def _until_2207(number: int) -> list[e.Entry]:
    return [
        e.BillTaken(bill(str(number), visit_no=f"MZ{number}")),
        *map(full, STEPS),
        submitted(),
    ]


def _fill(path: Path, key: bytes) -> None:
    journal = Journal.open(path, key)
    for number in range(10):
        visit = VisitId(f"v{number}")
        journal.append(visit, _until_2207(number), MOMENT)
        if visit != V7:
            journal.append(visit, [e.Settled(settlement(f"S{number}"))], MOMENT)
    journal.close()
    os.utime(path, (MOMENT.timestamp(), MOMENT.timestamp()))


def _flip(path: Path, page: int) -> bytes:
    whole = path.read_bytes()
    at = page * PAGE + 2000
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    os.utime(path, (MOMENT.timestamp(), MOMENT.timestamp()))
    return path.read_bytes()


def _holds_the_open_visit(path: Path, key: bytes) -> None:
    journal = Journal.open(path, key)
    assert [row.entry for row in journal.entries(V7)] == _until_2207(7)
    assert V7 in {row.visit for row in journal.unanswered()}
    assert V7 in journal.open_visits()
    assert journal.verify_chain().ok
    assert journal.file_is_sound()
    journal.close()


def _recovered(path: Path, key: bytes, now: datetime = NOW) -> Recovered:
    recovered = recover_journal(path, key, now)
    assert recovered.set_aside is not None
    return recovered


def test_a_flipped_bit_in_any_page_is_recovered_from(path: Path, key: bytes) -> None:
    """Whatever page it is: noticed, the open intent found again, the damaged file kept."""
    _fill(path, key)
    sound, second = path.read_bytes(), beside(path).read_bytes()
    for page in range(len(sound) // PAGE):
        path.write_bytes(sound)
        beside(path).write_bytes(second)
        flipped = _flip(path, page)
        recovered = _recovered(path, key)
        assert recovered.set_aside is not None
        assert recovered.set_aside.read_bytes() == flipped
        assert (recovered.visits, recovered.complete) == ((V7,), True)
        _holds_the_open_visit(path, key)


def test_a_settled_bill_stays_settled(path: Path, key: bytes) -> None:
    """What can be read comes along, and what cannot is named: no visit vanishes, and no bill can be
    settled once more, unless not even the indexes can be opened, which is said.
    """
    _fill(path, key)
    sound, second = path.read_bytes(), beside(path).read_bytes()
    counts = []
    for page in range(1, len(sound) // PAGE, 2):
        path.write_bytes(sound)
        beside(path).write_bytes(second)
        _flip(path, page)
        recovered = _recovered(path, key)
        counts.append(_settled_visits(path, key))
        assert counts[-1] + len(recovered.torn) == 9 or recovered.lost == UNCOUNTED
    assert max(counts) == 9
    assert sorted(counts)[len(counts) // 2] >= 7


def test_where_nothing_can_be_read_the_second_file_is_enough(path: Path, key: bytes) -> None:
    """Every page is damaged that the opening does not need."""
    _fill(path, key)
    for page in range(1, path.stat().st_size // PAGE):
        before = path.read_bytes()
        _flip(path, page)
        if not _opens(path, key):
            path.write_bytes(before)
    assert _recovered(path, key).visits == (V7,)
    _holds_the_open_visit(path, key)


def _opens(path: Path, key: bytes) -> bool:
    try:
        open_as_it_is(path, key).close()
    except JournalError:
        return False
    return True


def _settled_visits(path: Path, key: bytes) -> int:
    journal = Journal.open(path, key)
    records = [replay(row.entry for row in journal.entries(visit)) for visit in journal.visits()]
    assert journal.visits_of_bill(BillKey("7", 1)) == (V7,)
    assert journal.verify_chain().ok
    journal.close()
    return sum(record.effectively_settled for record in records)


def test_the_damage_is_said_and_so_is_the_way_out(damaged: Path, key: bytes) -> None:
    """The second file proves the key, so it is no wrong key."""
    with pytest.raises(JournalDamaged) as caught:
        Journal.open(damaged, key)
    assert "journal recover" in caught.value.problems[0].next_step


def test_it_is_kept_under_its_time(damaged: Path, key: bytes) -> None:
    aside = _recovered(damaged, key).set_aside
    assert aside == damaged.with_name("journal.db.damaged-20230502T120000")
    _flip(damaged, 0)
    second = _recovered(damaged, key).set_aside
    assert second == damaged.with_name("journal.db.damaged-20230502T120000-2")
    assert second.with_name(second.name + ".intents").exists()


def test_a_log_that_was_left_goes_with_the_damaged_file(damaged: Path, key: bytes) -> None:
    """One that stayed might be read into the new file."""
    log = side_files(damaged)[0]
    log.write_bytes(b"of no use" * 1000)
    aside = _recovered(damaged, key).set_aside
    assert aside is not None
    assert side_files(aside)[0].read_bytes() == b"of no use" * 1000
    assert not log.exists()
    _holds_the_open_visit(damaged, key)


def test_a_sound_journal_is_left_alone(path: Path, key: bytes) -> None:
    _fill(path, key)
    before = path.read_bytes()
    assert recover_journal(path, key, NOW) == Recovered(None, (), complete=True)
    assert path.read_bytes() == before
    assert {file.name for file in path.parent.iterdir()} == {path.name, beside(path).name}


def test_no_journal_is_no_damaged_one(path: Path, key: bytes) -> None:
    assert recover_journal(path, key, NOW) == Recovered(None, (), complete=True)
    assert not path.exists()


def test_a_wrong_key_is_no_damage(path: Path, key: bytes) -> None:
    _fill(path, key)
    before = {file: file.read_bytes() for file in path.parent.iterdir()}
    with pytest.raises(JournalUnreadable):
        recover_journal(path, bytes(32), NOW)
    assert {file: file.read_bytes() for file in path.parent.iterdir()} == before


def test_without_the_second_file_nothing_proves_the_key(damaged: Path, key: bytes) -> None:
    beside(damaged).unlink()
    with pytest.raises(JournalUnreadable):
        recover_journal(damaged, key, NOW)
    assert damaged.exists()


def test_damage_behind_the_first_page_proves_the_key(path: Path, key: bytes) -> None:
    """The second file is gone: a new journal, and it is said that there may be more."""
    _fill(path, key)
    _flip(path, 9)
    beside(path).unlink()
    recovered = _recovered(path, key)
    assert (recovered.visits, recovered.complete) == ((), False)
    journal = Journal.open(path, key)
    assert len(journal.visits()) in range(7, 11)
    journal.close()


def test_a_damaged_record_of_the_second_file_is_said(damaged: Path, key: bytes) -> None:
    content = bytearray(beside(damaged).read_bytes())
    content[-40] ^= 1
    beside(damaged).write_bytes(content)
    recovered = _recovered(damaged, key)
    assert not recovered.complete


def _high_water(path: Path, key: bytes) -> str:
    journal = Journal.open(path, key)
    high_water = journal.high_water()
    journal.close()
    assert high_water is not None
    return high_water


def test_msgids_go_on_past_the_clock(damaged: Path, key: bytes) -> None:
    _recovered(damaged, key)
    assert _high_water(damaged, key) == "2023050212010099"


def test_msgids_go_on_past_the_last_write(damaged: Path, key: bytes) -> None:
    """The clock was set back since."""
    _recovered(damaged, key, MOMENT - timedelta(days=1))
    assert _high_water(damaged, key) == "2023050209310099"


def test_msgids_go_on_past_those_that_are_found(path: Path, key: bytes) -> None:
    journal = Journal.open(path, key)
    ahead = Msgid("H43010000001202312312359590101")
    journal.append(V1, [e.Submitted(ahead, "ab", settlement(None))], MOMENT)
    journal.close()
    _flip(path, 0)
    _recovered(path, key)
    assert _high_water(path, key) == "2024010100005999"


def test_msgids_go_on_past_the_old_mark(path: Path, key: bytes) -> None:
    _fill(path, key)
    journal = Journal.open(path, key)
    journal.reserve("2030010100000099")
    journal.close()
    _flip(path, 9)
    _recovered(path, key)
    assert _high_water(path, key) == "2030010100000099"


def test_no_room_for_a_new_journal_leaves_the_old_one(
    damaged: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = damaged.read_bytes()
    monkeypatch.setattr("desktop.ledger.database.create_private", _full)
    with pytest.raises(JournalError):
        recover_journal(damaged, key, NOW)
    assert damaged.read_bytes() == before


def test_no_room_for_the_copies_leaves_the_old_one(
    damaged: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {file: file.read_bytes() for file in damaged.parent.iterdir()}
    monkeypatch.setattr("desktop.ledger.durable.shutil.copy2", _full)
    with pytest.raises(JournalUnreadable):
        recover_journal(damaged, key, NOW)
    assert {file: file.read_bytes() for file in damaged.parent.iterdir()} == before


def _full(*_arguments: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_recovery_that_was_interrupted_is_done_again(
    damaged: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped before its last step: the damaged journal is in its place, and so is its copy."""
    with monkeypatch.context() as stopped:
        stopped.setattr("desktop.ledger.recover.put_in_place", _stop)
        with pytest.raises(KeyboardInterrupt):
            recover_journal(damaged, key, NOW)
    with pytest.raises(JournalDamaged):
        Journal.open(damaged, key)
    assert _recovered(damaged, key).visits == (V7,)
    _holds_the_open_visit(damaged, key)


def _stop(*_arguments: object) -> None:
    raise KeyboardInterrupt
