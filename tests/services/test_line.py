"""The operator's line: what a sign-in says of this PC."""

from __future__ import annotations

import uuid

import pytest

from desktop.services.line import hardware_address
from tests.services.counter import Counter


@pytest.mark.parametrize(
    ("node", "told"),
    [
        (0x001A2B3C4D5E, "00-1A-2B-3C-4D-5E"),
        (0xFE0000000001, "FE-00-00-00-00-01"),
        (0x011A2B3C4D5E, "00-00-00-00-00-00"),
    ],
)
def test_the_address_of_the_network_card_and_never_an_invented_one(node: int, told: str) -> None:
    assert hardware_address(node) == told


def test_a_sign_in_tells_this_pc(counter: Counter) -> None:
    """9001 carries this PC's own address, and no other PC's."""
    counter.desk.platform.sign_in()
    (sent,) = counter.wire.of("9001")
    told = sent.input["signIn"]
    assert (told["mac"], told["ip"]) == (hardware_address(uuid.getnode()), "127.0.0.1")
