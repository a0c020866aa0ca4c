"""``docs/contracts.md`` names every verb, option, key and setting that other programs rely on."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import asdict

from desktop.__main__ import _parser
from desktop.commands.result import Exit
from desktop.sections import Settings
from tests.commands.desk import SHAPE, nobody_listens
from tests.rig.kuasheng import ROOT, in_this_process

TEXT = (ROOT / "docs" / "contracts.md").read_text(encoding="utf-8")
COMMON = {"--help", "--profile", "--platform", "--json"}


def section(verb: str) -> str:
    """What stands under the verb's heading."""
    found = re.search(rf"### `kuasheng {verb}`\n(.*?)(?=\n##)", TEXT, re.DOTALL)
    assert found is not None, verb
    return found.group(1)


def below(parser: argparse.ArgumentParser) -> Mapping[str, argparse.ArgumentParser]:
    """Its actions; none for a verb without them."""
    subparsers = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    return subparsers[0].choices if subparsers else {}


def options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Every long option of a verb and its actions."""
    for each in parser._actions:
        yield from (name for name in each.option_strings if name.startswith("--"))
    for action in below(parser).values():
        yield from options(action)


VERBS = below(_parser())


def test_the_document_has_these_verbs_and_no_others() -> None:
    assert set(re.findall(r"^### `kuasheng (\w+)`", TEXT, re.MULTILINE)) == set(VERBS)


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_option_and_action_of_a_verb_is_told(verb: str) -> None:
    told = section(verb)
    known = set(options(VERBS[verb])) - COMMON
    assert sorted(set(re.findall(r"--[a-z][a-z-]+", told))) == sorted(known)
    assert [name for name in below(VERBS[verb]) if f"`{name}" not in told] == []


def test_every_exit_is_told() -> None:
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", TEXT, re.MULTILINE)} == set(Exit)


def test_every_key_of_a_settlement_is_told() -> None:
    assert [key for key in SHAPE if f"`{key}`" not in section("settle")] == []


@pytest.mark.parametrize(
    "typed",
    [
        ("visits",),
        ("queue", "list"),
        ("archive", "list"),
        ("identity",),
        ("settings", "show"),
        ("journal", "verify"),
        ("account", "--area", "370800", "--born", "1960-01-01"),
    ],
    ids=" ".join,
)
def test_every_key_that_a_verb_answers_is_told(typed: tuple[str, ...], tmp_path: Path) -> None:
    ran = in_this_process(*typed, "--json", "--profile", tmp_path, "--platform", nobody_listens())
    assert ran.exit == 0
    told = section(typed[0])
    assert ran.body
    assert [key for key in keys_of(ran.body) if not re.search(rf"[`\"]{key}[`\"]", told)] == []


def keys_of(body: Mapping[str, Any]) -> Iterator[str]:
    """Its own keys, and those of the rows of a list."""
    for key, value in body.items():
        yield key
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield from value[0]


def test_every_setting_stands_there_with_what_holds_without_it() -> None:
    table = TEXT.partition("## Settings")[2]
    rows = dict(re.findall(r"^\| `([a-z_.]+)` \| ([^|]*) \|", table, re.MULTILINE))
    sections = {name: asdict(found) for name, found in asdict(Settings()).items()}
    keys = {
        f"{name}.{key}": value for name, found in sections.items() for key, value in found.items()
    }
    printers = {key for key in keys if key.startswith("printers.")}
    assert set(rows) == keys.keys() - printers | {"printers"}
    wrong = [key for key in keys.keys() - printers if not _is_told(rows[key], keys[key])]
    assert wrong == []


def _is_told(told: str, value: object) -> bool:
    """``of practice`` stands for the practice hospital's own code."""
    if isinstance(value, tuple):
        return told == ", ".join(f"`{each}`" for each in value)
    text = "true" if value is True else "false" if value is False else f"{value}"
    return told in (f"`{text}`", "of practice") or (value == "" and told == '`""`')
