"""The desk with vendors' libraries instead of its own ways, by its settings alone (S0-29)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from desktop.app import open_desk
from desktop.domain.credential import Credential
from desktop.nhsa.outcome import Accepted
from tests.commands.desk import CommandDesk, bill_of
from tests.commands.test_card import KEYS
from tests.commands.test_configured import LOOKED, _settings, keyring
from tests.rig.kuasheng import Ran, in_this_process, kuasheng
from tests.rig.practice import Practice
from tests.rig.vendor_library import (
    CARD_NO,
    CARD_SN,
    NAME,
    NUMBER,
    Vendor,
    build,
    card_text,
    holder_answer,
    install,
)

__all__ = ["keyring"]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("vendor") / "libSSCardDriver.so")


@pytest.fixture
def vendor(built: Path, tmp_path: Path, profile: Path) -> Vendor:
    """The profile's reader is behind this library; a card is in."""
    vendor = install(built, tmp_path / "vendor")
    vendor.card()
    add(profile, f'[card]\nlibrary = "{vendor.path}"\ntimeout = 2.5\n')
    return vendor


def add(profile: Path, text: str) -> None:
    with (profile / "settings.toml").open("a", encoding="utf-8") as file:
        file.write(text)


def read(profile: Path, *more: str) -> Ran:
    return in_this_process("card", "--profile", profile, "--json", *more)


def test_card_reads_through_the_library(vendor: Vendor, profile: Path) -> None:
    ran = kuasheng("card", "--profile", profile)
    assert (ran.exit, set(ran.body)) == (0, KEYS)
    body = ran.body
    assert (body["reader"], body["kind"]) == (vendor.path.name, "social-security")
    assert (body["card_sn"], body["card_no"], body["version"]) == (CARD_SN, CARD_NO, "2.00")
    assert (body["name"], body["id_number"]) == ("欧*娜", "990000********1038")
    assert (body["issued"], body["birth"], body["sex"]) == ("2018-05-01", None, "")
    for hidden in (NAME, NUMBER):
        assert hidden not in ran.words + json.dumps(body, ensure_ascii=False)
    assert read(profile, "--full").body["name"] == NAME


def test_a_third_generation_card_without_its_module_is_partial(
    vendor: Vendor, profile: Path
) -> None:
    vendor.card(card_text(name="", number="", version="3.00"))
    ran = read(profile)
    assert (ran.exit, ran.body["partial"], ran.codes) == (0, True, ["card-partial"])


@pytest.mark.parametrize(
    ("verb", "end", "code"),
    [
        ("answer -1", 10, "not-social-security-card"),
        ("answer -2", 1, "no-card"),
        ("answer -2201", 1, "psam-needed"),
        ("abort", 1, "library-failed"),
        ("hang", 1, "library-failed"),
    ],
)
def test_what_goes_wrong_is_told(
    vendor: Vendor, profile: Path, verb: str, end: int, code: str
) -> None:
    vendor.behaves(iReadCardBas=verb)
    ran = read(profile)
    assert (ran.exit, ran.codes, set(ran.body)) == (end, [code], KEYS)


def test_a_reader_is_named_as_its_library(vendor: Vendor, profile: Path) -> None:
    assert read(profile, "--reader", "sscard").exit == 0
    assert read(profile, "--reader", "Nowhere").codes == ["no-reader"]


def test_the_pin_is_asked_for_where_the_site_demands_it(
    vendor: Vendor, profile: Path, desk: CommandDesk, person: Mapping[str, Any]
) -> None:
    """Before anything of the patient's is done; what is only printed costs no try."""
    add(profile, 'pin = "pad"\ninterface = "contactless"\nconvention = "cdecl"\n')
    assert read(profile).exit == 0
    assert (vendor.calls, vendor.asked("iReadCardBas")) == (["iReadCardBas "], "2")
    vendor.behaves(iVerifyPIN="answer -52")
    assert desk.settle(bill_of(person), "--card").codes == ["pin-locked"]


def test_settings_that_cannot_be_read_keep_the_shape(profile: Path) -> None:
    add(profile, '[card]\nlibrary = "SSCardDriver.dll"\n')
    ran = read(profile)
    assert (ran.exit, ran.codes, set(ran.body)) == (1, ["settings-invalid"], KEYS)


@pytest.mark.req("S0-29", "S1-23", "S2-03")
def test_the_card_in_the_vendors_reader_settles(
    vendor: Vendor, desk: CommandDesk, person: Mapping[str, Any]
) -> None:
    told = card_text(name=person["name"], number=person["certno"])
    vendor.card(told.replace(CARD_NO, person["card_no"]).replace(CARD_SN, person["card_sn"]))
    ran = desk.settle(bill_of(person), "--card")
    assert (ran.exit, ran.body["state"]) == (0, "settled")
    assert ran.body["psn_no"]


