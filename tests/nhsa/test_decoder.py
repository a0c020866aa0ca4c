"""The tolerant decoder: every freedom it allows, and every guess it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.money import Money
from desktop.domain.quantities import Quantity, Rate, UnitPrice
from desktop.nhsa.decoder import Fault, Unreadable, parse, parse_text, read, whole_number
from desktop.nhsa.messages.wire import JsonText, Node, NumberText


class Row(Node, frozen=True, kw_only=True):
    code: str
    amount: Money | None = None


class Packed(Node, frozen=True, kw_only=True):
    content: bytes


class Sample(Node, frozen=True, kw_only=True):
    text: str
    amount: Money | None = None
    price: UnitPrice | None = None
    count: Quantity | None = None
    rate: Rate | None = None
    order: int | None = None
    age: NumberText | None = None
    extra: JsonText | None = None
    row: Row | None = None
    rows: tuple[Row, ...] = ()


def sample(body: str) -> Sample:
    return read(Sample, parse(body.encode()))


def test_bytes_travel_as_numbers_whose_upper_half_may_be_negative() -> None:
    assert read(Packed, parse(b'{"content":[0,127,-128,-1,255]}')).content == bytes(
        (0, 127, 128, 255, 255)
    )


@pytest.mark.parametrize(
    ("wire", "fault"),
    [
        ('"abc"', Fault.WRONG_SHAPE),
        ("{}", Fault.WRONG_SHAPE),
        ('[1,"x"]', Fault.NOT_A_NUMBER),
        ("[1.5]", Fault.NOT_A_NUMBER),
    ],
)
def test_what_is_no_array_of_bytes_is_unreadable(wire: str, fault: Fault) -> None:
    with pytest.raises(Unreadable) as caught:
        read(Packed, parse(f'{{"content":{wire}}}'.encode()))
    assert (caught.value.fault, caught.value.where) == (fault, "content")


def fault_of(body: bytes) -> tuple[Fault, str]:
    with pytest.raises(Unreadable) as caught:
        read(Sample, parse(body))
    return caught.value.fault, caught.value.where


@pytest.mark.parametrize(
    ("wire", "fen"),
    [
        ("12.5", 1250),
        ('"12.50"', 1250),
        ("-0.01", -1),
        ('"-3"', -300),
        ("0", 0),
        ("0E-8", 0),
        ("1.0E7", 1_000_000_000),
        ("12.5000000000", 1250),
        ("99999999999999.99", 9_999_999_999_999_999),
    ],
)
def test_an_amount_is_read_exactly_from_number_or_text(wire: str, fen: int) -> None:
    assert sample(f'{{"text":"a","amount":{wire}}}').amount == Money(fen)


@pytest.mark.parametrize(
    "wire", ["12.345", "0.1000000001", "1e-3", '"12,50"', '"a"', "1E400", "12.5000000000000001"]
)
def test_a_fraction_of_a_fen_or_no_number_is_unreadable(wire: str) -> None:
    assert fault_of(f'{{"text":"a","amount":{wire}}}'.encode()) == (Fault.NOT_A_NUMBER, "amount")


@given(st.integers(2**53, 10**16 - 1), st.sampled_from((1, -1)))
def test_no_amount_ever_passes_a_float(size: int, sign: int) -> None:
    """Beyond 2**53 fen a float cannot tell neighbours apart."""
    fen = size * sign
    yuan = Money(fen).yuan()
    assert sample(f'{{"text":"a","amount":{yuan}}}').amount == Money(fen)


def test_prices_quantities_and_ratios_keep_their_digits() -> None:
    found = sample('{"text":"a","price":12.345678,"count":"0.3333","rate":0.1}')
    assert found.price == UnitPrice.parse("12.345678")
    assert found.count == Quantity.parse("0.3333")
    assert found.rate == Rate.parse("0.1000")


def test_a_price_beyond_its_scale_is_unreadable() -> None:
    assert fault_of(b'{"text":"a","price":1.2345678}') == (Fault.NOT_A_NUMBER, "price")


@pytest.mark.parametrize("untold", ["null", '""', '"null"'])
def test_null_and_its_two_disguises_are_not_told(untold: str) -> None:
    found = sample(f'{{"text":"a","amount":{untold},"row":{untold},"rows":{untold}}}')
    assert (found.amount, found.row, found.rows) == (None, None, ())
    assert fault_of(f'{{"text":{untold}}}'.encode()) == (Fault.MISSING, "text")


def test_text_may_come_as_a_number_with_all_its_digits() -> None:
    found = sample('{"text":43010000001230000456789012345678901,"age":53.0}')
    assert found.text == "43010000001230000456789012345678901"
    assert found.age == "53.0"


def test_unknown_fields_are_ignored_and_unknown_codes_kept() -> None:
    assert sample('{"text":"99999707","new":{"a":[1]}}') == Sample(text="99999707")


def test_one_object_may_stand_for_a_list_and_a_list_of_one_for_an_object() -> None:
    found = sample('{"text":"a","row":[{"code":1}],"rows":{"code":"2","amount":3}}')
    assert found.row == Row(code="1")
    assert found.rows == (Row(code="2", amount=Money(300)),)


def test_empty_places_in_a_list_are_no_rows() -> None:
    assert sample('{"text":"a","rows":[null,{"code":"1"},""]}').rows == (Row(code="1"),)


def test_extension_text_may_come_as_an_object() -> None:
    assert sample('{"text":"a","extra":"{\\"A\\":1}"}').extra == '{"A":1}'
    assert sample('{"text":"a","extra":{"A":"南"}}').extra == '{"A": "南"}'


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (b'{"text":["a"]}', "text"),
        (b'{"text":true}', "text"),
        (b'{"text":"a","row":[]}', "row"),
        (b'{"text":"a","row":[{"code":1},{"code":2}]}', "row"),
        (b'{"text":"a","row":"x"}', "row"),
        (b'{"text":"a","rows":["x"]}', "rows"),
        (b'{"text":"a","rows":[{"code":"1","amount":{}}]}', "rows.amount"),
        (b'{"text":"a","amount":false}', "amount"),
        (b"[]", ""),
        (b'"text"', ""),
    ],
)
def test_a_wrong_shape_is_named_by_its_place(body: bytes, where: str) -> None:
    assert fault_of(body) == (Fault.WRONG_SHAPE, where)


def test_a_missing_field_is_named_with_the_nodes_around_it() -> None:
    assert fault_of(b'{"text":"a","row":{"amount":1}}') == (Fault.MISSING, "row.code")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"text":"a"',
        b'{"text":"a"} trailing',
        b'{"text":NaN}',
        b'{"text":"a","amount":-Infinity}',
        b'{"text":"a","text":"b"}',
        b'{"text":"\\ud842"}',
        b'{"text":"a","rows":' + b"[" * 100_000,
        b"<html>502</html>",
    ],
)
def test_what_is_no_json_or_contradicts_itself_is_unreadable(body: bytes) -> None:
    assert fault_of(body)[0] is Fault.NOT_JSON


def test_a_rare_character_may_be_escaped_as_a_pair() -> None:
    assert sample('{"text":"\\ud842\\udfb7"}').text == "𠮷"


def test_utf8_only_with_or_without_a_byte_order_mark() -> None:
    assert read(Sample, parse('\ufeff{"text":"南"}'.encode())).text == "南"
    assert fault_of('{"text":"南"}'.encode("gbk")) == (Fault.NOT_UTF8, "")


def test_json_inside_json_is_read_by_the_same_rules() -> None:
    assert parse_text('{"a":1.10,"b":null}') == {"a": "1.10"}


@pytest.mark.parametrize(("raw", "number"), [("0", 0), ("-1", -1), ("+7", 7), ("500159", 500159)])
def test_a_whole_number_is_read(raw: str, number: int) -> None:
    assert whole_number(raw) == number
    assert sample(f'{{"text":"a","order":"{raw}"}}').order == number


@pytest.mark.parametrize("raw", ["0.0", "", " 1", "１", "1234567890", "1e3", None, True, ["1"]])
def test_anything_else_is_no_whole_number(raw: object) -> None:
    with pytest.raises(Unreadable):
        whole_number(raw)


def test_a_fault_never_repeats_what_it_met() -> None:
    """It may be a name or an ID number, and faults are logged."""
    with pytest.raises(Unreadable) as caught:
        sample('{"text":"a","amount":"张三"}')
    assert "张三" not in f"{caught.value!s}{caught.value!r}"
