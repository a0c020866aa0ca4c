"""A desk of the command line: a profile, a platform, and bills for people of the town."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.ledger.database import open_database
from desktop.ledger.journal import Journal
from tests.rig.bills import BillOf, Item
from tests.rig.kuasheng import Ran, kuasheng
from tests.rig.practice import Practice

TODAY = datetime.fromisoformat("2023-05-02T12:00:00")
BEGAN = datetime.fromisoformat("2023-05-02T09:00:00")
MEDICINE = Item("XJ01CAA001A001010100001", "阿莫西林胶囊 0.25g*24粒", "30.00", "20")
SHAPE = (
    *("state", "msgid", "setl_id", "mdtrt_id", "psn_no", "problems", "amounts", "receipt"),
    *("notices", "advice"),
)
"""The keys of ``kuasheng settle`` (contracts), in their order."""


def bill_of(person: Mapping[str, Any], *items: Item, **changes: Any) -> BillOf:
    """A bill of the day; ``changes`` are fields of :class:`BillOf`."""
    began = changes.pop("began", BEGAN)
    return BillOf(person["name"], person["certno"], began, items or (MEDICINE,), **changes)


@dataclass(frozen=True, slots=True)
class CommandDesk:
    """Runs verbs for one profile at one platform."""

    platform: Practice
    profile: Path
    folder: Path

    @property
    def place(self) -> tuple[str | Path, ...]:
        return ("--profile", self.profile, "--platform", self.platform.url)

    def charges(self, bill: BillOf) -> Path:
        return bill.write(self.folder / f"{bill.bill_no}.json")

    def settle(
        self,
        bill: BillOf,
        *more: str | Path,
        environment: Mapping[str, str] | None = None,
        typed: str | None = None,
    ) -> Ran:
        """``settle`` by the patient's ID number, unless ``more`` names another credential."""
        named = {"--card", "--qr", "--id", "--credential-stdin"} & set(map(str, more))
        who = () if named else ("--id", bill.id_number)
        order = ("settle", *who, "--charges", self.charges(bill), *self.place, "--json", *more)
        return kuasheng(*order, environment=environment, typed=typed)

    @contextmanager
    def journal(self) -> Iterator[Journal]:
        """The journal's file, through a connection of the test's own.

        Without the second file, which belongs to the program that may still be running.
        """
        key = bytes.fromhex((self.profile / "practice-journal.key").read_text("ascii").strip())
        journal = Journal(open_database(self.profile / "journal.db", key))
        try:
            yield journal
        finally:
            journal.close()


def nobody_listens() -> str:
    """A loopback address that refuses every connection: a desk that sends there, fails."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


def processes_with(words: str) -> list[int]:
    """Process ids whose command line holds ``words``."""
    processes = (folder for folder in Path("/proc").iterdir() if folder.name.isdecimal())
    return [int(p.name) for p in processes if words.encode() in _command_line(p)]


def _command_line(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""
