"""The envelope's ``input`` holds 40000 characters (H): a longer one reaches no business system."""

from __future__ import annotations

import json

import pytest

from desktop.sandbox.platform import INPUT_LENGTH, NoEnvelope, read_envelope
from tests.rig.practice import Practice
from tests.sandbox.asking import Desk
from tests.sandbox.http_side import post, told


def message(length: int, filling: str = "长", infno: str = "1101") -> bytes:
    """A question whose ``input`` has that many characters."""
    desk = Desk(lambda _infno, _body: {})
    around = len(json.dumps({"data": {"a": ""}}))
    nodes = {"data": {"a": filling * (length - around)}}
    return json.dumps(desk.envelope(infno, "", nodes), ensure_ascii=False).encode()


@pytest.mark.parametrize("filling", ["长", "a"])
def test_characters_count_not_bytes(filling: str) -> None:
    assert read_envelope(message(INPUT_LENGTH, filling)).head.infno == "1101"
    with pytest.raises(NoEnvelope, match="input"):
        read_envelope(message(INPUT_LENGTH + 1, filling))


@pytest.mark.parametrize("infno", ["2204", "9101"])
def test_what_travels_whole_is_as_long_as_it_is(infno: str) -> None:
    """A batch is uploaded in one call, and 2207 settles one batch: a bill of 70 lines must go."""
    assert read_envelope(message(INPUT_LENGTH + 1, infno=infno)).head.infno == infno


def test_the_framework_says_no(running: Practice) -> None:
    """In its reduced shape: nothing was done."""
    answer = told(post(running, message(INPUT_LENGTH + 1)))
    assert (answer["type"], answer["infcode"]) == ("error", -1)
    assert "input" in answer["err_msg"]
