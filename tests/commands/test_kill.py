"""kill -9 between intent and answer, once for every settling transaction (visit.md B50).

A real process, a real journal, a real platform that booked or did not.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.events import CancelSubmitted, Entry, Submitted
from desktop.domain.problems import DeskError
from tests.commands.desk import CommandDesk, bill_of, nobody_listens
from tests.rig.kuasheng import ROOT, Ran, command, kuasheng

PATIENCE = 20.0
DRIVER = Path(__file__).with_name("cancel_driver.py")


@pytest.fixture
def patient_desk(desk: CommandDesk) -> CommandDesk:
    """Waits for its answer longer than the test takes."""
    (desk.profile / "settings.toml").write_text("[platform]\nread_timeout = 60\n", "utf-8")
    return desk


@contextmanager
def _running(program: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(program, stdout=subprocess.DEVNULL, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.kill()


def _until(true: Callable[[], bool], otherwise: str) -> None:
    limit = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < limit, otherwise
        time.sleep(0.02)


def _unanswered(desk: CommandDesk, kind: type[Entry]) -> list[Entry]:
    if not (desk.profile / "journal.db").exists():
        return []
    try:
        with desk.journal() as journal:
            return [row.entry for row in journal.unanswered() if isinstance(row.entry, kind)]
    except DeskError:
        return []  # the process is just making it


def _killed(desk: CommandDesk, program: list[str], kind: type[Entry], sent: float) -> Entry:
    """Kill the program once its intent is on disk and its request has had time to leave."""
    with _running(program) as process:
        _until(lambda: bool(_unanswered(desk, kind)), "the intent never came")
        time.sleep(sent)
        assert process.poll() is None, "it ended before it could be killed"
        process.kill()
    (intent,) = _unanswered(desk, kind)
    return intent


def _again(desk: CommandDesk, person: Mapping[str, Any]) -> Ran:
    """The same bill after the restart; whoever sends anything meets a closed port."""
    who = ("--id", person["certno"], "--charges", desk.charges(bill_of(person)))
    return kuasheng("settle", *who, "--profile", desk.profile, "--platform", nobody_listens())


@pytest.mark.parametrize(("when", "booked"), [("before", 0), ("after", 1)])
def test_killed_between_intent_and_answer_of_2207(
    patient_desk: CommandDesk, person: Mapping[str, Any], when: str, booked: int
) -> None:
    desk = patient_desk
    desk.platform.options(repeat_2207="book")
    desk.platform.fault("2207", when, "drop")
    order = ("settle", "--id", person["certno"], "--charges", desk.charges(bill_of(person)))
    intent = _killed(desk, command(*order, *desk.place), Submitted, 0.3)
    assert isinstance(intent, Submitted)
    ran = _again(desk, person)
    assert (ran.exit, ran.body["state"], ran.codes) == (11, "unknown", ["outcome-unknown"])
    assert (ran.body["msgid"], ran.body["setl_id"]) == (intent.msgid, None)
    settlements = desk.platform.settlements(person["certno"])
    assert [row["medins_setl_id"] for row in settlements] == [intent.msgid] * booked
    verified = kuasheng("journal", "verify", "--profile", desk.profile)
    assert (verified.exit, verified.body["problems"]) == (0, [])


def test_killed_before_a_late_booking_of_2207(
    patient_desk: CommandDesk, person: Mapping[str, Any]
) -> None:
    """The platform books when nobody listens any more; the desk never tries a second time."""
    desk = patient_desk
    desk.platform.options(repeat_2207="book")
    desk.platform.fault("2207", "before", "late", seconds=1)
    order = ("settle", "--id", person["certno"], "--charges", desk.charges(bill_of(person)))
    intent = _killed(desk, command(*order, *desk.place), Submitted, 0.1)
    assert isinstance(intent, Submitted)
    assert _again(desk, person).exit == 11
    _until(lambda: bool(desk.platform.settlements(person["certno"])), "it was never booked")
    assert _again(desk, person).exit == 11
    (booked,) = desk.platform.settlements(person["certno"])
    assert booked["medins_setl_id"] == intent.msgid


@pytest.mark.parametrize(
    ("when", "states"), [("before", ["effective"]), ("after", ["cancelled", "negative"])]
)
def test_killed_between_intent_and_answer_of_2208(
    patient_desk: CommandDesk, person: Mapping[str, Any], when: str, states: list[str]
) -> None:
    desk = patient_desk
    desk.platform.fault("2208", when, "drop")
    charges = desk.charges(bill_of(person))
    driver = [sys.executable, str(DRIVER), str(desk.profile), desk.platform.url, str(charges)]
    with_house = ["env", f"PYTHONPATH={ROOT}", *driver]
    intent = _killed(desk, with_house, CancelSubmitted, 0.3)
    assert isinstance(intent, CancelSubmitted)
    ran = _again(desk, person)
    assert (ran.exit, ran.body["state"], ran.codes) == (11, "unknown", ["outcome-unknown"])
    assert sorted(row["state"] for row in desk.platform.settlements(person["certno"])) == states
    verified = kuasheng("journal", "verify", "--profile", desk.profile)
    assert (verified.exit, verified.body["problems"]) == (0, [])
