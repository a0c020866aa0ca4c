"""Who asks, where: the hospital, the operator, and the three URL styles (1.2)."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from msgspec import Struct

from desktop.domain.identifiers import AreaCode
from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.messages.voucher import VOUCHER_PATH


class PathStyle(StrEnum):
    """Setting ``path_style``: how a transaction is addressed."""

    ONE = "one"
    SERVICE = "service"
    INFNO = "infno"


class Site(Struct, frozen=True):
    """What of the settings rides in every request."""

    url: str
    """The platform's address, up to but without ``/fsi``."""
    path_style: PathStyle
    fixmedins_code: str
    """定点医药机构编号, 12 characters."""
    name: str
    area: AreaCode
    """就医地医保区划 ``mdtrtarea_admvs``."""
    recer_sys_code: str
    infver: str

    def address(self, transaction: Transaction[Any, Any]) -> str:
        """The URL to POST a transaction to."""
        return f"{self.url.rstrip('/')}/fsi/api/{self._place(transaction)}"

    @property
    def voucher_address(self) -> str:
        """The URL that decodes an e-voucher (6.2)."""
        return self.url.rstrip("/") + VOUCHER_PATH

    def _place(self, transaction: Transaction[Any, Any]) -> str:
        match self.path_style:
            case PathStyle.ONE:
                return "rsfComIfsService/callService"
            case PathStyle.SERVICE:
                return transaction.path
            case PathStyle.INFNO:
                return transaction.infno


class OperatorKind(StrEnum):
    """经办人类别 ``opter_type``."""

    CASHIER = "1"
    KIOSK = "2"


class Operator(Struct, frozen=True):
    """Who sits at the desk; ``sign_no`` is what 9001 gave, "" before."""

    number: str
    name: str
    kind: OperatorKind = OperatorKind.CASHIER
    sign_no: str = ""
    office: str = ""
    """医保科室编号 for the e-voucher; "" when the site has none."""
    office_name: str = ""
