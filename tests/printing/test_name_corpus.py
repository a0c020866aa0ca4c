"""Every name that a card can hold comes through: bytes → person → request → paper → text.

The test names of the design, and every character of GB 18030-2022 level 3, with those that its
first amendment adds; exact, or marked where no font of this machine has the character.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from card_reader.records import Item, holder_name
from desktop.domain.credential import Credential, CredentialKind
from desktop.domain.names import PUA_TO_STANDARD, same_name
from desktop.domain.times import CHINA
from desktop.nhsa.decoder import parse
from desktop.nhsa.envelope import ResponseHead, read_response, write_response
from desktop.nhsa.messages.person import PERSON, BaseInfo, PersonOutput
from desktop.nhsa.messages.wire import NumberText
from desktop.nhsa.questions.identify import identify, person_of
from printing.elements import A5_LANDSCAPE, Frame, Placed
from printing.fonts import Fonts
from printing.paper import Imprint, Press
from printing.typesetter import Style, Typesetter
from tests.printing.conftest import poppler

NAMES = (
    "䶮㼆彧龴",
    "𠮷𬀩𫖮",
    "王\U0002ebf0",
    "阿依古丽·买买提",
    "阿卜杜热合曼江·阿卜杜克热木伊明尼亚孜库尔班尼亚孜吐尔逊江尔",
)
COMPATIBILITY = "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29"
"""Twelve of the compatibility block that are characters of their own."""
LEVEL_3 = (
    range(0x4E00, 0x9FF0),
    range(0x3400, 0x4DB6),
    range(0x20000, 0x2A6D7),
    range(0x2A700, 0x2B735),
    range(0x2B740, 0x2B81E),
    range(0x2B820, 0x2CEA2),
    range(0x2CEB0, 0x2EBE1),
    tuple(map(ord, COMPATIBILITY)),
)
RADICALS = (range(0x2F00, 0x2FD6),)
AMENDMENT_1 = (range(0x2EBF0, 0x2EE5E), range(0x9FF0, 0xA000))
"""Extension I, and the end of the first block."""
ALL = tuple(code for block in (*LEVEL_3, *RADICALS, *AMENDMENT_1) for code in block)
ROOM = Item.NAME.size + Item.NAME_MORE.size
_OLD = {real: private for private, real in PUA_TO_STANDARD.items()}
_LINES = 40
"""On a page."""


def test_level_3_has_the_characters_that_the_standard_counts() -> None:
    assert sum(len(block) for block in LEVEL_3) == 87887


def on_card(name: str) -> bytes:
    """GB 18030-2022; the codec follows an older table in 24 places."""
    return b"".join(chr(_OLD.get(ord(sign), ord(sign))).encode("gb18030") for sign in name)


def names_of(codes: Iterable[int]) -> Iterator[str]:
    """Names as long as a card has room for: every second one splits a character over both."""
    name, size = "", 0
    for code in codes:
        more = len(on_card(chr(code)))
        if size + more > ROOM:
            yield name
            name, size = "", 0
        name, size = name + chr(code), size + more
    yield name


def read_from_card(name: str) -> Credential:
    """As the reader reads it: 姓名, and 姓名扩展 where it goes on."""
    raw = on_card(name)
    parts = raw[: Item.NAME.size].ljust(Item.NAME.size, b"\x00"), raw[Item.NAME.size :]
    held = holder_name(*parts)
    assert held.sound
    assert held.raw == raw
    kind = CredentialKind.SOCIAL_SECURITY_CARD
    return Credential(kind, "E1", "F" * 32, name=held.text, name_bytes=held.raw)


def asked(credential: Credential) -> str:
    """The name in the bytes of 1101's request."""
    return str(json.loads(identify(credential).encoded)["data"]["psn_name"])


def answered(name: str) -> str:
    """The name of the person whom the centre's answer names so."""
    info = BaseInfo(psn_no="1", certno="1", psn_name=name)
    body = write_response(
        ResponseHead(infcode=NumberText("0")), PersonOutput(baseinfo=info, insuinfo=())
    )
    return person_of(read_response(parse(body)).output_of(PERSON)).name


def came_through(name: str) -> str:
    credential = read_from_card(name)
    assert asked(credential) == name
    told = answered(asked(credential))
    assert told == name
    assert same_name(told, credential.name)
    return told


def printed(names: Sequence[str], fonts: Fonts, out: Path) -> tuple[str, str]:
    """What is read back from the paper, and what should be; both without blanks."""
    size = A5_LANDSCAPE
    setter = Typesetter(fonts, Frame(size.width, size.height))
    press = Press(size, 1, Imprint("T", "A", datetime(2023, 5, 2, tzinfo=CHINA)))
    pages = [names[at : at + _LINES] for at in range(0, len(names), _LINES)]
    for page in pages:
        press.page(
            Placed(setter.left(10, y, name, Style(6)), y)
            for name, y in zip(page, range(20, int(size.height), 10), strict=False)
        )
    out.write_bytes(press.finished())
    read = "".join(poppler("pdftotext", "-raw", str(out), "-").split())
    return read, "".join(shown(name, fonts) for name in names)


def shown(name: str, fonts: Fonts) -> str:
    """A character that no font has stands as its number in brackets."""
    missing = set(fonts.line(name).missing)
    return "".join(f"[U+{ord(sign):04X}]" if sign in missing else sign for sign in name)


def first_difference(read: str, meant: str) -> str:
    at = next((n for n, (a, b) in enumerate(zip(read, meant, strict=False)) if a != b), None)
    if at is None:
        return f"{len(read)} and {len(meant)} characters"
    return f"{at}: {[hex(ord(sign)) for sign in (read[at], meant[at])]}"


def prove(codes: Sequence[int], fonts: Fonts, out: Path) -> None:
    names = [came_through(name) for name in names_of(codes)]
    read, meant = printed(names, fonts, out)
    assert read == meant, first_difference(read, meant)


@pytest.mark.parametrize("name", NAMES)
def test_the_names_of_the_design(name: str, fonts: Fonts, tmp_path: Path) -> None:
    """The longest has no room on a card, so it comes from the centre alone."""
    told = came_through(name) if len(on_card(name)) <= ROOM else answered(name)
    read, meant = printed([told], fonts, tmp_path / "name.pdf")
    assert read == meant


def test_a_slice_of_every_block(fonts: Fonts, tmp_path: Path) -> None:
    """`make test` takes every 83rd; its long sister takes them all."""
    prove(ALL[::83], fonts, tmp_path / "slice.pdf")


@pytest.mark.slow
@pytest.mark.parametrize("part", range(8))
def test_every_character(part: int, fonts: Fonts, tmp_path: Path) -> None:
    size = -(-len(ALL) // 8)
    prove(ALL[part * size : (part + 1) * size], fonts, tmp_path / "all.pdf")
