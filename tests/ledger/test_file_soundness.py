"""One flipped bit anywhere in the file is found, in pages that no chain passes through too."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.events import BillTaken
from desktop.ledger.errors import JournalError
from desktop.ledger.journal import Journal, VisitId
from tests.ledger.samples import MOMENT, bill

KEY = bytes(range(32))
PAGE = 4096


def _journal(path: Path) -> None:
    journal = Journal.open(path, KEY)
    for number in range(40):
        journal.append(VisitId(f"v{number}"), [BillTaken(bill())], MOMENT)
    journal.close()


def test_a_journal_as_written_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    _journal(path)
    journal = Journal.open(path, KEY)
    assert journal.file_is_sound()
    journal.close()


def test_a_flipped_bit_in_any_page_is_found(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    _journal(path)
    whole = path.read_bytes()
    for page in range(len(whole) // PAGE):
        at = page * PAGE + PAGE // 2
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert not _holds(path), f"page {page + 1}"


def test_a_page_that_cannot_be_read_at_all_is_no_sound_file(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    _journal(path)
    journal = Journal.open(path, KEY)
    journal.close()
    assert not journal.file_is_sound()


def _holds(path: Path) -> bool:
    try:
        journal = Journal.open(path, KEY)
    except JournalError:
        return False
    try:
        return journal.verify_chain().ok and journal.file_is_sound()
    finally:
        journal.close()


def test_a_keyring_that_is_not_installed_is_unusable(monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback: the desk says what to do."""
    import keyring

    from desktop.ledger.errors import KeyUnavailable
    from desktop.ledger.keys import system_vault

    def missing() -> object:
        raise ModuleNotFoundError("keyrings")

    monkeypatch.setattr(keyring, "get_keyring", missing)
    with pytest.raises(KeyUnavailable):
        system_vault()
