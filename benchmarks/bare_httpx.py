"""The least that seven transactions cost: their bytes, signed, through one ``httpx.Client``.

The bodies are those that our own services sent, recorded once and kept as bytes; only the visit's
two numbers are put in. Answers are read whole, and looked into after the clock has stopped.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from unittest.mock import patch

import httpx

from benchmarks.counter import SEVEN, Counter, NotSettled, visit_number
from desktop.app import PRACTICE_PAASID, PRACTICE_TOKEN
from desktop.nhsa.http_transport import HttpTransport
from desktop.nhsa.transport import Reply

NO_VISIT = b"@mdtrt_id@"
NO_VISIT_NUMBER = b"@ipt_otp_no@"
REGISTRATION = SEVEN.index("2201")


@dataclass(frozen=True, slots=True)
class Sent:
    """One request that went out."""

    url: str
    body: bytes


@dataclass(frozen=True, slots=True)
class BareSettlement:
    """Plays the recorded requests for one new visit after the other.

    ``settling_client`` sends 2207: the same client, or one that connects afresh.
    """

    requests: tuple[Sent, ...]
    client: httpx.Client
    settling_client: httpx.Client
    numbers: Iterator[int]

    def play(self) -> list[bytes]:
        """Send all seven and give their answers; :func:`all_accepted` looks into them."""
        number = visit_number(next(self.numbers)).encode()
        visit, answers = b"", []
        for place, request in enumerate(self.requests):
            body = request.body.replace(NO_VISIT_NUMBER, number).replace(NO_VISIT, visit)
            client = self.settling_client if place == len(SEVEN) - 1 else self.client
            answers.append(client.post(request.url, content=body, headers=headers()).content)
            if place == REGISTRATION:
                visit = _visit_in(answers[-1])
        return answers


def record(counter: Counter) -> tuple[Sent, ...]:
    """The requests of one settlement of ours, ready for other visits."""
    with _recording() as sent:
        finished = counter.settle()
    asked = tuple(str(json.loads(request.body)["infno"]) for request in sent)
    if asked != SEVEN:
        raise NotSettled(f"not the seven transactions: {asked}")
    bill, visit = finished.record.bill, finished.record.mdtrt_id
    assert bill is not None
    assert visit is not None
    own = {visit.encode(): NO_VISIT, bill.visit.visit_no.encode(): NO_VISIT_NUMBER}
    return tuple(Sent(request.url, _without(request.body, own)) for request in sent)


def all_accepted(answers: list[bytes]) -> None:
    """Raises :class:`NotSettled` for a refusal."""
    for infno, answer in zip(SEVEN, answers, strict=True):
        if str(json.loads(answer).get("infcode")) != "0":
            raise NotSettled(f"{infno}: {answer.decode()}")


@contextmanager
def _recording() -> Iterator[list[Sent]]:
    sent: list[Sent] = []
    post: Callable[..., Reply] = HttpTransport.post

    def note(
        self: HttpTransport, url: str, headers: Mapping[str, str], body: bytes, *, fresh: bool
    ) -> Reply:
        sent.append(Sent(url, body))
        return post(self, url, headers, body, fresh=fresh)

    with patch.object(HttpTransport, "post", note):
        yield sent


def _without(body: bytes, own: Mapping[bytes, bytes]) -> bytes:
    for value, placeholder in own.items():
        body = body.replace(value, placeholder)
    return body


def _visit_in(answer: bytes) -> bytes:
    return str(json.loads(answer)["output"]["data"]["mdtrt_id"]).encode()


def headers() -> dict[str, str]:
    """No gateway lets a request pass without these four."""
    stamp, nonce = str(int(time.time())), secrets.token_hex(16)
    return {
        "Content-Type": "application/json;charset=utf-8",
        "x-tif-paasid": PRACTICE_PAASID,
        "x-tif-timestamp": stamp,
        "x-tif-nonce": nonce,
        "x-tif-signature": sha256(f"{stamp}{PRACTICE_TOKEN}{nonce}{stamp}".encode()).hexdigest(),
    }
