"""``kuasheng queue``, ``refund`` and ``visits`` as real processes (contracts, word by word)."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.commands.desk import TODAY, CommandDesk, bill_of
from tests.rig.bills import BillOf
from tests.rig.examples import examples
from tests.rig.kuasheng import ROOT, Ran, command, in_this_process, kuasheng
from tests.rig.town import townsman

QUEUE_ITEM = {
    "id",
    "kind",
    "state",
    "visit",
    "msgid",
    "since",
    "next_try",
    "tries",
    "reason",
    "message",
}
VISIT = [
    "visit",
    "state",
    "bill_no",
    "revision",
    "msgid",
    "setl_id",
    "mdtrt_id",
    "amounts",
    "cash_taken",
    "since",
]
REFUND = {"state", "steps", "money_back", "new"}
KINDS = {"settlement", "cancel", "reversal", "upload", "intent", "print"}
STATES = {"waiting", "unknown", "needs-person", "done"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00")


def run(desk: CommandDesk, *verb: str | Path) -> Ran:
    return in_this_process(*verb, *desk.place, "--json")


def settle(desk: CommandDesk, bill: BillOf, *who: str) -> Ran:
    shown = who or ("--id", bill.id_number)
    return run(desk, "settle", *shown, "--charges", desk.charges(bill))


def items(ran: Ran) -> list[Mapping[str, Any]]:
    assert set(ran.body) == {"items"}, ran
    for item in ran.body["items"]:
        assert set(item) >= QUEUE_ITEM
        assert item["kind"] in KINDS
        assert item["state"] in STATES
        assert MOMENT.fullmatch(item["since"])
        assert item["next_try"] is None or MOMENT.fullmatch(item["next_try"])
    return list(ran.body["items"])


def lost(desk: CommandDesk, person: Mapping[str, Any], when: str) -> Ran:
    desk.platform.options(repeat_2207="book")
    desk.platform.fault("2207", when, "reset")
    ran = settle(desk, bill_of(person))
    assert (ran.exit, ran.body["state"]) == (11, "unknown")
    return ran


def test_a_lost_settlement_from_the_list_to_its_end(
    desk: CommandDesk, person: Mapping[str, Any]
) -> None:
    settled = lost(desk, person, "after")
    listed = kuasheng("queue", "list", *desk.place, "--json")
    (item,) = items(listed)
    assert (listed.exit, item["kind"], item["state"]) == (11, "settlement", "unknown")
    assert (item["msgid"], item["tries"]) == (settled.body["msgid"], 0)
    assert item["msgid"] in item["message"]
    secret = (person["name"], person["certno"], person["card_no"])
    assert not [fact for fact in secret if fact in json.dumps(listed.body, ensure_ascii=False)]
    shown = run(desk, "queue", "show", item["id"])
    assert (shown.exit, items(shown)) == (11, [item])
    retried = kuasheng("queue", "retry", item["id"], *desk.place, "--json")
    (done,) = items(retried)
    assert (retried.exit, done["state"]) == (0, "done")
    (booked,) = desk.platform.settlements(person["certno"])
    (visit,) = run(desk, "visits").body["items"]
    assert (visit["state"], visit["setl_id"]) == ("settled", booked["setl_id"])
    assert visit["amounts"]["psn_cash_pay"] == booked["psn_cash_pay"]


def test_what_is_handed_over_stays_unknown(desk: CommandDesk, person: Mapping[str, Any]) -> None:
    lost(desk, person, "before")
    (item,) = items(run(desk, "queue", "list"))
    given = run(desk, "queue", "hand-over", item["id"])
    (after,) = items(given)
    assert (given.exit, after["state"], after["by"]) == (11, "needs-person", "0001")
    early = run(desk, "queue", "not-booked", item["id"], "--by", "0007")
    assert (early.exit, early.codes) == (1, ["horizon-not-over"])
    words = kuasheng("queue", "list", *desk.place)
    assert "结算结果待医保办核实" in words.words


def test_what_the_office_found_by_telephone_is_adopted(
    desk: CommandDesk, person: Mapping[str, Any]
) -> None:
    lost(desk, person, "after")
    (item,) = items(run(desk, "queue", "list"))
    wrong = run(desk, "queue", "found", item["id"], "--setl-id", "1")
    assert (wrong.exit, wrong.codes) == (1, ["no-usable-answer"])
    (booked,) = desk.platform.settlements(person["certno"])
    found = run(desk, "queue", "found", item["id"], "--setl-id", booked["setl_id"])
    assert (found.exit, [row["state"] for row in items(found)]) == (0, ["done"])


def test_nothing_waits_and_nobody_knows_the_item(desk: CommandDesk) -> None:
    empty = run(desk, "queue", "list")
    assert (empty.exit, empty.body) == (0, {"items": []})
    for verb in (("show", "x"), ("hand-over", "x"), ("retry", "x")):
        ran = run(desk, "queue", *verb)
        assert (ran.exit, ran.codes) == (1, ["no-such-item"])
    assert run(desk, "queue", "accept", "x").exit == 2


def test_a_settlement_that_was_killed_is_unknown_for_the_next_process(
    desk: CommandDesk, person: Mapping[str, Any]
) -> None:
    """B50, rule 6: whoever opens the desk next finds it, and sends no second 2207."""
    (desk.profile / "settings.toml").write_text("[platform]\nread_timeout = 60\n", "utf-8")
    desk.platform.options(repeat_2207="book")
    desk.platform.fault("2207", "after", "drop")
    charges = desk.charges(bill_of(person))
    program = command("settle", "--id", person["certno"], "--charges", charges, *desk.place)
    with subprocess.Popen(program, stdout=subprocess.DEVNULL, cwd=ROOT) as process:
        while not desk.platform.settlements(person["certno"]):
            assert process.poll() is None
            time.sleep(0.02)
        process.kill()
    listed = run(desk, "queue", "list")
    (item,) = items(listed)
    assert (listed.exit, item["state"], item["outage"]) == (11, "unknown", "program-ended")
    assert settle(desk, bill_of(person)).exit == 11
    assert run(desk, "queue", "retry", item["id"]).exit == 0
    assert len(desk.platform.settlements(person["certno"])) == 1


def e39(desk: CommandDesk) -> tuple[str, str]:
    """The settlement of E39 and its patient's number."""
    example = next(example for example in examples() if example.id == "E39")
    example.prepare(desk.platform)
    ran = settle(desk, example.bill())
    assert ran.exit == 0
    return str(ran.body["setl_id"]), example.id_number


