"""What the window says where a visit stands still: pure functions from the state."""

from __future__ import annotations

from desktop.domain.problems import Problem, ProblemCode
from ui.cashier.problem_words import problem_sentence
from ui.cashier.state import Halt, Stop, ViewState
from ui.cashier.translate import tr
from ui.theme.tokens import Tone
from ui.widgets.figures import figure_text
from ui.widgets.shown import Fact, ProblemShown

_HALTS = {
    Halt.REFUSED: (Tone.DANGER, "不能直接结算"),
    Halt.NEEDS_FILING: (Tone.WARNING, "需要备案"),
    Halt.NEEDS_PERSON: (Tone.WARNING, "需要人工处理"),
    Halt.LINE_DOWN: (Tone.WARNING, "线路中断"),
    Halt.UNKNOWN: (Tone.UNKNOWN, "结算结果待确认"),
    Halt.NEEDS_CHECK: (Tone.DANGER, "已结算，待核对"),
    Halt.FAILED: (Tone.WARNING, "没有做完"),
}
_OUR_DETAIL = frozenset(
    (
        ProblemCode.AMOUNTS_CHANGED,
        ProblemCode.CASH_DIFFERS,
        ProblemCode.FAILED,
        ProblemCode.IN_PROVINCE,
        ProblemCode.INSURANCE_NOT_FOUND,
        ProblemCode.OUTCOME_UNKNOWN,
        ProblemCode.PATIENT_MISMATCH,
        ProblemCode.SPLIT_DOES_NOT_ADD_UP,
    )
)
"""Problems whose detail the desk itself found; any other is somebody's sentence, and quoted."""


def halt_tone(halt: Halt) -> Tone:
    """The colour of the halt."""
    return _HALTS[halt][0]


def halt_title(halt: Halt) -> str:
    """The halt in a word."""
    return tr(_HALTS[halt][1])


def problem(state: ViewState) -> ProblemShown:
    """The problem page: what happened, what to do next, the platform's own words."""
    stop = state.stop
    assert stop is not None
    first = stop.problems[0]
    ours = first.kind in _OUR_DETAIL
    return ProblemShown(
        happened=_happened(stop),
        next_step=tr(first.next_step),
        tone=halt_tone(stop.halt),
        code=first.code,
        quoted="" if ours else first.detail,
        quoted_from=tr("原话"),
        details=tuple(problem_sentence(other) for other in stop.problems[1:]),
        facts=(*_detail(first, ours=ours), *_bill_facts(state)),
    )


def _happened(stop: Stop) -> str:
    """Nothing is said twice: some problems begin with the very word of their halt."""
    title, message = halt_title(stop.halt), tr(stop.problems[0].kind.message)
    return message if message.startswith(title) else tr("{0}：{1}").format(title, message)


def _detail(first: Problem, *, ours: bool) -> tuple[Fact, ...]:
    return (Fact(tr("详情"), first.detail, wide=True),) if ours and first.detail else ()


def _bill_facts(state: ViewState) -> tuple[Fact, ...]:
    """Which bill it is about, for the talk with the patient and the telephone."""
    if state.bill is None:
        return ()
    shown = state.settlement or state.offer
    facts = [Fact(tr("单据号"), state.bill.key.bill_no)]
    if shown is not None:
        facts.append(Fact(tr("医疗费总额"), figure_text(shown.split.total)))
        facts.append(Fact(tr("个人现金支付"), figure_text(shown.split.cash)))
    return tuple(facts)
