"""The face terminal (6.4): an authorisation, the identity behind it, the settlement it shows.

Who stands before the terminal is told by the control surface. Pure, on the real clock.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from desktop.nhsa.envelope import tree_of
from desktop.nhsa.messages.verification import (
    FACE_AUTHORISATION,
    FACE_CHECK,
    SETTLEMENT_NOTICE,
    FaceAnswer,
    FaceCheckQuestion,
    FaceHolder,
    FaceQuestion,
    NoticeData,
)
from desktop.sandbox.exchange.questions import read_question
from desktop.sandbox.exchange.vouchers import VoucherRefused, insured_area, new_token
from desktop.sandbox.model import Person
from desktop.sandbox.state import State
from desktop.sandbox.terminal_model import Face, FaceResult, Notice

FACE_LIFE: Final = timedelta(minutes=5)
CALLED_OFF: Final = -2
"""What kiosks read as called off by the patient."""
SETTLED: Final = "SUCCESS"
STATES: Final = (SETTLED, "FAIL")
BUSINESS: Final = ("register", "settle")
INSURED_ITEM: Final = (None, "Y", "N")
_AMOUNT: Final = re.compile(r"-?\d{1,14}(\.\d{1,2})?", re.ASCII)
Told = Mapping[str, Any]


def authorise(state: State, told: Told, now: datetime) -> dict[str, Any]:
    """``cn.nhsa.ec.auth``: the terminal looks at whoever stands there; ``authNo``."""
    asked = read_question(FaceQuestion, FACE_AUTHORISATION, told)
    _check_institution(state, asked.org_id)
    if any(face.business == asked.out_biz_no for face in state.faces):
        raise VoucherRefused(500202, "outBizNo重复，请重新发起认证")
    who = _before_the_terminal(state)
    face = Face(
        auth_no=f"AUTH{state.digits(28)}",
        psn_no=who.psn_no,
        institution=asked.org_id,
        business=asked.out_biz_no,
        expires=now + FACE_LIFE,
    )
    state.faces.put(face.auth_no, face)
    return tree_of(FaceAnswer(auth_no=face.auth_no, out_biz_no=face.business))


def _before_the_terminal(state: State) -> Person:
    who = state.people.get(state.options.face)
    if who is None or state.options.face_result is FaceResult.CANCELLED:
        raise VoucherRefused(CALLED_OFF, "用户取消人脸认证")
    if state.options.face_result is FaceResult.FAILED:
        raise VoucherRefused(500201, "人脸比对未通过，请重试或使用其他凭证")
    return who


def check(state: State, told: Told, now: datetime) -> dict[str, Any]:
    """``cn.nhsa.auth.check``: the identity and a token, once for each authorisation."""
    asked = read_question(FaceCheckQuestion, FACE_CHECK, told)
    face = _face(state, asked.auth_no, asked.org_id)
    who = state.people.get(face.psn_no)
    if who is None or face.business != asked.out_biz_no:
        raise VoucherRefused(500203, "认证流水号与业务流水号不一致")
    if face.checked:
        raise VoucherRefused(500204, "认证结果已获取，请重新认证")
    if now >= face.expires:
        raise VoucherRefused(500205, "人脸认证已超时，请重新认证")
    state.faces.put(face.auth_no, msgspec.structs.replace(face, checked=True))
    return tree_of(_holder(who, face, new_token(state, who, now)))


def _holder(who: Person, face: Face, token: str) -> FaceHolder:
    return FaceHolder(
        auth_no=face.auth_no,
        id_no=who.certno,
        id_type="01",
        user_name=who.name,
        ec_token=token,
        insu_org=insured_area(who),
        gender=who.sex,
        birthday=who.birth.isoformat(),
    )


def notify(state: State, told: Told, now: datetime) -> dict[str, Any]:
    """``cn.nhsa.settle.notify``: shown on the terminal, kept for the control surface."""
    asked = read_question(NoticeData, SETTLEMENT_NOTICE, told)
    face = _face(state, asked.auth_no, asked.org_id)
    who = state.people.get(face.psn_no)
    if who is None or who.certno != asked.id_no:
        raise VoucherRefused(500214, "idNo与认证人员不一致")
    _check_notice(asked)
    notice = Notice(
        auth_no=asked.auth_no,
        business=asked.out_biz_no,
        state=asked.medical_settle_state,
        total=asked.total_fee,
        settlement=asked.medical_settle_no or "",
        at=now,
    )
    state.notices.put(f"{state.next_serial():010d}", notice)
    return {}


def _check_notice(asked: NoticeData) -> None:
    """What the document names values for, and that amounts are amounts."""
    if asked.medical_settle_state not in STATES:
        raise VoucherRefused(500211, "medicalSettleState取值不合法")
    if asked.medical_settle_state == SETTLED and not asked.medical_settle_no:
        raise VoucherRefused(500212, "结算成功时medicalSettleNo不能为空")
    if asked.biz_type not in BUSINESS:
        raise VoucherRefused(500213, "bizType取值不合法")
    if any(row.insured not in INSURED_ITEM for row in asked.drug_list):
        raise VoucherRefused(500213, "HI_ITEM取值不合法")
    for name, amount in tree_of(asked).items():
        if name.endswith(("Amt", "Fee", "balance")) and not _AMOUNT.fullmatch(str(amount)):
            raise VoucherRefused(500213, f"{name}取值不合法")


def _face(state: State, auth_no: str, org: str) -> Face:
    _check_institution(state, org)
    face = state.faces.get(auth_no)
    if face is None or face.institution != org:
        raise VoucherRefused(500206, "认证流水号不存在")
    return face


def _check_institution(state: State, org: str) -> None:
    if org not in state.institutions:
        raise VoucherRefused(500101, "机构编码不存在")
