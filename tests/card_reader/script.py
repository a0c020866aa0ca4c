"""Channels for tests without a reader."""

from __future__ import annotations

from tests.rig.virtual_card import Chip

SELECT = "00a404000f7378312e73682ec9e7bbe1b1a3d5cf"
PERSON = {"name": "张三", "id_number": "990000199001010017"}


class Script:
    """A recorded dialogue: every command must come as recorded, in order, and all of them."""

    is_t1 = False

    def __init__(self, *lines: tuple[str, str]) -> None:
        self._lines = list(lines)

    def transmit(self, apdu: bytes) -> bytes:
        expected, answer = self._lines.pop(0)
        assert apdu.hex() == expected.replace(" ", "")
        return bytes.fromhex(answer)

    def all_played(self) -> bool:
        return not self._lines


class ChipChannel:
    """The virtual card's chip, without the wire."""

    def __init__(self, chip: Chip) -> None:
        self._chip = chip
        self.is_t1 = not chip.description.t0
        self.sent: list[str] = []

    def transmit(self, apdu: bytes) -> bytes:
        self.sent.append(apdu.hex())
        return self._chip.answer(apdu)


def answer(tag: str, value: str) -> str:
    """``tag len value 9000`` in hex."""
    return f"{tag}{len(value) // 2:02x}{value}9000"
