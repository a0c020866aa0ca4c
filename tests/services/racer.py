"""One window in a process of its own, at a journal that another process writes to as well.

``python -m tests.services.racer PROFILE URL JOURNAL KEY CHARGES``: settles the bill, but stops between
its last look at the journal and the intent of its 2207; there it says so and waits for a line.
"""

from __future__ import annotations

import sys
from pathlib import Path

from msgspec.structs import replace

from desktop.app import open_desk
from desktop.domain.account_use import AccountUse
from desktop.domain.identifiers import Msgid
from desktop.domain.problems import DeskError
from desktop.hospital.charges_file import read_charges
from desktop.ledger.database import open_database
from desktop.ledger.journal import Journal
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Stopped
from desktop.services.ports import Desk
from desktop.services.settle import Agreement
from tests.services.counter import offered

AT_THE_DOOR = "at the door"


def _waits(desk: Desk) -> Msgid:
    sys.stdout.write(f"{AT_THE_DOOR}\n")
    sys.stdout.flush()
    sys.stdin.readline()
    return desk.next_msgid()


def _commit(visit: DeskVisit) -> str:
    try:
        return visit.commit(Agreement(AccountUse.NONE, "0001")).ending.value
    except (Stopped, DeskError) as end:
        return " ".join(problem.code for problem in end.problems)


def main(profile: str, url: str, journal: str, key: str, charges: str) -> None:
    shared = Journal(open_database(Path(journal), bytes.fromhex(key)))
    with open_desk(profile, url, "test") as opened:
        desk = replace(opened.desk, journal=shared)
        visit = offered(desk, read_charges(Path(charges)))
        visit._desk = replace(desk, next_msgid=lambda: _waits(desk))
        sys.stdout.write(_commit(visit))
    shared.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