def test_a_partial_refund_as_a_journey(desk: CommandDesk) -> None:
    """E39/E40: shown, stopped half-way, gone on with: 60.00 yuan back."""
    setl_id, certno = e39(desk)
    order = ("refund", "--setl-id", setl_id, "--lines", "2")
    shown = run(desk, *order, "--preview")
    assert (shown.exit, shown.body["money_back"], shown.body["steps"]) == (0, "60.00", [])
    assert set(shown.body) >= REFUND
    desk.platform.fault("2206", "before", "reset")
    stopped = run(desk, *order, "--expect-back", "60.00")
    assert (stopped.exit, stopped.body["state"]) == (13, "needs-person")
    assert stopped.body["steps"] == ["2208", "2205", "2204"]
    assert stopped.codes[0] == "refund-half-done"
    assert "下一步 2206" in stopped.body["problems"][0]["message"]
    (item,) = items(run(desk, "queue", "list"))
    assert (item["kind"], item["state"], item["step"]) == ("cancel", "needs-person", "2206")
    done = kuasheng(*order, "--expect-back", "60.00", *desk.place, "--json")
    assert (done.exit, done.body["state"], done.body["money_back"]) == (0, "resettled", "60.00")
    rows = desk.platform.settlements(certno)
    assert [row["state"] for row in rows] == ["cancelled", "negative", "effective"]
    assert done.body["new"]["setl_id"] == rows[-1]["setl_id"]
    assert done.body["new"]["amounts"]["psn_cash_pay"] == "240.00"
    again = run(desk, *order)
    assert (again.exit, again.body["state"], again.codes) == (1, "failed", ["nothing-to-cancel"])


