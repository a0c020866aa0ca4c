"""5301 人员慢特病备案查询."""

from __future__ import annotations

from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.messages.wire import Node


class ChronicQuery(Node, frozen=True, kw_only=True):
    """``data`` of 5301."""

    psn_no: str


class ChronicInput(Node, frozen=True, kw_only=True):
    data: ChronicQuery


class ChronicRow(Node, frozen=True, kw_only=True):
    """``feedetail`` (oddly) of 5301: ``opsp_dise_code`` becomes ``dise_codg`` of 2203 and 2204."""

    opsp_dise_code: str
    opsp_dise_name: str
    begndate: str | None = None
    enddate: str | None = None


class ChronicOutput(Node, frozen=True, kw_only=True):
    feedetail: tuple[ChronicRow, ...] = ()


CHRONIC_RECOGNITIONS = Transaction(
    "5301", "fsiIntegratedQueryService/queryPsnOpspReg", ChronicInput, ChronicOutput
)
