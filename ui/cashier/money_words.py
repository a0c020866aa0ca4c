"""What the window says of money that was reckoned or paid, and of its paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import astuple

from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.split import AMOUNT_WORDS
from desktop.services.explain import Sentences, Voice, explain, quota_was_used_up
from ui.cashier import paper_wording
from ui.cashier.estimate_words import first_level
from ui.cashier.problem_words import problem_message, problem_sentence
from ui.cashier.state import Cash, Page, ViewState
from ui.cashier.translate import tr
from ui.widgets.figures import figure_text
from ui.widgets.shown import Fact, Sum

if TYPE_CHECKING:
    from desktop.domain.notes import OthersAgreed
    from desktop.domain.split import OtherAmount
    from ui.cashier.slip_desk import Drawn


def explanation(state: ViewState) -> str:
    """The split in three sentences, in the language of the window; the slip has them in Chinese."""
    shown = state.settlement or state.offer
    if shown is None:
        return ""
    said = Sentences(*map(tr, astuple(Sentences())))
    standard = state.beside.standard if state.beside else None
    told = explain(shown.split, state.first_pay, Voice(said, figure_text, tr), standard)
    hint = first_level(state) if state.page is Page.OFFER else ""
    return "\n".join((*told, *filter(None, (hint,))))


def payment_facts(state: ViewState) -> tuple[Fact, ...]:
    """After 2207: what was given and goes back, the settlement's number, the slip."""
    settlement, cash = state.settlement, state.cash
    if settlement is None or cash is None:
        return ()
    number = Fact(tr("结算单号"), settlement.setl_id or "", wide=True)
    if state.page is not Page.DONE:
        return (*_deposit(cash), number)
    return (*_paid(cash), number, *paper_wording.facts(state.paper))


def asked(state: ViewState) -> Sum:
    """The large figure: what is still owed, or goes back, of what a deposit does not cover."""
    cash = state.cash
    assert cash is not None
    if cash.held is None or state.page is Page.DONE:
        return Sum(tr("个人现金"), cash.due, strong=True)
    if cash.left.fen < 0:
        return Sum(tr("应退患者"), -cash.left, strong=True)
    return Sum(tr("还应收"), cash.left, strong=True)


def other_amounts_note(state: ViewState) -> str:
    """Both sums, and what is to be done before the cash is taken (visit.md rule 2)."""
    if state.page is not Page.SETTLED or not state.other_amounts:
        return ""
    kind = ProblemCode.AMOUNTS_CHANGED
    cash = [one for one in state.other_amounts if one.words == AMOUNT_WORDS["cash"]]
    told = [_both(one) for one in cash or state.other_amounts]
    return "\n".join((tr(kind.message), *told, yes_to_others(state.others_agreed)))


def yes_to_others(yes: OthersAgreed | None) -> str:
    """What is to be asked; or, once the patient agreed, who wrote that down and when."""
    if yes is None:
        return tr("请把两次金额都告诉患者：同意按 F5，不同意按 F12 撤销结算")
    return tr("患者已同意新金额：{0} 于 {1} 登记").format(yes.by, f"{yes.at:%m-%d %H:%M}")


def _both(one: OtherAmount) -> str:
    return tr("{0}：患者同意的是 {1} 元，实际结算 {2} 元").format(
        tr(one.words), figure_text(one.agreed), figure_text(one.booked)
    )


def other_amounts(state: ViewState) -> tuple[Sum, ...]:
    """Every amount that is not what the patient agreed to: the old one in words, the new one beside."""
    return tuple(
        Sum(
            tr("{0}（患者同意的是 {1}）").format(tr(one.words), figure_text(one.agreed)),
            one.booked,
            strong=one.words == AMOUNT_WORDS["cash"],
        )
        for one in state.other_amounts
    )


def slip_words(slip: Drawn) -> str:
    """What the picture of the slip is, or why there is none."""
    if slip is None:
        return tr("正在显示结算单")
    if not slip:
        return tr("结算单显示不出来，文件是好的")
    return tr("结算单，共 {0} 页").format(len(slip))


def notes(state: ViewState) -> str:
    """What went wrong beside the money; nothing of it undoes the settlement."""
    told = state.notes
    if state.other_amounts:
        told = tuple(each for each in told if each.kind is not ProblemCode.AMOUNTS_CHANGED)
    return "\n".join(problem_sentence(problem) for problem in told)


def benefit_notes(state: ViewState) -> str:
    """What the patient must hear before they agree: only the account pays, the year is used up, a
    temporary stay pays more, the filing will be locked. Once it is booked nothing is to be chosen.
    """
    booked = state.settlement is not None
    said_of = problem_message if booked else problem_sentence
    shown = state.settlement or (state.offer if state.page is Page.OFFER else None)
    told = state.benefit_notes
    said = any(problem.kind is ProblemCode.QUOTA_USED for problem in told)
    if shown is not None and not said and quota_was_used_up(shown.split):
        told = (*told, Problem(ProblemCode.QUOTA_USED))
    heard = (tr(notice.said).format(*notice.values) for notice in state.notices)
    counted = bool(state.held) and not booked
    held = (tr("已收押金 {0} 元，结算后多退少补").format(state.held),) if counted else ()
    return "\n".join((*(said_of(problem) for problem in told), *heard, *held))


def _deposit(cash: Cash) -> tuple[Fact, ...]:
    """What is owed in all, and what the patient paid of it while the bill waited."""
    if cash.held is None:
        return ()
    whole = Fact(tr("个人现金"), figure_text(cash.due), strong=True)
    return (whole, Fact(tr("已收押金"), figure_text(cash.held), strong=True))


def _paid(cash: Cash) -> tuple[Fact, ...]:
    """How the patient's part was paid, once it is: before, now, and what went back."""
    held = Fact(tr("已收押金"), figure_text(cash.held)) if cash.held is not None else None
    given = Fact(tr("实收"), figure_text(cash.given)) if cash.given is not None else None
    change = Fact(tr("找零"), figure_text(cash.change), strong=True)
    return tuple(
        fact for fact in (held, given, change if cash.change is not None else None) if fact
    )