# --- the self-test -----------------------------------------------------------------------------


def item(ran: Ran, name: str) -> Mapping[str, Any]:
    return next(item for item in ran.body["items"] if item["name"] == name)


@pytest.mark.parametrize("verb", ["answer 0", "answer -2", "answer -3"])
def test_the_check_names_the_library_as_the_reader(
    vendor: Vendor, desk: CommandDesk, verb: str
) -> None:
    vendor.behaves(iReadCardBas=verb)
    readers = item(in_this_process("check", *desk.place, "--json"), "readers")
    assert (readers["ok"], readers["message"]) == (True, vendor.path.name)


@pytest.mark.parametrize(("verb", "words"), [("answer -11", "读卡器"), ("abort", "失灵")])
def test_the_check_says_when_it_does_not_work(
    vendor: Vendor, desk: CommandDesk, verb: str, words: str
) -> None:
    vendor.behaves(iReadCardBas=verb)
    readers = item(in_this_process("check", *desk.place, "--json"), "readers")
    assert not readers["ok"]
    assert words in readers["message"]


def test_practice_never_asks_a_real_voucher_service(vendor: Vendor, desk: CommandDesk) -> None:
    add(desk.profile, f'[voucher]\nlibrary = "{vendor.path}"\n')
    ran = in_this_process("check", *desk.place, "--json")
    assert "voucher-library" not in [item["name"] for item in ran.body["items"]]
    with open_desk(str(desk.profile), desk.platform.url, "test") as opened:
        opened.desk.platform.decode_voucher("4" * 28)
    assert "NationEcTrans " not in vendor.calls


# --- a configured desk -------------------------------------------------------------------------


@pytest.fixture
def holder(desk: CommandDesk, person: Mapping[str, Any]) -> Credential:
    """Whom the voucher's service knows, by the platform's own answer to another desk."""
    with open_desk(str(desk.profile), desk.platform.url, "test") as opened:
        outcome = opened.desk.platform.decode_voucher(desk.platform.voucher(person["certno"]))
    assert isinstance(outcome, Accepted)
    return outcome.value


@pytest.fixture
def configured(platform: Practice, vendor: Vendor, tmp_path: Path) -> CommandDesk:
    folder = tmp_path / "configured"
    folder.mkdir()
    (folder / "settings.toml").write_text(_settings(platform.url), encoding="utf-8")
    add(folder, f'[voucher]\nlibrary = "{vendor.path}"\nurl = "http://ec.example.invalid"\n')
    return CommandDesk(platform, folder, tmp_path)


@pytest.mark.req("S0-29", "S2-29")
def test_a_voucher_settles_through_the_library(
    configured: CommandDesk,
    keyring: dict[str, str],
    vendor: Vendor,
    holder: Credential,
    person: Mapping[str, Any],
) -> None:
    vendor.answers("NationEcTrans", holder_answer(holder))
    order = ("settle", "--charges", configured.charges(bill_of(person)), "--json")
    terms = ("--profile", configured.profile, "--credential-stdin", *LOOKED, "--expect-cash")
    code = {"kind": "01", "number": "424" + "7" * 25}
    seen = kuasheng(*order, *terms, "0.01", environment=keyring, typed=json.dumps(code))
    assert seen.codes == ["cash-differs"]
    cash = seen.body["problems"][0]["message"].split("预结算 ")[1].split(" ")[0]
    used = kuasheng(*order, *terms, cash, environment=keyring, typed=json.dumps(code))
    assert used.codes == ["voucher-used"]
    fresh = json.dumps({"kind": "01", "number": "424" + "8" * 25})
    settled = kuasheng(*order, *terms, cash, environment=keyring, typed=fresh)
    assert (settled.exit, settled.body["state"]) == (0, "settled")
    url, _, asked = vendor.asked("NationEcTrans").partition("\n")
    assert (url, json.loads(asked)["data"]["ecQrCode"]) == (
        "http://ec.example.invalid",
        "424" + "8" * 25,
    )
    for ran in (seen, used, settled):
        assert holder.number not in ran.words + json.dumps(ran.body)


def test_the_check_loads_the_voucher_library(
    configured: CommandDesk, keyring: dict[str, str], vendor: Vendor
) -> None:
    ran = kuasheng("check", "--profile", configured.profile, "--json", environment=keyring)
    assert item(ran, "voucher-library")["message"] == vendor.path.name
