"""A configured profile: the same desk with a keyring, a token, and a person who looked."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.commands.desk import TODAY, CommandDesk, bill_of
from tests.rig.kuasheng import Ran, kuasheng
from tests.rig.practice import Practice
from tests.rig.secret_service import secret_service

LOOKED = ("--identity-checked-by", "0007")
TERMS = (*LOOKED, "--expect-cash", "1.00")


@pytest.fixture(scope="module")
def keyring() -> Iterator[dict[str, str]]:
    """A real Secret Service that holds the gateway's token."""
    with secret_service() as environment:
        _keep(environment, "gateway-token", "practice-secret")
        yield environment


def _keep(environment: Mapping[str, str], user: str, secret: str) -> None:
    script = "import keyring, sys; keyring.set_password('kuasheng-desk', *sys.argv[1:])"
    program = [sys.executable, "-c", script, user, secret]
    subprocess.run(program, env=dict(environment), check=True, timeout=30)


def _settings(url: str) -> str:
    return (
        f'[platform]\nurl = "{url}"\npaasid = "practice"\nread_timeout = 5\n'
        'recer_sys_code = "FSI_LOCAL"\ninfver = "V1.0"\n'
        '[hospital]\nfixmedins_code = "H43010000001"\nname = "演练医院"\narea = "430100"\n'
        'station = "07"\n[desk]\noperator = "0042"\noperator_name = "王敏"\n'
    )


@pytest.fixture
def configured(platform: Practice, keyring: dict[str, str], tmp_path: Path) -> CommandDesk:
    """A profile of its own for each test; one keyring for all."""
    platform.clock(TODAY.isoformat())
    folder = tmp_path / "configured"
    folder.mkdir()
    (folder / "settings.toml").write_text(_settings(platform.url), encoding="utf-8")
    return CommandDesk(platform, folder, tmp_path)


def _settle(
    desk: CommandDesk, keyring: Mapping[str, str], person: Mapping[str, Any], *more: str
) -> Ran:
    order = ("settle", "--charges", desk.charges(bill_of(person)), "--profile", desk.profile)
    credential = {"kind": "02", "number": person["certno"]}
    typed = json.dumps(credential)
    return kuasheng(*order, "--json", *more, environment=keyring, typed=typed)


def test_who_looked_and_what_the_patient_saw_are_demanded(
    configured: CommandDesk, keyring: dict[str, str], person: Mapping[str, Any]
) -> None:
    ran = _settle(configured, keyring, person, "--credential-stdin")
    assert (ran.exit, ran.body["state"]) == (2, "failed")
    assert ran.codes == ["identity-check-missing", "expected-cash-missing"]
    assert configured.platform.settlements(person["certno"]) == []


@pytest.mark.parametrize("way", ["--id", "--qr"])
def test_credentials_stay_off_the_command_line(
    configured: CommandDesk, keyring: dict[str, str], person: Mapping[str, Any], way: str
) -> None:
    told = (way, person["certno"], *LOOKED, "--expect-cash", "1.00")
    ran = _settle(configured, keyring, person, *told)
    assert (ran.exit, ran.codes) == (2, ["credential-on-command-line"])
    assert person["certno"] not in json.dumps(ran.body)


@pytest.mark.parametrize("part", [("--stand-in-name", "曾小满"), ("--stand-in-number", "E1234567")])
def test_who_stands_in_stays_off_the_command_line(
    configured: CommandDesk,
    keyring: dict[str, str],
    person: Mapping[str, Any],
    part: tuple[str, str],
) -> None:
    ran = _settle(configured, keyring, person, "--credential-stdin", *TERMS, *part)
    assert (ran.exit, ran.codes) == (2, ["credential-on-command-line"])


