"""Why a personal account gets less than before (``account_credit.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop.domain.account_credit import CreditBase, CreditGroup, CreditRule, CreditRules
from desktop.domain.quantities import Rate


def load_account_credit() -> CreditRules:
    """The rules that came with the program."""
    source = Path(__file__).with_name("account_credit.toml")
    return read_account_credit(source.read_text(encoding="utf-8"))


def read_account_credit(toml: str) -> CreditRules:
    """Read ``[[credit]]`` tables.

    Raises :class:`ValueError` naming the table and what is wrong with it.
    """
    tables = tomllib.loads(toml).get("credit", [])
    return CreditRules(tuple(_rule(number, table) for number, table in enumerate(tables, start=1)))


def _rule(number: int, table: Mapping[str, Any]) -> CreditRule:
    try:
        return CreditRule(
            areas=table["areas"],
            group=CreditGroup(table["group"]),
            begins=table["from"],
            ends=table.get("to"),
            age_from=table.get("age_from"),
            age_to=table.get("age_to"),
            base=CreditBase(table["base"]),
            share=Rate.parse(table["share"]) if "share" in table else None,
            own_contribution=table["own_contribution"],
            pension_year=table.get("pension_year"),
            derived=table.get("derived", False),
            words=table["words"],
            source=table["source"],
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"credit {number}: {error}") from error
