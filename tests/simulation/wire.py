"""The same line as bytes: the real client, gateway and decoder here, the core's own over there."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop.domain.credential import Credential
from desktop.domain.identifiers import Msgid
from desktop.nhsa.client import PlatformClient
from desktop.nhsa.gateway import TifGateway
from desktop.nhsa.outcome import Outcome
from desktop.nhsa.site import Operator, PathStyle, Site
from desktop.nhsa.transport import LostError, NotSentError, Reply, WhyLost, WhyNotSent
from desktop.sandbox.platform import Platform, read_envelope
from desktop.sandbox.shell import gateway
from desktop.sandbox.shell.faults import JSON, STREAM
from desktop.services.line import Line
from tests.simulation.clock import Clock
from tests.simulation.disk import Power
from tests.simulation.faults import Delivery
from tests.simulation.line import HOSPITAL, HOSPITAL_NAME, PLACE, TypedLine
from tests.simulation.network import Delivered, Network

_RUBBISH = b'\x00\xff\xfe{"infcode":0,"output":{"setlinfo":\xd6\xd0\xce\xc4\x80\x00'
_TURNED_AWAY = '{"code":401,"message":"非法用户!"}'.encode()
_ANOTHER = "H43010000001202001010000000000"


@dataclass(frozen=True, slots=True)
class ByteTransport:
    """``desktop.nhsa.transport.Transport`` on the simulated network."""

    network: Network
    platform: Platform
    clock: Clock
    power: Power

    def post(
        self,
        url: str,  # noqa: ARG002 - one platform
        headers: Mapping[str, str],
        body: bytes,
        *,
        fresh: bool,  # noqa: ARG002 - no connections
    ) -> Reply:
        """As the shell of the practice platform answers."""
        self.power.demand()
        if gateway.complaint(headers, self.clock.now) is not None:
            return Reply(200, {}, _TURNED_AWAY)
        request = read_envelope(body)
        delivered = self.network.exchange(request, self.power)
        match delivered.delivery:
            case Delivery.NOT_SENT:
                raise NotSentError(WhyNotSent.NOT_CONNECTED)
            case Delivery.TIMED_OUT:
                raise LostError(WhyLost.TIMED_OUT)
            case Delivery.BROKEN_OFF:
                raise LostError(WhyLost.BROKEN_OFF)
            case _:
                return self._reply(delivered, request.head.msgid)

    def _reply(self, delivered: Delivered, msgid: str) -> Reply:
        match delivered.delivery:
            case Delivery.HTTP_500:
                return Reply(500, {"content-type": "text/html"}, b"<html>500</html>")
            case Delivery.GARBLED:
                return Reply(200, {}, _RUBBISH)
            case Delivery.GATEWAY_401:
                return Reply(200, {}, _TURNED_AWAY)
            case Delivery.GATEWAY_999:
                return Reply(200, {}, b'{"code":999,"message":"timeout"}')
            case _:
                assert delivered.outcome is not None
                media = JSON if delivered.outcome.file is None else STREAM
                return Reply(200, {"content-type": media}, self._answer(delivered, msgid))

    def _answer(self, delivered: Delivered, msgid: str) -> bytes:
        assert delivered.outcome is not None
        whole = self.platform.answer(delivered.outcome, self.clock.now, self.clock.now)
        if delivered.delivery is Delivery.TRUNCATED:
            return whole[: len(whole) // 2]
        if delivered.delivery is Delivery.OF_ANOTHER:
            return whole.replace(msgid.encode(), _ANOTHER.encode())
        return whole


class ByteLine(Line):
    """The real line over bytes; a voucher is decoded as the typed line does."""

    def __init__(
        self, transport: ByteTransport, next_msgid: Callable[[], Msgid], typed: TypedLine
    ) -> None:
        nonces = itertools.count()
        super().__init__(
            PlatformClient(
                site=Site("http://sim", PathStyle.ONE, HOSPITAL, HOSPITAL_NAME, PLACE, "KSD", "V"),
                operator=Operator("0001", "演练员"),
                gateway=TifGateway(gateway.PAASID, gateway.TOKEN),
                transport=transport,
                clock=transport.clock.desk,
                new_msgid=next_msgid,
                nonce=lambda: f"{next(nonces):032d}",
            )
        )
        self._typed = typed

    def decode_voucher(self, scanned: str) -> Outcome[Credential]:
        return self._typed.decode_voucher(scanned)
