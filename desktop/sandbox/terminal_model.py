"""E-vouchers and the face terminal: what a phone shows, who stands before it, what it was told."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from desktop.sandbox.row import Row


class FaceResult(StrEnum):
    """What the terminal makes of whoever stands before it."""

    OK = "ok"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Face(Row, frozen=True, kw_only=True):
    """A face verification under way (``cn.nhsa.ec.auth``); ends on the real clock."""

    auth_no: str
    psn_no: str
    institution: str
    business: str
    """``outBizNo``."""
    expires: datetime
    checked: bool = False


class Notice(Row, frozen=True, kw_only=True):
    """What the terminal showed of a settlement (``cn.nhsa.settle.notify``)."""

    auth_no: str
    business: str
    state: str
    total: str
    settlement: str
    at: datetime


class Voucher(Row, frozen=True, kw_only=True):
    """An e-voucher on a patient's phone; times on the real clock."""

    qr: str
    psn_no: str
    expires: datetime
    decoded: bool = False


class Token(Row, frozen=True, kw_only=True):
    """What a decoded voucher became; serves until the settlement."""

    token: str
    psn_no: str
    expires: datetime
    settled: str = ""
    """The batch that was settled with it, by :func:`~desktop.sandbox.state.batch_key`."""
