"""The platform's log as the control surface shows it; pure."""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from desktop.sandbox.control.bodies import Malformed
from desktop.sandbox.exchange.hops import KEPT, Message, MessageLog

USUAL: Final = 100
"""How many messages are shown when no number is asked for."""
_Count = Annotated[int, Meta(ge=1, le=KEPT)]


def show_log(log: MessageLog, msgid: str | None, limit: str | None) -> list[dict[str, Any]]:
    """The last messages with their hops, oldest first; raises :class:`Malformed`."""
    return [_shown(message) for message in log.latest(_count(limit), msgid)]


def _count(limit: str | None) -> int:
    if limit is None:
        return USUAL
    try:
        return int(msgspec.convert(limit, _Count, strict=False))
    except msgspec.ValidationError as error:
        raise Malformed("limit", str(error)) from error


def _shown(message: Message) -> dict[str, Any]:
    hops = [msgspec.structs.asdict(hop) for hop in message.hops]
    return {"number": message.number, **msgspec.structs.asdict(message.ask), "hops": hops}
