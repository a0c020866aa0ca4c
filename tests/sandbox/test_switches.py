"""The switches of a policy file, each by a platform that reads one with it turned."""

from __future__ import annotations

import shutil
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.sandbox.control import bodies
from desktop.sandbox.control import surface as control
from desktop.sandbox.insured_place.policy_files import HERE, read_policies
from desktop.sandbox.platform import Platform
from tests.sandbox.conftest import Bench, new_bench

NAME = "370800-jining.toml"
NEW = 'id = "JN-EMP-2023"'


def turned(folder: Path, old: str, new: str) -> Bench:
    """A bench whose 2023 rules read otherwise."""
    shutil.copytree(HERE, folder / "policies")
    path = folder / "policies" / NAME
    text = path.read_text(encoding="utf-8")
    before, mark, after = text.partition(NEW)
    assert old in after
    path.write_text(before + mark + after.replace(old, new, 1), encoding="utf-8")
    bench = new_bench()
    return Bench(Platform(bench.state, read_policies(folder / "policies")))


@pytest.mark.parametrize(
    ("key", "year", "deductible"), [("fee_date", "2023", 0), ("setl_time", "2024", 300)]
)
def test_year_key(tmp_path: Path, key: str, year: str, deductible: int) -> None:
    """A12: a visit of December settled in January."""
    bench = turned(tmp_path, '"fee_date"', f'"{key}"')
    bench.now = datetime(2024, 1, 1, 9)  # noqa: DTZ001 - +08:00 always
    who = bench.put(year={"2023": {"deductible_paid": "300.00"}})
    patient = bench.patient(who, began="2023-12-31 20:00:00").open()
    info = patient.whole("P1", patient.row("P1", bench.item("A"), "1000.00"))["setlinfo"]
    assert info["act_pay_dedc"] == deductible
    assert Decimal(bench.person(who).year[year].fund_used) > 0


@pytest.mark.parametrize(("scope", "account"), [("in_policy", "164.00"), ("everything", "196.00")])
def test_account_scope(tmp_path: Path, scope: str, account: str) -> None:
    """A9, in E30."""
    bench = turned(tmp_path, '"in_policy"', f'"{scope}"')
    patient = bench.patient(bench.put(year={"2023": {"deductible_paid": "300.00"}})).open()
    bench.item("A")
    bench.item("B", **{"class": "02", "selfpay": "0.10"})
    bench.item("C", **{"class": "03"})
    bench.item("D", limit="18.00")
    bill = (("A", "200.00"), ("B", "100.00"), ("C", "30.00"), ("D", "20.00"))
    rows = [patient.row("P1", item, price) for item, price in bill]
    info = patient.whole("P1", *rows, use="1")["setlinfo"]
    assert f"{info['acct_pay']:.2f}" == account


@pytest.mark.parametrize(("shared", "fund"), [("true", 10), ("false", 50)])
def test_cap_shared_with_local(tmp_path: Path, shared: str, fund: int) -> None:
    bench = turned(tmp_path, "cap_shared_with_local = true", f"cap_shared_with_local = {shared}")
    who = bench.put(year={"2023": {"deductible_paid": "300.00"}})
    home = bodies.read_body(bodies.ElsewhereBody, b'{"date":"2023-03-01","fund":"1990.00"}')
    control.use_elsewhere(bench.state, who.certno, home)
    patient = bench.patient(who).open()
    info = patient.whole("P1", patient.row("P1", bench.item("A"), "100.00"))["setlinfo"]
    assert info["fund_pay_sumamt"] == fund
