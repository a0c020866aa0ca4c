"""The e-voucher desk of the nation: one address, ``transType`` says what is asked; pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from desktop.nhsa.messages.verification import (
    FACE_AUTHORISATION,
    FACE_CHECK,
    SETTLEMENT_NOTICE,
)
from desktop.nhsa.messages.voucher import TRANSACTION_TYPE, VoucherQuery
from desktop.sandbox.exchange import face
from desktop.sandbox.exchange.questions import read_question
from desktop.sandbox.exchange.vouchers import Holder, VoucherRefused, decode, insured_area
from desktop.sandbox.state import State

VOUCHER_TABLE: Final = "6101"
"""The field table of the decode, of which ``ec.query`` is the form over HTTP (6.2)."""
_LONGEST: Final = 40
"""No more of an unknown ``transType`` is said back."""
FaceCall = Callable[[State, Mapping[str, Any], datetime], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class VoucherCall:
    """One question to the e-voucher desk; ``real_now`` is +08:00 without zone."""

    state: State
    org: object
    """``orgId`` as it came."""
    data: Mapping[str, Any]
    real_now: datetime


def read_qr(call: VoucherCall) -> dict[str, str]:
    """``data`` of ``ec.query``; raises :class:`VoucherRefused`."""
    asked = read_question(VoucherQuery, VOUCHER_TABLE, {**call.data, "orgId": call.org})
    scanned = asked.ec_qr_code
    return _told(decode(call.state, str(call.org), scanned, call.real_now), scanned)


def _told(holder: Holder, qr: str) -> dict[str, str]:
    who = holder.who
    return {
        "userName": who.name,
        "idNo": who.certno,
        "idType": "01",
        "ecToken": holder.token,
        "insuOrg": insured_area(who),
        "authNo": "",
        "ecIndexNo": "",
        "gender": who.sex,
        "birthday": who.birth.isoformat(),
        "nationality": "",
        "email": "",
        "chnlId": "practice",
        "ecQrCode": qr,
    }


def _of_face(ask: FaceCall) -> Callable[[VoucherCall], dict[str, Any]]:
    """A call of the face terminal, which repeats its institution in ``data``."""
    return lambda call: ask(call.state, {"orgId": call.org, **call.data}, call.real_now)


VOUCHER_CALLS: Final[Mapping[str, Callable[[VoucherCall], dict[str, Any]]]] = MappingProxyType(
    {
        TRANSACTION_TYPE: read_qr,
        FACE_AUTHORISATION: _of_face(face.authorise),
        FACE_CHECK: _of_face(face.check),
        SETTLEMENT_NOTICE: _of_face(face.notify),
    }
)
"""What the e-voucher desk offers, by ``transType``."""


def voucher_kind(asked: Mapping[str, Any]) -> str:
    """Which call it is; a question of no known kind counts as ``ec.query``."""
    kind = asked.get("transType")
    return kind if isinstance(kind, str) and kind in VOUCHER_CALLS else TRANSACTION_TYPE


def answer_voucher(state: State, asked: Mapping[str, Any], real_now: datetime) -> dict[str, Any]:
    """The whole answer, a refusal included."""
    data = asked.get("data")
    data = data if isinstance(data, dict) else {}
    call = VoucherCall(state, asked.get("orgId", ""), data, real_now)
    try:
        told = _carry_out(call, asked.get("transType"))
    except VoucherRefused as refused:
        return {"message": refused.message, "success": False, "code": refused.code}
    as_text = state.options.voucher_data_as_text
    return {
        "code": 0,
        "type": "success",
        "message": "成功",
        "data": json.dumps(told, ensure_ascii=False) if as_text else told,
    }


def _carry_out(call: VoucherCall, kind: object) -> dict[str, Any]:
    if not isinstance(kind, str) or not kind:
        raise VoucherRefused(500100, "transType不能为空")
    if kind not in VOUCHER_CALLS:
        raise VoucherRefused(500100, f"transType不正确，不支持{kind[:_LONGEST]}")
    return VOUCHER_CALLS[kind](call)
