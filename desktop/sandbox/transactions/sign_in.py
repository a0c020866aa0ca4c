"""9001 签到, 9002 签退; a sign-in holds for its day on the real clock."""

from __future__ import annotations

import msgspec

from desktop.nhsa.messages.sign_in import (
    SignInInput,
    SignInOutput,
    SignInRow,
    SignOutInput,
    SignOutOutput,
    SignOutRow,
)
from desktop.sandbox.calls import Call, time_text
from desktop.sandbox.model import SignIn
from desktop.sandbox.refusals import Reason, Refused


def sign_in(call: Call, asked: SignInInput) -> SignInOutput:
    number = call.state.number(call.head.mdtrtarea_admvs, 20)
    row = SignIn(sign_no=number, operator=asked.sign_in.opter_no, at=call.real_now)
    call.state.sign_ins.put(number, row)
    return SignInOutput(signinoutb=SignInRow(sign_time=time_text(call.real_now), sign_no=number))


def sign_out(call: Call, asked: SignOutInput) -> SignOutOutput:
    row = _present(call, asked.sign_out.sign_no)
    call.state.sign_ins.put(row.sign_no, msgspec.structs.replace(row, ended=True))
    return SignOutOutput(signoutoutb=SignOutRow(sign_time=time_text(call.real_now)))


def demand_sign_in(call: Call) -> None:
    """Refuses a call without a present sign-in where the option demands one."""
    if not call.state.options.require_sign_in or call.head.infno == "9001":
        return
    if not call.head.sign_no:
        raise Refused(Reason.NOT_SIGNED_IN)
    _present(call, call.head.sign_no)


def _present(call: Call, sign_no: str) -> SignIn:
    row = call.state.sign_ins.get(sign_no)
    if row is None or row.ended or row.at.date() != call.real_now.date():
        raise Refused(Reason.SIGN_NUMBER_UNKNOWN)
    return row
