"""Invented bills as charges files (contracts), for tests and for the journey."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop.domain.quantities import Quantity, UnitPrice, line_amount


@dataclass(frozen=True, slots=True)
class Item:
    """One line to charge; price in yuan text, quantity as text."""

    code: str
    name: str
    price: str
    quantity: str = "1"
    kind: str = "09"
    approved: bool = True

    @property
    def amount(self) -> str:
        return line_amount(UnitPrice.parse(self.price), Quantity.parse(self.quantity)).yuan()


@dataclass(frozen=True, slots=True)
class BillOf:
    """A bill for the patient with this name and ID number."""

    name: str
    id_number: str
    began: datetime
    items: tuple[Item, ...]
    bill_no: str = "B0001"
    revision: int = 1
    visit_no: str = "V0001"
    kind: str = "11"
    emergency: bool = False
    disease: str | None = None
    changed: Mapping[str, Any] = field(default_factory=dict)
    """Values of the ``visit`` to change, such as ``trauma``."""

    def document(self) -> dict[str, Any]:
        """The charges file as a tree."""
        return {
            "version": 1,
            "patient": {
                "patient_no": "P0001",
                "name": self.name,
                "id_number": self.id_number,
                "sex": "1" if int(self.id_number[16]) % 2 else "2",
                "birth": _dashed(self.id_number[6:14]),
            },
            "visit": self._visit(),
            "bill": {"bill_no": self.bill_no, "revision": self.revision, "receipt_no": None},
            "lines": list(self._lines()),
        }

    def write(self, target: Path) -> Path:
        target.write_text(json.dumps(self.document(), ensure_ascii=False), encoding="utf-8")
        return target

    def _visit(self) -> dict[str, Any]:
        return {
            "visit_no": self.visit_no,
            "kind": self.kind,
            "began": _moment(self.began),
            "department_code": "A03",
            "department": "内科",
            "caty": "A03",
            "doctor_code": "D430102000001",
            "doctor_name": "演练医师",
            "diagnoses": [{"code": "J06.900", "name": "急性上呼吸道感染"}],
            "dise_codg": self.disease,
            "emergency": self.emergency,
            "trauma": "none",
            "trauma_letter": None,
            **self.changed,
        }

    def _lines(self) -> Iterable[dict[str, Any]]:
        for number, item in enumerate(self.items, start=1):
            yield {
                "line_no": str(number),
                "hospital_code": f"H{item.code}",
                "national_code": item.code,
                "name": item.name,
                "kind": item.kind,
                "quantity": f"{Decimal(item.quantity):.4f}",
                "price": f"{Decimal(item.price):.6f}",
                "amount": item.amount,
                "time": _moment(self.began + timedelta(minutes=1)),
                "approved": item.approved,
                "outside_prescription": False,
                "trace_codes": [],
            }


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S")


def _dashed(day: str) -> str:
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"
