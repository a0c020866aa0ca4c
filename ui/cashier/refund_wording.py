"""What the window says of a refund: pure functions from its state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.cashier.amount_words import in_yuan
from ui.cashier.money_words import yes_to_others
from ui.cashier.problem_words import problem_sentence
from ui.cashier.refund_state import RefundAt, RefundShown, SettledVisit
from ui.cashier.translate import tr
from ui.theme.tokens import Tone
from ui.widgets.figures import figure_text
from ui.widgets.shown import Badge, Choice, Fact, Sum

if TYPE_CHECKING:
    from desktop.domain.charges import ChargeLine
    from desktop.domain.money import Money

_TITLES = {
    RefundAt.CHOOSE: "退哪一笔结算",
    RefundAt.PLAN: "退什么",
    RefundAt.CREDENTIAL: "请患者重新出示凭证",
    RefundAt.AGREE: "请患者确认应退的现金",
    RefundAt.HALF_DONE: "部分退费停在半路",
    RefundAt.CASH: "请退还现金",
}
_HINTS = {
    RefundAt.CHOOSE: "本窗口这一天的结算，最新的在上面。上下键选，回车确定；F6、F7 换日子",
    RefundAt.PLAN: "不勾选就是全部退；只退几项时按空格勾选。请先核对：药已收回，项目没有做",
    RefundAt.CREDENTIAL: "部分退费要把留下的项目重新结算，需要可用的凭证：刷新后扫医保码，或插卡、输身份证号",
    RefundAt.AGREE: "原结算已经撤销，留下的项目已重新试算。患者同意按 F9 重新结算；不同意按 F8 全部退",
    RefundAt.HALF_DONE: "原结算已经撤销，留下的项目还没有结算。按 F5 继续，或按 F8 改为全部退",
    RefundAt.CASH: "现金当面点清后按 F10 登记",
}
_MORE_CASH = {RefundAt.AGREE: "请患者确认应补收的现金", RefundAt.CASH: "请补收现金"}
_NO_CASH = {RefundAt.AGREE: "请患者确认，现金不退不补", RefundAt.CASH: "现金不退不补"}
_NO_CASH_HINT = "没有现金要经手，按 F10 登记办完"
_NEXT = {
    "2205": "撤销原明细",
    "2204": "上传留下的明细",
    "2206": "重新试算",
    "2207": "重新结算",
}
_STEPS = ("2208", "2205", "2204", "2206", "2207")
_STEP_WORDS = {"2208": "撤销原结算", **_NEXT}


def title(shown: RefundShown) -> str:
    """What is asked now; cash goes back, or is still to be taken, or neither."""
    if shown.awaits_yes:
        return tr("重新结算的金额有变，请患者确认")
    if shown.cash_back is None or shown.cash_back.fen > 0:
        return tr(_TITLES[shown.at])
    of_cash = _NO_CASH if not shown.cash_back.fen else _MORE_CASH
    return tr(of_cash.get(shown.at) or _TITLES[shown.at])


def hint(shown: RefundShown) -> str:
    """How it is answered."""
    if shown.awaits_yes:
        return yes_to_others(None)
    nothing = shown.cash_back is not None and not shown.cash_back.fen
    return tr(_NO_CASH_HINT if nothing and shown.at is RefundAt.CASH else _HINTS[shown.at])


def day(shown: RefundShown) -> Badge:
    return Badge(shown.day.isoformat(), Tone.INFO)


def settled(shown: RefundShown) -> tuple[Choice, ...]:
    """The settlements of the day."""
    return tuple(_settled(place, row) for place, row in enumerate(shown.rows))


def lines(shown: RefundShown) -> tuple[Choice, ...]:
    """The lines of the bill, and which of them go back."""
    bill = shown.bill
    return tuple(_line(line, shown) for line in bill.lines) if bill else ()


def sum_back(shown: RefundShown) -> tuple[Sum, bool]:
    """What goes back in cash, and whether that is an estimate."""
    if shown.at in (RefundAt.AGREE, RefundAt.CASH):
        return _cash(shown.cash_back), False
    expected = shown.expected
    return _cash(expected.cash if expected else None), bool(expected and expected.estimated)


def _cash(back: Money | None) -> Sum:
    """Negative: the patient has still to pay."""
    more = back is not None and back.fen < 0
    label = tr("应补收现金") if more else tr("应退现金")
    return Sum(label, abs(back) if back is not None else None, strong=True)


def facts(shown: RefundShown) -> tuple[Fact, ...]:
    """What it is about."""
    told = [
        Fact(tr("单据号"), shown.bill.key.bill_no if shown.bill else ""),
        Fact(tr("结算单号"), shown.setl_id),
        Fact(tr("原个人现金"), figure_text(shown.paid)),
    ]
    if shown.offered is not None:
        told.append(Fact(tr("重新结算后个人现金"), figure_text(shown.offered.split.cash)))
    return tuple(fact for fact in told if fact.value)


def steps(shown: RefundShown) -> tuple[Fact, ...]:
    """How far it is, step by step; a whole refund has one."""
    if shown.whole or shown.at in (RefundAt.PLAN, RefundAt.CREDENTIAL):
        return ()
    at = _STEPS.index(shown.next_step) if shown.next_step else len(_STEPS)
    words = [tr("已完成")] * at + [tr("下一步")] + ["—"] * len(_STEPS)
    return tuple(
        Fact(tr(_STEP_WORDS[step]), word) for step, word in zip(_STEPS, words, strict=False)
    )


def warning(shown: RefundShown) -> str:
    """Why it does not go on, or what to think of first."""
    said = [problem_sentence(shown.problem)] if shown.problem else []
    if shown.elsewhere and shown.at is not RefundAt.CHOOSE:
        said.append(tr("现金是医院收费处收的：差额请患者到收费处退补，本窗口不收不付"))
    if shown.other_year:
        said.append(tr("这笔结算是往年的：累计额度按往年计算，请先问医保办"))
    if shown.at is RefundAt.PLAN and not shown.whole:
        said.append(
            tr("应退金额是估算，撤销后重新试算才准确，届时再请患者确认")
            if shown.expected is not None
            else tr("平台的回答不够估算应退金额，撤销后重新试算才知道，请先告诉患者")
        )
    if shown.at is RefundAt.HALF_DONE and shown.next_step:
        said.append(tr("下一步：{0}（{1}）").format(tr(_NEXT[shown.next_step]), shown.next_step))
    return "\n".join(said)


def _settled(place: int, row: SettledVisit) -> Choice:
    who = "  ".join(part for part in (row.bill_no, row.patient) if part)
    cash = tr("个人现金 {0} 元").format(figure_text(row.cash))
    return Choice(place, who, f"{row.since:%H:%M}  {row.setl_id}  {cash}", in_yuan(row.total))


def _line(line: ChargeLine, shown: RefundShown) -> Choice:
    back = shown.whole or line.line_no in shown.back
    badge = Badge(tr("退"), Tone.WARNING) if back else Badge(tr("留"), Tone.NEUTRAL)
    return Choice(line.line_no, line.name, aside=in_yuan(line.amount), badge=badge)
