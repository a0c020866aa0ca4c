"""One waiting record in words: for the office list, with message ids and no personal data (B28)."""

from __future__ import annotations

from datetime import datetime

from desktop.services.queue_items import Item, Kind, Waiting

_WHAT = {
    Kind.SETTLEMENT: "结算结果待确认",
    Kind.REVERSAL: "结算结果待确认，冲正还没有回答",
    Kind.CANCEL: "撤销结果待确认",
    Kind.UPLOAD: "平台上的挂号或明细待撤销",
    Kind.INTENT: "待补办结算，须收费员当面完成",
    Kind.PRINT: "结算单待打印",
}
_DONE = {
    Kind.SETTLEMENT: "结算结果已查清",
    Kind.REVERSAL: "结算结果已查清",
    Kind.CANCEL: "撤销结果已查清",
    Kind.UPLOAD: "平台上的挂号和明细已撤销",
    Kind.INTENT: "已补办",
    Kind.PRINT: "已打印",
}


_NO_LIMIT = "不限，直到查清"
"""Nothing is dropped for being old (unknown-outcome, rule 5)."""
_CASH = {
    "unpaid": "已结算，患者没有付现金就离开",
    "cash-back": "患者的现金待退",
    "not-collected": "已结算，没有登记收款",
}

_AT_WINDOW = "在窗口待办（F3）里收付并登记"
_AT_TILL = "由医院收费处退补；再运行一次原来的 kuasheng refund 命令，或在窗口待办（F3）里登记"

PLAIN = {
    "timed-out": "超时",
    "broken-off": "连接中断",
    "too-large": "回答过长",
    "given-up": "收费员放弃了",
    "library-failed": "厂商动态库失灵",
    "library-unusable": "厂商动态库用不了",
    "http-status": "HTTP 状态异常",
    "gateway-failed": "网关出错",
    "unreadable": "回答读不懂",
    "not-ours": "回答的不是这笔",
    "not-sent": "没有发出去",
    "not-connected": "连不上",
    "no-usable-answer": "没有可用的回答",
    "connect-timeout": "连接超时",
    "bad-address": "地址有误",
    "out-of-time": "这一轮时间已到",
    "program-ended": "程序中断",
    "booked": "已入账",
    "not-found": "没有查到",
    "undone": "已撤销",
    "double": "记了两次账",
    "refused": "平台不受理",
    "no-answer": "没有回答",
    "person": "人工登记",
    "torn": "账本损坏，这笔记录不全，请查平台",
    "printer-out-of-paper": "打印机缺纸",
    "printer-jam": "打印机卡纸",
    "printer-cover-open": "打印机盖子开着",
    "printer-off": "打印机没有开机，或者连不上",
    "printer-unknown": "系统里没有这台打印机",
    "printer-failed": "打印机没有打出单据",
    "print-doubted": "打印中断，纸可能已经出来了",
}
"""How the line failed and what a try brought, word for word."""


def plain_words(text: str) -> tuple[str, ...]:
    """The machine's words in the office's; each is said once, and numbers stay."""
    return tuple(PLAIN.get(word, word) for word in dict.fromkeys(text.split()))


def _plain(text: str) -> str:
    return " ".join(plain_words(text))


def case_text(item: Item, institution: str) -> str:
    """What a person at the office needs to ask the platform, in a line."""
    told = "，".join(f"{name} {fact}" for name, fact in case_facts(item, institution))
    return f"{case_headline(item)}：{told}"


def case_facts(item: Item, institution: str) -> tuple[tuple[str, str], ...]:
    """The same as labels and values; what is not known is absent."""
    facts = (
        ("机构", institution),
        ("报文", item.msgid),
        ("结算", item.setl_id),
        ("自", _moment(item.since)),
        ("断因", _plain(item.outage)),
        ("已试", f"{item.tries} 次" if item.tries else ""),
        ("最近", "" if item.reason in _CASH else _plain(item.reason)),
        ("经办", item.by),
        ("现金", f"{item.cash} 元" if item.cash is not None else ""),
        ("新金额", _yes(item)),
        ("办法", _how(item)),
        ("下次", _moment(item.next_try)),
        ("限期", item.until.isoformat() if item.until else _NO_LIMIT * bool(item.next_try)),
        ("办结", _moment(item.ended)),
    )
    return tuple((name, fact) for name, fact in facts if fact)


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else ""


def _how(item: Item) -> str:
    """Who puts cash right, and how it is ended."""
    if item.reason not in _CASH or item.cash is None:
        return ""
    return _AT_TILL if item.at_till else _AT_WINDOW


def _yes(item: Item) -> str:
    """Booked otherwise than agreed to: whether the patient has agreed by now (rule 2)."""
    asked = f"患者已同意，{item.yes_by} 登记" if item.yes_by else ""
    return "还要患者同意，先不收付现金" if item.awaits_yes else asked


def case_headline(item: Item) -> str:
    if item.reason in _CASH:
        return _CASH[item.reason]
    if item.state is Waiting.DONE:
        return _DONE[item.kind]
    if item.step:
        return f"部分退费停在半路，下一步 {item.step}"
    if item.kind is Kind.PRINT and item.state is Waiting.NEEDS_PERSON:
        return "纸可能已经打出，须人看一眼打印机"
    if item.state is Waiting.NEEDS_PERSON and item.kind is Kind.SETTLEMENT:
        return "结算须人工核实" if not item.outcome_unknown else "结算结果待医保办核实"
    return _WHAT[item.kind]
