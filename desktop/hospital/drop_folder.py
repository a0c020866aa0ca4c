"""The folder into which the hospital's system drops charges files (contracts: charges file).

Looked at by polling, without threads of its own: folders of Windows servers seldom tell of
changes. The files are the hospital's: they are read, never moved, renamed or deleted.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from pathlib import Path

from msgspec import Struct

from desktop.domain.charges import Bill
from desktop.domain.names import same_name
from desktop.domain.person import Person
from desktop.hospital.faults import ChargesInvalid, Fault

_SUFFIXES = (".json", ".csv")
_NOT_YET = (".", "~")
"""First characters of files that are still somebody's own (``~$``, ``.part``)."""


class Name(Enum):
    """By what a patient's bills are looked for."""

    ID_NUMBER = "id_number"
    PATIENT_NO = "patient_no"
    VISIT_NO = "visit_no"


class Dropped(Struct, frozen=True):
    """A charges file without fault; ``file`` is its name in the folder."""

    file: str
    bill: Bill


class Broken(Struct, frozen=True):
    """A file with faults, all of them; nothing of it is taken over."""

    file: str
    faults: tuple[Fault, ...]


class Changes(Struct, frozen=True):
    """What happened since the last poll."""

    new: tuple[Dropped, ...] = ()
    changed: tuple[Dropped, ...] = ()
    """Files that were good or broken before, and are written anew."""
    broken: tuple[Broken, ...] = ()
    removed: tuple[str, ...] = ()
    reachable: bool = True
    """False while the folder cannot be listed; what is known stays known."""
    pending: int = 0
    """Files that are waited for: still being written, or left for the next poll."""

    def __bool__(self) -> bool:
        """True when the list on the screen is no longer right."""
        return bool(self.new or self.changed or self.broken or self.removed)


class FolderSeen(Struct, frozen=True):
    """What one look into the folder tells its cashier."""

    folder: Path
    reachable: bool = True
    """False: what is known stays known, and what is new is not seen."""
    broken: tuple[Broken, ...] = ()
    """Every file with faults that lies there now."""


class Patience(Struct, frozen=True):
    """How long files are waited for, in seconds; ``at_most`` bounds the files of one poll."""

    still: float = 0.3
    """Size and time must stand still for so long: half a CSV is a whole one with fewer lines."""
    unreadable: float = 3.0
    """A file that stands still but is no charges file yet may go on being written."""
    at_most: int = 100


class _Look(Struct, frozen=True):
    """What the folder says of one file; another look means another content."""

    modified: int
    """Nanoseconds."""
    size: int


class _Known(Struct, frozen=True):
    look: _Look
    content: Dropped | Broken


class _Waiting(Struct, frozen=True):
    look: _Look
    since: float
    tried: bool = False


class _Shelf(Struct, frozen=True):
    """The bills as they are looked up; put in place whole."""

    newest: Mapping[str, Bill]
    """The newest revision by bill number."""
    named: Mapping[tuple[Name, str], tuple[Bill, ...]]


