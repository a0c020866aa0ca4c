"""``kuasheng settle`` as a real process: states, exit codes and the JSON of the contracts."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.commands.desk import MEDICINE, SHAPE, CommandDesk, bill_of, nobody_listens
from tests.rig.bills import BillOf, Item
from tests.rig.kuasheng import ROOT, Ran, command, in_this_process, kuasheng
from tests.rig.pcsc import PcscStack
from tests.rig.town import named, townsman, townspeople
from tests.rig.virtual_card import bank_card, social_security_card

PROBLEM = ("code", "message", "next_step")
AT_LEAST = (
    "medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt",
    "act_pay_dedc", "hifp_pay", "fund_pay_sumamt", "psn_part_amt", "acct_pay", "psn_cash_pay",
    "balc",
)  # fmt: skip


def _is_contract(ran: Ran) -> None:
    """The shape holds whatever the state is, so that a program may rely on it."""
    assert tuple(ran.body) == SHAPE
    assert all(tuple(problem) == PROBLEM for problem in ran.body["problems"])
    assert all(isinstance(amount, str) for amount in ran.body["amounts"].values())


def test_settled(desk: CommandDesk, person: Mapping[str, Any]) -> None:
    """Exit 0; every amount under the platform's own field name, yuan with two decimals."""
    receipt = desk.folder / "out" / "receipt.pdf"
    ran = desk.settle(bill_of(person), "--account", "own", "--receipt", receipt)
    _is_contract(ran)
    assert (ran.exit, ran.body["state"], ran.codes) == (0, "settled", [])
    (booked,) = desk.platform.settlements(person["certno"])
    assert (ran.body["setl_id"], ran.body["mdtrt_id"], ran.body["msgid"]) == (
        booked["setl_id"],
        booked["mdtrt_id"],
        booked["medins_setl_id"],
    )
    amounts = ran.body["amounts"]
    assert set(AT_LEAST) <= amounts.keys()
    for name in ("medfee_sumamt", "fund_pay_sumamt", "acct_pay", "psn_cash_pay"):
        assert amounts[name] == booked[name]
    assert ran.body["psn_no"] == desk.platform.person(person["certno"])["psn_no"]
    assert ran.body["receipt"] == str(receipt)
    assert receipt.read_bytes().startswith(b"%PDF")


def test_settled_before_sends_nothing_and_prints_again(
    desk: CommandDesk, person: Mapping[str, Any]
) -> None:
    first = desk.settle(bill_of(person))
    place = ("--profile", desk.profile, "--platform", nobody_listens(), "--json")
    again = kuasheng(
        "settle", "--id", person["certno"], "--charges", desk.charges(bill_of(person)), *place,
        "--receipt", desk.folder / "again.pdf",
    )  # fmt: skip
    assert (again.exit, again.body["state"], again.codes) == (0, "settled", ["already-settled"])
    assert again.body["setl_id"] == first.body["setl_id"]
    assert (desk.folder / "again.pdf").exists()


def test_refused(desk: CommandDesk) -> None:
    ran = desk.settle(bill_of(townsman(7)))
    _is_contract(ran)
    assert (ran.exit, ran.body["state"], ran.codes) == (10, "refused", ["not-filed"])
    assert (ran.body["setl_id"], ran.body["amounts"], ran.body["receipt"]) == (None, {}, None)


@pytest.mark.silent
def test_unknown(desk: CommandDesk, person: Mapping[str, Any]) -> None:
    """Exit 11, then 11 again without a single request."""
    desk.platform.fault("2207", "after", "drop")
    ran = desk.settle(bill_of(person), "--receipt", desk.folder / "r.pdf")
    _is_contract(ran)
    assert (ran.exit, ran.body["state"], ran.codes) == (11, "unknown", ["outcome-unknown"])
    assert not (desk.folder / "r.pdf").exists()
    assert ran.body["msgid"] == desk.platform.settlements(person["certno"])[0]["medins_setl_id"]
    place = ("--profile", desk.profile, "--platform", nobody_listens(), "--json")
    who = ("--id", person["certno"], "--charges", desk.charges(bill_of(person)))
    again = kuasheng("settle", *who, *place)
    assert (again.exit, again.body["state"]) == (11, "unknown")
    assert again.body["msgid"] == ran.body["msgid"]


