"""``kuasheng card``: reads one card and says what is on it (contracts)."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from desktop.commands import id_card
from desktop.commands.result import Exit, Result, problems_as_json
from desktop.commands.verbs import Verbs
from desktop.domain.identifiers import masked_number
from desktop.domain.names import masked_name
from desktop.domain.problems import DeskError, Problem, ProblemCode

if TYPE_CHECKING:
    from card_reader import CardReading, SocialSecurityCard


def add(verbs: Verbs, common: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser("card", parents=[common], help="read one card")
    parser.add_argument("--reader", metavar="NAME", help="the reader's name or a part of it")
    parser.add_argument("--id-card", action="store_true", help="a resident ID card, on [id_reader]")
    parser.add_argument("--wait", type=_seconds, default=0.0, metavar="S", help="wait for a card")
    parser.add_argument("--full", action="store_true", help="name, ID number and birth unmasked")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> Result:
    """Exit 0 read (also partial), 10 not a social security card, 1 nothing to read."""
    from msgspec.structs import replace

    from desktop.profile import find_profile
    from desktop.settings import load
    from desktop.vendor import read_one_card

    if arguments.id_card:
        return id_card.run(arguments)
    try:
        card = load(find_profile(arguments.profile).settings_file).card
        free = replace(card, pin="never")  # what this command tells, a card tells without its PIN
        reading = read_one_card(free, arguments.reader, arguments.wait)
    except DeskError as error:
        return _unread(error.problems)
    return report(reading, full=arguments.full)


def _unread(problems: tuple[Problem, ...]) -> Result:
    head = {"reader": "", "atr": "", "kind": None}
    body = {**head, **_no_card(), "problems": problems_as_json(problems)}
    return Result(Exit.FAILED, body, (), problems)


def report(reading: CardReading, *, full: bool) -> Result:
    """The reading as the contract prints it; personal data masked unless ``full``."""
    head = {"reader": reading.reader, "atr": reading.atr.hex().upper(), "kind": str(reading.kind)}
    if reading.card is None:
        problem = _wrong_card(str(reading.kind))
        body = {**head, **_no_card(), "problems": problems_as_json((problem,))}
        return Result(Exit.REFUSED, body, (), (problem,))
    problems = problems_of(reading.card)
    body = {
        **head,
        **(_plain(reading.card) if full else _masked(reading.card)),
        "problems": problems_as_json(problems),
    }
    words = (
        f"{reading.reader}：社会保障卡 {reading.card.version}，{_shown_name(reading.card, full)}",
    )
    return Result(Exit.DONE, body, words, problems)


def problems_of(card: SocialSecurityCard) -> tuple[Problem, ...]:
    """What the person at the desk should know about this card."""
    partial = (Problem(ProblemCode.CARD_PARTIAL),) if card.partial else ()
    return (*card.problems, *partial)


def _wrong_card(kind: str) -> Problem:
    bank = kind == "bank"
    return Problem(ProblemCode.BANK_CARD if bank else ProblemCode.NOT_SOCIAL_SECURITY_CARD)


def _plain(card: SocialSecurityCard) -> dict[str, object]:
    return {
        "version": card.version,
        "card_sn": card.card_sn,
        "card_no": card.card_no,
        "issued": _iso(card.issued),
        "expires": _iso(card.expires),
        "area": card.area,
        "name": card.name,
        "id_number": card.id_number,
        "sex": card.sex,
        "birth": _iso(card.birth),
        "partial": card.partial,
    }


def _masked(card: SocialSecurityCard) -> dict[str, object]:
    birth = f"{card.birth.year}-**-**" if card.birth else None
    return _plain(card) | {
        "name": masked_name(card.name),
        "id_number": masked_number(card.id_number),
        "birth": birth,
    }


def _no_card() -> dict[str, object]:
    texts = ("version", "card_sn", "card_no", "area", "name", "id_number", "sex")
    nothing = dict.fromkeys(texts, "") | dict.fromkeys(("issued", "expires", "birth"))
    return {**nothing, "partial": False}


def _shown_name(card: SocialSecurityCard, full: bool) -> str:
    return (card.name if full else masked_name(card.name)) or "姓名未读到"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= 3600:
        raise argparse.ArgumentTypeError("seconds from 0 to 3600")
    return seconds
