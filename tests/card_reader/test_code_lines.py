"""Bytes of a serial scanner: whole codes only, however cut, ended, prefixed (cards.md A8)."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from card_reader.code_lines import CodeLines
from card_reader.repeats import Repeats

pytestmark = pytest.mark.windows
CODE = "4241234567890123456789430000"
OTHER = "opcAbCdEfGhIjKlMnOpQrStUvWxY"


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\t", "\x03", "\x00", "\r\n\r\n"])
@pytest.mark.parametrize("begin", ["", "\x02", "\r\n"])
def test_every_end_that_an_office_configures(begin: str, end: str) -> None:
    lines = CodeLines()
    assert lines.feed(f"{begin}{CODE}{end}{OTHER}{end}".encode(), 0.0) == (CODE, OTHER)
    assert lines.feed(b"", 9.0) == ()


@given(st.lists(st.integers(1, 59), max_size=12))
def test_however_it_is_cut(cuts: list[int]) -> None:
    whole = f"{CODE}\r\n{OTHER}\r\n".encode()
    places = sorted({0, *cuts, len(whole)})
    lines = CodeLines()
    told: list[str] = []
    for at, (a, b) in enumerate(itertools.pairwise(places)):
        told += lines.feed(whole[a:b], at * 0.2)
    assert told == [CODE, OTHER]


def test_without_an_end_a_silence_ends_it() -> None:
    lines = CodeLines()
    assert lines.feed(CODE[:9].encode(), 0.0) == ()
    assert lines.feed(CODE[9:].encode(), 0.2) == ()
    assert lines.feed(b"", 0.4) == ()
    assert lines.feed(b"", 0.5) == (CODE,)
    assert lines.feed(b"", 1.0) == ()


@pytest.mark.parametrize("sent", [f"~{CODE}", f" {CODE} ", CODE])
def test_prefixes_are_no_part_of_it(sent: str) -> None:
    assert CodeLines("~").feed(f"{sent}\r".encode(), 0.0) == (CODE,)


def test_without_a_configured_prefix_nothing_is_cut_off() -> None:
    assert CodeLines().feed(f"~{CODE}\r".encode(), 0.0) == (f"~{CODE}",)


@pytest.mark.parametrize("coding", ["utf-8", "gb18030"])
def test_chinese_codes(coding: str) -> None:
    assert CodeLines().feed("健康通行码一号\r".encode(coding), 0.0) == ("健康通行码一号",)


def test_a_click_of_the_line_is_no_code() -> None:
    assert CodeLines().feed(b"\xff\x01\r1234\r", 0.0) == ()


def test_noise_without_end_is_dropped_and_the_next_code_is_read() -> None:
    """A wrong speed, a device that is no scanner: memory stays bounded."""
    lines = CodeLines()
    for at in range(40):
        assert lines.feed(b"\xf8" * 1000, at * 0.01) == ()
    assert lines.feed(f"\r{CODE}\r".encode(), 0.5) == (CODE,)
    assert lines.feed(b"x" * 5000 + b"\r", 0.6) == ()


@given(st.lists(st.binary(max_size=40), max_size=10))
def test_any_bytes_are_taken(pieces: list[bytes]) -> None:
    lines = CodeLines("~")
    for at, piece in enumerate(pieces):
        assert all(len(code) >= 6 for code in lines.feed(piece, at * 0.17))


def test_a_code_that_stays_there_counts_once() -> None:
    repeats = Repeats(1.0)
    assert [repeats.is_new(CODE, at) for at in (0.0, 0.9, 1.8)] == [True, False, False]
    assert repeats.is_new(OTHER, 1.9)
    assert not repeats.is_new(CODE, 2.7)
    assert repeats.is_new(CODE, 3.8)
