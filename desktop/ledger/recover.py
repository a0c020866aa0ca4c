"""A new journal in place of a damaged one, with every open intent in it (``journal recover``).

Finished visits come along as far as they can be read, so that their bills stay settled, and those
that have holes marked as torn; the open ones come from the second file. The archive of papers comes
along where it can be read whole.

The damaged file is kept under another name. Whatever interrupts the recovery, the profile holds
either the damaged journal or the new one, and the recovery can be run again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from desktop.domain.times import CHINA
from desktop.ledger.database import (
    clear_unfinished,
    open_as_it_is,
    open_database,
    side_files,
)
from desktop.ledger.durable import copy_durably, put_in_place
from desktop.ledger.errors import JournalError, JournalNotDecrypted, JournalUnreadable
from desktop.ledger.intent_file import NOTHING, Kept, Open, beside, read_intents
from desktop.ledger.journal import Journal, VisitId
from desktop.ledger.marks import mark_past
from desktop.ledger.salvage import UNCOUNTED, Salvage, salvaged


class Recovered(Struct, frozen=True):
    """What a recovery did."""

    set_aside: Path | None
    """Where the damaged journal lies now; None: it is sound, and nothing was done."""
    visits: tuple[VisitId, ...]
    """The visits with an open intent, oldest first; the new journal holds all their entries."""
    complete: bool
    """False when the second file is missing or damaged too: there may have been more."""
    torn: tuple[VisitId, ...] = ()
    """Visits that could not be read whole: a person must find out what became of each."""
    lost: int = 0
    """Entries that nobody can read any more; ``UNCOUNTED`` where not even their number is known."""


_NOTHING_DONE = Recovered(None, (), complete=True)


def recover_journal(path: Path, key: bytes, now: datetime) -> Recovered:
    """Put a new journal in place of a damaged one; a sound one, or none, is left alone.

    msgids go on past every one that may have been used. Raises ``JournalUnreadable`` when nothing
    proves the key (a wrong key is no damage), the disk is full, or another program holds the file.
    """
    if not path.exists():
        return _NOTHING_DONE
    kept = read_intents(beside(path), key)
    found = kept or NOTHING
    try:
        with ExitStack() as undone:
            aside = _copied(path, now, undone)
            if not _is_damaged(path, key, proven=kept is not None):
                return _NOTHING_DONE
            new, salvage = _made_anew(path, key, now, found)
            undone.pop_all()
        _take_its_place(new, path)
    except OSError as fault:
        raise JournalUnreadable(str(fault)) from fault
    visits = tuple(VisitId(visit.visit) for visit in found.visits)
    complete = kept is not None and not kept.damaged
    torn = tuple(VisitId(visit) for visit in salvage.torn)
    return Recovered(aside, visits, complete, torn, salvage.lost)


def _is_damaged(path: Path, key: bytes, *, proven: bool) -> bool:
    try:
        journal = Journal(open_as_it_is(path, key))
    except JournalNotDecrypted:
        if proven:
            return True
        raise
    with closing(journal):
        return not (journal.verify_chain().ok and journal.file_is_sound())


def _made_anew(path: Path, key: bytes, now: datetime, kept: Open) -> tuple[Path, Salvage]:
    """The new journal, whole, under a name of its own, and what went into it."""
    mark = max(mark_past((now, *_written(path))), _reserved(path, key))
    new = path.with_name(path.name + ".recovered")
    clear_unfinished(new)
    with closing(Journal(open_database(new, key))) as journal:
        salvage = _salvaged(path, key, kept.visits, now)
        journal.bring_back(salvage.visits)
        _papers_along(path, key, journal)
        journal.reserve(max(mark, journal.high_water() or ""))
    return new, salvage


def _papers_along(path: Path, key: bytes, journal: Journal) -> None:
    """The archive, where it can be read to its end; else it stays in the file set aside."""
    with suppress(JournalError), closing(open_as_it_is(path, key)) as damaged:
        journal.take_papers(damaged)


def _salvaged(path: Path, key: bytes, kept: Sequence[Kept], now: datetime) -> Salvage:
    try:
        return salvaged(lambda: open_as_it_is(path, key), kept, now)
    except JournalError:
        return Salvage(tuple(kept), lost=UNCOUNTED)


def _take_its_place(new: Path, path: Path) -> None:
    """The old log goes first: one that stayed might be read into the new file."""
    for leftover in side_files(path):
        leftover.unlink(missing_ok=True)
    put_in_place(new, path)


def _written(path: Path) -> Iterator[datetime]:
    """When the files were last written: a lease was never kept later than that."""
    for file in (path, side_files(path)[0]):
        if file.exists():
            yield datetime.fromtimestamp(file.stat().st_mtime, CHINA)


def _reserved(path: Path, key: bytes) -> str:
    """The old journal's own mark, if it can still be read."""
    try:
        with closing(Journal(open_as_it_is(path, key))) as journal:
            return journal.high_water() or ""
    except JournalError:
        return ""


def _copied(path: Path, now: datetime, undone: ExitStack) -> Path:
    """Copies of all files from before anybody opens them; ``undone`` removes them again.

    SQLite tidies up when it closes a file, and a log that it cannot read is gone then.
    """
    aside = _free_name(path, f"{now:%Y%m%dT%H%M%S}")
    second, log = beside(path), side_files(path)[0]
    places = {path: aside, log: side_files(aside)[0], second: Path(f"{aside}{second.suffix}")}
    for file, copy in places.items():
        if file.exists():
            undone.callback(copy.unlink, missing_ok=True)
            copy_durably(file, copy)
    return aside


def _free_name(path: Path, stamp: str) -> Path:
    names = (
        f"{path.name}.damaged-{stamp}{more}" for more in ("", *map("-{}".format, range(2, 99)))
    )
    return next(place for name in names if not (place := path.with_name(name)).exists())