def test_the_cash_that_was_seen_settles_and_another_does_not(
    configured: CommandDesk, keyring: dict[str, str], person: Mapping[str, Any]
) -> None:
    terms = ("--credential-stdin", *LOOKED, "--expect-cash")
    refused = _settle(configured, keyring, person, *terms, "0.01")
    assert (refused.exit, refused.codes) == (13, ["cash-differs"])
    seen = refused.body["problems"][0]["message"].split("预结算 ")[1].split(" ")[0]
    settled = _settle(configured, keyring, person, *terms, seen)
    assert (settled.exit, settled.body["state"], settled.codes) == (0, "settled", [])
    assert settled.body["amounts"]["psn_cash_pay"] == seen
    assert settled.body["msgid"][26:28] == "07"
    assert not (configured.profile / "practice-journal.key").exists()
    newer = configured.charges(bill_of(person, revision=2))
    order = ("settle", "--charges", newer, "--profile", configured.profile, "--json", *terms, seen)
    typed = json.dumps({"kind": "02", "number": person["certno"]})
    beside = kuasheng(*order, environment=keyring, typed=typed)
    assert (beside.exit, beside.codes) == (13, ["revision-settled"])
    checked = kuasheng("journal", "verify", "--profile", configured.profile, environment=keyring)
    assert (checked.exit, checked.body["ok"]) == (0, True)


def test_a_wrong_token_is_refused_by_the_gateway(
    configured: CommandDesk, keyring: dict[str, str], person: Mapping[str, Any]
) -> None:
    _keep(keyring, "gateway-token", "another-secret")
    try:
        terms = ("--credential-stdin", *LOOKED, "--expect-cash", "1.00")
        ran = _settle(configured, keyring, person, *terms)
    finally:
        _keep(keyring, "gateway-token", "practice-secret")
    assert (ran.exit, ran.body["state"], ran.codes) == (1, "failed", ["gateway-refused"])


def test_without_a_token_nothing_is_sent(
    configured: CommandDesk, person: Mapping[str, Any]
) -> None:
    with secret_service() as empty:
        ran = _settle(configured, empty, person, "--credential-stdin", *TERMS)
    assert (ran.exit, ran.codes) == (1, ["gateway-token-missing"])


def test_a_plain_text_keyring_is_refused(
    configured: CommandDesk, keyring: dict[str, str], person: Mapping[str, Any]
) -> None:
    """Contracts, settings: only a practice profile may keep its key in a file."""
    null = {**keyring, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    ran = _settle(configured, null, person, "--credential-stdin", *TERMS)
    assert (ran.exit, ran.codes) == (1, ["keyring-unusable"])
    assert not (configured.profile / "journal.db").exists()


def test_a_configured_profile_is_never_in_practice_mode(
    configured: CommandDesk, keyring: dict[str, str], person: Mapping[str, Any]
) -> None:
    """Whatever address is named: a person must have looked all the same."""
    at = ("--platform", configured.platform.url, "--credential-stdin")
    ran = _settle(configured, keyring, person, *at)
    assert ran.codes == ["identity-check-missing", "expected-cash-missing"]


def test_settings_that_name_a_platform_must_say_who_asks(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[platform]\nurl = "http://127.0.0.1:9"\n', "utf-8")
    ran = kuasheng("settings", "show", "--profile", tmp_path)
    assert (ran.exit, set(ran.codes)) == (1, {"settings-invalid"})
    told = "\n".join(problem["message"] for problem in ran.body["problems"])
    for key in ("platform.paasid", "hospital.fixmedins_code", "hospital.station"):
        assert key in told


def test_a_refund_demands_the_sum_that_the_patient_saw(
    configured: CommandDesk, keyring: dict[str, str], person: Mapping[str, Any]
) -> None:
    """B39: what is settled anew needs a yes; nobody's number is on the command line."""
    order = ("refund", "--setl-id", "1", "--lines", "1", "--profile", configured.profile, "--json")
    ran = kuasheng(*order, "--id", person["certno"], environment=keyring)
    assert (ran.exit, ran.body["state"]) == (2, "failed")
    assert ran.codes == ["expected-back-missing", "credential-on-command-line"]
    assert set(ran.body) >= {"state", "steps", "money_back", "new"}
    assert person["certno"] not in ran.words
    agreed = kuasheng(*order, "--expect-back", "1.00", environment=keyring)
    assert (agreed.exit, agreed.codes) == (1, ["nothing-to-cancel"])
    whole = kuasheng(*order[:3], *order[5:], environment=keyring)
    assert (whole.exit, whole.codes) == (1, ["nothing-to-cancel"])
