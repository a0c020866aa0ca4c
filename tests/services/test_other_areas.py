"""People of other insured areas at the real desk: what their areas answer is shown as it came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from desktop.domain.account_use import AccountUse
from desktop.domain.balance import check
from desktop.domain.money import Money
from desktop.domain.split import Split
from desktop.domain.who_pays import FUNDS
from tests.rig.bills import Item
from tests.services.counter import Counter, bill_of, codes

THOUSAND = Item("XJ01CAA001A001010100001", "阿莫西林胶囊 0.25g*24粒", "10.00", "100")


def moved_to(
    counter: Counter, person: Mapping[str, Any], area: str, **insured: Any
) -> Mapping[str, Any]:
    """The same person insured in that area, aided, the pool's cap reached."""
    row = {"insutype": "310", "area": area, "psn_type": "11", "account": "100.00", **insured}
    body = {
        **{key: person[key] for key in ("name", "gend", "brdy", "filings")},
        "insured": [row],
        "identities": ["23"],
        "year": {"2023": {"deductible_paid": "300.00", "fund_used": "2000.00"}},
    }
    counter.platform.put_person(person["certno"], body)
    return person


def settled(counter: Counter, person: Mapping[str, Any]) -> Split:
    finished = counter.settle(bill_of(person, THOUSAND), account=AccountUse.OWN)
    found = finished.record.settlement
    assert found is not None, codes(finished)
    assert "identity-warning" not in codes(finished)
    return found.split


@pytest.mark.req("S1-34")
def test_every_fund_that_comes_back_is_shown(counter: Counter, person: Mapping[str, Any]) -> None:
    """One without a name and of no dictionary keeps its raw code; all identities hold."""
    who = moved_to(counter, person, "990500", official=True)
    split = settled(counter, who)
    told = {share.fund: (share.name, share.paid.yuan()) for share in split.shares}
    assert told["330100"] == ("大额医疗费用补助基金", "250.00")
    assert told["320100"][1] == "420.00"
    assert told["610100"][1] == "161.00"
    assert told["910100"] == ("", "16.90")
    assert "910100" not in FUNDS
    balance = check(split, Money.parse("1000.00"))
    assert (balance.broken, balance.warnings) == ((), ())


@pytest.mark.req("S2-01")
@pytest.mark.parametrize(
    ("area", "fund"), [("379902", "330100"), ("379901", "370100"), ("990200", "310102")]
)
def test_areas_with_funds_of_their_own(
    counter: Counter, person: Mapping[str, Any], area: str, fund: str
) -> None:
    who = moved_to(counter, person, area)
    if area == "379902":
        full = {"2023": {"deductible_paid": "0.00", "fund_used": "3000.00"}}
        body = {**counter.platform.person(person["certno"]), "year": full}
        counter.platform.put_person(person["certno"], body)
    split = settled(counter, who)
    assert fund in {share.fund for share in split.shares}


@pytest.mark.req("S2-04")
def test_an_area_where_the_account_pays_alone(counter: Counter, person: Mapping[str, Any]) -> None:
    split = settled(counter, moved_to(counter, person, "990100"))
    assert [(share.fund, share.paid.yuan()) for share in split.shares] == [("310200", "100.00")]
    assert split.cash is not None
    assert split.cash.yuan() == "900.00"
