"""``kuasheng card --id-card`` through a real port, a real process behind it (S0-29, cards.md A7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from card_reader.id_text import id_card_of
from desktop.commands.id_card import report, today
from tests.rig.id_card import CITIZEN, foreigner, resident
from tests.rig.kuasheng import Ran, in_this_process
from tests.rig.serial_device import IdReaderDevice

KEYS = {
    "reader", "atr", "kind", "version", "card_sn", "card_no", "issued", "expires", "area", "name",
    "id_number", "sex", "birth", "partial", "problems", "nation", "long_term",
}  # fmt: skip
NUMBER = CITIZEN["number"]


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[IdReaderDevice]:
    with IdReaderDevice(tmp_path / "ttyID") as device:
        yield device


@pytest.fixture
def profile(tmp_path: Path, reader: IdReaderDevice) -> Path:
    folder = tmp_path / "profile"
    folder.mkdir()
    (folder / "settings.toml").write_text(f"[id_reader]\nport = '{reader.port}'\n", "utf-8")
    return folder


def _read(profile: Path, *more: str) -> Ran:
    return in_this_process("card", "--id-card", "--profile", str(profile), *more)


@pytest.mark.req("S0-29")
def test_an_id_card_is_read_and_what_is_personal_is_masked(
    profile: Path, reader: IdReaderDevice
) -> None:
    reader.put(resident())
    ran = _read(profile)
    assert (ran.exit, set(ran.body), ran.codes) == (0, KEYS, [])
    body = ran.body
    assert (body["kind"], body["nation"], body["sex"]) == ("id-card", "汉族", "1")
    assert (body["name"], body["id_number"]) == ("张*", "990000********1038")
    assert (body["birth"], body["expires"], body["long_term"]) == (
        "1985-**-**",
        "2038-05-01",
        False,
    )
    assert body["reader"] == reader.port
    for hidden in (CITIZEN["name"], NUMBER, CITIZEN["address"]):
        assert hidden not in ran.words + str(body)


def test_full_shows_a_foreigner_whole_and_another_port_may_be_named(
    tmp_path: Path, reader: IdReaderDevice
) -> None:
    reader.put(foreigner(expires="长期"))
    ran = _read(tmp_path / "none", "--full", "--reader", reader.port, "--wait", "1")
    assert (ran.exit, ran.body["kind"]) == (0, "foreigner-id-card")
    assert (ran.body["name"], ran.body["id_number"]) == ("DOE, JANE", "USA990085031201")
    assert (ran.body["nation"], ran.body["birth"]) == ("USA", "1985-03-12")
    assert (ran.body["expires"], ran.body["long_term"]) == (None, True)


def test_no_card_no_port_and_a_port_without_reader(
    profile: Path, tmp_path: Path, reader: IdReaderDevice
) -> None:
    ran = _read(profile)
    assert (ran.exit, ran.codes, set(ran.body)) == (1, ["no-id-card"], KEYS)
    ran = _read(tmp_path / "none")
    assert (ran.exit, ran.codes) == (1, ["id-reader-lost"])
    assert "id_reader.port" in ran.words
    reader.unplug()
    assert _read(profile).codes == ["id-reader-lost"]
    reader.plug()


@pytest.mark.parametrize(("days", "codes"), [(0, []), (1, ["id-card-expired"])])
def test_an_expired_card_is_read_and_said_to_be(days: int, codes: list[str]) -> None:
    card = id_card_of(resident(type="J", nation=""))
    assert card.expires is not None
    ran = report(card, "COM3", card.expires + timedelta(days), full=False)
    assert ran.body is not None
    assert (ran.exit, ran.body["kind"]) == (0, "hmt-id-card")
    assert [problem.code for problem in ran.problems] == codes
    assert today() < card.expires
