"""A hospital in Shenzhen, where people of every insured area are strangers, and such people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from desktop.sandbox.control import bodies
from desktop.sandbox.control import surface as control
from desktop.sandbox.insured_place.areas import starting_areas
from desktop.sandbox.model import Institution
from tests.sandbox.asking import Patient
from tests.sandbox.conftest import POLICIES, Bench, new_bench

HOSPITAL = "H44030000009"
PLACE = "440300"
EMPLOYEE = {"insutype": "310", "psn_type": "11"}
RESIDENT = {"insutype": "390", "psn_type": "15", "account": "0.00"}
DISEASES = ("M03900", "M07801", "M00200")
FUND_FIELDS = ("hifp", "cvlserv", "hifes", "hifmi", "hifob", "maf", "oth", "hifdm")
ACCOUNTS = ("3102", "3905")


def bench_abroad(level: int = 3) -> Bench:
    """Items A (甲), B (乙 15 %), C (丙), D (甲 with a limit), R (restricted)."""
    hospital = Institution(code=HOSPITAL, name="深圳演练医院", area=PLACE, level=level)
    world = control.World((), (), hospital, areas=tuple(starting_areas(POLICIES)))
    bench = new_bench(world)
    bench.desk.hospital, bench.desk.care_area = HOSPITAL, PLACE
    bench.item("A")
    bench.item("B", **{"class": "02", "selfpay": "0.15"})
    bench.item("C", **{"class": "03"})
    bench.item("D", limit="12.50")
    bench.item("R", **{"class": "02", "selfpay": "0.10", "restricted": True})
    return bench


def insured(
    bench: Bench, area: str, kind: str = "LONG_RESIDENT", **facts: Any
) -> bodies.PersonBody:
    """Filed for every care, with every disease of :data:`DISEASES` recognised."""
    filing = {"kind": kind, "area": PLACE, "from": "2021-04-01"}
    return bench.put(
        insurance={"area": area, **facts.pop("insurance", EMPLOYEE)},
        filings=[filing, {**filing, "for": "chronic"}],
        chronic=[{"dise_codg": code, "from": "2021-01-01"} for code in DISEASES],
        **facts,
    )


def visit(bench: Bench, who: bodies.PersonBody, disease: str = "", **facts: Any) -> Patient:
    """A visit under way, chronic care where a disease is named."""
    row = who.insured[0]
    care = {"disease": disease, "med_type": "14"} if disease else {}
    return bench.patient(who, area=row.area, insutype=row.insutype, **care, **facts).open()


def paid(answer: Mapping[str, Any]) -> dict[str, Decimal]:
    """What each row of ``setldetail`` paid, by code."""
    return {row["fund_pay_type"]: row["fund_payamt"] for row in answer["setldetail"]}


NOTHING = Decimal(0)


def check_identities(
    answer: Mapping[str, Any], uploaded: Decimal, sign: int = 1, share: Decimal = NOTHING
) -> None:
    """C1–C7 as the desk checks them; ``sign`` −1 for an answer of 2208, which leaves two out.

    ``share`` is what of the costs above price limits the area lets the hospital bear.
    """
    info = answer["setlinfo"]
    shares = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")
    personal = info["acct_pay"] + info["psn_cash_pay"]
    hospital = _borne(info["overlmt_selfpay"], share)
    assert info["medfee_sumamt"] == sign * uploaded
    assert info["medfee_sumamt"] == sum(info[name] for name in shares)
    assert info["medfee_sumamt"] == info["fund_pay_sumamt"] + personal + hospital
    told = (info.get("psn_part_amt"), info.get("hosp_part_amt"))
    assert told == ((None, None) if sign < 0 else (personal, hospital))
    assert info["fund_pay_sumamt"] == sum(info[f"{name}_pay"] for name in FUND_FIELDS)
    assert sign * info["act_pay_dedc"] <= sign * info["inscp_scp_amt"]
    amounts = (*shares, "act_pay_dedc", "acct_pay", "psn_cash_pay", "acct_mulaid_pay")
    assert all(sign * info[name] >= 0 for name in amounts)
    assert sign * info["acct_mulaid_pay"] <= sign * info["acct_pay"]
    assert all(sign * info[f"{name}_pay"] >= 0 for name in FUND_FIELDS)
    _check_rows(answer["setldetail"], info, hospital)


def hospital_share(area: str, insutype: str, disease: str, day: date) -> Decimal:
    """What the rule of that day says; none where no rule is."""
    chronic = disease and POLICIES.chronic_benefit(area, insutype, disease, day, day)
    rule = chronic or POLICIES.benefit(area, insutype, day, day)
    return rule.hospital_share.value if rule else NOTHING


def _borne(over_limit: Decimal, share: Decimal) -> Decimal:
    """Half a fen is rounded up, away from nothing."""
    return (over_limit * share).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _check_rows(
    rows: Iterable[Mapping[str, Any]], info: Mapping[str, Any], hospital: Decimal
) -> None:
    accounts = [row for row in rows if row["fund_pay_type"].startswith(ACCOUNTS)]
    assert sum(row["fund_payamt"] for row in accounts) == info["acct_pay"]
    borne = [row for row in rows if row["fund_pay_type"] == "999996"]
    assert [row["fund_payamt"] for row in borne] == ([hospital] if hospital else [])
    funds = [row["fund_payamt"] for row in rows if row not in (*accounts, *borne)]
    assert sum(funds) == info["fund_pay_sumamt"]
