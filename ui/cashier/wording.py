"""What the window says of a state: pure functions from the state to what the widgets show.

Chinese is the source; English comes from Qt's translation files under the context ``Cashier``.
"""

from __future__ import annotations

from desktop.domain.identifiers import masked_number
from desktop.domain.money import Money, in_words
from desktop.domain.person import EMPLOYEE, RESIDENT, Insurance, Person
from desktop.domain.split import FundShare, LineSplit, Split
from desktop.knowledge.areas import Areas
from desktop.nhsa.questions.claim import AccountUse
from ui.cashier.problem_words import problem_sentence
from ui.cashier.state import Halt, Intent, Page, Stop, ViewState
from ui.cashier.translate import tr
from ui.theme.tokens import Tone
from ui.widgets.shown import (
    Badge,
    Choice,
    Equation,
    Fact,
    KeyGroup,
    LineShown,
    Offer,
    Part,
    ProblemShown,
    Sum,
    Trail,
)

_STEPS = ("核对身份", "待遇备案", "上传试算", "结算", "收款打印")
_AT = {
    Page.READY: 0,
    Page.CHOOSE: 1,
    Page.PERSON: 1,
    Page.CHARGES: 2,
    Page.OFFER: 3,
    Page.SETTLED: 4,
    Page.DONE: 5,
}
_TITLES = {
    Page.READY: "等待凭证",
    Page.CHOOSE: "请选参保",
    Page.PERSON: "等待单据",
    Page.CHARGES: "录入收费",
    Page.OFFER: "请核对金额",
    Page.SETTLED: "请收款",
    Page.DONE: "已完成",
}
_INSURANCES = {EMPLOYEE: "职工医保", RESIDENT: "居民医保"}
_SEXES = {"1": "男", "2": "女"}
_CLASSES = {"01": "甲", "02": "乙", "03": "丙"}
_ACCOUNT = {
    AccountUse.NONE: "不用个人账户",
    AccountUse.OWN: "用本人账户",
    AccountUse.FAMILY: "用本人和家人账户",
}
KEYS: tuple[tuple[Intent, str, str], ...] = (
    (Intent.HELP, "F1", "按键"),
    (Intent.TYPE_CHARGES, "F4", "录入收费"),
    (Intent.HAND_OVER, "Ctrl+Enter", "录完试算"),
    (Intent.REMOVE_LINE, "Del", "删除明细"),
    (Intent.ASK_AGAIN, "F5", "重新查询"),
    (Intent.RELOAD_CATALOGUE, "F5", "重读目录"),
    (Intent.BROKEN_FILES, "F6", "有误的文件"),
    (Intent.ACCOUNT, "F7", "账户"),
    (Intent.CONFIRM_IDENTITY, "F8", "人证相符"),
    (Intent.SETTLE, "F9", "结算"),
    (Intent.COLLECT, "F10", "收款并打印"),
    (Intent.PRINT_AGAIN, "F11", "补打"),
    (Intent.NEXT_PATIENT, "F2", "下一位"),
    (Intent.LEAVE, "Esc", "不结算"),
    (Intent.BACK, "Esc", "返回"),
)
"""No state offers two intents of one key."""
_ALSO = {"Ctrl+Enter": ("Ctrl+Enter", "Ctrl+Return")}
"""Keys that a keyboard has twice."""
_PRIMARY = frozenset((Intent.SETTLE, Intent.COLLECT, Intent.NEXT_PATIENT, Intent.HAND_OVER))
_HALTS = {
    Halt.REFUSED: (Tone.DANGER, "不能直接结算"),
    Halt.NEEDS_FILING: (Tone.WARNING, "需要备案"),
    Halt.NEEDS_PERSON: (Tone.WARNING, "需要人工处理"),
    Halt.LINE_DOWN: (Tone.WARNING, "线路中断"),
    Halt.UNKNOWN: (Tone.DANGER, "结算结果待确认"),
    Halt.NEEDS_CHECK: (Tone.DANGER, "已结算，待核对"),
    Halt.FAILED: (Tone.WARNING, "没有做完"),
}


def sequences() -> dict[str, tuple[Intent, ...]]:
    """What each key asks for, as Qt names the keys."""
    return {
        sequence: tuple(intent for intent, other, _label in KEYS if other == key)
        for _intent, key, _label in KEYS
        for sequence in _ALSO.get(key, (key,))
    }


