"""The journey that ``make run`` plays: card, settlement and receipt with every part real."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.names import masked_name
from tests.journey.journey import Played, play
from tests.rig.town import named, townsman


def _text(receipt: Path) -> str:
    done = subprocess.run(
        ["pdftotext", "-layout", str(receipt), "-"], capture_output=True, check=True
    )
    return done.stdout.decode()


@pytest.mark.req("S1-41")
@pytest.mark.parametrize(
    "person", [townsman(0), named("𠮷"), named("龴")], ids=lambda person: person["certno"]
)
def test_the_receipt_shows_what_the_platform_booked(
    person: Mapping[str, Any], tmp_path: Path
) -> None:
    """S0-29, S4-05: the exact name, the platform's settlement, and nothing of our own."""
    out, work = tmp_path / "out", tmp_path / "work"
    out.mkdir()
    work.mkdir()
    said: list[str] = []
    played = play(person, out, work, said.append)
    assert len(said) == 6
    assert not any(person["name"] in line or person["certno"] in line for line in said)
    _card_is_told(played, person)
    _receipt_agrees(played, person, out / "receipt.pdf")


def _card_is_told(played: Played, person: Mapping[str, Any]) -> None:
    assert (played.card.exit, played.card.body["name"]) == (0, masked_name(person["name"]))
    assert (played.settled.exit, played.settled.codes) == (0, [])


def _receipt_agrees(played: Played, person: Mapping[str, Any], receipt: Path) -> None:
    (booked,) = played.booked
    assert booked["state"] == "effective"
    assert (booked["setl_id"], booked["mdtrt_id"]) == (
        played.settled.body["setl_id"],
        played.settled.body["mdtrt_id"],
    )
    text = _text(receipt)
    assert person["name"] in text
    assert booked["setl_id"] in re.sub(r"\s", "", text)
    shown = set(re.findall(r"-?\d+\.\d{2}", text))
    for name in ("medfee_sumamt", "fund_pay_sumamt", "acct_pay", "psn_cash_pay"):
        assert booked[name] == played.settled.body["amounts"][name]
        assert booked[name] in shown or booked[name] == "0.00"
