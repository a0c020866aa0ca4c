"""The platform's own addresses: three path styles for transactions, one for the e-voucher."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final
from zlib import crc32

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from desktop.nhsa.messages.by_number import TRANSACTIONS
from desktop.nhsa.messages.voucher import VOUCHER_PATH
from desktop.sandbox.exchange.ways import ask_of, ask_of_voucher
from desktop.sandbox.platform import NoEnvelope, read_envelope
from desktop.sandbox.shell.faults import JSON, Done, Sealed
from desktop.sandbox.shell.gateway import complaint
from desktop.sandbox.shell.service import Service

ONE: Final = "rsfComIfsService/callService"
SERVICES: Final[Mapping[str, str]] = MappingProxyType(
    {transaction.path: infno for infno, transaction in TRANSACTIONS.items()}
    | {
        "outpatientDocInfoService/outpatientMdtrtinfoUpA": "2203A",
        "outpatientSettleService/preSettletmentA": "2206A",
        "outpatientSettleService/saveSettletment": "2207A",
        "outpatientSettleService/saveSettletmentA": "2207A",
        "catalogCompService/catalogCompUp": "3301",
    }
)
"""``<service>/<method>`` of URL style a with its transaction (table in 1.2)."""


def platform_routes(service: Service) -> list[Route]:
    async def transaction(request: Request) -> Response:
        return await _transaction(service, request)

    async def voucher(request: Request) -> Response:
        return await _voucher(service, request)

    return [
        Route("/fsi/api/{rest:path}", transaction, methods=["POST"]),
        Route(VOUCHER_PATH, voucher, methods=["POST"]),
    ]


async def _transaction(service: Service, request: Request) -> Response:
    body = await request.body()
    received = service.now()
    against = complaint(request.headers, received)
    if against is not None:
        return JSONResponse({"code": 401, "message": against})
    try:
        asked = read_envelope(body)
    except NoEnvelope as error:
        return _framework_failure(f"{error}！", body)
    infno = asked.head.infno
    if not _right_address(request.path_params["rest"], infno):
        return _framework_failure("未知交易编号！", body)
    work = service.transaction(asked, received)
    ask = ask_of(asked.head, service.business_now())
    return await service.carry_out(ask, request, work, service.nothing(infno, received))


def _right_address(rest: str, infno: str) -> bool:
    return rest == ONE or SERVICES.get(rest, rest) == infno


def _framework_failure(why: str, body: bytes) -> Response:
    """The reduced shape: nothing reached the business system."""
    text = f"FSI-FSI-交易报文不正确：{why},异常流水号:{crc32(body)}"
    return JSONResponse({"type": "error", "infcode": -1, "err_msg": text})


async def _voucher(service: Service, request: Request) -> Response:
    asked = _asked(await request.body())

    def work() -> Done:
        told = service.platform.voucher(asked, service.business_now(), service.now())
        service.saved()
        return Done(lambda: Sealed(json.dumps(told, ensure_ascii=False).encode(), JSON))

    ask = ask_of_voucher(asked, service.business_now())
    return await service.carry_out(ask, request, work, _say_nothing)


def _say_nothing() -> Sealed:
    return Sealed(b'{"code":0,"type":"success","message":"","data":null}', JSON)


def _asked(body: bytes) -> Mapping[str, Any]:
    try:
        asked = json.loads(body)
    except ValueError:
        return {}
    return asked if isinstance(asked, dict) else {}