def trail(state: ViewState) -> Trail:
    """Where the visit stands among its steps."""
    at = _AT.get(state.page, _stopped_at(state))
    tone = _HALTS[state.stop.halt][0] if state.stop else Tone.INFO
    return Trail(tuple(tr(step) for step in _STEPS), at, tone)


def _stopped_at(state: ViewState) -> int:
    if state.settlement is not None or state.offer is not None:
        return 3
    return 1 if state.person is not None else 0


def title(state: ViewState) -> str:
    """The window's title: what the desk waits for, also for the task bar."""
    where = _HALTS[state.stop.halt][1] if state.stop else _TITLES.get(state.page, "")
    return f"{tr('跨省直结前台')} · {tr('请稍候') if state.busy else tr(where)}"


def offers(state: ViewState) -> tuple[Offer, ...]:
    """The key bar: every intent of this page, the ones that do nothing now left out."""
    return tuple(
        Offer(intent, tr(label), key, primary=intent in _PRIMARY)
        for intent, key, label in KEYS
        if intent in state.intents
    )


def key_card() -> tuple[KeyGroup, ...]:
    """Every key, for F1."""
    shown = [Offer(key, " / ".join(words), key) for key, words in _words_by_key().items()]
    scan = (Offer("scan", tr("随时扫医保码、插社保卡，或输入身份证号后按回车"), tr("扫码")),)
    return (KeyGroup(tr("按键"), tuple(shown)), KeyGroup(tr("读凭证"), scan))


def _words_by_key() -> dict[str, list[str]]:
    words: dict[str, list[str]] = {}
    for _intent, key, label in KEYS:
        words.setdefault(key, []).append(tr(label))
    return words


def person_facts(person: Person) -> tuple[Fact, ...]:
    """What the cashier compares with the person at the window."""
    about = "  ".join(part for part in (_sex(person), _age(person)) if part)
    return (
        Fact(tr("性别 / 年龄"), about, wide=True),
        Fact(tr("证件号"), masked_number(person.cert_no), wide=True),
    )


def insurance_facts(state: ViewState, areas: Areas) -> tuple[Fact, ...]:
    """Insurance, filing, and what is left this year."""
    row = state.insurance
    if row is None:
        return ()
    place = areas.name(row.area)
    facts = [
        Fact(tr("参保地"), f"{place} {row.area}".strip(), wide=True),
        Fact(tr("险种"), _insurance(row)),
        Fact(tr("账户余额"), _yuan(row.account_balance)),
        Fact(tr("备案"), _filing(state), wide=True),
    ]
    if state.quota is not None:
        mark = Badge(tr("估算"), Tone.INFO) if state.quota.estimated else None
        label = tr("今年还可报") if state.quota.estimated else tr("结算后今年还可报")
        facts.append(Fact(label, _yuan(state.quota.left), badge=mark, wide=True))
    return tuple(facts)


def identity_badge(state: ViewState) -> Badge:
    """人证核对, in a word."""
    if state.checked_by:
        return Badge(tr("人证已核对 {0}").format(state.checked_by), Tone.POSITIVE)
    return Badge(tr("人证未核对"), Tone.WARNING)


def insurance_choices(state: ViewState, areas: Areas) -> tuple[Choice, ...]:
    """B06: one row for each active insurance."""
    return tuple(
        Choice(place, _insurance(row), areas.name(row.area) or str(row.area), str(row.area))
        for place, row in enumerate(state.choices)
    )


def bill_choices(state: ViewState) -> tuple[Choice, ...]:
    """The bills of this person that wait in the drop folder."""
    return tuple(
        Choice(
            place,
            bill.key.bill_no,
            f"{bill.visit.department}  {bill.visit.began:%m-%d %H:%M}",
            f"{bill.total} {tr('元')}",
        )
        for place, bill in enumerate(state.bills)
    )


def lines(state: ViewState) -> tuple[LineShown, ...]:
    """The bill, with the platform's split beside each line once it is known."""
    if state.bill is None:
        return ()
    split = {line.line_no: line for line in state.lines}
    return tuple(
        _line(
            line.name, line.quantity.value, line.price.value, line.amount, split.get(line.line_no)
        )
        for line in state.bill.lines
    )


