"""The case sheet for the insurance office (F10): one waiting item of the queue, without a name."""

from __future__ import annotations

from desktop.services.case_text import case_facts, case_headline
from desktop.services.filling import Filling
from desktop.services.queue_items import Item, Kind, for_cash, waiting
from desktop.services.told import Told
from printing.forms.f10_case import CaseSheet

_LABELS = {
    "机构": "医疗机构编码",
    "报文": "报文号",
    "结算": "结算单号",
    "自": "起于",
    "断因": "中断原因",
    "已试": "已经尝试",
    "最近": "最近一次",
    "经办": "经办人",
    "现金": "待办现金",
    "下次": "下次尝试",
    "限期": "期限",
    "办结": "办结时间",
}
"""The case's labels where there is room for them."""


def has_case(told: Told) -> bool:
    """Something waits that the office can ask about: no bill to be settled later, no paper."""
    item = _item(told)
    return item is not None and item.kind not in (Kind.PRINT, Kind.INTENT)


def case_of_visit(filling: Filling) -> CaseSheet:
    """Of a visit of which :func:`has_case` holds."""
    item = _item(filling.told)
    assert item is not None
    facts = case_facts(item, filling.issue.hospital.code)
    return CaseSheet(
        filling.issue,
        filling.number,
        case_headline(item),
        tuple((_LABELS.get(name, name), fact) for name, fact in facts),
        item.msgid or "",
    )


def _item(told: Told) -> Item | None:
    today = told.entries[-1].at.date() if told.entries else None
    return (waiting(told, today) or for_cash(told)) if today else None
