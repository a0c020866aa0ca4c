"""Addresses, gateway signature, dates, and what importing the protocol costs."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from msgspec import structs

from desktop.domain.money import Money
from desktop.domain.times import CHINA
from desktop.nhsa.amounts import amounts_of
from desktop.nhsa.client import new_nonce
from desktop.nhsa.dates import day_of, http_date, moment_of, stamp_of, wire_moment
from desktop.nhsa.gateway import TifGateway
from desktop.nhsa.messages.by_number import TRANSACTIONS
from desktop.nhsa.site import PathStyle
from tests.nhsa import samples


@pytest.mark.parametrize(
    ("style", "path"),
    [
        (PathStyle.ONE, "/fsi/api/rsfComIfsService/callService"),
        (PathStyle.SERVICE, "/fsi/api/outpatientSettleService/saveSettletmentV2"),
        (PathStyle.INFNO, "/fsi/api/2207"),
    ],
)
@pytest.mark.parametrize("base", ["http://gw", "http://gw/", "http://gw/ebus/rio_fsi"])
def test_the_three_path_styles(style: PathStyle, path: str, base: str) -> None:
    site = structs.replace(samples.SITE, url=base, path_style=style)
    assert site.address(TRANSACTIONS["2207"]) == base.rstrip("/") + path
    assert site.voucher_address == base.rstrip("/") + "/localcfc/api/hsecfc/localQrCodeQuery"


def test_the_tif_signature() -> None:
    """1.3 (1): lower hex of SHA-256 over timestamp + token + nonce + timestamp, in seconds."""
    headers = TifGateway("practice", "practice-secret").sign(samples.NOW, "abc")
    assert headers == {
        "x-tif-paasid": "practice",
        "x-tif-timestamp": "1682991000",
        "x-tif-nonce": "abc",
        "x-tif-signature": hashlib.sha256(b"1682991000practice-secretabc1682991000").hexdigest(),
    }
    assert headers["x-tif-signature"] == headers["x-tif-signature"].lower()


def test_the_stamp_is_the_moment_whatever_its_zone() -> None:
    gateway = TifGateway("p", "t")
    assert gateway.sign(samples.NOW, "n") == gateway.sign(samples.NOW.astimezone(UTC), "n")


def test_the_token_is_in_no_representation() -> None:
    gateway = TifGateway("practice", "practice-secret")
    assert "practice-secret" not in f"{gateway!r}{gateway!s}"


def test_a_nonce_is_new_each_time() -> None:
    assert len({new_nonce() for _ in range(100)}) == 100
    assert len(new_nonce()) == 32


def test_moments_go_out_in_china_time() -> None:
    assert wire_moment(datetime(2023, 5, 2, 1, 30, tzinfo=UTC)) == "2023-05-02 09:30:00"


@pytest.mark.parametrize("text", ["2023-05-02 09:30:05", " 2023-05-02T09:30:05 "])
def test_moments_come_back_in_china_time(text: str) -> None:
    assert moment_of(text) == datetime(2023, 5, 2, 9, 30, 5, tzinfo=CHINA)


@pytest.mark.parametrize("text", [None, "", "0000-00-00", "soon", "2023-13-02 09:30:05"])
def test_an_unreadable_date_is_not_told(text: str | None) -> None:
    assert (moment_of(text), day_of(text), stamp_of(text)) == (None, None, None)


def test_a_day_may_carry_a_time() -> None:
    assert day_of("2023-05-02") == day_of("2023-05-02 00:00:00") == date(2023, 5, 2)


@pytest.mark.parametrize("text", ["2023050209300512", "2023-05-02 09:30:05", "２" * 17])
def test_a_stamp_has_seventeen_digits(text: str) -> None:
    assert stamp_of(text) is None


def test_an_http_date_without_a_zone_is_greenwich() -> None:
    expected = datetime(2023, 5, 2, 9, 30, 7, tzinfo=CHINA)
    assert http_date({"date": "Tue, 02 May 2023 01:30:07 -0000"}) == expected
    assert http_date({"date": "Tue, 02 May 2023 01:30:07 GMT"}) == expected
    assert http_date({}) is None


def test_amounts_carry_the_platforms_names_and_leave_out_what_was_not_told() -> None:
    found = amounts_of(samples.AGREED)
    assert found["medfee_sumamt"] == "25.00"
    assert found["psn_cash_pay"] == "3.75"
    assert "acct_mulaid_pay" not in found
    assert amounts_of(replace(samples.AGREED, cash=Money(-5)))["psn_cash_pay"] == "-0.05"


_HEAVY = ("httpx", "httpcore", "starlette", "reportlab", "sqlcipher3", "smartcard")


def test_the_protocol_loads_no_http_library() -> None:
    """httpx is imported where it is used: by the transport alone."""
    code = (
        "import sys, desktop.nhsa.client, desktop.nhsa.envelope, desktop.nhsa.msgid\n"
        "from desktop.nhsa.questions import benefits, charges, desk, identify, settlement\n"
        f"print(*[name for name in {_HEAVY!r} if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert found.stdout.split() == []
