"""The archive of papers, as the office asks for it: by person, visit, settlement, day or month."""

from __future__ import annotations

import csv
import io
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct

from desktop.domain.problems import ProblemCode, desk_error
from desktop.domain.record import VisitRecord
from desktop.ledger.journal import VisitId
from desktop.ledger.papers import PaperFacts, Search

COLUMNS = {
    "job": "编号",
    "form": "表单",
    "title": "名称",
    "at": "打印时间",
    "visit": "就诊记录",
    "setl_id": "结算单号",
    "reprint": "补打次数",
    "reason": "补打原因",
    "standing": "状态",
    "copies_out": "打出份数",
    "printer": "打印机",
    "file": "文件",
    "sha256": "SHA-256",
}
"""Key of the JSON → heading of the index."""


class Papers(Protocol):
    """The part of the journal that keeps papers."""

    def papers(self, search: Search) -> Sequence[PaperFacts]: ...
    def paper(self, job: str) -> bytes | None: ...


class Records(Protocol):
    """What the journal tells of a visit."""

    def record(self, visit: VisitId) -> VisitRecord: ...


class Kept(Struct, frozen=True):
    """One paper of the archive, and what became of it."""

    facts: PaperFacts
    reason: str = ""
    standing: str = ""
    copies_out: int = 0
    printer: str = ""

    @property
    def file(self) -> str:
        """Its name in an export: in the order of printing, nothing of a person."""
        number = f"-{self.facts.reprint}" if self.facts.reprint else ""
        about = self.facts.setl_id or self.facts.job
        return f"{self.facts.at:%Y%m%d-%H%M%S}-{self.facts.form}-{about}{number}.pdf"


def kept(papers: Papers, records: Records, search: Search) -> tuple[Kept, ...]:
    """The papers that were looked for, oldest first, with what the journal tells of each."""
    return tuple(
        _kept(facts, records.record(VisitId(facts.visit))) for facts in papers.papers(search)
    )


def content(papers: Papers, job: str) -> bytes:
    """One paper as it was printed; raises ``DeskError`` (no-such-item)."""
    pdf = papers.paper(job)
    if pdf is None:
        raise desk_error(ProblemCode.NO_SUCH_ITEM, job)
    return pdf


def month_of(text: str) -> tuple[date, date]:
    """First and last day of ``YYYY-MM``; raises ``ValueError``."""
    first = date.fromisoformat(f"{text}-01")
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def export(papers: Papers, found: Iterable[Kept]) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file, one at a time, the index last."""
    rows, names = [], set[str]()
    for each in found:
        row = as_row(each)
        if row["file"] in names:  # two papers of one second
            row["file"] = f"{row['job']}-{row['file']}"
        names.add(str(row["file"]))
        rows.append(row)
        yield str(row["file"]), content(papers, each.facts.job)
    yield "index.csv", index(rows)


def as_row(each: Kept) -> dict[str, str | int]:
    facts = each.facts
    return {
        "job": facts.job,
        "form": facts.form,
        "title": facts.title,
        "at": facts.at.isoformat(timespec="seconds"),
        "visit": facts.visit,
        "setl_id": facts.setl_id,
        "reprint": facts.reprint,
        "reason": each.reason,
        "standing": each.standing,
        "copies_out": each.copies_out,
        "printer": each.printer,
        "file": each.file,
        "sha256": facts.sha256,
    }


def index(rows: Iterable[dict[str, str | int]]) -> bytes:
    """Chinese headings, with the mark by which Excel knows UTF-8; holds nothing of a person."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(COLUMNS.values())
    table.writerows([row[key] for key in COLUMNS] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _kept(facts: PaperFacts, record: VisitRecord) -> Kept:
    paper = next((paper for paper in record.papers if paper.job == facts.job), None)
    if paper is None:
        return Kept(facts)
    return Kept(facts, paper.reason, paper.standing.value, paper.out, paper.printer)
