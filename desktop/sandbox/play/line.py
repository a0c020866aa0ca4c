"""A hospital's line to the platform: whole messages by bytes, as a desk sends them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar, cast

from desktop.nhsa.envelope import RequestHead, write_request
from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.messages.voucher import TRANSACTION_TYPE
from desktop.nhsa.messages.wire import Node
from desktop.sandbox.model import Institution
from desktop.sandbox.platform import Platform, read_envelope
from desktop.sandbox.play.chance import Chance
from desktop.sandbox.play.tally import Tally

In = TypeVar("In", bound=Node)
Out = TypeVar("Out", bound=Node)
_OPERATORS: Final = ("001", "002", "003", "004")


class Declined(Exception):
    """The platform's no; ``reason`` is its name."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True)
class Line:
    """One window's time and place; every message takes some seconds."""

    platform: Platform
    chance: Chance
    tally: Tally
    place: Institution
    now: datetime
    msgid: str = ""
    """Of the last message."""

    def ask(self, transaction: Transaction[In, Out], area: str, question: In) -> Out:
        """The output; raises :class:`Declined`."""
        head = self._head(transaction.infno, area)
        asked = read_envelope(write_request(head, question))
        outcome = self.platform.handle(asked, self.now, self.now)
        self.tally.messages += 1
        if outcome.reason is not None:
            self.tally.refusals[outcome.reason.name] += 1
            raise Declined(outcome.reason.name)
        return cast(Out, outcome.output)

    def read_voucher(self, qr: str) -> str:
        """The token of a scanned e-voucher."""
        operator = {"operatorId": "001", "operatorName": "操作员"}
        data = {"ecQrCode": qr, "businessType": "01301", **operator}
        asked = {"orgId": self.place.code, "transType": TRANSACTION_TYPE, "data": data}
        told: dict[str, Any] = self.platform.voucher(asked, self.now, self.now)["data"]
        self.tally.messages += 1
        return str(told["ecToken"])

    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    def _head(self, infno: str, area: str) -> RequestHead:
        self.wait(self.chance.number(2, 25))
        count = self.platform.state.options.serial % 10_000
        self.msgid = f"{self.place.code}{self.now:%Y%m%d%H%M%S}{count:04d}"
        return RequestHead(
            infno=infno,
            msgid=self.msgid,
            mdtrtarea_admvs=self.place.area,
            insuplc_admdvs=area or None,
            recer_sys_code="01",
            infver="V1.0",
            opter_type="1",
            opter=self.chance.one_of(_OPERATORS),
            opter_name="演练员",
            inf_time=f"{self.now:%Y-%m-%d %H:%M:%S}",
            fixmedins_code=self.place.code,
            fixmedins_name=self.place.name,
        )
