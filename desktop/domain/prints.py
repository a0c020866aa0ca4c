"""Papers of a visit and what became of them; nothing here moves the visit or its money.

A paper is meant before anything is sent to a printer, and ended by what came out. One that was
never ended (the program was killed, or the printer went silent in the middle) may have come out:
somebody must look, or the patient could go home with two originals (visit.md B35-B37).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class ReprintReason(StrEnum):
    """Why a paper that came out is printed again (B36, B37)."""

    SPOILED = "spoiled"
    LOST = "lost"
    ANOTHER = "another"
    ARCHIVE = "archive"

    @property
    def words(self) -> str:
        return _REASON_WORDS[self]


_REASON_WORDS = {
    ReprintReason.SPOILED: "打坏了，原件已作废",
    ReprintReason.LOST: "患者遗失",
    ReprintReason.ANOTHER: "患者要再打一份",
    ReprintReason.ARCHIVE: "医院存档用",
}
GIVEN_UP = "given-up"
"""In place of a trouble: nobody wants this paper any more."""


@dataclass(frozen=True, slots=True)
class PrintIntended:
    """About to be sent to a printer; on disk, with the paper itself, before the first byte."""

    job: str
    """The paper: its number in the archive. Meant again when not all copies came out."""
    form: str
    """Of forms.md: F1 … F10."""
    copies: int
    """That are sent now."""
    sha256: str
    """Of the paper in the archive, hex: the journal's chain vouches for it."""
    about: str = ""
    """``setl_id`` that it is of; "" of a paper without a settlement."""
    reprint: int = 0
    """补打 第n次; 0 for the original."""
    reason: str = ""
    """Why it is printed again (:class:`ReprintReason`)."""
    by: str = ""
    """Operator."""
    pages: int = 0
    """Of one copy, where each copy has pages of its own; 0: every copy is the whole paper."""


@dataclass(frozen=True, slots=True)
class PrintEnded:
    """It is known how many copies came out of those that were meant."""

    job: str
    out: int
    trouble: str = ""
    """Code of the problem that kept the rest in."""
    printer: str = ""
    """As the settings name it; "" where the archive is the only paper."""
    by: str = ""
    """Operator who looked; "" where the printer said so."""


@dataclass(frozen=True, slots=True)
class PrintDoubted:
    """It broke off in the middle of a copy: ``out`` came before it, somebody must look at this one.

    Copies go out one at a time, so those after it surely did not come.
    """

    job: str
    out: int
    trouble: str
    printer: str = ""


PrintNote = PrintIntended | PrintEnded | PrintDoubted


class PaperStanding(StrEnum):
    """How a paper stands."""

    OUT = "out"
    """Every copy came out."""
    OVER = "over"
    """Not every copy came out, and nobody wants the rest."""
    WAITING = "waiting"
    """Some copies surely did not."""
    DOUBTED = "doubted"
    """Some copies may have: nobody knows until somebody looks."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as its notes tell it."""

    job: str
    form: str
    about: str
    sha256: str
    reprint: int
    reason: str
    copies: int
    """Wanted in all."""
    pages: int = 0
    """Of one copy; 0: every copy is the whole paper."""
    out: int = 0
    """That surely came out."""
    sent: int = 0
    """Of which nobody knows yet; 0 when nothing is under way."""
    trouble: str = ""
    printer: str = ""

    @property
    def standing(self) -> PaperStanding:
        if self.sent:
            return PaperStanding.DOUBTED
        if self.trouble == GIVEN_UP:
            return PaperStanding.OVER
        return PaperStanding.OUT if self.out >= self.copies else PaperStanding.WAITING

    @property
    def missing(self) -> int:
        """Copies that surely did not come out yet."""
        return max(self.copies - self.out - self.sent, 0)

    @property
    def may_be_in_hand(self) -> bool:
        """Somebody may hold a copy: the next paper of this kind is a reprint."""
        return bool(self.out or self.sent)


def with_print(papers: tuple[Paper, ...], note: PrintNote) -> tuple[Paper, ...]:
    """The papers of a visit after one note more, in the order in which they were first meant."""
    known = next((paper for paper in papers if paper.job == note.job), None)
    if known is None:
        return (*papers, _meant(note)) if isinstance(note, PrintIntended) else papers
    changed = _changed(known, note)
    return tuple(changed if paper is known else paper for paper in papers)


def _changed(known: Paper, note: PrintNote) -> Paper:
    match note:
        case PrintIntended():
            return replace(known, sent=note.copies, trouble="")
        case PrintEnded():
            left = 0
        case _:
            left = 1
    return replace(
        known, out=known.out + note.out, sent=left, trouble=note.trouble, printer=note.printer
    )


def _meant(note: PrintIntended) -> Paper:
    return Paper(
        note.job,
        note.form,
        note.about,
        note.sha256,
        note.reprint,
        note.reason,
        copies=note.copies,
        pages=note.pages,
        sent=note.copies,
    )


_LEFT = frozenset((PaperStanding.WAITING, PaperStanding.DOUBTED))


def paper_left(papers: Iterable[Paper]) -> Paper | None:
    """The newest paper that somebody must come back to; a later one of its kind takes its place."""
    newest = {paper.form: paper for paper in papers}
    left = [paper for paper in newest.values() if paper.standing in _LEFT]
    return left[-1] if left else None


def reprint_of(papers: Iterable[Paper], form: str, about: str) -> int:
    """Which 补打 the next paper of this form and settlement is; 0: it is the original."""
    return sum(p.may_be_in_hand for p in papers if (p.form, p.about) == (form, about))
