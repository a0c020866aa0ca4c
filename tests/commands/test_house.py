"""The small verbs: check, settings show, journal verify, and the front door itself."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.commands.desk import CommandDesk, bill_of, nobody_listens
from tests.ledger.raw import tamper
from tests.rig.kuasheng import ROOT, kuasheng
from tests.rig.pcsc import PcscStack
from tests.rig.serial_device import IdReaderDevice, SerialDevice

HEAVY = (
    "PyQt5", "PyQt6", "PySide2", "PySide6", "reportlab", "httpx", "starlette", "uvicorn",
    "smartcard", "sqlcipher3", "keyring", "serial", "zxingcpp", "cv2", "numpy",
)  # fmt: skip


def _items(body: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {item["name"]: item for item in body["items"]}


def test_check_finds_everything_well(desk: CommandDesk, readers: PcscStack) -> None:
    """S3-27: readers, fonts, profile, journal, line, institution, clock."""
    ran = kuasheng("check", *desk.place, environment=readers.environment)
    assert (ran.exit, ran.body["ok"]) == (0, True), ran
    items = _items(ran.body)
    assert list(items) == [
        "readers", "fonts", "profile", "journal", "platform", "institution", "clock",
    ]  # fmt: skip
    assert all(list(item) == ["name", "ok", "message", "next_step"] for item in items.values())
    assert "演练医院" in items["institution"]["message"]


@pytest.mark.req("S3-27")
def test_check_tries_scanner_camera_and_id_reader(
    desk: CommandDesk, readers: PcscStack, tmp_path: Path
) -> None:
    with IdReaderDevice(tmp_path / "ttyID") as reader, SerialDevice(tmp_path / "ttyQR") as scanner:
        (desk.profile / "settings.toml").write_text(
            f"[scanner]\nport = '{scanner.port}'\ncamera = '{tmp_path}/none.png'\n"
            f"[id_reader]\nport = '{reader.port}'\n",
            encoding="utf-8",
        )
        items = _items(kuasheng("check", *desk.place, environment=readers.environment).body)
    assert {name: items[name]["ok"] for name in ("scanner", "camera", "id-reader")} == {
        "scanner": True, "camera": False, "id-reader": True,
    }  # fmt: skip
    assert items["id-reader"]["message"] == reader.port
    assert "摄像头" in items["camera"]["message"]


def test_check_names_what_is_wrong_and_what_to_do(desk: CommandDesk) -> None:
    place = ("--profile", desk.profile, "--platform", nobody_listens())
    ran = kuasheng("check", *place, environment={"PCSCLITE_CSOCK_NAME": "/nonexistent"})
    assert (ran.exit, ran.body["ok"]) == (1, False)
    items = _items(ran.body)
    assert [name for name, item in items.items() if not item["ok"]] == ["readers", "platform"]
    assert items["readers"]["next_step"]
    assert items["platform"]["next_step"]


def test_check_tells_a_profile_that_cannot_be_opened(desk: CommandDesk) -> None:
    (desk.profile / "settings.toml").write_text("[platform\n", encoding="utf-8")
    ran = kuasheng("check", *desk.place)
    assert (ran.exit, _items(ran.body)["settings"]["ok"]) == (1, False)
    ran = kuasheng("check", "--profile", desk.profile / "settings.toml" / "none")
    assert (ran.exit, _items(ran.body)["profile"]["ok"]) == (1, False)


def test_check_names_a_journal_that_cannot_be_opened(desk: CommandDesk) -> None:
    (desk.profile / "journal.db").write_bytes(b"no journal" * 500)
    items = _items(kuasheng("check", *desk.place).body)
    assert [name for name, item in items.items() if not item["ok"]][-1] == "journal"
    assert "profile" not in items


def test_check_names_an_address_that_practice_must_not_reach(desk: CommandDesk) -> None:
    items = _items(
        kuasheng("check", "--profile", desk.profile, "--platform", "http://192.0.2.1").body
    )
    assert items["platform"]["ok"] is False


def test_settings_show_says_where_each_value_comes_from(desk: CommandDesk) -> None:
    ran = kuasheng("settings", "show", *desk.place)
    assert (ran.exit, ran.body["profile"]) == (0, str(desk.profile))
    items = {item["key"]: (item["value"], item["source"]) for item in ran.body["items"]}
    assert items["platform.url"] == (desk.platform.url, "command line")
    assert items["platform.read_timeout"] == (10.0, "settings.toml")
    assert items["platform.settle_horizon"] == (600, "default")
    assert items["hospital.fixmedins_code"] == ("H43010000001", "default")


def test_the_profile_may_come_from_the_environment(desk: CommandDesk) -> None:
    ran = kuasheng("settings", "show", environment={"KUASHENG_PROFILE": str(desk.profile)})
    assert ran.body["profile"] == str(desk.profile)


def test_every_fault_of_the_settings_at_once(desk: CommandDesk) -> None:
    text = '[platform]\nread_timeout = "slow"\n[hospital]\narea = 4\n[desk]\nmode = "bar"\n'
    (desk.profile / "settings.toml").write_text(text, encoding="utf-8")
    ran = kuasheng("settings", "show", *desk.place)
    assert (ran.exit, set(ran.codes)) == (1, {"settings-invalid"})
    told = "\n".join(problem["message"] for problem in ran.body["problems"])
    for key in ("platform.read_timeout", "hospital.area", "desk.mode"):
        assert key in told


def test_a_journal_that_holds(desk: CommandDesk, person: Mapping[str, Any]) -> None:
    desk.settle(bill_of(person))
    ran = kuasheng("journal", "verify", "--profile", desk.profile)
    assert (ran.exit, list(ran.body)) == (0, ["ok", "entries", "problems"])
    assert (ran.body["ok"], ran.body["problems"]) == (True, [])
    assert ran.body["entries"] > 10


def _key(desk: CommandDesk) -> bytes:
    return bytes.fromhex((desk.profile / "practice-journal.key").read_text("ascii").strip())


def test_a_changed_entry_breaks_the_chain(desk: CommandDesk, person: Mapping[str, Any]) -> None:
    """Somebody who has the key, and changes one entry."""
    desk.settle(bill_of(person))
    change = "UPDATE entries SET body = zeroblob(length(body)) WHERE kind = 'Settled'"
    tamper(desk.profile / "journal.db", _key(desk), change)
    ran = kuasheng("journal", "verify", "--profile", desk.profile)
    assert (ran.exit, ran.body["ok"], ran.codes) == (1, False, ["journal-damaged"])


def test_a_changed_file_is_not_ok(desk: CommandDesk, person: Mapping[str, Any]) -> None:
    """Somebody without the key, and one byte in each page but the first."""
    desk.settle(bill_of(person))
    file = desk.profile / "journal.db"
    data = bytearray(file.read_bytes())
    for place in range(4096 + 100, len(data), 4096):
        data[place] ^= 1
    file.write_bytes(data)
    ran = kuasheng("journal", "verify", "--profile", desk.profile)
    assert ran.exit == 1
    assert set(ran.codes) <= {"journal-damaged", "journal-unreadable"}
    assert ran.codes


def test_a_lost_key_never_begins_a_new_journal(
    desk: CommandDesk, person: Mapping[str, Any]
) -> None:
    desk.settle(bill_of(person))
    (desk.profile / "practice-journal.key").unlink()
    ran = desk.settle(bill_of(person))
    assert (ran.exit, ran.body["state"], ran.codes) == (1, "failed", ["keyring-unusable"])


def test_the_front_door_is_light() -> None:
    """House rule 8: ``--help`` imports no window and nothing heavy."""
    script = (
        "import json, runpy, sys\n"
        "sys.argv = ['kuasheng', '--help']\n"
        "try:\n"
        "    runpy.run_module('desktop', run_name='__main__')\n"
        "except SystemExit:\n"
        "    pass\n"
        "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = json.loads(done.stdout.splitlines()[-1])
    assert "desktop" in loaded
    assert [name for name in HEAVY if name in loaded] == []


@pytest.mark.parametrize("verb", ["settle", "card", "check", "practice", "settings", "journal"])
def test_every_verb_explains_itself(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    from desktop.__main__ import main

    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    assert ended.value.code == 0
    assert f"kuasheng {verb}" in capsys.readouterr().out


def test_an_unknown_verb_is_wrong_usage(tmp_path: Path) -> None:
    assert kuasheng("dance", "--profile", tmp_path).exit == 2
