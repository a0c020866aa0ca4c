"""E-vouchers: a QR code lives 60 s and is decoded once; pure, on the real clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import msgspec

from desktop.sandbox.model import Person
from desktop.sandbox.state import State
from desktop.sandbox.terminal_model import Token, Voucher

QR_LIFE: Final = timedelta(seconds=60)
TOKEN_LIFE: Final = timedelta(minutes=30)
_QR: Final = re.compile(r"424\d{25}", re.ASCII)


class VoucherRefused(Exception):
    """The decode service's no, with its code."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a decoded voucher names."""

    who: Person
    token: str


def issue(state: State, who: Person, now: datetime) -> Voucher:
    """A fresh QR code on the person's phone: 28 digits with the insured province."""
    province = insured_area(who)[:2] or "00"
    qr = f"424{state.digits(19)}{province}0000"
    return state.vouchers.put(qr, Voucher(qr=qr, psn_no=who.psn_no, expires=now + QR_LIFE))


def decode(state: State, org: str, qr: str, now: datetime) -> Holder:
    """Turn a scanned QR code into its holder and a token; raises :class:`VoucherRefused`."""
    if org not in state.institutions:
        raise VoucherRefused(500101, "机构编码不存在")
    if not _QR.fullmatch(qr):
        raise VoucherRefused(500159, "请使用医保电子凭证二维码")
    voucher = state.vouchers.get(qr)
    who = state.people.get(voucher.psn_no) if voucher else None
    if voucher is None or who is None:
        raise VoucherRefused(500160, "医保电子凭证二维码无效")
    if voucher.decoded:
        raise VoucherRefused(500162, "医保电子凭证二维码已使用，请刷新后重试")
    if now >= voucher.expires:
        raise VoucherRefused(500161, "医保电子凭证二维码已过期，请刷新后重试")
    state.vouchers.put(qr, msgspec.structs.replace(voucher, decoded=True))
    return Holder(who, new_token(state, who, now))


def insured_area(who: Person) -> str:
    """``insuOrg``: where an active insurance is, else any; "" without one."""
    first = who.first_insurance
    return first.area if first else ""


def new_token(state: State, who: Person, now: datetime) -> str:
    """40 characters, beginning with the insured province; serves until the settlement."""
    province = insured_area(who)[:2] or "00"
    token = f"{province}0000ec{int(state.digits(39)):032x}"[:40]
    state.tokens.put(token, Token(token=token, psn_no=who.psn_no, expires=now + TOKEN_LIFE))
    return token
