"""E-vouchers on a clock that a test can move."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.sandbox.control import people
from desktop.sandbox.exchange.vouchers import VoucherRefused, decode, issue
from tests.sandbox.conftest import Bench


def fresh(bench: Bench) -> str:
    return issue(bench.state, people.find_person(bench.state, bench.put().certno), bench.real).qr


def code_of(bench: Bench, qr: str, seconds: float) -> int:
    at = bench.real + timedelta(seconds=seconds)
    with pytest.raises(VoucherRefused) as refused:
        decode(bench.state, bench.desk.hospital, qr, at)
    return refused.value.code


def test_a_code_is_28_digits_with_the_province(bench: Bench) -> None:
    qr = fresh(bench)
    assert len(qr) == 28
    assert qr.isdecimal()
    assert (qr[:3], qr[-6:]) == ("424", "370000")


def test_a_code_lives_sixty_seconds(bench: Bench) -> None:
    qr = fresh(bench)
    assert code_of(bench, qr, 60) == 500161
    at = bench.real + timedelta(seconds=59)
    holder = decode(bench.state, bench.desk.hospital, qr, at)
    assert len(holder.token) == 40
    assert holder.token.startswith("370000ec")
    assert code_of(bench, qr, 59) == 500162


def test_business_time_has_no_say(bench: Bench) -> None:
    qr = fresh(bench)
    bench.now += timedelta(days=365)
    assert decode(bench.state, bench.desk.hospital, qr, bench.real).who.name == "孔试验"
