"""What the window says of work that is not at rest: the head's badges, the list, one row of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from desktop.domain.left import Left
from desktop.domain.notes import Found, Tried
from desktop.services.case_text import plain_words
from ui.cashier.amount_words import in_yuan
from ui.cashier.money_words import yes_to_others
from ui.cashier.state import ViewState
from ui.cashier.translate import tr
from ui.theme.tokens import Tone
from ui.widgets.shown import Badge, Choice, Fact

if TYPE_CHECKING:
    from desktop.services.overview import OpenVisit
    from desktop.services.queue_items import Item

_TITLES = {
    Left.UNKNOWN: "结算结果待确认",
    Left.CANCEL: "撤销结果待确认",
    Left.HALF_REFUND: "部分退费停在半路",
    Left.CHECK: "已结算，金额待核对",
    Left.STRAY: "平台多记了一笔结算",
    Left.FAULT: "本机记录读不出来",
    Left.UNPAID: "已结算，没有收款",
    Left.CASH_BACK: "该退的现金没有退",
    Left.PAPER: "结算单没有打印",
    Left.DEFERRED: "暂缓结算，等待补办",
    Left.UPLOAD: "平台上的登记待撤销",
}
_TODO = {
    Left.UNKNOWN: "自动查询，不用重做。患者在场时按 F9 打开等候页；查清前不要收款，也不要重新结算",
    Left.CANCEL: "自动查询，不会再发一次撤销。查清前不要退现金",
    Left.HALF_REFUND: "原结算已经撤销。按 F9 接着重新结算，或者改为全部退",
    Left.CHECK: "请主管核对金额：按 F9 打开，接受或者撤销。没有核对前不要打印结算单",
    Left.STRAY: "平台上多出一笔本机没有采用的结算。请交医保办，由平台撤销",
    Left.FAULT: "程序看不懂这一笔的记录。请信息科查看账本；查清前不要重新结算，也不要收款",
    Left.UNPAID: "按 F9 打开收款页补收现金；患者不来时可以撤销结算",
    Left.CASH_BACK: "平台上已经办完。按 F9 把该退的现金退还患者并登记",
    Left.PAPER: "钱和账都没有问题。按 F9 接着打；不用打了按 F11",
    Left.DEFERRED: "请患者出示凭证，按 F9 补办：这是一次新的结算，费用日期不变",
    Left.UPLOAD: "没有结算，也没有扣款。线路好了自动撤销，不用做什么",
}
_DOUBTED = "结算单可能已经打出"
_LOOK = "打印中断过，纸可能已经出来。按 F9 打开，看一眼打印机再选"
_TOO_OLD = "已过最后期限，不能再补办。请患者改自费（F11），退还多收的押金，回参保地手工报销"
_TONES = {
    Left.UNKNOWN: Tone.UNKNOWN,
    Left.CANCEL: Tone.UNKNOWN,
    Left.HALF_REFUND: Tone.DANGER,
    Left.CHECK: Tone.DANGER,
    Left.STRAY: Tone.DANGER,
    Left.FAULT: Tone.DANGER,
    Left.UNPAID: Tone.WARNING,
    Left.CASH_BACK: Tone.WARNING,
    Left.PAPER: Tone.INFO,
    Left.DEFERRED: Tone.INFO,
    Left.UPLOAD: Tone.NEUTRAL,
}
_MONEY = {
    Left.UNPAID: "应收现金",
    Left.CASH_BACK: "应退现金",
    Left.HALF_REFUND: "已收现金",
    Left.DEFERRED: "已收押金",
}
_FOUND = {
    Found.BOOKED: "平台已记账",
    Found.NOT_FOUND: "平台还没有查到这笔",
    Found.UNDONE: "平台已撤销",
    Found.DOUBLE: "平台把同一笔记了两次",
    Found.REFUSED: "平台不接受这种查询或冲正",
    Found.NO_ANSWER: "平台没有回答",
}


def title(row: OpenVisit) -> str:
    """What it is, in a word."""
    return tr(_DOUBTED if _paper_is_doubted(row) else _TITLES[row.left])


def todo(row: OpenVisit) -> str:
    """What to do about it, and what not."""
    if _paper_is_doubted(row):
        return tr(_LOOK)
    return tr(_TOO_OLD) if row.too_old else tr(_TODO[row.left])


def _paper_is_doubted(row: OpenVisit) -> bool:
    waits = row.item.state if row.item is not None else None
    return row.left is Left.PAPER and waits is not None and waits.value == "needs-person"


def tone(left: Left) -> Tone:
    return _TONES[left]


def found_words(tried: Tried | None) -> str:
    """What the last try brought."""
    return tr(_FOUND[tried.found]) if tried is not None else tr("还没有查过")


def rows(state: ViewState) -> tuple[Choice, ...]:
    """The list, oldest first."""
    return tuple(_row(row) for row in state.desk.open_visits)


def row_facts(row: OpenVisit) -> tuple[Fact, ...]:
    """Everything that is known of one row."""
    item = row.item
    facts = [
        Fact(tr("单据号"), row.bill_no),
        Fact(tr("患者"), row.patient),
        Fact(tr("从"), _moment(row.since)),
        Fact(tr("结算单号"), row.setl_id, wide=True),
    ]
    if row.left in _MONEY and row.money is not None:
        facts.append(Fact(tr(_MONEY[row.left]), in_yuan(row.money)))
    facts.append(Fact(tr("新金额"), _yes(row), wide=True))
    if item is not None and item.msgid:
        facts.append(Fact(tr("报文"), item.msgid, wide=True))
    if item is not None and item.next_try is not None:
        facts += [
            Fact(tr("已试"), tr("{0} 次").format(item.tries)),
            Fact(tr("下次"), f"{item.next_try:%H:%M:%S}"),
            Fact(tr("上次结果"), found_words(row.last), wide=True),
        ]
    if item is not None:
        facts += _how_it_came(item)
    if row.until is not None:
        facts.append(Fact(tr("最后期限"), row.until.isoformat()))
    return tuple(fact for fact in facts if fact.value)


def _yes(row: OpenVisit) -> str:
    """Other amounts than the patient agreed to are booked: whether they have agreed by now."""
    if row.awaits_yes:
        return tr("患者还没有同意")
    yes = row.others_agreed
    return yes_to_others(yes) if yes is not None else ""


def _why_no_paper(item: Item) -> str:
    """A printer's trouble in its words."""
    if item.kind.value != "print":
        return ""
    return " ".join(tr(word) for word in plain_words(item.reason))


