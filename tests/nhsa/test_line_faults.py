"""Each way in which a line fails, by a real socket: what a 2207 then became (issue 2)."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import httpcore
import pytest
from msgspec.structs import replace

from desktop.domain.account_use import AccountUse
from desktop.domain.split import Settlement
from desktop.nhsa.client import PlatformClient
from desktop.nhsa.gateway import TifGateway
from desktop.nhsa.http_transport import HttpTransport, _BoundedStream, _Budget
from desktop.nhsa.outcome import Accepted, NotSent, Outcome, Refused, Unknown, WhyUnknown
from desktop.nhsa.questions.identify import identify
from desktop.nhsa.questions.settlement import settle
from desktop.nhsa.site import PathStyle
from desktop.nhsa.transport import NotSentError, Timeouts, WhyNotSent
from tests.nhsa import samples
from tests.nhsa.samples import MSGID, answer, settled
from tests.nhsa.servers import (
    Script,
    body_of,
    breaking_off,
    dripping,
    http,
    never_accepting,
    refusing,
    resetting,
    sending,
    sending_json,
    serving,
    silent,
)

TIMEOUTS = Timeouts(connect=0.3, read=0.3)
QUESTION = settle(samples.CLAIM, samples.BATCH, AccountUse.OWN, samples.AGREED, "")
YES = json.dumps(settled()).encode()


@pytest.fixture
def transport() -> Iterator[HttpTransport]:
    with HttpTransport(TIMEOUTS, largest=100_000) as opened:
        yield opened


def client(transport: HttpTransport, url: str) -> PlatformClient:
    return PlatformClient(
        site=replace(samples.SITE, url=url, path_style=PathStyle.INFNO),
        operator=samples.OPERATOR,
        gateway=TifGateway("practice", "practice-secret"),
        transport=transport,
        clock=lambda: samples.NOW,
        new_msgid=lambda: MSGID,
    )


def settle_at(transport: HttpTransport, url: str) -> Outcome[Settlement]:
    return client(transport, url).ask(QUESTION, MSGID)


def settle_by(transport: HttpTransport, script: Script) -> Outcome[Settlement]:
    with serving(script) as server:
        return settle_at(transport, server.url)


def test_a_whole_answer_settles(transport: HttpTransport) -> None:
    assert isinstance(settle_by(transport, sending(http(YES))), Accepted)


def test_refused_connection_was_surely_not_sent(transport: HttpTransport) -> None:
    with refusing() as url:
        assert settle_at(transport, url) == NotSent(WhyNotSent.NOT_CONNECTED)


def test_connection_time_out_was_surely_not_sent(transport: HttpTransport) -> None:
    with never_accepting() as url:
        assert settle_at(transport, url) == NotSent(WhyNotSent.CONNECT_TIMEOUT)


def test_unknown_host_was_surely_not_sent(transport: HttpTransport) -> None:
    outcome = settle_at(transport, "http://nowhere.invalid")
    assert outcome == NotSent(WhyNotSent.NOT_CONNECTED)


def test_failed_tls_was_surely_not_sent(transport: HttpTransport) -> None:
    """The request goes out after the handshake only; here a plain server closes it."""
    with serving(silent) as server:
        secure = server.url.replace("http:", "https:")
        assert isinstance(settle_at(transport, secure), NotSent)
        assert server.requests == []


@pytest.mark.parametrize(
    "url",
    [
        "ftp://127.0.0.1",
        "127.0.0.1:80",
        "http://[::1",
        "http://",
        "http://127.0.0.1:端口",
        "http://a..b",
        f"http://{'a' * 64}.invalid",
        "http://xn--0.invalid",
        "https://a..b",
    ],
)
def test_an_address_that_is_none_was_surely_not_sent(transport: HttpTransport, url: str) -> None:
    assert settle_at(transport, url) == NotSent(WhyNotSent.BAD_ADDRESS)


@pytest.mark.parametrize("paasid", ["练习", "a\nX-Other: b", " a", "a\x00", "ÿ"])
def test_a_setting_that_no_header_can_carry_was_surely_not_sent(
    transport: HttpTransport, paasid: str
) -> None:
    with serving(sending(http(YES))) as server:
        desk = replace(client(transport, server.url), gateway=TifGateway(paasid, "secret"))
        assert desk.ask(QUESTION, MSGID) == NotSent(WhyNotSent.BAD_ADDRESS)
        assert desk.decode_voucher("1") == NotSent(WhyNotSent.BAD_ADDRESS)
        assert server.connections == 0


@pytest.mark.parametrize(
    ("script", "why"),
    [
        pytest.param(resetting, WhyUnknown.BROKEN_OFF, id="reset"),
        pytest.param(silent, WhyUnknown.TIMED_OUT, id="time-out"),
        pytest.param(breaking_off(b""), WhyUnknown.BROKEN_OFF, id="closed without a word"),
        pytest.param(
            breaking_off(b"HTTP/1.1 200 OK\r\nCon"), WhyUnknown.BROKEN_OFF, id="half head"
        ),
        pytest.param(
            breaking_off(http(YES[:300], length=len(YES))),
            WhyUnknown.BROKEN_OFF,
            id="half an answer",
        ),
        pytest.param(
            breaking_off(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + YES[:300]),
            WhyUnknown.UNREADABLE,
            id="half an answer without its length",
        ),
        pytest.param(
            sending(http(YES[:300], length=len(YES))), WhyUnknown.TIMED_OUT, id="half, then silence"
        ),
        pytest.param(
            sending(http(b"<html>Bad Gateway</html>", status="502 Bad Gateway")),
            WhyUnknown.HTTP_STATUS,
            id="502 HTML",
        ),
        pytest.param(
            sending(http(json.dumps(settled(), ensure_ascii=False).encode("gb18030"))),
            WhyUnknown.UNREADABLE,
            id="GBK body",
        ),
        pytest.param(
            sending_json(settled(medins_setl_id="H43010000001202305020930000101")),
            WhyUnknown.NOT_OURS,
            id="wrong msgid",
        ),
        pytest.param(sending(http(b"")), WhyUnknown.UNREADABLE, id="empty body"),
        pytest.param(sending(b"\0\1\2\3\r\n\r\n"), WhyUnknown.BROKEN_OFF, id="no HTTP"),
        pytest.param(
            sending(http(b"garbage", more="Content-Encoding: gzip\r\n")),
            WhyUnknown.BROKEN_OFF,
            id="spoilt compression",
        ),
        pytest.param(sending(http(b" " * 200_000)), WhyUnknown.TOO_LARGE, id="too large"),
    ],
)
def test_what_fails_after_the_connection_is_unknown(
    transport: HttpTransport, script: Script, why: WhyUnknown
) -> None:
    outcome = settle_by(transport, script)
    assert isinstance(outcome, Unknown)
    assert outcome.why is why


class _Recorded(httpcore.NetworkStream):
    """Notes what is written and how long each step may take; may fail to write."""

    def __init__(self, fails: bool) -> None:
        self.written: list[bytes] = []
        self.bounds: list[float | None] = []
        self._fails = fails

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.written.append(buffer)
        self.bounds.append(timeout)
        if self._fails:
            raise httpcore.WriteError

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.bounds.append(timeout)
        return b"answer"[:max_bytes]


@pytest.mark.parametrize("fails", [False, True])
def test_head_and_body_leave_in_one_piece_and_the_answer_is_read_in_any_case(fails: bool) -> None:
    """A platform may refuse before it took the whole question: its answer is there."""
    inner, budget = _Recorded(fails), _Budget(lambda: 0.0)
    budget.start(10, None)
    stream = _BoundedStream(inner, budget)
    for piece in (b"head", b"body", b""):
        stream.write(piece, timeout=2)
    assert inner.written == []
    assert [stream.read(10, timeout=3), stream.read(10)] == [b"answer", b"answer"]
    assert inner.written == [b"headbody"]
    assert inner.bounds == [2, 3, 10]


@pytest.mark.parametrize("first", [b"HTTP/1.1 200 OK\r\nX-A: ", http(b"", length=10_000)])
def test_a_dripping_answer_ends_in_time(transport: HttpTransport, first: bytes) -> None:
    """Every byte comes in time for the next read, and still it ends."""
    began = time.monotonic()
    outcome = settle_by(transport, dripping(first))
    assert isinstance(outcome, Unknown)
    assert outcome.why is WhyUnknown.TIMED_OUT
    assert time.monotonic() - began < TIMEOUTS.overall + 0.7


def test_the_last_read_may_not_outlast_the_whole() -> None:
    """Near the end of the time for all, a read waits for the rest of it only."""
    times = iter([0.0])
    began = time.monotonic()
    with HttpTransport(Timeouts(1, 5), clock=lambda: next(times, 10.9)) as transport:
        outcome = settle_by(transport, silent)
    assert isinstance(outcome, Unknown)
    assert time.monotonic() - began < 3


def test_a_redirect_is_not_followed(transport: HttpTransport) -> None:
    with serving(sending(http(YES))) as elsewhere:
        more = f"Location: {elsewhere.url}/\r\n"
        moved = sending(http(YES, status="307 Temporary Redirect", more=more))
        outcome = settle_by(transport, moved)
        assert elsewhere.requests == []
    assert isinstance(outcome, Unknown)


def test_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(sending(http(YES))) as proxy, serving(sending(http(YES))) as platform:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        with HttpTransport(TIMEOUTS) as transport:
            assert isinstance(settle_at(transport, platform.url), Accepted)
        assert (len(proxy.requests), len(platform.requests)) == (0, 1)


@pytest.mark.parametrize("script", [resetting, silent, breaking_off(b""), sending(http(b""))])
def test_nothing_is_ever_sent_twice(transport: HttpTransport, script: Script) -> None:
    with serving(script) as server:
        settle_at(transport, server.url)
        assert len(server.requests) == 1


def test_a_settling_transaction_has_a_connection_of_its_own(transport: HttpTransport) -> None:
    no = sending_json(answer(None, infcode=-1, err_msg="查不到"))
    with serving(no) as server:
        desk = client(transport, server.url)
        for _ in range(3):
            assert isinstance(desk.query(identify(samples.CREDENTIAL)), Refused)
        assert server.connections == 1
        for _ in range(2):
            assert isinstance(desk.ask(QUESTION, MSGID), Refused)
        assert (server.connections, len(server.requests)) == (3, 5)


def test_a_kept_connection_that_died_is_not_used_again(transport: HttpTransport) -> None:
    no = http(json.dumps(answer(None, infcode=-1)).encode())
    with serving(breaking_off(no)) as server:
        desk = client(transport, server.url)
        for _ in range(2):
            assert isinstance(desk.query(identify(samples.CREDENTIAL)), Refused)
            time.sleep(0.05)
        assert server.connections == 2


def test_the_request_on_the_wire(transport: HttpTransport) -> None:
    with serving(sending(http(YES))) as server:
        settle_at(transport, server.url)
    (request,) = server.requests
    head = request.partition(b"\r\n\r\n")[0].decode().lower().split("\r\n")
    assert head[0] == "post /fsi/api/2207 http/1.1"
    assert "content-type: application/json;charset=utf-8" in head
    assert "x-tif-paasid: practice" in head
    assert "practice-secret" not in request.decode()
    assert json.loads(body_of(request))["msgid"] == MSGID


def test_the_log_names_transaction_and_outcome_and_no_person(
    transport: HttpTransport, caplog: pytest.LogCaptureFixture
) -> None:
    settle_by(transport, sending_json(answer(None, infcode=-1, err_msg="李𠮷祥未备案")))
    ours = [r.getMessage() for r in caplog.records if r.name.startswith("desktop.")]
    assert ours == [f"2207 {MSGID} Refused"]
    for secret in (samples.ID_NUMBER, samples.PERSON.name, "practice-secret"):
        assert secret not in caplog.text


def test_the_error_itself_says_nothing_of_the_request(transport: HttpTransport) -> None:
    with refusing() as url, pytest.raises(NotSentError, match=r"^not-connected$"):
        transport.post(url, {}, samples.ID_NUMBER.encode(), fresh=True)