def test_waits_for_a_person(desk: CommandDesk) -> None:
    person = townsman(5)
    ran = desk.settle(bill_of(person))
    _is_contract(ran)
    assert (ran.exit, ran.body["state"], ran.codes) == (13, "needs-person", ["choose-insurance"])
    chosen = desk.settle(bill_of(person), "--insurance", "390@370800")
    assert (chosen.exit, chosen.body["state"]) == (0, "settled")


def test_failed(desk: CommandDesk, person: Mapping[str, Any]) -> None:
    """Exit 1: it broke off before anything could be booked."""
    place = ("--profile", desk.profile, "--platform", nobody_listens(), "--json")
    who = ("--id", person["certno"], "--charges", desk.charges(bill_of(person)))
    ran = kuasheng("settle", *who, *place)
    _is_contract(ran)
    assert (ran.exit, ran.body["state"], ran.codes) == (1, "failed", ["not-connected"])


def test_expected_cash_refuses_another_amount(desk: CommandDesk, person: Mapping[str, Any]) -> None:
    ran = desk.settle(bill_of(person), "--expect-cash", "0.01")
    assert (ran.exit, ran.body["state"], ran.codes) == (13, "needs-person", ["cash-differs"])
    assert desk.platform.settlements(person["certno"]) == []


@pytest.mark.parametrize("as_text", [False, True])
def test_an_e_voucher(desk: CommandDesk, person: Mapping[str, Any], as_text: bool) -> None:
    desk.platform.options(voucher_data_as_text=as_text)
    ran = desk.settle(bill_of(person), "--qr", desk.platform.voucher(person["certno"]))
    assert (ran.exit, ran.body["state"], ran.codes) == (0, "settled", [])


def test_a_code_of_another_kind(desk: CommandDesk, person: Mapping[str, Any]) -> None:
    ran = desk.settle(bill_of(person), "--qr", "134567890123456789")
    assert (ran.exit, ran.body["state"], ran.codes) == (1, "failed", ["not-a-voucher"])


def test_a_credential_on_standard_input(desk: CommandDesk, person: Mapping[str, Any]) -> None:
    card = {"kind": "03", "number": person["card_no"], "card_sn": person["card_sn"]}
    ran = desk.settle(bill_of(person), "--credential-stdin", typed=json.dumps(card))
    assert (ran.exit, ran.body["state"], ran.codes) == (0, "settled", [])


@pytest.mark.parametrize("typed", ["", "[]", '{"kind":"09","number":"1"}', '{"kind":"02"}'])
def test_rubbish_on_standard_input(
    desk: CommandDesk, person: Mapping[str, Any], typed: str
) -> None:
    ran = desk.settle(bill_of(person), "--credential-stdin", typed=typed)
    _is_contract(ran)
    assert (ran.exit, ran.body["state"]) == (1, "failed")


def test_a_card_of_the_second_generation(desk: CommandDesk, readers: PcscStack) -> None:
    """The whole card through a real pcscd; the rare name is exact."""
    person = named("龴")
    readers.insert(0, _card_of(person))
    ran = desk.settle(bill_of(person), "--card", environment=readers.environment)
    assert (ran.exit, ran.body["state"], ran.codes) == (0, "settled", [])


def test_a_partial_card_of_the_third_generation(
    desk: CommandDesk, readers: PcscStack, person: Mapping[str, Any]
) -> None:
    """S0-29: card number and card_sn are enough."""
    readers.insert(0, _card_of(person, version="3.00"))
    ran = desk.settle(bill_of(person), "--card", environment=readers.environment)
    assert (ran.exit, ran.body["state"], ran.codes) == (0, "settled", [])


def test_a_partial_card_that_the_platform_refuses(
    desk: CommandDesk, readers: PcscStack, person: Mapping[str, Any]
) -> None:
    readers.insert(0, _card_of({**person, "card_no": "X99999999"}, version="3.00"))
    ran = desk.settle(bill_of(person), "--card", environment=readers.environment)
    assert (ran.exit, ran.body["state"]) == (10, "refused")
    assert ran.codes == ["other-credential-needed"]


