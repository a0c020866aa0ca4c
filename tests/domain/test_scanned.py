"""What a scanned code is by its shape, and the words for one that cannot serve (B01)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.identifiers import id_check_digit
from desktop.domain.scanned import ScannedKind, as_sent, classify_scan

DIGITS_VOUCHER = "4241234567890123456789430000"
OPEN_VOUCHER = "opcAbCdEfGhIjKlMnOpQrStUvWxY"


def id_number(day: str, area: str = "990000") -> str:
    body = f"{area}{day}001"
    return body + id_check_digit(body)


@pytest.mark.req("S0-29", "S4-17")
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (DIGITS_VOUCHER, ScannedKind.VOUCHER),
        (OPEN_VOUCHER, ScannedKind.VOUCHER),
        (f"  {DIGITS_VOUCHER}\r\n", ScannedKind.VOUCHER),
        (id_number("19900101"), ScannedKind.ID_NUMBER),
        (id_number("19000228").lower(), ScannedKind.ID_NUMBER),
        (DIGITS_VOUCHER[:-1], ScannedKind.TORN_VOUCHER),
        (DIGITS_VOUCHER + "0", ScannedKind.TORN_VOUCHER),
        ("424", ScannedKind.TORN_VOUCHER),
        (OPEN_VOUCHER[:9], ScannedKind.TORN_VOUCHER),
        ("101234567890123456", ScannedKind.WECHAT_PAY),
        ("154567890123456789", ScannedKind.WECHAT_PAY),
        ("2512345678901234", ScannedKind.ALIPAY),
        ("301234567890123456789012", ScannedKind.ALIPAY),
        ("6212345678901234567", ScannedKind.UNIONPAY),
        ("6212345678901234", ScannedKind.BANK_CARD),
        ("X00000019", ScannedKind.CARD_NUMBER),
        ("0123456789abcdef" * 4, ScannedKind.HEALTH_CARD),
        ("0123456789ABCDEF" * 4 + ":0:1", ScannedKind.HEALTH_CARD),
        ("https://example.invalid/424" + "0" * 25, ScannedKind.LINK),
        ("weixin://wxpay/bizpayurl?pr=1", ScannedKind.LINK),
        ("6901234567892", ScannedKind.UNKNOWN),
        ("424" + "٠" * 25, ScannedKind.UNKNOWN),
        ("161234567890123456", ScannedKind.UNKNOWN),
        ("", ScannedKind.UNKNOWN),
    ],
)
def test_a_code_is_told_by_its_shape(text: str, kind: ScannedKind) -> None:
    assert classify_scan(text) is kind


@pytest.mark.parametrize("day", ["18990102", "21000101", "00010102"])
def test_nobody_living_was_born_then_so_it_is_a_payment_code(day: str) -> None:
    """A payment code that looks like an ID number by chance must ask nobody about a person."""
    assert classify_scan(id_number(day, "110000")) is ScannedKind.WECHAT_PAY


def test_what_cannot_serve_says_what_it_looks_like() -> None:
    """Never more than a kind: the words hold nothing of the code."""
    silent = {kind for kind in ScannedKind if not kind.words}
    assert silent == {ScannedKind.VOUCHER, ScannedKind.UNKNOWN}
    assert len({kind.code for kind in ScannedKind}) == len(ScannedKind)
    assert all("像是" in kind.words for kind in ScannedKind if kind.words)


@pytest.mark.parametrize("code", [DIGITS_VOUCHER, OPEN_VOUCHER])
def test_caps_lock_and_an_input_method_are_undone(code: str) -> None:
    """cards.md A8: CapsLock turns letters round, an input method makes signs full-width."""
    wide = code.translate({c: c + 0xFEE0 for c in range(0x21, 0x7F)})
    for spoilt in (code.swapcase(), wide, wide.swapcase(), f"\u3000{wide}\u3000"):
        assert as_sent(spoilt) == code
        assert classify_scan(spoilt) is ScannedKind.VOUCHER


@pytest.mark.parametrize("mark", ["]Q1", "]C0", "]q1"])
@pytest.mark.parametrize("code", [DIGITS_VOUCHER, OPEN_VOUCHER])
def test_the_mark_of_the_kind_of_code_is_no_part_of_it(mark: str, code: str) -> None:
    assert as_sent(f" {mark}{code}\r") == code
    assert as_sent(f"{mark}{code}".swapcase()) == code
    assert classify_scan(mark + code) is ScannedKind.VOUCHER


def test_a_bracket_of_the_code_itself_stays() -> None:
    assert as_sent("](abc12") == "](abc12"
    assert as_sent("abc]Q1") == "abc]Q1"


@given(st.text())
def test_every_text_is_something(text: str) -> None:
    assert classify_scan(text) in ScannedKind
