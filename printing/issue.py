"""How a paper is issued: for which hospital, by whom, when, and the how-manieth time."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.identifiers import AreaCode
from desktop.domain.times import in_china

TRIAL = "试运行 无效"
"""On every practice and trial print (S0-06)."""


class Hospital(Struct, frozen=True):
    """The hospital at whose desk the paper is printed."""

    name: str
    code: str
    """定点医疗机构编码 ``fixmedins_code``."""
    level: str
    """In words, as the setting has it; "" when not told."""
    area: AreaCode
    """就医地."""
    area_name: str = ""


class Reprint(Discreet, Struct, frozen=True):
    """补打: the paper was printed before (visit.md B36, B37)."""

    said = ("number",)

    number: int
    """1 for the first reprint."""
    reason: str = ""

    @property
    def words(self) -> str:
        return f"补打 第{self.number}次"


class Issue(Struct, frozen=True):
    """What every form carries of its printing."""

    hospital: Hospital
    operator: str
    printed_at: datetime
    """+08:00; also the date of the PDF."""
    practice: bool
    """True prints 「试运行 无效」 across every page."""
    reprint: Reprint | None = None
    complaints: str = ""
    """Telephone for questions and complaints."""


def moment(at: datetime) -> str:
    """Date and time to the second, +08:00."""
    return f"{in_china(at):%Y-%m-%d %H:%M:%S}"
