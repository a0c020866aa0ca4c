"""F4: the promise that no third party is liable for an injury, one sheet for the archive (S3-15).

Its number is stored with the visit; without it no visit with an injury is settled (visit.md B17).
"""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.identifiers import masked_number
from desktop.domain.identity import StandIn
from printing.document import Document, chosen, head_facts, shown, signing
from printing.issue import Issue, moment
from printing.layout import Layout
from printing.parts import Blanks, Choices, Fact, Part, Prose

LAYOUT = "f4_trauma_letter"
_LINES = 4
"""For the patient's own words."""


def letter_number(hospital_code: str, day: date, serial: int) -> str:
    """``F4-机构码-日期-序号``; ``serial`` counts the letters of the day from 1."""
    return f"F4-{hospital_code}-{day:%Y%m%d}-{serial:03d}"


class TraumaLetter(Discreet, Struct, frozen=True):
    """What is known when the letter is printed; the rest is written by hand."""

    said = ("issue", "number")

    issue: Issue
    number: str
    """Of :func:`letter_number`, tied to the visit."""
    name: str
    sex: str
    """In words."""
    id_number: str
    """Printed masked."""
    insured_area: str
    visit_no: str
    """门诊号."""
    visited_at: datetime
    phone: str = ""
    diagnosis: str = ""
    injured_at: str = ""
    injured_where: str = ""
    injured_how: str = ""
    """受伤原因及经过 in the patient's own words."""
    doctor: str = ""
    stand_in: StandIn | None = None


def trauma_letter(letter: TraumaLetter, layout: Layout) -> Document:
    return Document(
        form="F4",
        title=layout.title,
        layout=layout,
        issue=letter.issue,
        head=head_facts(letter.issue, Fact("编号", letter.number)),
        running=f"编号 {letter.number}    {letter.name}",
        parts=_parts(letter, layout),
    )


def _parts(letter: TraumaLetter, layout: Layout) -> tuple[Part, ...]:
    texts = layout.texts
    return chosen(
        layout,
        {
            "facts": lambda: shown(layout, *_facts(letter)),
            "injury": lambda: Blanks(texts["how"], _LINES, letter.injured_how),
            "declaration": lambda: Prose(texts["declaration"], 9.6),
            "opinion": lambda: Choices(texts["opinion"], (("相符", False), ("不符", False))),
            "signatures": lambda: signing(layout, _known(letter)),
        },
    )


def _facts(letter: TraumaLetter) -> tuple[tuple[Fact, ...], ...]:
    blank = "＿" * 8
    return (
        (
            Fact("姓名", letter.name, strong=True),
            Fact("性别", letter.sex, 2),
            Fact("身份证号", masked_number(letter.id_number), 4),
            Fact("联系电话", letter.phone or blank),
        ),
        (
            Fact("参保地", letter.insured_area),
            Fact("就诊医疗机构", letter.issue.hospital.name, 4),
            Fact("门诊号", letter.visit_no, 4),
        ),
        (Fact("就诊时间", moment(letter.visited_at)), Fact("诊断", letter.diagnosis, 8)),
        (
            Fact("受伤时间", letter.injured_at or blank, 4),
            Fact("受伤地点", letter.injured_where or blank, 8),
        ),
    )


def _known(letter: TraumaLetter) -> dict[str, str]:
    """What stands on the places to sign already."""
    stand_in = letter.stand_in
    return {
        "doctor": letter.doctor,
        "stand_in": stand_in.name if stand_in else "",
        "relation": stand_in.relation.words if stand_in else "",
        "stand_in_number": stand_in.masked if stand_in else "",
    }