def test_a_partial_refund_that_is_unwound(desk: CommandDesk) -> None:
    setl_id, certno = e39(desk)
    desk.platform.fault("2204", "after", "reset")
    assert run(desk, "refund", "--setl-id", setl_id, "--lines", "2").exit == 13
    done = run(desk, "refund", "--setl-id", setl_id, "--unwind")
    assert (done.exit, done.body["state"], done.body["money_back"]) == (0, "cancelled", "300.00")
    assert [row["state"] for row in desk.platform.settlements(certno)] == ["cancelled", "negative"]


def test_a_lost_2208_is_unknown_until_it_is_found(desk: CommandDesk) -> None:
    setl_id, _ = e39(desk)
    desk.platform.fault("2208", "after", "reset")
    ran = run(desk, "refund", "--setl-id", setl_id)
    assert (ran.exit, ran.body["state"], ran.codes) == (11, "unknown", ["outcome-unknown"])
    (item,) = items(run(desk, "queue", "list"))
    assert (item["kind"], item["state"]) == ("cancel", "unknown")
    again = run(desk, "refund", "--setl-id", setl_id)
    assert (again.exit, again.body["state"]) == (11, "unknown")
    assert run(desk, "queue", "retry", item["id"]).exit == 0
    (visit,) = run(desk, "visits").body["items"]
    assert visit["state"] == "reversed"


def test_a_voucher_is_scanned_afresh_for_a_partial_refund(desk: CommandDesk) -> None:
    example = next(example for example in examples() if example.id == "E39")
    example.prepare(desk.platform)
    first = settle(desk, example.bill(), "--qr", desk.platform.voucher(example.id_number))
    order = ("refund", "--setl-id", first.body["setl_id"], "--lines", "2")
    without = run(desk, *order)
    assert (without.exit, without.codes) == (13, ["credential-needed"])
    assert [row["state"] for row in desk.platform.settlements(example.id_number)] == ["effective"]
    done = run(desk, *order, "--qr", desk.platform.voucher(example.id_number))
    assert (done.exit, done.body["money_back"]) == (0, "60.00")


def test_the_visits_of_the_journal(desk: CommandDesk, person: Mapping[str, Any]) -> None:
    settled = settle(desk, bill_of(person))
    desk.platform.fault("2207", "after", "reset")
    settle(desk, bill_of(person, bill_no="B0002", visit_no="V0002", revision=3))
    listed = run(desk, "visits")
    assert (listed.exit, list(listed.body)) == (0, ["items"])
    first, second = listed.body["items"]
    assert list(first) == list(second) == VISIT
    assert (first["state"], second["state"]) == ("settled", "unknown")
    assert (first["bill_no"], first["revision"]) == ("B0001", 1)
    assert (second["bill_no"], second["revision"], second["setl_id"]) == ("B0002", 3, None)
    assert first["msgid"] == settled.body["msgid"]
    assert (first["setl_id"], first["mdtrt_id"]) == (
        settled.body["setl_id"],
        settled.body["mdtrt_id"],
    )
    assert (first["amounts"], second["amounts"]) == (settled.body["amounts"], {})
    assert (first["cash_taken"], second["cash_taken"]) == (None, None)
    assert MOMENT.fullmatch(first["since"])
    day = first["since"][:10]
    assert run(desk, "visits", "--day", day).body == listed.body
    assert run(desk, "visits", "--day", "2001-01-01").body == {"items": []}
    assert run(desk, "visits", "--open").body["items"][-1] == second
    assert run(desk, "visits", "--day", "today").exit == 2


