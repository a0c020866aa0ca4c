"""What the window says where a visit stands still: pure functions from the state."""

from __future__ import annotations

from desktop.domain.notes import Open
from desktop.domain.problems import Problem, ProblemCode
from ui.cashier.key_wording import key_of
from ui.cashier.problem_words import detail_words, problem_sentence
from ui.cashier.queue_wording import found_words
from ui.cashier.state import Halt, Intent, Stop, ViewState
from ui.cashier.translate import tr
from ui.cashier.waiting import Lookup, Ruling
from ui.theme.tokens import Tone
from ui.widgets.figures import figure_text
from ui.widgets.shown import Fact, ProblemShown, Way

_HALTS = {
    Halt.REFUSED: (Tone.DANGER, "不能直接结算"),
    Halt.NEEDS_FILING: (Tone.WARNING, "需要备案"),
    Halt.NEEDS_PERSON: (Tone.WARNING, "需要人工处理"),
    Halt.LINE_DOWN: (Tone.WARNING, "线路中断"),
    Halt.UNKNOWN: (Tone.UNKNOWN, "结算结果待确认"),
    Halt.NEEDS_CHECK: (Tone.DANGER, "已结算，待核对"),
    Halt.FAILED: (Tone.WARNING, "没有做完"),
}


_RULINGS = {
    (None, Open.SETTLEMENT): (
        "结算结果待确认，正在向平台查询",
        "请患者稍等：不要收款，也不要重新结算；查清后页面会自己往下走",
    ),
    (None, Open.CANCEL): (
        "撤销结果待确认，正在向平台查询",
        "请患者稍等：不要退现金，也不要再撤销一次；查清后页面会自己往下走",
    ),
    (Ruling.NOT_BOOKED, Open.SETTLEMENT): (
        "已查清：平台没有记账",
        "没有扣款。按 F9 重新结算，这是一次新的结算",
    ),
    (Ruling.UNDONE, Open.SETTLEMENT): (
        "已查清：平台上的结算已经冲正",
        "没有扣款。按 F9 重新结算，这是一次新的结算",
    ),
}
_CHOOSE = "没有结算，也没有扣款。请和患者商量，选一种办法"
_WAYS = (
    (Intent.ASK_AGAIN, "等待", "患者等线路恢复。没有结算，也没有扣款；恢复后按 F5 接着办"),
    (
        Intent.DEFER_DEPOSIT,
        "收押金，暂缓结算",
        "患者先付全额 {0} 元作押金。线路恢复后带凭证来补办，退还医保支付的部分；{1} 前有效",
    ),
    (
        Intent.DEFER_SIGNED,
        "签字，暂缓结算",
        "患者签字，现在不付钱。线路恢复后带凭证来补办，只付个人部分；{1} 前有效",
    ),
    (
        Intent.SELF_PAY,
        "改自费",
        "患者付全额，开普通收据，带发票、费用清单和病历回参保地手工报销",
    ),
)


_NO_CASH = 2
"""Facts of the bill before its cash, which nobody shall take while the outcome is unknown."""


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
    if state.lookup is not None:
        return _looked_for(state, state.lookup)
    first = stop.problems[0]
    fact = "" if _stands_beside(state, first) else detail_words(first)
    return ProblemShown(
        happened=_happened(stop),
        next_step=_next_step(state, first),
        tone=halt_tone(stop.halt),
        code=first.code,
        quoted=fact if first.quoted else "",
        quoted_from=tr("原话"),
        details=tuple(problem_sentence(other) for other in stop.problems[1:]),
        facts=(
            *(_people(state, first) or _detail("" if first.quoted else fact)),
            *_bill_facts(state),
        ),
    )


def _stands_beside(state: ViewState, first: Problem) -> bool:
    """Where and how the person is insured is told by the panel of the person, in words."""
    own = first.kind is ProblemCode.INSURANCE_INACTIVE and state.insurance is None
    return own or first.kind is ProblemCode.IN_PROVINCE