def equation(split: Split) -> Equation:
    """total − funds − account = cash."""
    terms = (
        Sum(tr("医疗费总额"), split.total),
        Sum(tr("医保基金支付"), split.fund_total),
        Sum(tr("个人账户支付"), split.account),
    )
    words = in_words(split.cash) if split.cash is not None else ""
    return Equation(terms, Sum(tr("个人现金支付"), split.cash, strong=True), words)


def parts(split: Split) -> tuple[Part, ...]:
    """The bar: the person's part first."""
    named = (
        (tr("个人现金"), split.cash),
        (tr("医保基金"), split.fund_total),
        (tr("个人账户"), split.account),
        (tr("医院负担"), split.hospital_part),
    )
    return tuple(Part(label, amount) for label, amount in named if amount)


def division(split: Split, first_pay: Money | None) -> tuple[Sum, ...]:
    """How the care place divides the total."""
    rows = [
        Sum(tr("全自费"), split.full_self_pay),
        Sum(tr("超限价"), split.over_limit),
        Sum(tr("先行自付"), split.pre_self_pay),
    ]
    if first_pay:
        rows.append(Sum(tr("其中 临时外出首先自付"), first_pay))
    rows += [Sum(tr("符合政策范围"), split.in_scope), Sum(tr("本次起付"), split.deductible)]
    return tuple(row for row in rows if row.amount is not None)


def funds(split: Split) -> tuple[Sum, ...]:
    """Every fund that came back; an unknown one by its code."""
    paid = tuple(_fund(share) for share in split.shares if share.paid)
    return paid or (Sum(tr("统筹基金"), split.pooled_fund),)


def account_words(use: AccountUse) -> str:
    """Which account pays, in words."""
    return tr(_ACCOUNT[use])


def problem(state: ViewState) -> ProblemShown:
    """The problem page: what happened, what to do next, the platform's own words."""
    stop = state.stop
    assert stop is not None
    tone, title = _HALTS[stop.halt]
    first = stop.problems[0]
    others = tuple(problem_sentence(p) for p in stop.problems[1:])
    return ProblemShown(
        happened=tr("{0}：{1}").format(tr(title), tr(first.kind.message)),
        next_step=tr(first.next_step),
        tone=tone,
        code=first.code,
        quoted=first.detail,
        quoted_from=tr("原话"),
        details=others,
        offers=_stop_offers(state),
    )


def halt_badge(stop: Stop) -> Badge:
    """The halt in a word."""
    tone, word = _HALTS[stop.halt]
    return Badge(tr(word), tone)


def _stop_offers(state: ViewState) -> tuple[Offer, ...]:
    return tuple(offer for offer in offers(state) if offer.intent is not Intent.HELP)


def _line(
    name: str, quantity: object, price: object, amount: Money, split: LineSplit | None
) -> LineShown:
    shown = LineShown(name, _plain(quantity), _plain(price), amount)
    if split is None:
        return shown
    return LineShown(
        name,
        _plain(quantity),
        _plain(price),
        amount,
        tr(_CLASSES.get(split.item_class, split.item_class)),
        split.full_self_pay,
        split.over_limit,
        split.pre_self_pay,
        split.note,
        Tone.WARNING if split.full_self_pay or split.over_limit else Tone.NEUTRAL,
    )


def _plain(number: object) -> str:
    """``2``, not ``2.0000``; ``12.50``, not ``12.500000``."""
    text = f"{number:f}"
    if "." not in text:
        return text
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole}.{decimals:0<2}" if decimals else whole


def _fund(share: FundShare) -> Sum:
    return Sum(share.name or share.fund, share.paid)


def _sex(person: Person) -> str:
    return tr(_SEXES.get(person.sex, person.sex))


def _age(person: Person) -> str:
    return tr("{0} 岁").format(person.age.removesuffix(".0")) if person.age else ""


def _insurance(row: Insurance) -> str:
    return tr(_INSURANCES[row.kind]) if row.kind in _INSURANCES else row.kind


def _filing(state: ViewState) -> str:
    filing = state.filing
    if filing is None:
        return tr("平台没有告知")
    return tr("{0}，{1} 起").format(tr(filing.kind.words), filing.begins.isoformat())


def _yuan(amount: Money | None) -> str:
    return tr("没有告知") if amount is None else f"{amount} {tr('元')}"
