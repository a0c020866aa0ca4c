"""The second file: what a damaged journal must not take along, beside it as ``journal.intents``.

Before an intent that settles or takes back is committed to the journal, one record with *all*
entries of its visit is on disk here; when the visit's last such intent has ended, a mark follows,
which nobody waits for (losing it costs a superfluous question). The file holds no truth of its own:
while the journal can be read, the journal tells what is open, and the file is written anew when it
is opened, so it stays small.

Order: record, then commit. A record without its commit (killed between the two) is an intent that
was never sent; nobody can tell it from one whose commit was lost with the end of the journal's log,
so it is brought back into the journal and asked about: safe, if superfluous. A failed commit takes
its record back.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from desktop.domain.disk_faults import why_not_written
from desktop.ledger.durable import create_private
from desktop.ledger.errors import JournalWriteFailed
from desktop.ledger.sealed import BLANK, NotSealed, Seal, read_sealed

SUFFIX = ".intents"


class Line(Struct, frozen=True):
    """An entry as the journal stores it: time, kind and body."""

    at: str
    kind: str
    body: bytes


class Kept(Struct, frozen=True):
    """All entries of a visit, oldest first; none: nothing of it is open any more."""

    visit: str
    lines: tuple[Line, ...]


class Open(Struct, frozen=True):
    """What a file tells: the visits in the order of their first records."""

    visits: tuple[Kept, ...]
    damaged: bool
    """Some record cannot be read: there may have been more visits."""
    seal: Seal | None
    """To go on with; None when the file holds anything else than ``visits``."""
    blank: bool = False
    """The file was not decrypted, since it has no room for a record."""


NOTHING = Open((), damaged=False, seal=None)


def beside(journal: Path) -> Path:
    """The second file of a journal: ``journal.db`` → ``journal.intents``."""
    return journal.with_suffix(SUFFIX)


def found_open(path: Path, key: bytes) -> Open | None:
    """As :func:`read_intents`; but a file of the size of an empty one is taken for empty.

    It proves no key, and saves an opening desk what decrypts: 8 MiB that the first intent loads.
    """
    with suppress(OSError):
        if path.stat().st_size == BLANK:
            return Open((), damaged=False, seal=None, blank=True)
    return read_intents(path, key)


def read_intents(path: Path, key: bytes) -> Open | None:
    """What is open; None when there is no file, or none that this key opens."""
    try:
        found = read_sealed(path.read_bytes(), key)
    except (OSError, NotSealed):
        return None
    kept: dict[str, Kept] = {}
    for record in map(_unpacked, found.contents):
        if record.lines:
            kept[record.visit] = record
        else:
            kept.pop(record.visit, None)
    seal = found.seal if len(kept) == len(found.contents) else None
    return Open(tuple(kept.values()), found.damaged, seal)


class SecondFile(Protocol):
    """What the journal asks of a second file."""

    @property
    def syncs(self) -> int:
        """Waits for the disk since opening."""
        ...

    def holds(self, visit: str, /) -> bool:
        """Is there a record that has not ended?"""
        ...

    def with_commit(self) -> AbstractContextManager[None]:
        """What is kept inside is taken back when the journal's commit inside fails."""
        ...

    def keep(self, record: Kept, /) -> None:
        """Have ``record`` on disk when this returns; raises :class:`JournalWriteFailed`."""
        ...

    def end(self, visit: str, /) -> None:
        """Nothing of the visit is open; the mark is not waited for, and may be lost."""
        ...

    def close(self) -> None: ...


class NoSecondFile:
    """For a journal that is being made, or whose file is none."""

    syncs = 0

    def holds(self, _visit: str) -> bool:
        return False

    def with_commit(self) -> AbstractContextManager[None]:
        return nullcontext()

    def keep(self, _what: object) -> None:
        pass

    end = keep

    def close(self) -> None:
        pass


class IntentFile:
    """The file of an open journal, for one thread at a time; ``syncs`` counts waits for the disk.

    After a write that failed (full disk) the whole file is written anew with the next record.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._open: dict[str, Kept] = {}
        self._tail: _Tail | None = None
        self.syncs = 0

    def holds(self, visit: str) -> bool:
        return visit in self._open

    def begin(self, visits: tuple[Kept, ...], found: Open) -> None:
        """Hold just ``visits``; the file is written anew unless ``found`` is just that.

        Where both are nothing the first record does so: another key's file is no place for it.
        """
        self._open = {kept.visit: kept for kept in visits}
        if found.blank and not visits:
            return
        seal = found.seal if visits == found.visits else None
        with suppress(OSError):
            self._tail = _Tail(self._path, seal, len(visits) + 1) if seal else self._written_anew()

    @contextmanager
    def with_commit(self) -> Iterator[None]:
        before = self._open
        try:
            yield
        except JournalWriteFailed:
            if self._open is not before:
                self._open = before
                self._take_back()
            raise

    def keep(self, record: Kept) -> None:
        try:
            self._tail = self._tail or self._written_anew()
            self._tail.write(_packed(record), durable=True)
        except OSError as fault:
            self._take_back()
            raise JournalWriteFailed(why_not_written(fault)) from fault
        self.syncs += 1
        self._open = {**self._open, record.visit: record}

    def end(self, visit: str) -> None:
        self._open = {other: kept for other, kept in self._open.items() if other != visit}
        try:
            if self._tail is not None:
                self._tail.write(_packed(Kept(visit, ())), durable=False)
        except OSError:
            self._take_back()

    def close(self) -> None:
        """A file of ended visits is left as an empty one: the next desk need not decrypt it."""
        if self._tail is not None:
            if not self._open:
                self._tail.clear()
            self._tail.close()
            self._tail = None

    def _written_anew(self) -> _Tail:
        seal = Seal.fresh(self._key)
        create_private(self._path, seal.file(map(_packed, self._open.values())))
        self.syncs += 1
        return _Tail(self._path, seal, len(self._open) + 1)

    def _take_back(self) -> None:
        """Drop the last write; one that stays all the same is an intent that was never sent."""
        if self._tail is not None:
            with suppress(OSError):
                self._tail.take_back()
        self.close()


class _Tail:
    """The end of the file, where the next frame goes."""

    def __init__(self, path: Path, seal: Seal, frames: int) -> None:
        self._file = path.open("ab", buffering=0)
        self._seal = seal
        self._frames = frames
        self._before = self._file.tell()

    def write(self, content: bytes, *, durable: bool) -> None:
        """Add one frame; raises ``OSError``, and may leave a part of it."""
        self._before = self._file.tell()
        left = memoryview(self._seal.frame(self._frames, content))
        while left:
            left = left[self._file.write(left) :]
        if durable:
            os.fsync(self._file.fileno())
        self._frames += 1

    def take_back(self) -> None:
        self._file.truncate(self._before)

    def clear(self) -> None:
        """Leave frame 0; nobody waits for it, and nothing is lost when it fails."""
        with suppress(OSError):
            self._file.truncate(BLANK)

    def close(self) -> None:
        self._file.close()


def _packed(record: Kept) -> bytes:
    import msgspec

    return msgspec.msgpack.encode(record)


def _unpacked(content: bytes) -> Kept:
    import msgspec

    return msgspec.msgpack.decode(content, type=Kept)
