"""``kuasheng card --id-card``: reads one resident ID card (contracts: ``kuasheng card``)."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from desktop.commands.result import Exit, Result, problems_as_json
from desktop.domain.credential import CertKind
from desktop.domain.identifiers import masked_number
from desktop.domain.names import masked_name
from desktop.domain.nations import nation_name
from desktop.domain.problems import DeskError, Problem, ProblemCode, desk_error
from desktop.profile import find_profile
from desktop.settings import load

if TYPE_CHECKING:
    from card_reader import IdCard
    from card_reader.serial_port import PortAddress

_KINDS = {
    CertKind.RESIDENT_ID: ("id-card", "居民身份证"),
    CertKind.FOREIGNER: ("foreigner-id-card", "外国人永久居留身份证"),
    CertKind.HMT_RESIDENT: ("hmt-id-card", "港澳台居民居住证"),
}
_TEXTS = ("version", "card_sn", "card_no", "area", "name", "id_number", "sex", "nation")
_DAYS = ("issued", "expires", "birth")


def run(arguments: argparse.Namespace) -> Result:
    """Exit 0 read (an expired card too, named in ``problems``), 1 nothing to read."""
    from card_reader.counter_devices import read_id_card

    try:
        address = _reader(arguments)
        card = read_id_card(address, arguments.wait)
    except DeskError as error:
        return _unread(error.problems)
    return report(card, address.name, today(), full=arguments.full)


def today() -> date:
    """The PC's day, +08:00."""
    from desktop.app import now

    return now().date()


def report(card: IdCard, port: str, on: date, *, full: bool) -> Result:
    """The card as the contract prints it; personal data masked unless ``full``."""
    kind, words = _KINDS[card.kind]
    problems = _problems(card, on)
    body = {
        **_head(port, kind),
        **(_plain(card) if full else _masked(card)),
        "problems": problems_as_json(problems),
    }
    name = card.name if full else masked_name(card.name)
    return Result(Exit.DONE, body, (f"{port}：{words}，{name}",), problems)


def _reader(arguments: argparse.Namespace) -> PortAddress:
    """The port of the settings; ``--reader`` names another."""
    from card_reader.serial_port import PortAddress

    told = load(find_profile(arguments.profile).settings_file).id_reader
    port = arguments.reader or told.port
    if not port:
        raise desk_error(ProblemCode.ID_READER_LOST, "设置里没有 id_reader.port")
    return PortAddress(port, told.speed)


def _problems(card: IdCard, on: date) -> tuple[Problem, ...]:
    if card.expires is None or card.expires >= on:
        return ()
    return (Problem(ProblemCode.ID_CARD_EXPIRED, card.expires.isoformat()),)


def _unread(problems: tuple[Problem, ...]) -> Result:
    nothing = dict.fromkeys(_TEXTS, "") | dict.fromkeys(_DAYS)
    body: dict[str, object] = {**_head("", None), **nothing, "long_term": False}
    return Result(Exit.FAILED, {**body, "problems": problems_as_json(problems)}, (), problems)


def _head(port: str, kind: str | None) -> dict[str, object]:
    return {"reader": port, "atr": "", "kind": kind, "partial": False}


def _plain(card: IdCard) -> dict[str, object]:
    return {
        **dict.fromkeys(_TEXTS, ""),
        "issued": card.begins and card.begins.isoformat(),
        "expires": card.expires and card.expires.isoformat(),
        "long_term": card.expires is None,
        "name": card.name,
        "id_number": card.number,
        "sex": card.sex,
        "birth": card.birth.isoformat(),
        "nation": nation_name(card.nation) or card.nationality,
    }


def _masked(card: IdCard) -> dict[str, object]:
    return _plain(card) | {
        "name": masked_name(card.name),
        "id_number": masked_number(card.number),
        "birth": f"{card.birth.year}-**-**",
    }
