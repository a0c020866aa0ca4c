"""Who stands before the face terminal, and what it was told (``/practice/terminal``)."""

from __future__ import annotations

from typing import Any

from desktop.domain.times import CHINA
from desktop.sandbox.control import bodies
from desktop.sandbox.control.people import find_person
from desktop.sandbox.state import State
from desktop.sandbox.terminal_model import FaceResult, Notice


class TerminalBody(bodies.Body, frozen=True, kw_only=True):
    """Nobody stands there when ``certno`` is null; ``result`` is what the terminal makes of it."""

    certno: bodies.Certificate | None
    result: FaceResult = FaceResult.OK


def stand(state: State, body: TerminalBody) -> dict[str, Any]:
    """Raises ``NotThere`` for a certificate that nobody has."""
    face = find_person(state, body.certno).psn_no if body.certno else ""
    state.change_settings(face=face, face_result=body.result)
    return show_terminal(state)


def show_terminal(state: State) -> dict[str, Any]:
    """Who stands there, and every settlement that was shown, the latest last."""
    who = state.people.get(state.options.face)
    return {
        "certno": who.certno if who else None,
        "result": state.options.face_result,
        "notices": [_notice(row) for _, row in sorted(state.notices.items())],
    }


def _notice(row: Notice) -> dict[str, Any]:
    return {
        "authNo": row.auth_no,
        "outBizNo": row.business,
        "medicalSettleState": row.state,
        "totalFee": row.total,
        "medicalSettleNo": row.settlement,
        "at": row.at.replace(tzinfo=CHINA),
    }
