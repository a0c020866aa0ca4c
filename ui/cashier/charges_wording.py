"""What the pages of typed charges and faulty files say: pure functions from the state."""

from __future__ import annotations

from desktop.domain.charges import CHRONIC, EMERGENCY, Trauma
from desktop.domain.money import ZERO, Money, NotAnAmount
from desktop.hospital.drop_folder import Broken
from desktop.hospital.faults import Fault
from desktop.services.catalogue import CatalogueItem
from ui.cashier.detail_words import told
from ui.cashier.draft import ORDINARY, LineDraft, Shelf, Typing
from ui.cashier.line_words import item_class, plain, price
from ui.cashier.translate import tr
from ui.theme.tokens import Tone
from ui.widgets.figures import figure_text
from ui.widgets.shown import Choice, LineShown

_FIELDS = {
    "patient_no": "患者号",
    "name": "名称",
    "id_number": "证件号",
    "birth": "出生日期",
    "visit_no": "门诊号",
    "began": "就诊时间",
    "department_code": "科室编码",
    "department": "科室",
    "doctor_code": "医师编码",
    "doctor_name": "医师",
    "diagnoses": "诊断",
    "code": "诊断编码",
    "dise_codg": "病种编码",
    "emergency": "急诊标志",
    "trauma": "外伤",
    "trauma_letter": "外伤承诺书",
    "bill_no": "单据号",
    "line_no": "行号",
    "hospital_code": "院内编码",
    "national_code": "国家编码",
    "quantity": "数量",
    "price": "单价",
    "amount": "金额",
    "time": "收费时间",
    "approved": "医院审批",
}
"""Fields of the charges file (contracts.md) that a cashier can name to the hospital's IT."""


def kinds() -> tuple[tuple[str, str], ...]:
    """医疗类别."""
    return (
        (ORDINARY, tr("普通门诊")),
        (EMERGENCY, tr("急诊")),
        (CHRONIC, tr("慢特病")),
    )


def emergencies() -> tuple[tuple[bool, str], ...]:
    """急诊标志, which only a doctor gives (B16)."""
    return ((False, tr("没有急诊标志")), (True, tr("医生已确认")))


def approvals() -> tuple[tuple[bool, str], ...]:
    """医院审批 of an item of limited use."""
    return ((False, tr("未审批")), (True, tr("医院已审批")))


def traumas() -> tuple[tuple[Trauma, str], ...]:
    """外伤."""
    return (
        (Trauma.NONE, tr("无")),
        (Trauma.NO_THIRD_PARTY, tr("无第三方")),
        (Trauma.THIRD_PARTY, tr("有第三方")),
    )


def found(typing: Typing) -> tuple[Choice, ...]:
    """What the search found."""
    return tuple(Choice(item, item.name, item.code, _share(item)) for item in typing.entry.found)


def nothing_found(typing: Typing) -> str:
    """Why the list is empty, and what to do; "" when there is nothing to say."""
    entry = typing.entry
    if typing.shelf is Shelf.LOADING:
        return tr("正在读取收费目录…")
    if typing.shelf is Shelf.OPEN and entry.query.strip() and entry.line is None:
        return tr("没有找到。可输入拼音首字母、编码或名称，几个词之间用空格分开")
    return ""


def left_out(typing: Typing) -> str:
    """Nothing of the catalogue is silently missing."""
    if not typing.left_out:
        return ""
    return tr("目录中有 {0} 行有误，没有采用，请信息科检查 catalogue.csv").format(typing.left_out)


def item_facts(line: LineDraft) -> str:
    """What the catalogue says of the taken item."""
    item = line.item
    facts = [item.code, _share(item)]
    if item.limit is not None:
        facts.append(tr("支付上限 {0} 元").format(price(item.limit.value)))
    return "  ·  ".join(facts)


def lines(typing: Typing) -> tuple[LineShown, ...]:
    """The typed lines; a faulty one is marked."""
    return tuple(_line(typing, place, line) for place, line in enumerate(typing.lines))


def count(typing: Typing) -> str:
    """How many lines there are."""
    return tr("共 {0} 项").format(len(typing.lines))


def broken_title(files: tuple[Broken, ...]) -> str:
    """The heading of the list."""
    faults = sum(len(file.faults) for file in files)
    return tr("{0} 个收费文件有误，共 {1} 处").format(len(files), faults)


def broken_faults(files: tuple[Broken, ...]) -> tuple[Choice, ...]:
    """Every fault of every file, with its line and field."""
    return tuple(
        Choice(
            (file.file, at),
            told(fault.message),
            _place(fault),
            file.file,
        )
        for file in files
        for at, fault in enumerate(file.faults)
    )


def _place(fault: Fault) -> str:
    """The line and the field, in words for the cashier and as the hospital's system names it."""
    word = _FIELDS.get(fault.field.rpartition(".")[2], "")
    parts = (told(fault.line), f"{tr(word)} {fault.field}" if word else fault.field)
    return "  ·  ".join(part for part in parts if part) or tr("整个文件")


def _line(typing: Typing, place: int, line: LineDraft) -> LineShown:
    fault = "；".join(map(told, typing.line_faults(place)))
    note = fault or (tr("限制使用，未经医院审批，全自费") if not line.approved else "")
    tone, mark = _state(fault, note)
    return LineShown(
        line.item.name,
        line.quantity,
        _typed_price(line.price),
        line.amount or ZERO,
        note=note,
        tone=tone,
        mark=mark,
    )


def _state(fault: str, note: str) -> tuple[Tone, str]:
    """How the line stands, by colour and in a word."""
    if fault:
        return Tone.DANGER, tr("有误")
    return (Tone.WARNING, tr("自费")) if note else (Tone.NEUTRAL, "")


def _share(item: CatalogueItem) -> str:
    """The class, what the patient pays first, and whether the item is of limited use."""
    parts = [item_class(item.item_class)]
    if item.self_pay.value:
        parts.append(tr("先行自付 {0}%").format(plain(item.self_pay.value * 100)))
    if item.restricted:
        parts.append(tr("限制使用"))
    return "  ".join(parts)


def _typed_price(typed: str) -> str:
    """Two decimals, so that prices stand under each other; what is no such price stays as typed."""
    try:
        return figure_text(Money.parse(typed))
    except NotAnAmount:
        return typed
