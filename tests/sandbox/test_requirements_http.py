"""Requirements that concern the platform as a program: who reaches it, what it keeps, its pages."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from desktop.domain.times import CHINA
from tests.rig.bills import BillOf, Item
from tests.rig.kuasheng import ROOT
from tests.rig.practice import Practice, practice
from tests.rig.town import townsman
from tests.sandbox.asking import Patient
from tests.sandbox.http_side import gateway, http_desk, post, told

PERSON = townsman(0)
CERTNO = str(PERSON["certno"])


@pytest.fixture
def running(process: Practice) -> Practice:
    process.reset()
    return process


def settle_one(running: Practice) -> str:
    """The ``setl_id`` of a settlement whose lines came a day late."""
    running.clock("2023-05-03T09:30:00")
    running.catalogue("A", {"name": "甲", "class": "01", "kind": "09"})
    patient = Patient(http_desk(running), running.person(CERTNO)["psn_no"], CERTNO).open()
    return str(patient.whole("P1", patient.row("P1", "A", "500.00"))["setlinfo"]["setl_id"])


@pytest.mark.req("S0-06")
def test_each_folder_is_a_tenant_and_strangers_are_turned_away(
    running: Practice, tmp_path: Path
) -> None:
    """No production account opens it, and two trainings know nothing of each other."""
    with practice(tmp_path / "other") as other:
        settle_one(running)
        assert (len(running.settlements()), other.settlements()) == (1, [])
    question = json.dumps(http_desk(running).envelope("9001", "", {})).encode()
    real = gateway(paasid="hospital", secret="of-production")
    assert told(post(running, question, headers=real))["code"] == 401


@pytest.mark.req("S1-56", "S1-26")
def test_what_the_agency_looks_at_is_a_page_each(running: Practice) -> None:
    setl_id = settle_one(running)
    figures = running.call("GET", "figures")
    assert figures["messages"]["2207"] == {"answered": 1}
    assert figures["settlements"]["effective"]["count"] == 1
    late = [{"setl_id": setl_id, "suspicions": ["late_upload"]}]
    assert running.call("GET", "suspicions") == late


@pytest.mark.req("S3-28")
def test_the_platforms_health_is_told_while_every_transaction_fails(running: Practice) -> None:
    """The line is bad, the program is not: both can be seen, and when it was mended."""
    question = json.dumps(http_desk(running).envelope("9001", "", {})).encode()
    running.fault("*", "before", "http500", times=2)
    assert [post(running, question).status_code for _ in range(3)] == [500, 500, 200]
    assert running.call("GET", "figures")["messages"]["9001"]["spoilt"] == 2
    assert running.call("GET", "clock")["real"]


@pytest.mark.req("S2-28", "S1-20")
def test_a_filing_told_by_telephone_is_there_for_the_next_question(running: Practice) -> None:
    unfiled = townsman(7)
    told_by_phone = {
        **{key: unfiled[key] for key in ("name", "certno")},
        "phone": "0537-0000000",
        "kind": "OTHER",
        "city": "430100",
    }
    filed = running.call("POST", "filings", told_by_phone)
    assert running.person(unfiled["certno"])["filings"] == filed["filings"]
    assert filed["filings"][-1]["area"] == "430100"


@pytest.mark.req("S0-34")
def test_a_desk_without_the_practice_platform_is_whole(running: Practice, tmp_path: Path) -> None:
    """Installed without it, the desk settles at another machine's platform all the same."""
    bare = tmp_path / "installed"
    for room in ("desktop", "ui", "printing", "card_reader"):
        left_out = shutil.ignore_patterns("sandbox", "__pycache__")
        shutil.copytree(ROOT / room, bare / room, ignore=left_out)
    running.clock("2023-05-02T09:30:00")
    line = Item("A", "甲", "500.00")
    running.catalogue("A", {"name": "甲", "class": "01", "kind": "09"})
    began = datetime(2023, 5, 2, 9, tzinfo=CHINA)
    bill = BillOf(str(PERSON["name"]), CERTNO, began, (line,))
    order = ("settle", "--id", CERTNO, "--charges", bill.write(tmp_path / "bill.json"))
    place = ("--platform", running.url, "--profile", tmp_path / "profile")
    program = [sys.executable, "-m", "desktop", *map(str, (*order, *place))]
    done = subprocess.run(program, cwd=bare, capture_output=True, timeout=60, check=False)
    assert (done.returncode, json.loads(done.stdout)["state"]) == (0, "settled"), done
    assert len(running.settlements(CERTNO)) == 1