def _how_it_came(item: Item) -> tuple[Fact, ...]:
    """The kind of outage, who has it, and where a half-done refund goes on."""
    outage = " ".join(tr(word) for word in plain_words(item.outage))
    by = tr("本机") if item.by == "desk" else item.by
    return (
        Fact(tr("打印"), _why_no_paper(item), wide=True),
        Fact(tr("断因"), outage),
        Fact(tr("经办"), by),
        Fact(tr("下一步"), item.step),
    )


def _row(row: OpenVisit) -> Choice:
    parts = (tr("从 {0}").format(_moment(row.since)), _progress(row))
    who = "  ".join(part for part in (row.bill_no, row.patient) if part)
    return Choice(
        row.visit,
        title(row),
        "  ".join(part for part in (who, *parts) if part),
        in_yuan(row.money) if row.left in _MONEY and row.money is not None else "",
        Badge(_state_word(row), tone(row.left)),
    )


def _progress(row: OpenVisit) -> str:
    item = row.item
    if item is None or item.next_try is None:
        return ""
    return tr("已试 {0} 次，下次 {1}").format(item.tries, f"{item.next_try:%H:%M:%S}")


def _state_word(row: OpenVisit) -> str:
    if row.by_itself:
        return tr("自动")
    if row.left in (Left.UNKNOWN, Left.CANCEL):
        with_office = row.item is not None and row.item.state.value == "needs-person"
        return tr("已交医保办") if with_office else tr("查询中")
    return tr("等人办")


def _moment(at: datetime) -> str:
    return f"{at:%m-%d %H:%M}"
