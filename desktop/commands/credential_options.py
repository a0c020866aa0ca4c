"""The options with which a verb is told whose credential it works with (contracts)."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.domain.credential import Credential, CredentialKind
from desktop.domain.problems import DeskError, Problem, ProblemCode
from desktop.domain.scanned import ScannedKind, classify_scan

if TYPE_CHECKING:
    from desktop.app import OpenDesk


def add_credential(parser: argparse.ArgumentParser, *, required: bool) -> None:
    who = parser.add_mutually_exclusive_group(required=required)
    who.add_argument("--card", action="store_true", help="the card in the reader")
    who.add_argument("--qr", metavar="TEXT", help="a scanned e-voucher")
    who.add_argument("--id", metavar="NUMBER", help="an ID number")
    who.add_argument("--credential-stdin", action="store_true", help="JSON on standard input")


def on_command_line(arguments: argparse.Namespace) -> bool:
    """True when a number of a person shows up in process lists."""
    return arguments.qr is not None or arguments.id is not None


def credential_of(
    opened: OpenDesk, arguments: argparse.Namespace
) -> Callable[[], Credential] | None:
    """Reads the credential when its turn has come; None when no option was given."""
    from desktop.services.identify import from_id_number, from_qr

    if arguments.card:
        return opened.read_card
    if arguments.qr is not None:
        return lambda: from_qr(opened.desk, arguments.qr)
    if arguments.id is not None:
        return lambda: from_id_number(arguments.id)
    return _from_stdin(opened, sys.stdin.read()) if arguments.credential_stdin else None


def _from_stdin(opened: OpenDesk, text: str) -> Callable[[], Credential]:
    """``{"kind":"01"|"02"|"03","number","card_sn"}``.

    A scanned 医保码 is decoded, an ID number checked, as when they are options.
    """
    from desktop.services.identify import from_id_number, from_qr

    try:
        given = json.loads(text)
        kind = CredentialKind(given["kind"])
        number, card_sn = str(given["number"]), str(given.get("card_sn") or "")
    except (ValueError, LookupError, TypeError, AttributeError):
        raise DeskError(Problem(ProblemCode.FAILED, "标准输入不是就诊凭证 JSON")) from None
    if kind is CredentialKind.ID_CARD:
        return lambda: from_id_number(number)
    if kind is CredentialKind.VOUCHER and classify_scan(number) is ScannedKind.VOUCHER:
        return lambda: from_qr(opened.desk, number)
    return lambda: Credential(kind, number, card_sn)
