"""A handful of the same faults met by the command line as a real process."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.commands.desk import CommandDesk, bill_of
from tests.rig.bills import BillOf
from tests.rig.fault_proxy import Fault, FaultProxy
from tests.rig.kuasheng import Ran, kuasheng
from tests.rig.practice import Practice
from tests.rig.town import townsman

READ = 1.5
START = 20.0
"""What a process may take beside its waiting, on a busy machine."""
_CHINESE = re.compile("[一-鿿]{4}")


@pytest.fixture
def proxy(platform: Practice) -> Iterator[FaultProxy]:
    with FaultProxy(platform.url) as proxy:
        yield proxy


@pytest.fixture
def desk(platform: Practice, proxy: FaultProxy, tmp_path: Path) -> CommandDesk:
    profile = tmp_path / "profile"
    profile.mkdir()
    settings = f'[platform]\nread_timeout = {READ}\n[hospital]\nstation = "90"\n'
    (profile / "settings.toml").write_text(settings, encoding="utf-8")
    return CommandDesk(replace(platform, url=proxy.url), profile, tmp_path)


@pytest.fixture
def bill(tmp_path: Path) -> BillOf:
    return bill_of(townsman(1), bill_no=tmp_path.name[-12:], visit_no=tmp_path.name[-12:])


def _run(desk: CommandDesk, *verb: str | Path) -> Ran:
    began = time.monotonic()
    ran = kuasheng(*verb, *desk.place)
    assert time.monotonic() - began < START + 5 + 2 * READ
    return ran


def _settle(desk: CommandDesk, bill: BillOf) -> Ran:
    return _run(desk, "settle", "--id", bill.id_number, "--charges", desk.charges(bill))


def _effective(platform: Practice, bill: BillOf, msgid: str) -> list[str]:
    rows = platform.settlements(bill.id_number)
    return [
        row["setl_id"]
        for row in rows
        if (row["medins_setl_id"], row["state"]) == (msgid, "effective")
    ]


@pytest.mark.parametrize("fault", [Fault.STALLED, Fault.GARBAGE])
def test_a_lost_2207(
    desk: CommandDesk, platform: Practice, proxy: FaultProxy, bill: BillOf, fault: Fault
) -> None:
    proxy.spoil("2207", fault)
    lost = _settle(desk, bill)
    assert (lost.exit, lost.body["state"], lost.codes) == (11, "unknown", ["outcome-unknown"])
    assert _CHINESE.search(lost.words)
    (item,) = _run(desk, "queue", "list").body["items"]
    assert (item["state"], item["msgid"]) == ("unknown", lost.body["msgid"])
    found = _run(desk, "queue", "retry", item["id"])
    assert (found.exit, found.body["items"][0]["state"]) == (0, "done")
    again = _settle(desk, bill)
    assert (again.exit, again.codes) == (0, ["already-settled"])
    assert _effective(platform, bill, lost.body["msgid"]) == [again.body["setl_id"]]


def test_a_line_that_is_down_and_comes_back(
    desk: CommandDesk, platform: Practice, proxy: FaultProxy, bill: BillOf
) -> None:
    proxy.refuse()
    down = _settle(desk, bill)
    assert (down.exit, down.body["state"], down.codes) == (1, "failed", ["not-connected"])
    assert "连不上平台" in down.words
    proxy.heal()
    proxy.spoil("2204", Fault.HALF)
    half = _settle(desk, bill)
    assert (half.exit, half.codes) == (1, ["no-usable-answer"])
    settled = _settle(desk, bill)
    assert (settled.exit, settled.codes) == (0, [])
    assert _effective(platform, bill, settled.body["msgid"]) == [settled.body["setl_id"]]
