"""The 44 worked examples of the benefit rules, as people, catalogues and bills.

``tests/reference/benefit_examples.json`` holds input and result of each; a result's amounts
carry the platform's field names.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.domain.identifiers import id_check_digit
from tests.rig.bills import BillOf, Item
from tests.rig.practice import Practice

HOSPITAL = "H43010000001"
_FILE = Path(__file__).parents[1] / "reference" / "benefit_examples.json"
_CLASSES = {"甲": "01", "乙": "02", "丙": "03"}
_PERSON_CLASSES = {"active": "11", "retired": "12", "resident": "15"}
_FILINGS = {"LONG": "LONG_RESIDENT", "TEMP": "OTHER"}
_ACCOUNTS = {"0": "none", "1": "own"}

AMOUNTS = (
    "medfee_sumamt",
    "fulamt_ownpay_amt",
    "overlmt_selfpay",
    "preselfpay_amt",
    "inscp_scp_amt",
    "act_pay_dedc",
    "hifp_pay",
    "fund_pay_sumamt",
    "psn_part_amt",
    "acct_pay",
    "acct_mulaid_pay",
    "psn_cash_pay",
)
"""What an answer must show to the fen; ``acct_pay`` includes the family's part (C3)."""


@dataclass(frozen=True, slots=True)
class Example:
    """One worked example."""

    input: Mapping[str, Any]
    result: Mapping[str, Any]

    @property
    def id(self) -> str:
        return str(self.input["id"])

    @property
    def id_number(self) -> str:
        """An invented number; each example has its own person."""
        first_17 = f"99000019700101{int(self.id[1:]):03d}"
        return first_17 + id_check_digit(first_17)

    @property
    def name(self) -> str:
        return f"例{self.id}"

    @property
    def account(self) -> str:
        """For ``--account``."""
        if self.input.get("mutual_aid_flag") == "1":
            return "family"
        return _ACCOUNTS[self.input.get("acct_used_flag", "0")]

    @property
    def emergency(self) -> bool:
        return self.input.get("med_type") == "13"

    @property
    def began(self) -> datetime:
        return datetime.fromisoformat(f"{self.input['date']}T09:00:00")

    @property
    def paid_before_in_this_visit(self) -> str | None:
        """Deductible that an earlier bill of the same visit took (the rule of 2021, E03)."""
        per_visit = self.result["rule"] == "JN-EMP-2021"
        return self.input.get("state", {}).get("ded_paid") if per_visit else None

    @property
    def expected(self) -> dict[str, str]:
        shown = {name: self.result[name] for name in AMOUNTS}
        return shown | {"balc": self.result["acct_balance_after"]}

    def prepare(self, platform: Practice) -> None:
        """Put person, hospital level, catalogue and clock into the platform."""
        platform.clock(self.began.replace(hour=12).isoformat())
        platform.institution(HOSPITAL, level=int(self.input["level"]))
        platform.put_person(self.id_number, self._person())
        for item, line in zip(self._items(), self.input["lines"], strict=True):
            platform.catalogue(item.code, _catalogue_item(item, line))

    def bill(self, bill_no: str | None = None) -> BillOf:
        return BillOf(
            self.name,
            self.id_number,
            self.began,
            self._items(),
            bill_no=bill_no or f"{self.id}-B",
            visit_no=f"{self.id}-V",
            kind="13" if self.emergency else "11",
            emergency=self.emergency,
        )

    def _items(self) -> tuple[Item, ...]:
        return tuple(
            Item(
                f"{self.id}-{number}",
                f"{self.id}项目{number}",
                line["price"],
                line.get("qty", "1"),
                approved=not line.get("limit_use_unmet", False),
            )
            for number, line in enumerate(self.input["lines"], start=1)
        )

    def _person(self) -> dict[str, Any]:
        given, year = self.input, self.input["date"][:4]
        state = given.get("state", {})
        deductible = "0.00" if self.paid_before_in_this_visit else state.get("ded_paid", "0.00")
        insured = {
            "insutype": given["insutype"],
            "area": "370800",
            "psn_type": _PERSON_CLASSES[given["person"]],
            "status": "1",
            "account": given.get("acct_balance", "0.00"),
            "mutual_aid": given.get("mutual_aid_balance", "0.00"),
            "official": False,
        }
        filing = {"kind": _FILINGS[given["group"]], "area": "430100", "from": "2021-01-01"}
        return {
            "name": self.name,
            "gend": "1",
            "brdy": "1970-01-01",
            "naty": "01",
            "insured": [insured],
            "filings": [] if self.emergency else [filing | {"to": None}],
            "chronic": [],
            "year": {
                year: {
                    "deductible_paid": deductible,
                    "fund_used": state.get("fund_used", "0.00"),
                }
            },
        }


def _catalogue_item(item: Item, line: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": item.name,
        "class": _CLASSES[line["cls"]],
        "kind": "09",
        "selfpay": line.get("prop", "0.00"),
        "limit": line.get("limit"),
        "restricted": line.get("limit_use_unmet", False),
    }


def examples() -> tuple[Example, ...]:
    """All 44."""
    cases = json.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(Example(case["input"], case["result"]) for case in cases)
