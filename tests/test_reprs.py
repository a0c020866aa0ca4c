"""House rule 8: what ends up in a log or a report of a fault names nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from card_reader import CardKind, CardReading, SocialSecurityCard
from card_reader.apdu import Response
from card_reader.bridge.card_text import CardText
from card_reader.bridge.ec_code import VoucherAnswer
from card_reader.bridge.wire import Answer, Call
from card_reader.id_text import id_card_of
from card_reader.noticed import CodeSeen, IdCardSeen, Source
from card_reader.records import holder_name
from card_reader.sam_frames import Reply
from desktop.hospital.csv_format import _entry, _parted, _rows
from desktop.hospital.fields import Fields
from desktop.hospital.record import Number, Record
from printing.font_places import font_folders
from printing.fonts import find_fonts
from printing.forms.settlement_facts import fact_groups
from tests.printing import samples
from tests.printing.conftest import compose
from tests.rig.id_card import resident

NAME, NUMBER = "张建国", samples.ID_NUMBER


def _card() -> SocialSecurityCard:
    return SocialSecurityCard(
        version="2.00", card_sn="990000" + "A" * 26, card_no="X00000019", issued=None,
        expires=None, name=NAME, name_raw=NAME.encode("gb18030"), id_number=NUMBER, sex="1",
        birth=None, partial=False, problems=(),
    )  # fmt: skip


def _of_cards() -> Iterator[object]:
    yield _card()
    yield CardReading("reader", b"", CardKind.SOCIAL_SECURITY, _card(), 11)
    yield holder_name(NAME.encode("gb18030"))
    yield Response(NUMBER.encode(), 0x9000)
    card = id_card_of(resident(name=NAME, number=NUMBER, birth=NUMBER[6:14]))
    yield card
    yield IdCardSeen(Source.ID_READER, card)
    yield CodeSeen(Source.SCANNER, NUMBER)
    yield Reply(0x90, NUMBER.encode())


def _of_libraries() -> Iterator[object]:
    raw = NAME.encode("gb18030")
    yield CardText(_card(), b"")
    yield Call("NationEcTrans", (NUMBER.encode(), raw))
    yield Answer(1, text=NUMBER.encode(), outs=(raw,))
    yield VoucherAnswer(done=True, body=NUMBER.encode())


def _of_paper() -> Iterator[object]:
    slip = samples.simple(NAME)
    fonts = find_fonts(font_folders(Path("nowhere"), Path.home()))
    yield slip
    yield fact_groups(slip)
    yield compose(slip, fonts)


def _of_the_hospital() -> Iterator[object]:
    record = Record({"name": NAME, "id_number": Number(NUMBER), "visit": Record({"name": NAME})})
    yield record
    yield Number(NUMBER)
    yield Fields(record, [])
    head, table = _parted(_rows(f"#patient.name={NAME}\nname\n{NAME}\n"))
    yield (head, table, [_entry(row) for row in head])


def test_no_structure_of_the_rooms_shows_a_name_or_a_number() -> None:
    for shown in (*_of_cards(), *_of_libraries(), *_of_paper(), *_of_the_hospital()):
        text = repr(shown)
        assert len(text) > 5
        hidden = (NAME, NUMBER, NAME.encode("gb18030").hex(), str(NUMBER.encode()))
        assert [secret for secret in hidden if secret in text] == [], type(shown)
