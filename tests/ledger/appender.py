"""A process that writes a journal and says what is on disk: ``python appender.py VERB PATH KEY``.

``many`` appends for ever and prints, after each append, how many entries are acknowledged.
``intent NAME`` appends one intent, says so and is killed at once. ``making N`` is killed before its
N-th step in the journal's folder (open, rename, remove), or ends when it takes fewer.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.domain import events as e
from desktop.domain import notes
from desktop.domain.identifiers import Msgid, SetlId
from desktop.domain.money import Money
from desktop.domain.split import Settlement, Split
from desktop.domain.times import CHINA
from desktop.ledger.journal import Journal, VisitId

MOMENT = datetime(2023, 5, 2, 9, 30, tzinfo=CHINA)
STEPS = ("open", "os.rename", "os.remove")


def main(verb: str, path: Path, key: bytes, *rest: str) -> None:
    verbs: dict[str, Callable[..., None]] = {
        "many": append_many,
        "intent": append_intent,
        "making": make,
    }
    verbs[verb](path, key, *rest)


def append_many(path: Path, key: bytes) -> None:
    """Batches of one to four entries of many sizes; the text of each tells its number."""
    journal = Journal.open(path, key)
    count = journal.verify_chain().entries
    _say(count)
    while True:
        batch = range(count, count + 1 + count % 4)
        entries = [e.LineRefused(f"{number} " + "x" * (number * 37 % 9000)) for number in batch]
        journal.append(VisitId(f"v{count % 7}"), entries, MOMENT)
        count += len(entries)
        _say(count)


def append_intent(path: Path, key: bytes, name: str) -> None:
    journal = Journal.open(path, key)
    journal.append(VisitId("v1"), [_intent(name)], MOMENT)
    _say(1)
    _die()


def make(path: Path, key: bytes, last_step: str) -> None:
    left = int(last_step)

    def die_in_time(event: str, details: tuple[object, ...]) -> None:
        nonlocal left
        if event in STEPS and str(details[0]).startswith(str(path.parent)):
            left -= 1
            if left < 0:
                _die()

    sys.addaudithook(die_in_time)
    Journal.open(path, key).close()


def _intent(name: str) -> e.Entry:
    if name == "2207":
        return e.Submitted(Msgid("M"), "ab" * 32, _shown())
    if name == "2208":
        return e.CancelSubmitted(Msgid("M"), SetlId("S1"))
    return notes.RequestIntended(name, Msgid("M"), "ab" * 32)


def _shown() -> Settlement:
    told: dict[str, Any] = {
        field.name: Money(0) for field in fields(Split) if field.type == "Money | None"
    }
    split = Split(pooled_rate=None, **told)
    return Settlement(split, None, None, None, None, MOMENT, "", "310", "11", "11", "")


def _say(count: int) -> None:
    print(count, flush=True)  # noqa: T201 (the acknowledgement)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), bytes.fromhex(sys.argv[3]), *sys.argv[4:])
