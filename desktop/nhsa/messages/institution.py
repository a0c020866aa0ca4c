"""1201 医药机构信息获取."""

from __future__ import annotations

from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.messages.wire import JsonText, Node


class InstitutionQuery(Node, frozen=True, kw_only=True):
    """``medinsinfo`` asked: ``fixmedins_type`` 1 hospital, 2 pharmacy."""

    fixmedins_type: str
    fixmedins_name: str | None = None
    fixmedins_code: str | None = None


class InstitutionInput(Node, frozen=True, kw_only=True):
    medinsinfo: InstitutionQuery


class InstitutionRow(Node, frozen=True, kw_only=True):
    """``medinsinfo`` answered; ``hosp_lv`` is an open code, never a number."""

    fixmedins_code: str
    fixmedins_name: str
    uscc: str | None = None
    fixmedins_type: str | None = None
    hosp_lv: str | None = None
    exp_content: JsonText | None = None


class InstitutionOutput(Node, frozen=True, kw_only=True):
    medinsinfo: tuple[InstitutionRow, ...] = ()


INSTITUTION = Transaction(
    "1201", "fsiFixMedInsService/queryFixMedIns", InstitutionInput, InstitutionOutput
)
