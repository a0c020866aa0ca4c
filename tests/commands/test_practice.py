"""The practice platform as the desk's own child, and ``kuasheng practice`` by itself."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from shutil import ignore_patterns
from typing import Any

import pytest

from desktop.domain.problems import DeskError, ProblemCode
from desktop.domain.times import CHINA
from desktop.practice_process import practice_platform
from tests.commands.desk import bill_of, processes_with
from tests.rig.kuasheng import ROOT, command, kuasheng

PATIENCE = 15.0


def _until(true: Callable[[], bool], otherwise: str) -> None:
    limit = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < limit, otherwise
        time.sleep(0.02)


def _today(person: Mapping[str, Any], bill_no: str) -> Any:
    now = datetime.now(CHINA).replace(tzinfo=None)
    return bill_of(person, bill_no=bill_no, began=now.replace(hour=0, minute=0, second=0))


def test_it_says_where_it_listens_and_ends_on_sigterm() -> None:
    with subprocess.Popen(
        command("practice", "--port", "0"), stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        assert list(ready) == ["url"]
        assert ready["url"].startswith("http://127.0.0.1:")
        process.terminate()
        assert process.stdout.read() == ""
        assert process.wait(PATIENCE) in (0, -signal.SIGTERM)


def test_it_ends_when_the_program_that_it_follows_is_gone() -> None:
    with subprocess.Popen(
        command("practice", "--until-stdin-closes"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        process.stdin.close()
        process.wait(PATIENCE)


@pytest.mark.parametrize("port", ["-1", "65536", "x"])
def test_a_port_is_a_port(port: str) -> None:
    assert kuasheng("practice", "--port", port).exit == 2


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "policies/370800-jining.toml",
            'annual_fund_cap = "',
            'annual_fund_cap = "-',
            "370800-jining.toml: benefit[1].annual_fund_cap: ",
        ),
        ("data/town.json", '"gend": "1"', '"gend": "7"', "town.json: [0].gend: "),
        ("data/fields.json", '"2207": {', '"2207X": {', "fields.json: 2207: is missing"),
    ],
)
def test_a_bad_file_stops_the_start(
    tmp_path: Path, file: str, old: str, new: str, told: str
) -> None:
    """File, place and reason are told; in a copy of the program whose file was edited."""
    shutil.copytree(ROOT / "desktop", tmp_path / "desktop", ignore=ignore_patterns("__pycache__"))
    path = tmp_path / "desktop" / "sandbox" / file
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace(old, new, 1), "utf-8")
    order = [sys.executable, "-m", "desktop", "practice", "--port", "0"]
    ended = subprocess.run(
        order, cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert ended.returncode == 1
    assert told in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        ran = kuasheng("practice", "--port", str(port))
    assert (ran.exit, ran.codes) == (1, ["practice-unavailable"])
    assert str(port) in ran.body["problems"][0]["message"]
    assert "Traceback" not in ran.words


@pytest.mark.parametrize("spoilt", ["folder", "file"])
def test_a_folder_that_cannot_be_had(tmp_path: Path, spoilt: str) -> None:
    folder = Path("/proc/x") if spoilt == "folder" else tmp_path
    (tmp_path / "practice.sqlite").write_bytes(b"no database" * 99)
    ran = kuasheng("practice", "--data", folder)
    assert (ran.exit, ran.codes) == (1, ["practice-unavailable"])
    assert str(folder) in ran.body["problems"][0]["message"]
    assert "Traceback" not in ran.words


def _speaking(folder: Path, script: str) -> list[str]:
    """A program in the platform's place."""
    file = folder / "platform.py"
    file.write_text(script, encoding="utf-8")
    return [sys.executable, str(file)]


SILENT = "import time\ntime.sleep(60)"


@pytest.mark.parametrize(
    ("script", "told"),
    [
        (SILENT, "0.5 秒"),
        ("import sys\nsys.stdout.write('{')\nsys.stdout.flush()\n" + SILENT, "0.5 秒"),
        ("", ""),
        ("print('[]', flush=True)\n" + SILENT, ""),
        ("print('ready', flush=True)\n" + SILENT, ""),
    ],
    ids=["silent", "half a line", "gone", "no object", "no json"],
)
def test_a_platform_that_does_not_come_up_is_not_waited_for(
    tmp_path: Path, script: str, told: str
) -> None:
    program = _speaking(tmp_path, script)
    began = time.monotonic()
    with (
        pytest.raises(DeskError) as refused,
        practice_platform(tmp_path, program=program, patience=0.5),
    ):
        pass
    assert time.monotonic() - began < 5
    (problem,) = refused.value.problems
    assert problem.kind is ProblemCode.PRACTICE_UNAVAILABLE
    assert told in problem.detail
    assert processes_with(program[1]) == []


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    missing = [str(tmp_path / "missing")]
    with pytest.raises(DeskError) as refused, practice_platform(tmp_path, program=missing):
        pass
    assert refused.value.problems[0].kind is ProblemCode.PRACTICE_UNAVAILABLE


def test_a_platform_that_talks_too_much_is_not_blocked(tmp_path: Path) -> None:
    """More than a pipe holds; the file says that all of it went through."""
    done = tmp_path / "done"
    script = (
        "import json, pathlib, time\n"
        "print(json.dumps({'url': 'http://127.0.0.1:1'}), flush=True)\n"
        "print('x' * 300_000, flush=True)\n"
        f"pathlib.Path({str(done)!r}).touch()\n" + SILENT
    )
    with practice_platform(tmp_path, program=_speaking(tmp_path, script)) as url:
        assert url == "http://127.0.0.1:1"
        _until(done.exists, "the child was blocked")


@pytest.mark.req("S0-34")
def test_the_desk_keeps_its_platform_in_the_profile_and_leaves_no_process(
    tmp_path: Path, person: Mapping[str, Any]
) -> None:
    """Practice mode: nothing is configured, so the desk starts the platform itself."""
    profile = tmp_path / "profile"
    mdtrt_ids = []
    for bill_no in ("B1", "B2"):
        charges = _today(person, bill_no).write(tmp_path / f"{bill_no}.json")
        ran = kuasheng(
            "settle", "--id", person["certno"], "--charges", charges, "--profile", profile
        )
        assert (ran.exit, ran.body["state"]) == (0, "settled"), ran
        mdtrt_ids.append(ran.body["mdtrt_id"])
        assert processes_with(str(profile)) == []
    assert mdtrt_ids[0] == mdtrt_ids[1], "the second bill joined the visit that was kept"


def test_a_killed_desk_leaves_no_platform_behind(tmp_path: Path, person: Mapping[str, Any]) -> None:
    profile = tmp_path / "profile"
    charges = _today(person, "B1").write(tmp_path / "b.json")
    order = ("settle", "--credential-stdin", "--charges", charges, "--profile", profile)
    platform = str(profile / "practice-platform")
    with subprocess.Popen(
        command(*order), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=ROOT
    ) as desk:
        _until(lambda: bool(processes_with(platform)), "the platform never started")
        (child,) = processes_with(platform)
        assert child != desk.pid
        os.kill(desk.pid, signal.SIGKILL)
        desk.wait(PATIENCE)
        _until(lambda: processes_with(platform) == [], "the platform outlived its desk")
    again = kuasheng("journal", "verify", "--profile", profile)
    assert again.exit == 0, "the lock of a killed process is nobody's"
