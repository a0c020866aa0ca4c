"""The archive as the office asks for it; the command line is in ``tests/commands``."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from desktop.domain.prints import ReprintReason
from desktop.domain.problems import DeskError
from desktop.ledger.journal import VisitId
from desktop.ledger.papers import Search
from desktop.services.archive import content, export, kept, month_of
from tests.rig.desk_printer import DeskPrinter, OnePrinter, jammed
from tests.services.counter import Counter, bill_of


@pytest.fixture
def visit(counter: Counter, person: Mapping[str, Any]) -> VisitId:
    """One slip that came out, and a reprint that did not, within a second."""
    visit = VisitId(counter.settle(bill_of(person)).visit)
    for printer, reason in (
        (DeskPrinter(), None),
        (DeskPrinter(then=(jammed,)), ReprintReason.LOST),
    ):
        papers = counter.opened.papers(OnePrinter(printer))
        ordered = papers.order(visit, reason)
        papers.ended(ordered, papers.send(ordered))
    return visit


def test_each_paper_says_what_became_of_it(counter: Counter, visit: VisitId) -> None:
    first, second = kept(counter.opened.journal, counter.desk, Search(visit=visit))
    assert (first.standing, first.copies_out, first.printer) == ("out", 2, "HP")
    assert (second.standing, second.copies_out, second.reason) == ("waiting", 0, "lost")
    assert second.file.endswith("-1.pdf")


def test_an_export_has_every_paper_and_an_index(
    counter: Counter, visit: VisitId, person: Mapping[str, Any]
) -> None:
    journal = counter.opened.journal
    found = kept(journal, counter.desk, Search())
    files = dict(export(journal, (*found, found[0])))
    assert len(files) == 4
    told = files["index.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(told)))
    assert [files[row["文件"]] for row in rows] == [
        content(journal, each.facts.job) for each in (*found, found[0])
    ]
    assert person["name"] not in told


def test_a_paper_of_a_visit_that_the_journal_lost(counter: Counter, visit: VisitId) -> None:
    """As after a recovery: the paper is there all the same."""

    class Nothing:
        def record(self, _visit: VisitId) -> Any:
            return counter.desk.record(VisitId("nobody"))

    first, _second = kept(counter.opened.journal, Nothing(), Search())
    assert (first.standing, first.facts.visit) == ("", visit)


def test_what_is_not_there_is_told(counter: Counter) -> None:
    with pytest.raises(DeskError):
        content(counter.opened.journal, "nothing")


def test_a_month_has_its_days() -> None:
    assert month_of("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    with pytest.raises(ValueError):
        month_of("2023-13")
