"""The rules of audit as data: ``data/audit.toml``; a bad rule is refused with its place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import msgspec

from desktop.domain.quantities import NotAQuantity, Quantity
from desktop.sandbox.bad_data import BadData
from desktop.sandbox.catalogue_model import AuditKind, AuditRule

FILE: Final = Path(__file__).parent.parent / "data" / "audit.toml"
_NEEDS: Final[Mapping[AuditKind, str]] = MappingProxyType(
    {
        AuditKind.DIAGNOSIS: "diagnoses",
        AuditKind.MOST: "most",
        AuditKind.MOST_A_DAY: "most",
        AuditKind.NOT_WITH: "others",
        AuditKind.SEX: "sex",
        AuditKind.LEVEL: "level",
        AuditKind.DAYS: "days",
    }
)
"""The parameter without which a rule of this kind says nothing."""


class BadAudit(BadData):
    """The file cannot be used; ``place`` says where: file, rule, key."""


def read_audits(path: Path = FILE) -> tuple[AuditRule, ...]:
    """Every rule in the order of the file; raises :class:`BadAudit`."""
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadAudit(path.name, str(error)) from error
    rules = tuple(_rule(path.name, number, row) for number, row in enumerate(_rows(path, tree), 1))
    _refuse_twins(path.name, rules)
    return rules


def _rows(path: Path, tree: Mapping[str, Any]) -> list[Any]:
    if set(tree) != {"rule"} or not isinstance(tree["rule"], list):
        raise BadAudit(path.name, "wants [[rule]] and nothing else")
    return tree["rule"]


def _rule(file: str, number: int, row: Mapping[str, Any]) -> AuditRule:
    place = f"{file}: rule {row.get('id', number)}"
    unknown = set(row) - set(AuditRule.__struct_fields__)
    if unknown:
        raise BadAudit(f"{place}.{min(unknown)}", "no such key")
    try:
        told = {**row, "most": _quantity(row)} if "most" in row else row
        rule = msgspec.convert(told, AuditRule)
    except (msgspec.ValidationError, NotAQuantity) as error:
        raise BadAudit(place, str(error)) from error
    needed = _NEEDS.get(rule.kind)
    if needed and not getattr(rule, needed):
        raise BadAudit(f"{place}.{needed}", f"needed for {rule.kind}")
    return rule


def _quantity(row: Mapping[str, Any]) -> Quantity:
    return Quantity.parse(str(row["most"]))


def _refuse_twins(file: str, rules: tuple[AuditRule, ...]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise BadAudit(f"{file}: rule {rule.id}", "stands twice")
        seen.add(rule.id)
