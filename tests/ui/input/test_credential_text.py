"""What a text is, and the right words when it is none of ours (visit.md B01, S0-29)."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.identifiers import id_check_digit
from desktop.domain.problems import ProblemCode
from desktop.domain.scanned import ScannedKind
from ui.input.credential_text import (
    ForeignCode,
    IdFault,
    IdText,
    NoText,
    VoucherCode,
    WrongIdNumber,
    read_scanned,
    read_typed,
)

pytestmark = pytest.mark.windows

BODY = "99000019900101001"
NUMBER = BODY + id_check_digit(BODY)
OTHER_DIGIT = "0" if NUMBER[-1] != "0" else "1"
VOUCHER = "4241234567890123456789430000"
NO_SUCH_DAY = "99000019900231001" + id_check_digit("99000019900231001")


@pytest.mark.parametrize(
    "text",
    [NUMBER, f" {NUMBER}\n", f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}", NUMBER.lower()],
)
def test_an_id_number(text: str) -> None:
    read = read_typed(text)
    assert isinstance(read, IdText)
    assert read.number.number == NUMBER


def test_a_full_width_id_number() -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) for c in NUMBER)
    for read in (read_typed(wide), read_scanned(wide)):
        assert isinstance(read, IdText)
        assert read.number.number == NUMBER


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (NUMBER[:17], (IdFault.LENGTH,)),
        (NUMBER[:15], (IdFault.LENGTH,)),
        ("9", (IdFault.LENGTH,)),
        (NUMBER + "1", (IdFault.LENGTH,)),
        (BODY + OTHER_DIGIT, (IdFault.CHECK_DIGIT,)),
        (NO_SUCH_DAY, (IdFault.BIRTH_DATE,)),
        ("99000018900101001" + id_check_digit("99000018900101001"), (IdFault.BIRTH_DATE,)),
        (BODY[:6] + "19901301" + "0010", (IdFault.BIRTH_DATE, IdFault.CHECK_DIGIT)),
        ("9900001990010100O0", (IdFault.CHARACTERS,)),
        ("99000X199001010010", (IdFault.CHARACTERS,)),
    ],
)
def test_why_an_id_number_is_wrong(text: str, faults: tuple[IdFault, ...]) -> None:
    read = read_typed(text)
    assert isinstance(read, WrongIdNumber)
    assert read.faults == faults
    assert read.problem.kind is ProblemCode.ID_NUMBER_INVALID
    assert all(fault.value in read.problem.message for fault in faults)
    assert text not in read.problem.message or len(text) < 3


@given(st.integers(0, 16), st.sampled_from(string.digits))
def test_one_wrong_digit_is_always_noticed(place: int, digit: str) -> None:
    wrong = NUMBER[:place] + digit + NUMBER[place + 1 :]
    assert isinstance(read_typed(wrong), IdText) is (wrong == NUMBER)


def test_the_length_so_far_is_told() -> None:
    read = read_typed(NUMBER[:12])
    assert isinstance(read, WrongIdNumber)
    assert read.problem.message.endswith("现有12位，应为18位")


@pytest.mark.parametrize("read", [read_typed, read_scanned])
def test_a_voucher(read: object) -> None:
    assert callable(read)
    assert read(f"{VOUCHER}\r\n") == VoucherCode(VOUCHER)
    mixed = "opcAbCdEfGhIjKlMnOpQrStUvWxY"
    assert read(mixed.swapcase()) == VoucherCode(mixed)
    assert VOUCHER not in repr(read(VOUCHER))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("134567890123456789", ScannedKind.WECHAT_PAY),
        ("2812345678901234567", ScannedKind.ALIPAY),
        ("6212345678901234567", ScannedKind.UNIONPAY),
        ("https://example.invalid/health?id=1", ScannedKind.LINK),
        ("weixin://wxpay/bizpayurl?pr=1", ScannedKind.LINK),
        (VOUCHER[:-1], ScannedKind.TORN_VOUCHER),
        ("opcAbC", ScannedKind.TORN_VOUCHER),
        ("6901234567892", ScannedKind.UNKNOWN),
        ("", ScannedKind.UNKNOWN),
    ],
)
def test_a_code_from_elsewhere(text: str, kind: ScannedKind) -> None:
    """B01: 这不是医保码, and which code it looks like."""
    read = read_scanned(text)
    assert read == ForeignCode(kind)
    assert isinstance(read, ForeignCode)
    assert read.problem.kind is ProblemCode.NOT_A_VOUCHER
    assert kind.words in read.problem.message
    assert "医保码" in read.problem.next_step


def test_letters_typed_are_no_id_number() -> None:
    assert read_typed("张三") == ForeignCode(ScannedKind.UNKNOWN)
    assert read_typed("   \u3000") == NoText()
