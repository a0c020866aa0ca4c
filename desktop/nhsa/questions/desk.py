"""Questions of the desk itself: sign-in (9001), sign-out (9002), the institution (1201)."""

from __future__ import annotations

from msgspec import Struct

from desktop.nhsa.messages.institution import (
    INSTITUTION,
    InstitutionInput,
    InstitutionOutput,
    InstitutionQuery,
)
from desktop.nhsa.messages.sign_in import (
    SIGN_IN,
    SIGN_OUT,
    SignInData,
    SignInInput,
    SignInOutput,
    SignOutData,
    SignOutInput,
    SignOutOutput,
)
from desktop.nhsa.questions.question import Question, nothing

HOSPITAL = "1"
"""``fixmedins_type`` 1 定点医疗机构."""


class Institution(Struct, frozen=True):
    """The hospital as the platform knows it (1201)."""

    code: str
    name: str
    level: str
    """``hosp_lv``, an open code; "" when not told."""


def sign_in(operator_no: str, mac: str, ip: str) -> Question[SignInInput, SignInOutput, str]:
    """9001; the answer is the ``sign_no`` of this operator's day."""
    data = SignInData(opter_no=operator_no, mac=mac, ip=ip)
    return Question(SIGN_IN, SignInInput(sign_in=data), lambda output: output.signinoutb.sign_no)


def sign_out(operator_no: str, sign_no: str) -> Question[SignOutInput, SignOutOutput, None]:
    """9002."""
    data = SignOutData(sign_no=sign_no, opter_no=operator_no)
    return Question(SIGN_OUT, SignOutInput(sign_out=data), nothing)


def institution(
    code: str,
) -> Question[InstitutionInput, InstitutionOutput, Institution | None]:
    """1201 by code; None when the platform does not know it."""
    query = InstitutionQuery(fixmedins_type=HOSPITAL, fixmedins_code=code)

    def of_this_code(output: InstitutionOutput) -> Institution | None:
        rows = (row for row in output.medinsinfo if row.fixmedins_code == code)
        found = next(rows, None)
        return Institution(code, found.fixmedins_name, found.hosp_lv or "") if found else None

    return Question(INSTITUTION, InstitutionInput(medinsinfo=query), of_this_code)
