"""The desk that is killed: a practice profile, a careless platform, and a cashier who goes on."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from desktop.domain.times import CHINA
from desktop.ledger.journal import Journal
from tests.crash.process import ALIVE, TILL, Death, Ended, run
from tests.rig.bills import BillOf, Item
from tests.rig.practice import Practice, practice
from tests.rig.town import townsman

SETTINGS = "[platform]\nread_timeout = 2.0\nsettle_horizon = 1\n"
"""The horizon is what the faults keep to: nothing books later than a second."""
MEDICINE = Item("XJ01CAA001A001010100001", "阿莫西林胶囊 0.25g*24粒", "30.00", "2")
OTHER = Item("XJ01CAA001A001010100001", "阿莫西林胶囊 0.25g*24粒", "30.00", "3")
PEOPLE = 2
"""Of the town, one after the other."""
_TRIES = 40
_PAUSE = 0.3


class NeverResolved(AssertionError):
    """Recovery went on without an end."""


@dataclass(frozen=True, slots=True)
class CrashDesk:
    """Runs verbs in processes that may be killed."""

    platform: Practice
    folder: Path
    profile: Path

    def bill(self, number: int) -> BillOf:
        person = self.person(number)
        began = datetime.now(CHINA).replace(tzinfo=None, microsecond=0) - timedelta(minutes=5)
        return BillOf(
            person["name"],
            person["certno"],
            began,
            (MEDICINE, OTHER),
            bill_no=f"B{number:06d}",
            visit_no=f"V{number:06d}",
        )

    def person(self, number: int) -> Mapping[str, Any]:
        return townsman(number % PEOPLE)

    def settle(self, bill: BillOf, death: Death = ALIVE) -> Ended:
        charges = bill.write(self.folder / f"{bill.bill_no}.json")
        return self.verb("settle", "--id", bill.id_number, "--charges", charges, death=death)

    def refund(self, setl_id: str, bill: BillOf, *more: str, death: Death = ALIVE) -> Ended:
        return self.verb("refund", "--setl-id", setl_id, "--id", bill.id_number, *more, death=death)

    def till(self, setl_id: str, death: Death = ALIVE) -> Ended:
        """The cash that the desk asks for, or owes, is put right; ``asked`` None: nothing is open."""
        return self.verb(TILL, setl_id, death=death)

    def verb(self, *words: str | Path, death: Death = ALIVE) -> Ended:
        place = ("--profile", self.profile, "--platform", self.platform.url, "--json")
        return run((*words, *place), self.folder, death)

    def alone(self, *words: str) -> Ended:
        """A verb that needs no platform."""
        return run((*words, "--profile", self.profile, "--json"), self.folder)

    def recover(self) -> None:
        """What the desk does by itself after a restart, until nothing is unknown or left behind."""
        items = _waiting(self.verb("queue", "retry"))
        for _ in range(_TRIES):
            left = [item for item in items if _resolves_itself(item)]
            if not left:
                return
            for item in left:
                items = _waiting(self.verb("queue", "retry", item["id"]))
            time.sleep(_PAUSE)
        raise NeverResolved(str(left))

    def waiting(self) -> list[dict[str, Any]]:
        return _waiting(self.verb("queue", "list"))

    @contextmanager
    def journal(self) -> Iterator[Journal]:
        """The journal's file, opened by the test while no desk is running."""
        key = bytes.fromhex((self.profile / "practice-journal.key").read_text("ascii").strip())
        journal = Journal.open(self.profile / "journal.db", key)
        try:
            yield journal
        finally:
            journal.close()


def _waiting(listed: Ended) -> list[dict[str, Any]]:
    assert "items" in listed.body, f"{listed.exit} {listed.words}"
    return [item for item in listed.body["items"] if item["state"] != "done"]


def _resolves_itself(item: Mapping[str, Any]) -> bool:
    """Neither cash nor a half-done refund, which are a cashier's."""
    by_itself = item["cash"] is None and not item["step"]
    return by_itself and item["kind"] in ("settlement", "cancel", "reversal", "upload")


@contextmanager
def crash_desk(folder: Path) -> Iterator[CrashDesk]:
    """A fresh profile, and a platform that books doubles."""
    with practice() as platform:
        yield desk_in(folder, platform)


def desk_in(folder: Path, platform: Practice) -> CrashDesk:
    platform.options(repeat_2207="book")
    profile = folder / "profile"
    profile.mkdir()
    (profile / "settings.toml").write_text(SETTINGS, "utf-8")
    return CrashDesk(platform, folder, profile)