def test_a_day_beside_the_platforms_says_both_results(
    desk: CommandDesk, person: Mapping[str, Any]
) -> None:
    """B44: sums by 3201, rows by 3202, and what each difference asks for."""
    equal = run(desk, "queue", "reconcile")
    assert (equal.exit, equal.body["differences"], equal.body["items"]) == (0, None, [])
    sums = [(row["insurance"], row["equal"], row["count"]) for row in equal.body["totals"]]
    assert sums == [("310", True, 0), ("390", True, 0)]
    lost(desk, person, "after")
    unknown = run(desk, "queue", "reconcile")
    assert unknown.exit == 11
    (item,) = run(desk, "queue", "list").body["items"]
    run(desk, "queue", "retry", item["id"])
    day = TODAY.date().isoformat()
    ours = run(desk, "queue", "reconcile", "--day", day)
    assert (ours.exit, ours.body["differences"]) == (0, None)
    other = replace(desk, profile=desk.folder / "other")
    other.profile.mkdir()
    station = '[hospital]\nstation = "02"\n'  # of one station, two desks may number alike
    (other.profile / "settings.toml").write_text(station, encoding="utf-8")
    assert settle(other, bill_of(person, bill_no="B0002", visit_no="V0002")).exit == 0
    there = run(desk, "queue", "reconcile", "--day", day)
    assert set(there.body) == {"items", "days", "totals", "differences", "problems"}
    (row,) = there.body["differences"]
    booked = desk.platform.settlements(person["certno"])[-1]
    assert (there.exit, row["todo"], row["setl_id"]) == (13, "not-ours", booked["setl_id"])
    assert (row["pile"], row["medfee_sumamt"]) == ("only-there", booked["medfee_sumamt"])
    secret = (person["name"], person["certno"])
    assert not [fact for fact in secret if fact in json.dumps(there.body, ensure_ascii=False)]
    words = kuasheng("queue", "reconcile", "--day", day, *desk.place).words
    assert "3201" in words
    assert "平台有、本机没有" in words
    assert "不是本机发出的" in words


def test_a_platform_that_does_not_compare_fails_the_verb(
    desk: CommandDesk, person: Mapping[str, Any]
) -> None:
    lost(desk, person, "before")
    desk.platform.fault("3202", "before", "reset")
    ran = run(desk, "queue", "reconcile")
    assert (ran.exit, ran.codes, ran.body["differences"]) == (1, ["no-usable-answer"], [])


def test_another_settlement_without_an_outcome_is_resolved_before_a_new_one(
    desk: CommandDesk, person: Mapping[str, Any]
) -> None:
    """Rule 6: what is due is tried first, and so the list is empty afterwards."""
    lost(desk, person, "after")
    time.sleep(5.1)
    ran = settle(desk, bill_of(townsman(1), bill_no="B0002", visit_no="V0002"))
    assert (ran.exit, ran.body["state"], "waiting" in ran.body) == (0, "settled", False)
    states = [row["state"] for row in run(desk, "visits").body["items"]]
    assert states == ["settled", "settled"]


def test_another_settlement_that_stays_unknown_is_shown_with_the_new_one(
    desk: CommandDesk, person: Mapping[str, Any]
) -> None:
    """Rule 6: shown, in the words and in the JSON; the new one's own answer is its own."""
    unknown = lost(desk, person, "before")
    ran = settle(desk, bill_of(townsman(1), bill_no="B0002", visit_no="V0002"))
    assert (ran.exit, ran.body["state"]) == (0, "settled")
    (item,) = ran.body["waiting"]
    assert set(item) >= QUEUE_ITEM
    assert (item["msgid"], item["state"], item["tries"]) == (unknown.body["msgid"], "unknown", 0)
    third = bill_of(townsman(2), bill_no="B0003", visit_no="V0003")
    shown = ("--id", third.id_number, "--charges", desk.charges(third))
    words = kuasheng("settle", *shown, *desk.place).words
    assert f"还有结果待确认：{item['id']}" in words
    again = settle(desk, bill_of(person))
    assert (again.exit, "waiting" in again.body) == (11, False)
