"""The options with which ``kuasheng settle`` is told who came in the patient's place (contracts)."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping

from desktop.commands.result import WrongUsage
from desktop.domain.identifiers import BadIdentifier
from desktop.domain.identity import Relation, StandIn, document_of
from desktop.domain.problems import Problem, ProblemCode

_KEYS = {"name": "姓名", "number": "证件号", "relation": "关系"}
"""Of ``stand_in`` in the JSON on standard input; each is an option too."""


def add_stand_in(parser: argparse.ArgumentParser) -> None:
    who = parser.add_argument_group("who came in the patient's place")
    who.add_argument("--stand-in-name", metavar="NAME")
    who.add_argument(
        "--stand-in-number", metavar="NUMBER", help="of an ID card, or another document"
    )
    relations = [relation.value for relation in Relation]
    who.add_argument("--stand-in-relation", choices=relations, help="what they are to the patient")


def told_on_command_line(arguments: argparse.Namespace) -> bool:
    """True when a name or number shows up in process lists."""
    return bool(arguments.stand_in_name or arguments.stand_in_number)


def stand_in_of(arguments: argparse.Namespace, typed: str) -> StandIn | None:
    """Who stands in, from the options or from ``typed``, the JSON on standard input.

    Raises ``WrongUsage`` naming every part that is missing or none.
    """
    told = {key: getattr(arguments, f"stand_in_{key}") or "" for key in _KEYS}
    if not any(told.values()):
        told = _from_json(typed)
    return _stand_in(told) if told else None


def _from_json(typed: str) -> dict[str, str]:
    """``{"stand_in": {"name","number","relation"}}`` beside the credential; else nothing."""
    try:
        given = json.loads(typed).get("stand_in")
    except (ValueError, AttributeError):
        return {}
    if given is None:
        return {}
    part = given if isinstance(given, Mapping) else {}
    return {key: str(part.get(key) or "") for key in _KEYS}


def _stand_in(told: Mapping[str, str]) -> StandIn:
    missing = [words for key, words in _KEYS.items() if not told[key].strip()]
    if missing:
        raise _invalid("、".join(missing))
    try:
        document, number = document_of(told["number"])
    except BadIdentifier:
        raise _invalid(_KEYS["number"]) from None
    try:
        relation = Relation(told["relation"])
    except ValueError:
        raise _invalid(_KEYS["relation"]) from None
    return StandIn(told["name"].strip(), document, number, relation)


def _invalid(part: str) -> WrongUsage:
    return WrongUsage(Problem(ProblemCode.STAND_IN_INVALID, part))
