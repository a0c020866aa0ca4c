"""A security module on the network: the central 密码机 of a hospital or a bureau (cards.md A6).

The lines are those that vendors' libraries exchange with it (``iReadCardBas_HSM_Step1`` and
``Step2``): one POST of text, one line of text as its answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread

from msgspec import Struct

from card_reader.connection import Connector
from card_reader.hardware import Crew
from card_reader.monitor import View
from card_reader.security_module import Challenge, ModuleFailed, Proof
from desktop.domain.problems import ProblemCode

_LARGEST = 4096
_STEPS = 2
"""Connecting and answering."""
_LINE = re.compile(rb"\s*([0-9A-Fa-f]{32})\|([0-9A-Fa-f]{32})\|?\s*")


class NetworkModule(Struct, frozen=True):
    """The machine at ``url``; ``seconds`` is how long each step of asking it may take."""

    url: str
    seconds: float = 2.0

    def at(self, connector: Connector, _view: View, _crew: Crew) -> NetworkModuleAtHand:
        return NetworkModuleAtHand(self, connector)


class NetworkModuleAtHand(Struct, frozen=True):
    place: NetworkModule
    connector: Connector

    def answer(self, challenge: Challenge) -> Proof:
        bound = _STEPS * self.place.seconds
        self.connector.pulse.beat(if_late=ProblemCode.PSAM_NEEDED, grace=bound)
        until = self.connector.clock() + bound
        line = challenge_line(challenge)
        return proof_of(_bounded(self.place, line, lambda: self.connector.clock() > until))


def forwarded(place: NetworkModule, line: bytes, clock: Callable[[], float]) -> bytes:
    """The machine's own line for a challenge that a vendor's library wrote.

    Raises :class:`ModuleFailed`, also for a line that is no answer.
    """
    until = clock() + _STEPS * place.seconds
    answer = _bounded(place, line, lambda: clock() > until).strip()
    proof_of(answer)
    return answer


def challenge_line(challenge: Challenge) -> bytes:
    """``area|reset|algorithm|卡识别码|R1|R2|R3|R4|terminal|``, bytes in hex, upper case."""
    randoms = (
        challenge.internal_factor,
        challenge.internal_data,
        challenge.external_factor,
        challenge.external_data,
    )
    chip, algorithm = challenge.chip, f"{challenge.algorithm:02X}"
    card_sn = chip.card_sn.hex().upper()
    head = (card_sn[:6], chip.historical.hex().upper(), algorithm, card_sn)
    return "|".join((*head, *(random.hex().upper() for random in randoms), "", "")).encode()


def proof_of(line: bytes) -> Proof:
    """``<32 hex>|<32 hex>|``. Raises :class:`ModuleFailed` for anything else."""
    found = _LINE.fullmatch(line)
    if found is None:
        raise ModuleFailed("密码机的回答不合格式")
    internal, external = (bytes.fromhex(part.decode()) for part in found.groups())
    return Proof(internal, external)


def _bounded(place: NetworkModule, line: bytes, late: Callable[[], bool]) -> bytes:
    """On a thread of its own: a name server that keeps silent knows no limit of ours."""
    answer: Future[bytes] = Future()

    def ask() -> None:
        try:
            answer.set_result(_asked(place, line, late))
        except BaseException as problem:  # noqa: BLE001 - the caller's thread gets it
            answer.set_exception(problem)

    Thread(target=ask, name="network-module", daemon=True).start()
    try:
        return answer.result(_STEPS * place.seconds)
    except TimeoutError:
        raise ModuleFailed("密码机的回答太慢") from None


def _asked(place: NetworkModule, line: bytes, late: Callable[[], bool]) -> bytes:
    import httpx  # 60 ms, and only where 3.0 cards are opened over the network

    try:
        with (
            httpx.Client(timeout=place.seconds, trust_env=False) as client,
            client.stream("POST", place.url, content=line) as reply,
        ):
            body = b""
            for piece in reply.iter_bytes():
                body += piece
                if len(body) > _LARGEST or late():
                    raise ModuleFailed("密码机的回答太长或太慢")
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise ModuleFailed(f"密码机没有回答（{type(error).__name__}）") from error
    if reply.status_code != httpx.codes.OK:
        raise ModuleFailed(f"密码机回答 {reply.status_code}")
    return body
