"""``kuasheng check``: the self-test of this desk (contracts, S3-27)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from desktop.commands.result import Exit, Result
from desktop.commands.verbs import Verbs
from desktop.domain.problems import DeskError, Problem, ProblemCode, desk_error

if TYPE_CHECKING:
    from desktop.app import OpenDesk
    from desktop.services.self_check import Item
    from desktop.settings import CardSettings, Settings


def add(verbs: Verbs, common: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser("check", parents=[common], help="test this desk")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> Result:
    """Exit 0 when every item is well, else 1."""
    items = tuple(_items(arguments))
    ok = all(item.ok for item in items)
    body = {"ok": ok, "items": [_as_json(item) for item in items]}
    return Result(Exit.DONE if ok else Exit.FAILED, body, tuple(_line(item) for item in items))


def _items(arguments: argparse.Namespace) -> Iterator[Item]:
    from desktop.app import open_desk
    from desktop.services.self_check import Item, check_platform, tried
    from desktop.vendor import voucher_library_name

    settings = _settings(arguments.profile)
    yield tried("readers", lambda: _readers(settings.card))
    if settings.voucher.library and not settings.practice:
        yield tried("voucher-library", lambda: voucher_library_name(settings.voucher))
    yield tried("fonts", _fonts)
    try:
        with open_desk(arguments.profile, arguments.platform, "check") as opened:
            yield Item("profile", str(opened.profile.folder))
            yield Item("journal", str(opened.profile.journal_file.name))
            yield from _devices(opened)
            yield from _printers(opened.settings)
            yield from check_platform(opened.desk)
    except DeskError as error:
        yield from (Item(_stage(problem), "", problem) for problem in error.problems)


_STAGES = {
    ProblemCode.PROFILE_IN_USE: "profile",
    ProblemCode.PROFILE_UNUSABLE: "profile",
    ProblemCode.SETTINGS_INVALID: "settings",
    ProblemCode.KEYRING_UNUSABLE: "journal",
    ProblemCode.JOURNAL_UNREADABLE: "journal",
    ProblemCode.JOURNAL_WRITE_FAILED: "journal",
    ProblemCode.JOURNAL_DAMAGED: "journal",
    ProblemCode.GATEWAY_TOKEN_MISSING: "token",
    ProblemCode.NOT_LOOPBACK: "platform",
    ProblemCode.PRACTICE_UNAVAILABLE: "platform",
}


def _stage(problem: Problem) -> str:
    """Where opening the desk ended; the journal's key is what the keyring is asked for first."""
    return _STAGES.get(problem.kind, "desk")


def _settings(profile: str | None) -> Settings:
    """Faults in them are told when the desk is opened."""
    from desktop.profile import find_profile
    from desktop.settings import Settings, load

    try:
        return load(find_profile(profile).settings_file)
    except DeskError:
        return Settings()


def _readers(card: CardSettings) -> str:
    from desktop.vendor import reader_names

    names = reader_names(card)
    if not names:
        raise desk_error(ProblemCode.NO_READER)
    return "、".join(names)


def _devices(opened: OpenDesk) -> Iterator[Item]:
    """Scanner, camera and ID card reader, where this counter has them."""
    from card_reader.counter_devices import configured, try_device
    from desktop.services.self_check import tried

    for found in configured(opened.counter_devices):
        yield tried(found.source, partial(try_device, found))


def _printers(settings: Settings) -> Iterator[Item]:
    """Every printer of the settings, each asked how it is; nothing is printed."""
    from desktop.printers import look_at, system_spooler
    from desktop.services.self_check import Item

    for look in look_at(settings.printers, system_spooler()):
        yield Item(f"printer {look.name}", "可以打印", look.problem)


def _fonts() -> str:
    from desktop.app import fonts_for_paper

    fonts_for_paper()
    return "中文字体齐全"


def _as_json(item: Item) -> dict[str, object]:
    problem = item.problem
    return {
        "name": item.name,
        "ok": item.ok,
        "message": problem.message if problem else item.found,
        "next_step": problem.next_step if problem else "",
    }


def _line(item: Item) -> str:
    if item.problem is None:
        return f"✓ {item.name}：{item.found}"
    return f"✗ {item.name}：{item.problem.message}。{item.problem.next_step}。"
