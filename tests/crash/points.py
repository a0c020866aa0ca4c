"""Named points of a running desk, at one of which it kills itself with SIGKILL.

The product knows nothing of them: a process of the tests, about to run a verb of ``kuasheng``, puts
itself around the journal's storage and the transport. Points lie around every record of the second
file, every commit of the journal and every request. What the journal acknowledges is noted too.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.domain.events import Entry
from desktop.ledger.database import Database
from desktop.ledger.intent_file import IntentFile, Kept
from desktop.ledger.journal import Journal, VisitId
from desktop.nhsa.http_transport import HttpTransport
from desktop.nhsa.transport import Reply

_INFNO = re.compile(rb'"infno" *: *"(\d{4})"')


class Points:
    """Counts what is passed, says so in a file, and dies at number ``last`` (from 1)."""

    def __init__(self, report: Path, last: int | None) -> None:
        self._report = os.open(report, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        self._last = last
        self._passed = 0

    def at(self, name: str) -> None:
        self._say(name)
        self._passed += 1
        if self._passed == self._last:
            os.kill(os.getpid(), signal.SIGKILL)

    def acknowledged(self, visit: VisitId, entries: int) -> None:
        self._say(f"acknowledged {visit} {entries}")

    def _say(self, line: str) -> None:
        os.write(self._report, line.encode() + b"\n")


@dataclass(frozen=True, slots=True)
class Passed:
    """What a process said before it ended."""

    points: tuple[str, ...]
    acknowledged: Mapping[VisitId, int]
    """Entries of each visit that were on disk by the journal's word."""


def passed(report: Path) -> Passed:
    lines = report.read_text("utf-8").splitlines() if report.exists() else []
    words = [line.split() for line in lines if line.startswith("acknowledged ")]
    counted: dict[VisitId, int] = {}
    for _, visit, entries in words:
        counted[VisitId(visit)] = counted.get(VisitId(visit), 0) + int(entries)
    names = tuple(line for line in lines if not line.startswith("acknowledged "))
    return Passed(names, counted)


def watch(points: Points) -> None:
    """Put the points around this process's desk; they stay for its short life."""
    _around_records(points)
    _around_commits(points)
    _around_requests(points)
    _after_appends(points)


def _around_records(points: Points) -> None:
    keep = IntentFile.keep

    def watched(self: IntentFile, record: Kept) -> None:
        points.at("before record")
        keep(self, record)
        points.at("after record")

    _replace(IntentFile, "keep", watched)


def _around_commits(points: Points) -> None:
    transaction = Database.transaction

    @contextmanager
    def watched(self: Database) -> Iterator[Callable[..., object]]:
        with transaction(self) as execute:
            yield execute
            points.at("before commit")
        points.at("after commit")

    _replace(Database, "transaction", watched)


def _around_requests(points: Points) -> None:
    post = HttpTransport.post

    def watched(
        self: HttpTransport, url: str, headers: Mapping[str, str], body: bytes, *, fresh: bool
    ) -> Reply:
        found = _INFNO.search(body)
        infno = found[1].decode() if found else "?"
        points.at(f"before {infno}")
        try:
            return post(self, url, headers, body, fresh=fresh)
        finally:
            points.at(f"after {infno}")

    _replace(HttpTransport, "post", watched)


def _after_appends(points: Points) -> None:
    append = Journal.append

    def watched(self: Journal, visit: VisitId, entries: Sequence[Entry], at: datetime) -> None:
        append(self, visit, entries, at)
        points.acknowledged(visit, len(entries))

    _replace(Journal, "append", watched)


def _replace(owner: type, name: str, watched: Callable[..., Any]) -> None:
    setattr(owner, name, watched)
