"""What lasts over restarts, and how the process begins and ends."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

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


def test_data_outlives_a_kill(tmp_path: Path) -> None:
    """Everything answered is on disk: visits, batches, sums, balances, options, faults, clock."""
    with practice(tmp_path) as running:
        running.options(repeat_2207="book")
        patient = settle_one(running)
        running.fault("2208", "before", "http500")
        before = (running.person(PERSON), running.settlements())
        running.process.kill()
        running.process.wait()
    with practice(tmp_path) as running:
        assert (running.person(PERSON), running.settlements()) == before
        assert running.call("GET", "clock")["now"] == "2023-05-02T09:30:00"
        assert running.call("PUT", "options", {})["repeat_2207"] == "book"
        assert len(running.call("GET", "faults")["faults"]) == 1
        patient.desk = http_desk(running)
        assert patient.preview("P2", "12.50")["setlinfo"]["medfee_sumamt"] == 12.5


def test_reversals_and_files_outlive_a_kill(tmp_path: Path) -> None:
    content = pack("own.txt", ())
    with practice(tmp_path) as running:
        patient = settle_one(running)
        (row,) = running.settlements(PERSON)
        patient.reverse(row["medins_setl_id"])
        asked = {"in": list(content), "filename": "own.zip", "fixmedins_code": HOSPITAL}
        number = patient.desk.ask("9101", "", fsUploadIn=asked)["file_qury_no"]
        running.process.kill()
        running.process.wait()
    with practice(tmp_path) as running:
        assert [row["state"] for row in running.settlements(PERSON)] == ["reversed"]
        file = {"file_qury_no": number, "filename": "own.zip", "fixmedins_code": HOSPITAL}
        body = http_desk(running).envelope("9102", "", {"fsDownloadIn": file})
        answer = post(running, json.dumps(body).encode(), "/fsi/api/fileupload/download")
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.content == content


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


def test_it_listens_on_the_loopback_address_only() -> None:
    with practice() as running:
        assert running.url.startswith("http://127.0.0.1:")
        port = int(running.url.rpartition(":")[2])
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


def test_settlements_stay_in_booking_order(tmp_path: Path) -> None:
    """Their numbers begin with random digits: eight in a row would hardly fall into order."""
    with practice(tmp_path) as running:
        patient = settle_one(running)
        for number in range(3, 10):
            batch = f"P{number}"
            patient.whole(batch, patient.row(batch, "A", "1.00"))
        patient.cancel(running.settlements()[0]["setl_id"])
        before = running.settlements()
    assert [row["chrg_bchno"] for row in before] == ["P1", *(f"P{n}" for n in range(3, 10)), "P1"]
    with practice(tmp_path) as running:
        assert running.settlements() == before
        assert running.settlements(PERSON) == before


def test_reset_survives_a_restart(tmp_path: Path) -> None:
    with practice(tmp_path) as running:
        settle_one(running)
        running.reset()
    with practice(tmp_path) as running:
        assert running.settlements() == []
        assert post(running, b"{}").status_code == 200