def _next_step(state: ViewState, first: Problem) -> str:
    step = tr(first.next_step)
    if ways(state):
        of_it = first.kind is ProblemCode.GATEWAY_REFUSED
        return tr("{0}。{1}").format(step, tr(_CHOOSE)) if of_it else tr(_CHOOSE)
    return tr("{0}。处理后请关闭窗口，再打开").format(step) if state.desk.shut else step


def ways(state: ViewState) -> tuple[Way, ...]:
    """What the cashier may choose among while the line is down, and what each means (3.3)."""
    if state.stop is None or state.stop.halt is not Halt.LINE_DOWN:
        return ()
    return tuple(_way(way, state) for way in _WAYS if way[0] in state.intents)


def _way(way: tuple[Intent, str, str], state: ViewState) -> Way:
    intent, name, means = way
    outage = state.outage
    total = figure_text(outage.asked if outage else None)
    until = outage.until.isoformat() if outage and outage.until else ""
    return Way(intent, key_of(intent), tr(name), tr(means).format(total, until))


def _looked_for(state: ViewState, lookup: Lookup) -> ProblemShown:
    """An outcome that nobody knows: what is done about it, what was found, what to tell."""
    happened, next_step = _RULINGS[lookup.ruling, lookup.what]
    return ProblemShown(
        happened=tr(happened),
        next_step=tr(next_step),
        tone=Tone.UNKNOWN if lookup.ruling is None else Tone.INFO,
        details=_progress(lookup),
        facts=(Fact(tr("报文"), lookup.msgid, wide=True), *_bill_facts(state)[:_NO_CASH]),
    )


def _progress(lookup: Lookup) -> tuple[str, ...]:
    if lookup.ruling is not None:
        return ()
    office = (tr("已交医保办，本机仍在继续查询"),) if lookup.with_office else ()
    return (_next_try(lookup), tr("上次结果：{0}").format(found_words(lookup.last)), *office)


def _next_try(lookup: Lookup) -> str:
    if not lookup.seconds_left:
        return tr("正在查询（第 {0} 次）").format(lookup.tries + 1)
    return tr("已查 {0} 次，{1} 秒后再查").format(lookup.tries, lookup.seconds_left)


def _happened(stop: Stop) -> str:
    """Nothing is said twice: some problems have the very word of their halt in them."""
    title, message = halt_title(stop.halt), tr(stop.problems[0].kind.message)
    return message if title in message else tr("{0}：{1}").format(title, message)


def _detail(fact: str) -> tuple[Fact, ...]:
    """What the desk itself found in this case."""
    return (Fact(tr("详情"), fact, wide=True),) if fact else ()


def _people(state: ViewState, first: Problem) -> tuple[Fact, ...]:
    """Both names in full, each with whose it is: somebody has to see where they differ (B09)."""
    if first.kind is not ProblemCode.PATIENT_MISMATCH or not (state.person and state.bill):
        return ()
    person, patient = state.person, state.bill.patient
    other_number = bool(patient.id_number) and patient.id_number.upper() != person.cert_no.upper()
    return (
        Fact(tr("凭证上的姓名"), person.name, strong=True),
        Fact(tr("医院单据上的姓名"), patient.name, strong=True),
        *((Fact(tr("证件号"), tr("不同"), strong=True),) if other_number else ()),
    )


def _bill_facts(state: ViewState) -> tuple[Fact, ...]:
    """Which bill it is about, for the talk with the patient and the telephone."""
    if state.bill is None:
        return ()
    shown = state.settlement or state.offer
    facts = [Fact(tr("单据号"), state.bill.key.bill_no)]
    if shown is not None:
        facts.append(Fact(tr("医疗费总额"), figure_text(shown.split.total)))
        facts.append(Fact(tr("个人现金支付"), figure_text(shown.split.cash)))
    if state.outage is not None and state.outage.held:
        facts.append(Fact(tr("已收押金"), figure_text(state.outage.held)))
    return tuple(facts)
