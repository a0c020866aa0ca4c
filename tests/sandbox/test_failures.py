"""An error of the platform's own: HTTP 500, and its place on stderr without a value."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path

import httpx
import pytest

from desktop.sandbox.shell import failures
from tests.rig.practice import Practice, practice
from tests.sandbox.http_side import http_desk, post

NAME = "孔某某"
CERTNO = "990000198001010017"
PERSON = {"name": NAME, "gend": "1", "brdy": "1980-01-01", "insured": []}


def lose_the_disk(data: Path) -> None:
    """What the next save meets: its table is gone."""
    database = sqlite3.connect(data / "practice.sqlite")
    database.execute("DROP TABLE kept")
    database.close()


def said(capfd: pytest.CaptureFixture[str]) -> str:
    """What the platform's process wrote on stderr, which it has from us."""
    return capfd.readouterr().err


def check_told(text: str) -> None:
    """By type and place; no message, no person."""
    assert "practice platform: sqlite3.OperationalError" in text
    assert "desktop.sandbox.shell.store:" in text
    assert "Store.save" in text
    assert "no such table" not in text
    assert NAME not in text
    assert CERTNO not in text


def test_an_internal_error_is_told_on_stderr(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with practice(tmp_path) as running:
        assert said(capfd) == ""
        lose_the_disk(tmp_path)
        with pytest.raises(httpx.HTTPStatusError) as error:
            running.put_person(CERTNO, PERSON)
        assert error.value.response.status_code == 500
        check_told(said(capfd))
        assert post(running, ask(running)).status_code == 500
        check_told(said(capfd))


def test_an_internal_error_of_a_late_booking_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with practice(tmp_path) as running:
        running.fault("9001", "before", "late", seconds=0.2)
        with pytest.raises(httpx.ReadTimeout):
            post(running, ask(running), wait=0.1)
        lose_the_disk(tmp_path)
        text = ""
        until = time.monotonic() + 5
        while "Store.save" not in text and time.monotonic() < until:
            time.sleep(0.05)
            text += said(capfd)
    check_told(text)
    assert "Traceback" not in text + said(capfd)


def ask(running: Practice) -> bytes:
    """A sign-in, which is always kept."""
    row = {"opter_no": CERTNO, "mac": "00", "ip": "127.0.0.1"}
    return json.dumps(http_desk(running).envelope("9001", "", {"signIn": row})).encode()


def test_the_cause_comes_first_and_no_message(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        try:
            int(NAME)
        except ValueError as error:
            raise KeyError(CERTNO) from error
    except KeyError as error:
        failures.report(error)
    lines = capsys.readouterr().err.splitlines()
    kinds = [line for line in lines if not line.startswith(" ")]
    assert kinds == [
        "practice platform: builtins.ValueError",
        "practice platform: builtins.KeyError",
    ]
    assert NAME not in "".join(lines)
    assert CERTNO not in "".join(lines)


def test_a_program_without_a_console_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", None)
    failures.report(KeyError())
