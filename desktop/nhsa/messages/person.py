"""1101 人员信息获取."""

from __future__ import annotations

from desktop.domain.money import Money
from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.messages.wire import JsonText, Node, NumberText


class PersonQuery(Node, frozen=True, kw_only=True):
    """``data`` of 1101; ``card_sn`` is needed with ``mdtrt_cert_type`` 03.

    A card number alone is a whole question: certificate and name may stay empty.
    """

    mdtrt_cert_type: str
    mdtrt_cert_no: str
    card_sn: str | None = None
    begntime: str | None = None
    psn_cert_type: str | None = None
    certno: str | None = None
    psn_name: str | None = None


class PersonInput(Node, frozen=True, kw_only=True):
    data: PersonQuery


class BaseInfo(Node, frozen=True, kw_only=True):
    """``baseinfo``: who it is."""

    psn_no: str
    psn_cert_type: str | None = None
    certno: str
    psn_name: str
    gend: str | None = None
    naty: str | None = None
    brdy: str | None = None
    age: NumberText | None = None
    exp_content: JsonText | None = None


class InsuranceRow(Node, frozen=True, kw_only=True):
    """``insuinfo``: one insurance of the person; ``balc`` in fen."""

    balc: Money | None = None
    insutype: str
    psn_type: str | None = None
    psn_insu_stas: str | None = None
    psn_insu_date: str | None = None
    paus_insu_date: str | None = None
    cvlserv_flag: str | None = None
    insuplc_admdvs: str
    emp_name: str | None = None


class IdentityRow(Node, frozen=True, kw_only=True):
    """``idetinfo``: a special status, such as medical aid."""

    psn_idet_type: str | None = None
    psn_type_lv: str | None = None
    memo: str | None = None
    begntime: str | None = None
    endtime: str | None = None


class PersonOutput(Node, frozen=True, kw_only=True):
    baseinfo: BaseInfo
    insuinfo: tuple[InsuranceRow, ...] = ()
    idetinfo: tuple[IdentityRow, ...] = ()


PERSON = Transaction(
    "1101",
    "fsiPsnInfoService/queryPsnInfo",
    PersonInput,
    PersonOutput,
    beside=frozenset(("idetinfo",)),
)
