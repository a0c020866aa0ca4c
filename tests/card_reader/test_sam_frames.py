"""Frames of the security module: published bytes, every cut, every disturbance (cards.md A7)."""

from __future__ import annotations

import contextlib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from card_reader.id_reader import text_of
from card_reader.id_text import BadIdText
from card_reader.sam_frames import PREAMBLE, BadFrame, Command, FrameReader, Reply
from tests.rig.serial_device import framed

pytestmark = pytest.mark.windows
GOOD = framed(b"\x00\x00\x90" + bytes(range(256)))


@pytest.mark.parametrize(
    ("command", "published"),
    [
        (Command.FIND, "AAAAAA96690003200122"),
        (Command.SELECT, "AAAAAA96690003200221"),
        (Command.READ, "AAAAAA96690003300132"),
    ],
)
def test_the_commands_are_the_published_frames(command: Command, published: str) -> None:
    assert command.frame.hex().upper() == published


def test_a_reply_is_told_by_its_last_status_byte() -> None:
    reply = FrameReader().feed(framed(b"\x00\x00\x9f\x00"))
    assert reply == Reply(0x9F, b"\x00")
    assert reply.good(Command.FIND)
    assert not reply.good(Command.SELECT)


def test_a_reply_with_text_and_photo_has_1295_bytes() -> None:
    lengths = (256).to_bytes(2, "big") + (1024).to_bytes(2, "big")
    whole = framed(b"\x00\x00\x90" + lengths + bytes(1280))
    assert len(whole) == 1295
    reply = FrameReader().feed(whole)
    assert reply is not None
    assert text_of(reply.data) == bytes(256)


@given(st.lists(st.integers(1, len(GOOD) - 1), max_size=9), st.binary(max_size=20))
def test_however_it_is_cut_and_whatever_stood_before_it(cuts: list[int], noise: bytes) -> None:
    noise = noise.replace(PREAMBLE, b"")
    reader, places = FrameReader(), sorted({0, *cuts, len(GOOD)})
    reader.feed(noise)
    pieces = [GOOD[a:b] for a, b in itertools.pairwise(places)]
    assert [reader.feed(piece) for piece in pieces[:-1]] == [None] * (len(pieces) - 1)
    assert reader.feed(pieces[-1]) == Reply(0x90, bytes(range(256)))


@given(st.integers(len(PREAMBLE), len(GOOD) - 1), st.integers(1, 255))
def test_a_spoilt_byte_never_passes(place: int, change: int) -> None:
    """Length, status, data, check byte: nothing of a false frame is used."""
    spoilt = bytearray(GOOD)
    spoilt[place] ^= change
    with contextlib.suppress(BadFrame):
        assert FrameReader().feed(bytes(spoilt)) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_taken(noise: bytes) -> None:
    try:
        FrameReader().feed(noise)
    except BadFrame:
        assert PREAMBLE in noise


@pytest.mark.parametrize("length", [0, 3, 4097, 65535])
def test_a_length_that_cannot_be_is_not_waited_for(length: int) -> None:
    with pytest.raises(BadFrame):
        FrameReader().feed(PREAMBLE + length.to_bytes(2, "big"))


@pytest.mark.parametrize(
    "data", [b"", b"\x00", b"\x01\x00\x04\x00", b"\x01\x00\x00\x00" + bytes(255)]
)
def test_lengths_of_text_and_photo_that_do_not_agree(data: bytes) -> None:
    with pytest.raises(BadIdText):
        text_of(data)