def test_a_bank_card(desk: CommandDesk, readers: PcscStack, person: Mapping[str, Any]) -> None:
    readers.insert(0, bank_card())
    ran = desk.settle(bill_of(person), "--card", environment=readers.environment)
    _is_contract(ran)
    assert (ran.exit, ran.body["state"], ran.codes) == (10, "refused", ["bank-card"])


def _card_of(person: Mapping[str, Any], version: str = "2.00") -> Any:
    return social_security_card(
        name=person["name"],
        id_number=person["certno"],
        card_no=person["card_no"],
        card_sn=person["card_sn"],
        version=version,
    )


@pytest.mark.req("S2-10")
@pytest.mark.parametrize(("account", "paid"), [("none", False), ("own", True), ("family", True)])
def test_the_account_is_used_as_told(
    desk: CommandDesk, person: Mapping[str, Any], account: str, paid: bool
) -> None:
    """``acct_used_flag`` 0, 1 and 2; the relative's part is contained in ``acct_pay`` (C3)."""
    body = {key: value for key, value in person.items() if key != "note"}
    insured = [{**row, "account": "10.00", "mutual_aid": "20.00"} for row in body["insured"]]
    desk.platform.put_person(person["certno"], body | {"insured": insured})
    amounts = desk.settle(bill_of(person), "--account", account).body["amounts"]
    told = {"none": ("0.00", "0.00"), "own": ("10.00", "0.00"), "family": ("30.00", "20.00")}
    assert (amounts["acct_pay"], amounts["acct_mulaid_pay"]) == told[account]
    assert (amounts["acct_pay"] != "0.00") is paid


@pytest.mark.req("S4-20")
def test_a_file_with_many_faults_names_them_all_and_takes_nothing_over(
    desk: CommandDesk, person: Mapping[str, Any]
) -> None:
    document = bill_of(person, MEDICINE, MEDICINE).document()
    document["patient"]["sex"] = "7"
    document["lines"][0]["price"] = 30
    document["lines"][1]["amount"] = "1.00"
    del document["bill"]["bill_no"]
    file = desk.folder / "bad.json"
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    ran = kuasheng("settle", "--id", person["certno"], "--charges", file, *desk.place, "--json")
    _is_contract(ran)
    assert (ran.exit, ran.body["state"]) == (1, "failed")
    assert set(ran.codes) == {"charges-invalid"}
    told = "\n".join(problem["message"] for problem in ran.body["problems"])
    for field in ("sex", "price", "amount", "bill_no"):
        assert field in told
    assert desk.platform.settlements() == []


def test_practice_mode_never_talks_to_another_machine(
    desk: CommandDesk, person: Mapping[str, Any]
) -> None:
    order = ("settle", "--id", person["certno"], "--charges", desk.charges(bill_of(person)))
    place = ("--profile", desk.profile, "--platform", "http://192.0.2.1:80", "--json")
    ran = kuasheng(*order, *place)
    _is_contract(ran)
    assert (ran.exit, ran.body["state"], ran.codes) == (1, "failed", ["not-loopback"])


def test_a_second_process_is_told_who_holds_the_profile(
    desk: CommandDesk, person: Mapping[str, Any]
) -> None:
    """House rule 11; the first one waits for its credential meanwhile."""
    order = ("settle", "--credential-stdin", "--charges", desk.charges(bill_of(person)))
    with subprocess.Popen(
        command(*order, *desk.place), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=ROOT
    ) as first:
        _until_held(desk.profile, first.pid)
        second = kuasheng("journal", "verify", *desk.place)
        assert (second.exit, second.codes) == (1, ["profile-in-use"])
        told = second.body["problems"][0]["message"]
        assert "settle" in told
        assert str(first.pid) in told
        first.communicate(b"{}")
    assert desk.settle(bill_of(person)).exit == 0