class DropFolder:
    """The bills in one folder, as of the last :meth:`poll`.

    One thread polls; any thread may ask meanwhile, and sees the shelf of before or after, whole.

    ``clock`` is monotonic seconds; the times of the files are only compared with each other, for
    a server's clock is not ours.
    """

    def __init__(
        self, folder: Path, clock: Callable[[], float], patience: Patience | None = None
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._patience = patience or Patience()
        self._known: dict[str, _Known] = {}
        self._waiting: dict[str, _Waiting] = {}
        self._shelf = _sorted(())

    def look(self) -> FolderSeen:
        """Poll once, and tell how the folder is."""
        reachable = self.poll().reachable
        return FolderSeen(self._folder, reachable, self.broken())

    def poll(self) -> Changes:
        """Look once. A call in which nothing is new costs one listing of the folder."""
        looks = self._looks()
        if looks is None:
            return Changes(reachable=False, pending=len(self._waiting))
        removed = self._forget_missing(looks)
        self._notice(looks)
        read = [self._judge(file) for file in self._due()]
        changes = self._note([content for content in read if content], removed)
        if changes:
            self._index()
        return changes

    def bills(self) -> tuple[Bill, ...]:
        """Of every bill number its newest revision, newest first."""
        return tuple(self._shelf.newest.values())

    def bills_of(self, name: Name, number: str) -> tuple[Bill, ...]:
        """The newest revisions of one patient's or one visit's bills, newest first."""
        return self._shelf.named.get((name, number), ())

    def bills_for(self, person: Person) -> tuple[Bill, ...]:
        """Of the person's ID number, and of the name where the hospital wrote no number (B09)."""
        unnumbered = (bill for bill in self.bills() if not bill.patient.id_number)
        namesakes = (bill for bill in unnumbered if same_name(bill.patient.name, person.name))
        return (*self.bills_of(Name.ID_NUMBER, person.cert_no), *namesakes)

    def broken(self) -> tuple[Broken, ...]:
        """Every file with faults that lies there now."""
        contents = (known.content for known in self._known.values())
        return tuple(content for content in contents if isinstance(content, Broken))

    def _looks(self) -> dict[str, _Look] | None:
        try:
            with os.scandir(self._folder) as entries:
                return dict(_looks(entries))
        except OSError:
            return None

    def _forget_missing(self, looks: Mapping[str, _Look]) -> tuple[str, ...]:
        for gone in self._waiting.keys() - looks.keys():
            del self._waiting[gone]
        removed = sorted(self._known.keys() - looks.keys())
        for gone in removed:
            del self._known[gone]
        return tuple(removed)

    def _notice(self, looks: Mapping[str, _Look]) -> None:
        """Whatever looks other than it is known begins to be waited for, again if it moves."""
        for file, look in looks.items():
            known, waiting = self._known.get(file), self._waiting.get(file)
            if known is not None and known.look == look:
                self._waiting.pop(file, None)
            elif waiting is None or waiting.look != look:
                self._waiting[file] = _Waiting(look, self._clock())

    def _due(self) -> list[str]:
        """Files that have stood still long enough, the newest first."""
        now = self._clock()
        due = [file for file, w in self._waiting.items() if now - w.since >= self._wait(w)]
        due.sort(key=lambda file: self._waiting[file].look.modified, reverse=True)
        return due[: self._patience.at_most]

    def _wait(self, waiting: _Waiting) -> float:
        return self._patience.unreadable if waiting.tried else self._patience.still

    def _judge(self, file: str) -> Dropped | Broken | None:
        """The content of a file; None while it may still be being written."""
        waiting = self._waiting[file]
        content = _read(self._folder / file)
        if _look_at(self._folder / file) != waiting.look:
            return None
        if isinstance(content, Broken) and not waiting.tried:
            self._waiting[file] = _Waiting(waiting.look, waiting.since, tried=True)
            return None
        return content

    def _note(self, read: Iterable[Dropped | Broken], removed: tuple[str, ...]) -> Changes:
        new: list[Dropped] = []
        changed: list[Dropped] = []
        broken: list[Broken] = []
        for content in read:
            if isinstance(content, Broken):
                broken.append(content)
            else:
                (changed if content.file in self._known else new).append(content)
            self._known[content.file] = _Known(self._waiting.pop(content.file).look, content)
        return Changes(
            tuple(new), tuple(changed), tuple(broken), removed, pending=len(self._waiting)
        )

    def _index(self) -> None:
        """The newest revision of a bill wins, whichever file it came in; else the later file."""
        by_time = sorted(self._known.values(), key=lambda known: known.look.modified, reverse=True)
        bills = [known.content.bill for known in by_time if isinstance(known.content, Dropped)]
        self._shelf = _sorted(bills)


def _sorted(bills: Iterable[Bill]) -> _Shelf:
    """``bills``: the latest file first; the higher revision wins, else the later file."""
    newest: dict[str, Bill] = {}
    for bill in bills:
        rival = newest.get(bill.key.bill_no)
        if rival is None or bill.key.revision > rival.key.revision:
            newest[bill.key.bill_no] = bill
    named: dict[tuple[Name, str], list[Bill]] = {}
    for bill in newest.values():
        for name in _names(bill):
            named.setdefault(name, []).append(bill)
    return _Shelf(newest, {name: tuple(found) for name, found in named.items()})


def _looks(entries: Iterable[os.DirEntry[str]]) -> Iterable[tuple[str, _Look]]:
    for entry in entries:
        if entry.name.lower().endswith(_SUFFIXES) and not entry.name.startswith(_NOT_YET):
            look = _look_at(entry)
            if look is not None:
                yield entry.name, look


def _look_at(file: os.DirEntry[str] | Path) -> _Look | None:
    """None for what is no file, or just left."""
    try:
        status = file.stat()
        return _Look(status.st_mtime_ns, status.st_size) if file.is_file() else None
    except OSError:
        return None


def _read(path: Path) -> Dropped | Broken:
    from desktop.hospital.charges_file import read_charges

    try:
        return Dropped(path.name, read_charges(path))
    except ChargesInvalid as invalid:
        return Broken(path.name, invalid.faults)


def _names(bill: Bill) -> Iterable[tuple[Name, str]]:
    named = {
        Name.ID_NUMBER: bill.patient.id_number,
        Name.PATIENT_NO: bill.patient.patient_no,
        Name.VISIT_NO: bill.visit.visit_no,
    }
    return ((name, number) for name, number in named.items() if number)
