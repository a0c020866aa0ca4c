"""Names of things, each a type of its own so that none is taken for another (house rule 4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NewType

PsnNo = NewType("PsnNo", str)
"""人员编号 ``psn_no``: the platform's number of an insured person."""

MdtrtId = NewType("MdtrtId", str)
"""就诊ID ``mdtrt_id``: the platform's number of a visit."""

SetlId = NewType("SetlId", str)
"""结算ID ``setl_id``: the platform's number of a settlement."""

Msgid = NewType("Msgid", str)
"""报文ID ``msgid``: ours; the only name of a settlement before :data:`SetlId` exists."""

BatchNo = NewType("BatchNo", str)
"""收费批次号 ``chrg_bchno``: ours; one bill's lines."""

_AREA = re.compile(r"\d{6}", re.ASCII)


class BadIdentifier(ValueError):
    """A text that should be an identifier is none; ``kind`` names which."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(f"not a valid {kind} ({len(text)} characters)")
        self.kind = kind


@dataclass(frozen=True, slots=True, order=True)
class AreaCode:
    """医保区划 ``admdvs``: six digits; the first two name the province."""

    code: str

    def __post_init__(self) -> None:
        if not _AREA.fullmatch(self.code):
            raise BadIdentifier("area code", self.code)

    @property
    def province(self) -> str:
        return self.code[:2]

    def same_province(self, other: AreaCode) -> bool:
        """True means care inside the province: not for this window (visit.md B07)."""
        return self.province == other.province

    def covers(self, place: AreaCode) -> bool:
        """A filing for a province (``430000``) or a city (``430100``) covers places in it (S0-27)."""
        named = 2 if self.code.endswith("0000") else 4 if self.code.endswith("00") else 6
        return place.code[:named] == self.code[:named]

    def __str__(self) -> str:
        return self.code


ID_LENGTH = 18
"""Characters of a 公民身份号码 (GB 11643)."""

_ID_NUMBER = re.compile(r"\d{17}[\dX]", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def id_check_digit(first_17: str) -> str:
    """The 18th character of a 公民身份号码 (GB 11643)."""
    weighted = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return _CHECK[weighted % 11]


@dataclass(frozen=True, slots=True)
class IdNumber:
    """公民身份号码, 18 characters with a right check digit and a real birth date."""

    number: str

    @classmethod
    def parse(cls, text: str) -> IdNumber:
        """Read a typed or scanned number; full-width and lower-case forms are folded.

        Raises :class:`BadIdentifier` (which never repeats the number).
        """
        number = "".join(text.split()).translate(_FULL_WIDTH).upper()
        if not _ID_NUMBER.fullmatch(number) or id_check_digit(number[:17]) != number[17]:
            raise BadIdentifier("ID number", text)
        if _birth(number) is None:
            raise BadIdentifier("ID number", text)
        return cls(number)

    @property
    def birth(self) -> date:
        birth = _birth(self.number)
        if birth is None:
            raise BadIdentifier("ID number", self.number)
        return birth

    @property
    def masked(self) -> str:
        """First six and last four characters (forms.md, common)."""
        return masked_number(self.number)

    def __repr__(self) -> str:
        return f"IdNumber({self.masked})"


_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF38: "X", 0xFF58: "X"}


def _birth(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def masked_number(number: str) -> str:
    """First six, stars, last four; a number of ten or fewer shows only its last two."""
    if len(number) <= 10:
        return "*" * max(0, len(number) - 2) + number[-2:]
    return number[:6] + "*" * (len(number) - 10) + number[-4:]
