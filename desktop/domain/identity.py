"""人证核对: who looked at whom, how, and who stands in for somebody (S1-24, S4-18)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop.domain.check_way import CheckWay as CheckWay  # noqa: PLC0414 - still told here
from desktop.domain.discreet import Discreet
from desktop.domain.identifiers import BadIdentifier, IdNumber, masked_number
from desktop.domain.problems import Problem, ProblemCode


class Doubt(StrEnum):
    """What does not fit (visit.md B08)."""

    PHOTO = "photo"
    SEX_OR_AGE = "sex-or-age"
    OF_ANOTHER = "of-another"
    DOCUMENT = "document"

    @property
    def words(self) -> str:
        return _DOUBTS[self]


_DOUBTS = {
    Doubt.PHOTO: "本人与证件照片不像",
    Doubt.SEX_OR_AGE: "本人与登记的性别或年龄不符",
    Doubt.OF_ANOTHER: "拿别人的凭证来办",
    Doubt.DOCUMENT: "证件可疑",
}


@dataclass(frozen=True, slots=True, repr=False)
class ToldOtherwise(Discreet):
    """What a credential tells otherwise than the centre; empty where they agree, or one is silent."""

    name: str = ""
    sex: str = ""
    """``1`` male, ``2`` female."""
    birth: date | None = None

    @property
    def remarks(self) -> tuple[Problem, ...]:
        """What somebody must look at although it is the same person."""
        name = (ProblemCode.NAME_WRITTEN_DIFFERENTLY,) if self.name else ()
        data = (ProblemCode.SEX_OR_BIRTH_DIFFERS,) if self.sex or self.birth else ()
        return tuple(Problem(kind) for kind in (*name, *data))


class Relation(StrEnum):
    """What the one who stands in is to the patient."""

    PARENT = "parent"
    CHILD = "child"
    SPOUSE = "spouse"
    RELATIVE = "relative"
    AGENT = "agent"

    @property
    def words(self) -> str:
        return _RELATIONS[self]


_RELATIONS = {
    Relation.PARENT: "父母",
    Relation.CHILD: "子女",
    Relation.SPOUSE: "配偶",
    Relation.RELATIVE: "其他亲属",
    Relation.AGENT: "受托人",
}


class Document(StrEnum):
    """What the one who stands in showed."""

    ID_CARD = "id-card"
    SOCIAL_SECURITY_CARD = "social-security-card"
    VOUCHER = "voucher"
    OTHER = "other"

    @property
    def words(self) -> str:
        return _DOCUMENTS[self]


_DOCUMENTS = {
    Document.ID_CARD: "身份证",
    Document.SOCIAL_SECURITY_CARD: "社保卡",
    Document.VOUCHER: "医保码",
    Document.OTHER: "其他证件",
}


@dataclass(frozen=True, slots=True)
class StandIn:
    """代办人: a relative, or somebody sent, who settles for the insured person."""

    name: str = field(repr=False)
    document: Document
    number: str = field(repr=False)
    relation: Relation

    @property
    def masked(self) -> str:
        """The number as papers and lists show it."""
        return masked_number(self.number)


_OTHER_NUMBER = re.compile(r"[A-Z0-9]{5,20}", re.ASCII)
_LIKE_AN_ID_NUMBER = re.compile(r"\d{14,}[\dX]?", re.ASCII)
_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {
    0xFF21 + letter: chr(0x41 + letter) for letter in range(26)
}


def document_of(text: str) -> tuple[Document, str]:
    """What a typed number is: an ID number by its check digit, else another document.

    Raises :class:`BadIdentifier` for what is neither, and for an ID number with a slip in it.
    """
    try:
        return Document.ID_CARD, IdNumber.parse(text).number
    except BadIdentifier:
        number = "".join(text.upper().split()).translate(_FULL_WIDTH)
    if _LIKE_AN_ID_NUMBER.fullmatch(number) or not _OTHER_NUMBER.fullmatch(number):
        raise BadIdentifier("document number", text)
    return Document.OTHER, number
