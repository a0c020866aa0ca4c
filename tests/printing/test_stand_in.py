"""Who came in the patient's place stands on the slip, the number masked (F1 block 7)."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from desktop.domain.identity import Document, Relation, StandIn
from printing.forms.f1_settlement_slip import SettlementSlip
from tests.printing import samples
from tests.printing.conftest import Printed

MOTHER = StandIn("曾小满", Document.ID_CARD, "990000199005201064", Relation.PARENT)
Print = Callable[[SettlementSlip], Printed]


def test_both_persons_stand_on_the_slip(printed: Print) -> None:
    paper = printed(replace(samples.simple("琴牢"), stand_in=MOTHER))
    for told in ("琴牢", "代办人", "曾小满", "990000********1064", "代办人签字"):
        assert told in paper.text
    assert paper.text.count("父母") == 2
    assert MOTHER.number not in paper.text
    assert "参保人（或家属）签字" not in paper.text


def test_who_came_themselves_has_lines_to_write_on(printed: Print) -> None:
    paper = printed(samples.simple("琴牢"))
    assert "代办人" not in paper.text
    assert "参保人（或家属）签字" in paper.text
