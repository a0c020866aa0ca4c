"""The platform's face terminal: ``cn.nhsa.ec.auth``, then ``cn.nhsa.auth.check`` (6.1, 6.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from desktop.domain.credential import Credential
from desktop.nhsa.decoder import Fault, N, Unreadable, parse_text, read
from desktop.nhsa.encoder import to_json
from desktop.nhsa.envelope import tree_of
from desktop.nhsa.messages.verification import (
    FACE_AUTHORISATION,
    FACE_CHECK,
    FaceAnswer,
    FaceCheckQuestion,
    FaceHolder,
    FaceQuestion,
    TerminalAnswer,
)
from desktop.nhsa.messages.voucher import FOR_SETTLEMENT
from desktop.nhsa.outcome import (
    Outcome,
    outcome_of_body,
)
from desktop.nhsa.service_answer import credential_of, judged
from desktop.nhsa.site import Operator, Site
from desktop.nhsa.transport import Reply

T = TypeVar("T")
_NO_OFFICE = "-"
"""The terminal demands an office, and a window of cashiers may have none."""


def authorisation(site: Site, operator: Operator, number: str) -> bytes:
    """The body of ``cn.nhsa.ec.auth``; ``number`` is ``outBizNo``, one of its own each time."""
    return _body(FACE_AUTHORISATION, FaceQuestion(**_asker(site, operator, number)))


def identity(site: Site, operator: Operator, number: str, auth_no: str) -> bytes:
    """The body of ``cn.nhsa.auth.check``: whose face that authorisation saw."""
    asked = FaceCheckQuestion(**_asker(site, operator, number), auth_no=auth_no)
    return _body(FACE_CHECK, asked)


def _asker(site: Site, operator: Operator, number: str) -> dict[str, str]:
    office = operator.office or _NO_OFFICE
    return {
        "org_id": site.fixmedins_code,
        "out_biz_no": number,
        "business_type": FOR_SETTLEMENT,
        "operator_id": operator.number,
        "operator_name": operator.name,
        "office_id": office,
        "office_name": operator.office_name or office,
    }


def authorised(reply: Reply) -> Outcome[str]:
    """``authNo`` of whoever stands before the terminal."""
    return _outcome(reply, FaceAnswer, lambda answer: answer.auth_no)


def seen(reply: Reply) -> Outcome[Credential]:
    """Who it was, with the token that would stand for a credential."""
    return _outcome(reply, FaceHolder, credential_of)


def _body(kind: str, question: FaceQuestion) -> bytes:
    asked = {"orgId": question.org_id, "transType": kind, "data": tree_of(question), "extra": {}}
    return to_json(asked)


def _outcome(reply: Reply, kind: type[N], value: Callable[[N], T]) -> Outcome[T]:
    """A code other than 0 is a no: called off, not alike, too late."""

    def of_service(tree: Mapping[str, object]) -> Outcome[T]:
        said = read(TerminalAnswer, {name: tree[name] for name in tree if name != "data"})
        return judged(reply, said.code, said.message, lambda: value(read(kind, _data(tree))))

    return outcome_of_body(reply, of_service)


def _data(tree: Mapping[str, object]) -> object:
    """An object, or its JSON as text."""
    data = tree.get("data")
    if data is None:
        raise Unreadable(Fault.MISSING, "data")
    return parse_text(data) if isinstance(data, str) else data
