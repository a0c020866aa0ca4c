"""What lasts over restarts, and how the process begins and ends."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from desktop.nhsa.messages.detail_file import pack
from tests.rig.practice import Practice, practice, stop
from tests.sandbox.asking import HOSPITAL, Patient
from tests.sandbox.http_side import http_desk, post

PERSON = "990000198503121038"


def settle_one(running: Practice) -> Patient:
    running.clock("2023-05-02T09:30:00")
    running.catalogue("A", {"name": "甲", "class": "01", "kind": "09"})
    patient = Patient(http_desk(running), running.person(PERSON)["psn_no"], PERSON).open()
    patient.whole("P1", patient.row("P1", "A", "500.00"), use="1")
    patient.upload(patient.row("P2", "A", "12.50"))
    return patient


@dataclass(frozen=True, slots=True)
class Lives:
    """What was seen of one data folder in three lives, the first of which was killed."""

    settlements: tuple[Any, Any]
    """At the end of the first life and at the beginning of the second; so is each pair."""
    person: tuple[Any, Any]
    of_person: Any
    clock: Any
    options: Any
    faults: Any
    previewed: Any
    content: tuple[bytes, bytes]
    content_type: str
    after_reset: Any
    answers_then: int


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> Lives:
    """Settlements, a refund, a reversal, a file; a kill; a reset; a quiet end."""
    data, content = tmp_path_factory.mktemp("kept"), pack("own.txt", ())
    with practice(data) as running:
        running.options(repeat_2207="book")
        patient = settle_one(running)
        for number in range(3, 10):
            batch = f"P{number}"
            patient.whole(batch, patient.row(batch, "A", "1.00"))
        patient.cancel(running.settlements()[0]["setl_id"])
        patient.reverse(running.settlements()[1]["medins_setl_id"])
        asked = {"in": list(content), "filename": "own.zip", "fixmedins_code": HOSPITAL}
        number = patient.desk.ask("9101", "", fsUploadIn=asked)["file_qury_no"]
        running.fault("2208", "before", "http500")
        first = (running.settlements(), running.person(PERSON))
        running.process.kill()
        running.process.wait()
    with practice(data) as running:
        second = (running.settlements(), running.person(PERSON))
        of_person = running.settlements(PERSON)
        waiting = running.call("GET", "faults")["faults"]
        options = running.call("PUT", "options", {})
        clock = running.call("GET", "clock")["now"]
        patient.desk = http_desk(running)
        previewed = patient.preview("P2", "12.50")["setlinfo"]["medfee_sumamt"]
        fetched = fetch(running, number)
        running.reset()
    with practice(data) as running:
        after_reset = running.settlements()
        answers_then = post(running, b"{}").status_code
    return Lives(
        settlements=(first[0], second[0]),
        person=(first[1], second[1]),
        of_person=of_person,
        clock=clock,
        options=options,
        faults=waiting,
        previewed=previewed,
        content=(content, fetched.content),
        content_type=fetched.headers["content-type"],
        after_reset=after_reset,
        answers_then=answers_then,
    )


def fetch(running: Practice, number: str) -> httpx.Response:
    file = {"file_qury_no": number, "filename": "own.zip", "fixmedins_code": HOSPITAL}
    body = http_desk(running).envelope("9102", "", {"fsDownloadIn": file})
    return post(running, json.dumps(body).encode(), "/fsi/api/fileupload/download")


def test_data_outlives_a_kill(lives: Lives) -> None:
    """Everything answered is on disk: visits, batches, sums, balances, options, faults, clock."""
    assert lives.settlements[0] == lives.settlements[1]
    assert lives.person[0] == lives.person[1]
    assert lives.clock == "2023-05-02T09:30:00"
    assert lives.options["repeat_2207"] == "book"
    assert len(lives.faults) == 1
    assert lives.previewed == 12.5


def test_reversals_and_files_outlive_a_kill(lives: Lives) -> None:
    states = [row["state"] for row in lives.of_person]
    assert states == ["cancelled", "reversed", *["effective"] * 6, "negative"]
    assert lives.content_type == "application/octet-stream"
    assert lives.content[0] == lives.content[1]


def test_settlements_stay_in_booking_order(lives: Lives) -> None:
    """Their numbers begin with random digits: nine in a row would hardly fall into order."""
    batches = [row["chrg_bchno"] for row in lives.settlements[1]]
    assert batches == ["P1", *(f"P{n}" for n in range(3, 10)), "P1"]
    assert lives.of_person == lives.settlements[1]


def test_reset_survives_a_restart(lives: Lives) -> None:
    assert lives.after_reset == []
    assert lives.answers_then == 200


def test_without_data_nothing_is_kept() -> None:
    with practice() as running:
        settle_one(running)
        assert len(running.settlements()) == 1
    with practice() as running:
        assert running.settlements() == []


def test_sigterm_ends_it_in_peace_even_with_an_open_answer() -> None:
    with practice() as running:
        running.fault("*", "before", "drop")
        desk = http_desk(running)
        body = json.dumps(desk.envelope("9001", "", {})).encode()
        hanging = subprocess.Popen(
            [sys.executable, "-c", _HANG, running.url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert hanging.stdin is not None
        assert hanging.stdout is not None
        hanging.stdin.write(body)
        hanging.stdin.close()
        assert hanging.stdout.readline() == b"sent\n"
        assert stop(running.process) == 0
        assert hanging.wait(10) == 0
        hanging.stdout.close()


_HANG = """
import sys, time
from urllib.parse import urlsplit
import socket
from tests.sandbox.http_side import gateway
body = sys.stdin.buffer.read()
host = urlsplit(sys.argv[1])
plug = socket.create_connection((host.hostname, host.port))
lines = ["POST /fsi/api/9001 HTTP/1.1", "host: x", f"content-length: {len(body)}"]
lines += [f"{name}: {value}" for name, value in gateway().items()]
plug.sendall(("\\r\\n".join(lines) + "\\r\\n\\r\\n").encode() + body)
time.sleep(0.3)
print("sent", flush=True)
plug.settimeout(10)
try:
    assert plug.recv(1) == b""
except ConnectionResetError:
    pass
"""


def test_it_listens_on_the_loopback_address_only(process: Practice) -> None:
    assert process.url.startswith("http://127.0.0.1:")
    port = int(process.url.rpartition(":")[2])
    assert listening_on(port) == [f"0100007F:{port:04X}"]


def test_a_listener_of_either_family_would_be_seen() -> None:
    """What the test above trusts: 0.0.0.0 and [::] both show."""
    for family, host in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::1")):  # noqa: S104
        with socket.create_server((host, 0), family=family) as server:
            (found,) = listening_on(server.getsockname()[1])
            assert not found.startswith("0100007F:")


def listening_on(port: int) -> list[str]:
    """Local addresses, of IPv4 and IPv6, that listen on the port, as the kernel writes them."""
    tables = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
    rows = [row.split() for table in tables for row in table.read_text().splitlines()[1:]]
    return [row[1] for row in rows if row[3] == "0A" and row[1].endswith(f":{port:04X}")]
