"""What a typed or scanned text is: an e-voucher, an ID number, or something else (visit.md B01)."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.identifiers import ID_LENGTH, IdNumber, id_check_digit
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.scanned import BIRTH_YEARS, ScannedKind, as_sent, classify_scan


class VoucherCode(Discreet, Struct, frozen=True):
    """医保码, 28 characters, as the platform's ``ecQrCode`` wants it. Never logged."""

    said = ()

    code: str


class IdText(Struct, frozen=True):
    """公民身份号码 with a right check digit."""

    number: IdNumber


class IdFault(Enum):
    """Why a text is no ID number; the value is told to the person at the desk."""

    LENGTH = "应为18位"
    CHARACTERS = "只能有数字，最后一位可以是X"
    BIRTH_DATE = "出生日期不存在"
    CHECK_DIGIT = "最后一位校验码不符"


class WrongIdNumber(Struct, frozen=True):
    """Meant as an ID number; every reason why it is none, never the number itself."""

    faults: tuple[IdFault, ...]
    length: int
    """Characters typed so far, so that the window can say "17 / 18" while typing goes on."""

    @property
    def problem(self) -> Problem:
        told = "，".join(fault.value for fault in self.faults)
        length = f"现有{self.length}位，" if IdFault.LENGTH in self.faults else ""
        return Problem(ProblemCode.ID_NUMBER_INVALID, length + told)


class ForeignCode(Struct, frozen=True):
    """A code that is neither voucher nor ID number."""

    kind: ScannedKind

    @property
    def problem(self) -> Problem:
        return Problem(ProblemCode.NOT_A_VOUCHER, self.kind.words)


class NoText(Struct, frozen=True):
    """Nothing was typed yet."""


Known = VoucherCode | IdText
CredentialText = Known | WrongIdNumber | ForeignCode | NoText

_LIKE_ID = re.compile(r"\d{1,21}[Xx]?", re.ASCII)


def known(text: str) -> Known | None:
    """The voucher or ID number that ``text`` is by its shape and check digit, or None."""
    read = read_scanned(text)
    return None if isinstance(read, ForeignCode) else read


def read_scanned(text: str) -> Known | ForeignCode:
    """A text from a scanner; a code of 18 digits may well be one of payment."""
    match classify_scan(text):
        case ScannedKind.VOUCHER:
            return VoucherCode(as_sent(text))
        case ScannedKind.ID_NUMBER:
            return IdText(IdNumber.parse(as_sent(text)))
        case foreign:
            return ForeignCode(foreign)


def read_typed(text: str) -> CredentialText:
    """A text typed or pasted by a person: digits are meant as an ID number."""
    sent = "".join(as_sent(text).split())
    if not sent:
        return NoText()
    found = known(sent)
    if found is not None:
        return found
    return _wrong_id(sent) if _meant_as_id(sent) else ForeignCode(classify_scan(sent))


def _meant_as_id(sent: str) -> bool:
    return len(sent) == ID_LENGTH or _LIKE_ID.fullmatch(sent) is not None


def _wrong_id(sent: str) -> WrongIdNumber:
    number = sent.upper()
    if len(number) != ID_LENGTH:
        return WrongIdNumber((IdFault.LENGTH,), len(number))
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        return WrongIdNumber((IdFault.CHARACTERS,), len(number))
    checks = (
        (_is_date(number[6:14]), IdFault.BIRTH_DATE),
        (id_check_digit(number[:17]) == number[17], IdFault.CHECK_DIGIT),
    )
    return WrongIdNumber(tuple(fault for right, fault in checks if not right), len(number))


def _is_date(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year in BIRTH_YEARS
    except ValueError:
        return False
