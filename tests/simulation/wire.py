"""The same line as bytes: the real client, gateway and decoder on one side, the core's on the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.nhsa.transport import LostError, NotSentError, Reply, WhyLost, WhyNotSent
from desktop.sandbox.platform import Platform, read_envelope
from desktop.sandbox.shell.gateway import complaint
from tests.simulation.clock import Clock
from tests.simulation.disk import Power
from tests.simulation.faults import Delivery
from tests.simulation.network import Delivered, Network

_RUBBISH = b'\x00\xff\xfe{"infcode":0,"output":{"setlinfo":\xd6\xd0\xce\xc4\x80\x00'
_ANOTHER = "H43010000001202001010000000000"


@dataclass(frozen=True, slots=True)
class ByteTransport:
    """``desktop.nhsa.transport.Transport`` on the simulated network."""

    network: Network
    platform: Platform
    clock: Clock
    power: Power

    def post(self, _url: str, headers: Mapping[str, str], body: bytes, **_fresh: bool) -> Reply:
        request = read_envelope(body)
        assert complaint(headers, self.clock.now) is None
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
                return Reply(200, {}, '{"code":401,"message":"非法用户!"}'.encode())
            case Delivery.GATEWAY_999:
                return Reply(200, {}, b'{"code":999,"message":"timeout"}')
            case _:
                return Reply(200, {}, self._answer(delivered, msgid))

    def _answer(self, delivered: Delivered, msgid: str) -> bytes:
        assert delivered.outcome is not None
        whole = self.platform.answer(delivered.outcome, self.clock.now, self.clock.now)
        if delivered.delivery is Delivery.TRUNCATED:
            return whole[: len(whole) // 2]
        if delivered.delivery is Delivery.OF_ANOTHER:
            return whole.replace(msgid.encode(), _ANOTHER.encode())
        return whole
