"""The blocks of a settlement slip, each set to the full width of the text (F1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from desktop.domain.money import Money, in_words
from desktop.domain.split import Split
from desktop.domain.who_pays import CASH, is_equation
from printing.elements import (
    PAGE_HEIGHT,
    PAGE_WIDTH,
    Block,
    CaseCode,
    Element,
    Ink,
    Panel,
    Rule,
    Text,
)
from printing.figures import hero_rows
from printing.fonts import Fonts
from printing.issue import SIGN, TRIAL
from printing.particulars import Cell, cell_groups, head_facts
from printing.slip import SettlementSlip
from printing.typesetter import Style, Typesetter

LEFT = 30.0
WIDTH = PAGE_WIDTH - 2 * LEFT
RIGHT = LEFT + WIDTH
TOP = 20.0
BOTTOM = PAGE_HEIGHT - 25.0
"""Lower edge of the text; the foot stands below."""

TITLE = "基本医疗保险跨省异地就医门诊医疗费用结算单"
CLOSING = "最终以参保地医保部门解释为准。"

LABEL = Style(5.8, Ink.QUIET)
VALUE = Style(7.7)
_GRID = 12
_STEP = WIDTH / _GRID
_HERO = 42.0


def head(setter: Typesetter, slip: SettlementSlip) -> Block:
    """Hospital, sign, title, and the names of the document beside the case code."""
    code_side = 47.0
    code = slip.settlement.msgid
    facts_end = RIGHT - (code_side + 8 if code else 0)
    elements: list[Element] = [
        *_sign_line(setter, slip),
        setter.left(LEFT, 34, TITLE, Style(14, Ink.ACCENT, strong=True)),
        *_facts(setter, head_facts(slip), facts_end),
        Rule(LEFT, 54, WIDTH, 1.1, Ink.ACCENT),
    ]
    if code:
        elements.append(CaseCode(RIGHT - code_side, 0, code_side, code))
    return Block(59, tuple(elements))


def _sign_line(setter: Typesetter, slip: SettlementSlip) -> Iterator[Element]:
    name = slip.hospital.name
    style = setter.fitting(name, Style(9, strong=True), 200)
    yield setter.left(LEFT, 12, name, style)
    place = LEFT + setter.width(name, style) + 8
    pill = Style(6.4, Ink.PAPER, strong=True)
    for words, ink in _marks(slip):
        width = setter.width(words, pill) + 9
        yield Panel(place, 3.6, width, 11, ink)
        yield setter.left(place + 4.5, 11.4, words, pill)
        place += width + 4


def _marks(slip: SettlementSlip) -> Iterator[tuple[str, Ink]]:
    yield SIGN, Ink.ACCENT
    if slip.reprint:
        yield "补打", Ink.TRIAL
    if slip.practice:
        yield TRIAL, Ink.TRIAL


def _facts(setter: Typesetter, facts: Sequence[Cell], end: float) -> Iterator[Text]:
    widest = max(setter.width(fact.value, Style(6.4)) for fact in facts)
    for at, fact in enumerate(facts):
        baseline = 5.6 + 10.2 * at
        yield setter.left(end - widest, baseline, fact.value, Style(6.4))
        yield setter.right(end - widest - 5, baseline, fact.label, LABEL)


def running_head(setter: Typesetter, slip: SettlementSlip) -> Block:
    """The head of a following page: title, document number, name."""
    trial = f"{TRIAL}    " if slip.practice else ""
    number = f"{trial}结算单号 {slip.settlement.setl_id}    {slip.person.name}"
    return Block(
        30,
        (
            setter.left(LEFT, 12, f"{TITLE}（续）", Style(9, Ink.ACCENT, strong=True)),
            setter.right(RIGHT, 12, number, setter.fitting(number, Style(6.6), 230)),
            Rule(LEFT, 21, WIDTH, 1.1, Ink.ACCENT),
        ),
    )


def particulars(setter: Typesetter, slip: SettlementSlip) -> Iterator[Block]:
    """Labelled cells on a grid of twelve, a group to a row; each row is a block."""
    for group in cell_groups(slip):
        row: list[tuple[Cell, int]] = []
        for cell in group:
            span = _span(setter, cell)
            if sum(used for _cell, used in row) + span > _GRID:
                yield _cell_row(setter, row)
                row = []
            row.append((cell, span))
        yield _cell_row(setter, row)
    yield Block(4, ())


def _value_style(cell: Cell) -> Style:
    return Style(9.5, strong=True) if cell.strong else VALUE


def _span(setter: Typesetter, cell: Cell) -> int:
    width = max(setter.width(cell.label, LABEL), setter.width(cell.value, _value_style(cell)))
    return min(_GRID, max(cell.span, ceil((width + 7) / _STEP)))


def _cell_row(setter: Typesetter, row: Sequence[tuple[Cell, int]]) -> Block:
    elements: list[Text] = []
    place, deepest = LEFT, 1
    for cell, span in row:
        lines = setter.wrapped(cell.value, _value_style(cell), span * _STEP)
        deepest = max(deepest, len(lines))
        elements.append(setter.left(place, 5.0, cell.label, LABEL))
        for at, line in enumerate(lines):
            elements.append(setter.left(place, 16.1 + 10 * at, line, _value_style(cell)))
        place += span * _STEP
    return Block(12 + 10 * deepest, tuple(elements))


def hero(setter: Typesetter, slip: SettlementSlip, cash: Money) -> Block:
    """The bill in one line: total, less what others pay, is the cash; the cash also in 大写."""
    cash_width = 190.0
    elements: tuple[Element, ...] = (
        Panel(LEFT, 0, WIDTH, _HERO, Ink.TINT, 3),
        Panel(RIGHT - cash_width, 0, cash_width, _HERO, Ink.ACCENT, 3),
        *_equation(setter, slip.settlement.split, WIDTH - cash_width),
        *_cash(setter, cash, RIGHT - cash_width + 11, cash_width - 22),
    )
    return Block(_HERO + 8, elements)


def _equation(setter: Typesetter, split: Split, room: float) -> Iterator[Text]:
    rows = hero_rows(split)
    step = room / len(rows)
    for at, row in enumerate(rows):
        place = LEFT + 10 + at * step
        style = setter.fitting(row.value, Style(13, strong=True), step - 26)
        yield setter.left(place, 13, row.label, Style(6.6, Ink.QUIET))
        yield setter.left(place, 30.5, row.value, style)
        if is_equation(split):
            sign = "=" if at == len(rows) - 1 else "−"
            yield setter.centred(place + step - 18, 29.5, sign, Style(10, Ink.QUIET))


def _cash(setter: Typesetter, cash: Money, place: float, room: float) -> Iterator[Text]:
    words = in_words(cash)
    white = Style(8, Ink.PAPER, strong=True)
    figures = setter.fitting(cash.yuan(), Style(21, Ink.PAPER, strong=True), room - 62)
    small = setter.fitting(words, Style(7.4, Ink.PAPER), room - 26)
    yield setter.left(place, 19, CASH, white)
    yield setter.right(place + room, 23, cash.yuan(), figures)
    yield setter.left(place, 35.6, "大写", Style(6.4, Ink.PAPER))
    yield setter.right(place + room, 35.6, words, small)


def explanation(setter: Typesetter, slip: SettlementSlip) -> Iterator[Block]:
    """Block 6: why the fund paid this sum, line by line."""
    style, indent = Style(7.2), 30.0
    lines = (
        line
        for sentence in slip.explanation
        for line in setter.wrapped(sentence, style, WIDTH - indent)
    )
    for at, line in enumerate(lines):
        mark = (setter.left(LEFT, 8, "说明", LABEL),) if at == 0 else ()
        yield Block(10.4, (*mark, setter.left(LEFT + indent, 8, line, style)), sinks=True)


def signatures(setter: Typesetter, slip: SettlementSlip) -> Block:
    """Block 7: lines to write on, the cashier and the place of the stamp."""
    quiet = Style(6.8, Ink.QUIET)
    relation = slip.stand_in.relation.words if slip.stand_in else ""
    fields = (
        ("代办人签字" if relation else "参保人（或家属）签字", 158.0, ""),
        ("与患者关系", 96.0, relation),
        ("联系电话", 116.0, ""),
    )
    elements: list[Element] = [Rule(LEFT, 4, WIDTH)]
    place = LEFT
    for label, width, told in fields:
        start = place + setter.width(label, quiet) + 4
        elements.append(setter.left(place, 26, label, quiet))
        elements.append(Rule(start, 27.6, place + width - start - 8, 0.5, Ink.QUIET))
        if told:
            elements.append(setter.left(start + 4, 26, told, Style(7.6)))
        place += width
    elements.append(setter.left(place + 4, 26, "收费员", quiet))
    cashier = setter.fitting(slip.operator, Style(7.6), 58)
    elements.append(setter.left(place + 30, 26, slip.operator, cashier))
    elements.append(setter.left(RIGHT - 68, 26, "医保办（章）", quiet))
    return Block(34, tuple(elements), sinks=True)


def foot(setter: Typesetter, slip: SettlementSlip, page: int, pages: int) -> Iterator[Text]:
    """Whose word is the last, the complaints line, and the page number."""
    baseline = PAGE_HEIGHT - 14
    complaints = f"    咨询投诉：{slip.complaints}" if slip.complaints else ""
    yield setter.left(LEFT, baseline, CLOSING + complaints, LABEL)
    yield setter.right(RIGHT, baseline, f"第 {page} 页 / 共 {pages} 页", LABEL)


def trial_mark(fonts: Fonts) -> Text:
    """「试运行 无效」 across the page, under everything else; the head says it in words."""
    line = fonts.line(TRIAL, strong=True)
    return Text(92, 322, line, 84, Ink.TRIAL_PALE, angle=24, silent=True)
