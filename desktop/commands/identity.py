"""``kuasheng identity``: the identity checks of a period, for the yearly assessment (contracts)."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.commands.option_types import day
from desktop.commands.result import Exit, Result
from desktop.commands.verbs import Verbs
from desktop.domain.credential import CredentialKind
from desktop.domain.identifiers import masked_number
from desktop.domain.identity import CheckWay, StandIn
from desktop.domain.names import masked_name
from desktop.domain.problems import Problem, ProblemCode

if TYPE_CHECKING:
    from desktop.services.identity_book import Check

_VERDICTS = {"passed": "相符", "failed": "没有做成", "doubted": "人证不符"}
_CREDENTIALS = {
    CredentialKind.VOUCHER.value: "医保电子凭证",
    CredentialKind.ID_CARD.value: "居民身份证",
    CredentialKind.SOCIAL_SECURITY_CARD.value: "社会保障卡",
}
_COLUMNS = {
    "at": "时间",
    "operator": "操作员",
    "way": "核对方式",
    "verdict": "结果",
    "reason": "原因",
    "name": "姓名",
    "id_number": "证件号",
    "area": "参保地",
    "insurance": "险种",
    "credential": "就诊凭证",
    "stand_in_name": "代办人",
    "stand_in_number": "代办人证件号",
    "relation": "与患者关系",
    "bill_no": "单据号",
    "setl_id": "结算单号",
}
"""Key of the JSON → heading of the CSV."""
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def add(verbs: Verbs, common: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser("identity", parents=[common], help="identity checks of a period")
    for option, name, words in (
        ("--from", "first", "else the first of January"),
        ("--to", "last", "else today"),
    ):
        parser.add_argument(option, dest=name, type=day, metavar="YYYY-MM-DD", help=words)
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write the list here, masked")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> Result:
    """Exit 0; 1 when the file cannot be written. Asks the journal alone, so it needs no line."""
    from desktop.app import now, open_journal
    from desktop.profile import find_profile, held
    from desktop.services.identity_book import checks_between, counted
    from desktop.settings import load

    last: date = arguments.last or now().date()
    first: date = arguments.first or last.replace(month=1, day=1)
    with held(find_profile(arguments.profile), "identity") as profile:
        settings = load(profile.settings_file)
        with open_journal(profile, settings) as journal:
            checks = checks_between(journal, first, last)
    rows = [row_of(check) for check in checks]
    counts = counted(checks)
    problems = _written(arguments.csv, rows)
    body = {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "counts": counts,
        "items": rows,
        "file": str(arguments.csv) if arguments.csv and not problems else None,
    }
    told = "，".join(f"{_VERDICTS[name]} {count}" for name, count in counts.items())
    words = (f"{first} 至 {last} 的人证核对：{told}",)
    return Result(Exit.FAILED if problems else Exit.DONE, body, words, problems)


def row_of(check: Check) -> dict[str, str]:
    """One check, names and numbers masked (house rule 8); what is not known is ""."""
    record, person = check.record, check.person
    return {
        "at": check.at.isoformat(timespec="seconds"),
        "operator": check.by,
        "way": check.way,
        "verdict": check.verdict.value,
        "reason": check.reason,
        "name": masked_name(person.name) if person else "",
        "id_number": masked_number(person.cert_no) if person else "",
        "area": str(check.insurance.area) if check.insurance else "",
        "insurance": check.insurance.kind if check.insurance else "",
        "credential": record.credential.kind.value if record.credential else "",
        **_stand_in(record.stand_in),
        "bill_no": record.bill.key.bill_no if record.bill else "",
        "setl_id": (record.settlement.setl_id or "") if record.settlement else "",
    }


def _stand_in(stand_in: StandIn | None) -> dict[str, str]:
    if stand_in is None:
        return dict.fromkeys(("stand_in_name", "stand_in_number", "relation"), "")
    return {
        "stand_in_name": masked_name(stand_in.name),
        "stand_in_number": stand_in.masked,
        "relation": stand_in.relation.value,
    }


def as_csv(rows: Iterable[dict[str, str]]) -> bytes:
    """Chinese headings and words, with the mark by which Excel knows UTF-8; no cell is a formula."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(_COLUMNS.values())
    for row in rows:
        told = _in_words(row)
        table.writerow(_plain(told[key]) for key in _COLUMNS)
    return text.getvalue().encode("utf-8-sig")


def _in_words(row: dict[str, str]) -> dict[str, str]:
    from desktop.domain.identity import Relation

    return {
        **row,
        "way": CheckWay(row["way"]).words if row["way"] else "",
        "verdict": _VERDICTS[row["verdict"]],
        "reason": _reason(row["reason"]),
        "credential": _CREDENTIALS.get(row["credential"], ""),
        "relation": Relation(row["relation"]).words if row["relation"] else "",
    }


def _reason(told: str) -> str:
    """A problem's code in its words."""
    kind = ProblemCode.of(told)
    return kind.message if kind else told


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell


def _written(target: Path | None, rows: list[dict[str, str]]) -> tuple[Problem, ...]:
    """Whole or not at all, readable by its owner alone."""
    from desktop.domain.disk_faults import why_not_written
    from desktop.ledger.durable import create_private

    if target is None:
        return ()
    try:
        create_private(target, as_csv(rows))
    except OSError as error:
        return (Problem(ProblemCode.FAILED, why_not_written(error)),)
    return ()