def _until_held(profile: Path, pid: int) -> None:
    script = (
        "import pathlib, sys, time\n"
        "file = pathlib.Path(sys.argv[1])\n"
        "while not (file.exists() and sys.argv[2] in file.read_text()): time.sleep(0.01)\n"
    )
    holder = str(profile / "profile.holder.json")
    subprocess.run([sys.executable, "-c", script, holder, str(pid)], timeout=20, check=True)


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["--id", "1", "--card"],
        ["--id", "1", "--insurance", "310@1"],
        ["--id", "1", "--expect-cash", "1.001"],
        ["--id", "1", "--account", "mine"],
    ],
)
def test_wrong_usage(wrong: list[str], tmp_path: Path) -> None:
    """Exit 2 is argparse's own; nothing is opened."""
    ran = kuasheng("settle", "--charges", "x.json", "--profile", tmp_path / "p", *wrong)
    assert (ran.exit, ran.body) == (2, {})
    assert not (tmp_path / "p").exists()


def test_words_go_to_stderr_and_json_alone_is_quiet(
    desk: CommandDesk, person: Mapping[str, Any]
) -> None:
    ran = desk.settle(bill_of(person))
    assert ran.words == ""
    place = ("--profile", desk.profile, "--platform", desk.platform.url)
    order = ("settle", "--id", person["certno"], "--charges", desk.charges(bill_of(person)))
    spoken = kuasheng(*order, *place)
    assert "已经结算过" in spoken.words
    assert person["name"] not in spoken.words
    assert person["certno"] not in spoken.words


@pytest.mark.req("S1-28")
def test_a_bill_with_a_refused_line_says_which(
    desk: CommandDesk, person: Mapping[str, Any]
) -> None:
    ran = desk.settle(bill_of(person, MEDICINE, Item("K99", "没有的项目", "1.00")))
    assert (ran.exit, ran.codes) == (10, ["line-refused"])
    assert "K99" in ran.body["problems"][0]["message"]


def _told(desk: CommandDesk, bill: BillOf) -> Ran:
    """With people's words beside the object."""
    who = ("--id", bill.id_number, "--charges", desk.charges(bill))
    return in_this_process("settle", *who, *desk.place)


def _living(note: str) -> Mapping[str, Any]:
    return next(person for person in townspeople() if note in person["note"])


@pytest.mark.req("S1-16", "S1-20", "S2-17", "S2-27", "S3-06", "S3-10", "S3-11", "S3-22")
def test_a_no_comes_with_the_way_on(desk: CommandDesk) -> None:
    """Not filed: file now and from which day, no proofs, by telephone, ask again, whom to ask."""
    ran = _told(desk, bill_of(townsman(7)))
    advice = ran.body["advice"]
    assert advice["why"] == "not-filed"
    assert [step["does"] for step in advice["steps"]] == [
        *("file-temporary", "file-long", "commit", "phone", "ask-area", "query-again"),
    ]
    assert advice["filing"]["temporary_from"] == "2023-05-02"
    assert advice["filing"]["by_phone"] == [
        *("本人姓名", "身份证号", "联系电话", "备案类型", "备案城市"),
    ]
    assert advice["raw"]
    assert advice["steps"][0]["words"] in ran.words
    assert townsman(7)["certno"] not in json.dumps(ran.body)


@pytest.mark.req("S1-15")
def test_chronic_care_hears_what_is_missing(desk: CommandDesk) -> None:
    person = _living("没有慢特病异地备案")
    ran = _told(desk, bill_of(person, kind="14", disease="M03900"))
    assert (ran.exit, ran.body["advice"]["chronic"]["missing"]) == (10, "filing")
    assert ran.body["advice"]["chronic"]["words"] in ran.words


@pytest.mark.req("S2-16", "S2-23", "S3-13")
@pytest.mark.parametrize(
    ("note", "changes", "told"),
    [
        ("最普通的一次结算", {}, []),
        ("在职职工，临时外出备案", {}, ["temporary"]),
        ("未备案：", {"kind": "13", "emergency": True}, ["deemed-filed"]),
    ],
)
def test_what_is_said_although_it_settles(
    desk: CommandDesk, note: str, changes: dict[str, Any], told: list[str]
) -> None:
    ran = _told(desk, bill_of(_living(note), **changes))
    assert (ran.body["state"], ran.body["advice"]) == ("settled", None)
    assert [notice["tells"] for notice in ran.body["notices"]] == told
    assert all(notice["words"] in ran.words for notice in ran.body["notices"])
