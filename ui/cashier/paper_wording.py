"""What the window says of paper: where it is, what keeps it, what to do; Chinese is the source."""

from __future__ import annotations

from ui.cashier.form_desk import FormOffered
from ui.cashier.paper_state import PaperAt, PaperShown
from ui.cashier.print_desk import REASONS
from ui.cashier.problem_words import problem_message
from ui.cashier.translate import tr
from ui.theme.tokens import Tone
from ui.widgets.shown import Badge, Choice, Fact

_BADGES = {
    PaperAt.NONE: ("未打印", Tone.WARNING),
    PaperAt.PRINTING: ("正在打印", Tone.INFO),
    PaperAt.OUT: ("已送打印", Tone.POSITIVE),
    PaperAt.KEPT: ("已存档", Tone.POSITIVE),
    PaperAt.TROUBLE: ("未打印", Tone.WARNING),
    PaperAt.DOUBTED: ("请看打印机", Tone.UNKNOWN),
    PaperAt.OVER: ("不再打印", Tone.NEUTRAL),
}


def badge(paper: PaperShown | None) -> Badge:
    """How far the slip came, in a word."""
    words, tone = _BADGES[paper.at if paper else PaperAt.NONE]
    if paper is not None and paper.at is PaperAt.TROUBLE and paper.out:
        return Badge(tr("{0} 份里打出 {1} 份").format(paper.copies, paper.out), tone)
    return Badge(tr(words), tone)


def facts(paper: PaperShown | None) -> tuple[Fact, ...]:
    if paper is None:
        return ()
    told = (
        Fact(tr("打印机"), paper.printer, wide=True),
        Fact(tr("份数"), _copies(paper), wide=True),
        Fact(tr("打断"), problem_message(paper.cause) if paper.cause else "", wide=True),
        Fact(tr("补打"), tr("第 {0} 次").format(paper.reprint) if paper.reprint else ""),
        Fact(tr("结算单"), _kept(paper), wide=True),
    )
    return tuple(fact for fact in told if fact.value)


def reasons() -> tuple[Choice, ...]:
    """B37: why it is printed again."""
    return tuple(Choice(place, tr(reason.words)) for place, reason in enumerate(REASONS))


def forms(offered: tuple[FormOffered, ...]) -> tuple[Choice, ...]:
    """Other papers of the visit."""
    return tuple(Choice(place, tr(each.words)) for place, each in enumerate(offered))


def _copies(paper: PaperShown) -> str:
    match paper.at:
        case PaperAt.PRINTING:
            return tr("共 {0} 份，正在打印").format(paper.copies)
        case PaperAt.OUT:
            return tr("{0} 份").format(paper.copies)
        case PaperAt.TROUBLE | PaperAt.OVER:
            return tr("{0} 份里打出 {1} 份").format(paper.copies, paper.out)
        case PaperAt.DOUBTED:
            return tr("共 {0} 份，有 {1} 份不清楚").format(paper.copies, paper.doubted)
        case _:
            return ""


def _kept(paper: PaperShown) -> str:
    return tr("没有打印机，已存入账本") if paper.at is PaperAt.KEPT else ""
