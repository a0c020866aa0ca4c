"""What stands around the parts: the head, the head of following pages, the foot, the marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import atan2, cos, degrees, radians, sin

from msgspec import Struct

from printing.document import Document
from printing.elements import Block, CaseCode, Element, Ink, Panel, Picture, Rule, Text
from printing.issue import TRIAL, Issue
from printing.parts import Fact
from printing.setting.styles import LABEL
from printing.typesetter import Style, Typesetter

_COPY = Style(7.0)
_CODE = 47.0
_LOGO = 34.0
_FACT = Style(6.4)
_PITCH = 10.2
_LEAN = 0.68
"""How steep the watermark stands, and how long it is, in parts of the diagonal."""


def head(setter: Typesetter, document: Document) -> Block:
    """The head of the first page."""
    return _banner(setter, document) if document.banner else _usual(setter, document)


def _banner(setter: Typesetter, document: Document) -> Block:
    """The title large in a field of colour; hospital and for whom it is, above and below it."""
    frame, middle = setter.frame, setter.frame.width / 2
    title = setter.fitting(document.title, Style(25, Ink.PAPER, strong=True), frame.room - 40)
    small = Style(9, Ink.PAPER)
    below = "    ".join((*(f"{f.label}：{f.value}" for f in document.head), *_words(document)))
    logo, down = document.layout.picture, 0 if below else 9
    return Block(
        100,
        (
            Panel(frame.left, 0, frame.room, 88, Ink.ACCENT, 4),
            setter.centred(middle, 20 + down, document.hospital, Style(10, Ink.PAPER, strong=True)),
            setter.centred(middle, 52 + down, document.title, title),
            setter.centred(middle, 75, below, setter.fitting(below, small, frame.room - 40)),
            *((Picture(frame.left + 10, 8, _LOGO, logo),) if logo else ()),
        ),
    )


def _words(document: Document) -> tuple[str, ...]:
    return tuple(words for words, _ink in _marks(document) if words)


def _usual(setter: Typesetter, document: Document) -> Block:
    """Hospital, sign, title, and the names of the document beside the case code."""
    frame, code = setter.frame, document.code
    facts_end = frame.right - (_CODE + 8 if code else 0)
    logo = document.layout.picture
    place = frame.left + (_LOGO + 8 if logo else 0)
    facts = tuple(_facts(setter, document.head, facts_end))
    room = min((text.x for text in facts), default=facts_end) - place - 10
    rule = max(_least(document), _PITCH * len(document.head) + 3)
    elements: list[Element] = [
        *_sign_line(setter, document, place, room),
        *_title(setter, document, place, room),
        *facts,
        Rule(frame.left, rule, frame.room, 1.1, Ink.ACCENT),
    ]
    if logo:
        elements.append(Picture(frame.left, 3, _LOGO, logo))
    if code:
        elements.append(CaseCode(frame.right - _CODE, 0, _CODE, code))
    return Block(rule + 5, tuple(elements))


def _least(document: Document) -> float:
    """Depth of the head whatever its facts: a code and a second line need more."""
    return 54.0 if document.code or document.layout.head.subtitle else 43.0


def _title(setter: Typesetter, document: Document, x: float, room: float) -> Iterator[Text]:
    style = setter.fitting(document.title, Style(14, Ink.ACCENT, strong=True), room)
    yield setter.left(x, 34, document.title, style)
    subtitle = document.layout.head.subtitle
    if subtitle:
        yield setter.left(x, 46, subtitle, setter.fitting(subtitle, Style(7, Ink.QUIET), room))


def _sign_line(setter: Typesetter, document: Document, x: float, room: float) -> Iterator[Element]:
    pill = Style(6.4, Ink.PAPER, strong=True)
    marks = [mark for mark in _marks(document) if mark[0]]
    needed = sum(setter.width(words, pill) + 13 for words, _ink in marks) + 4
    style = setter.fitting(document.hospital, Style(9, strong=True), room - needed)
    yield setter.left(x, 12, document.hospital, style)
    place = x + setter.width(document.hospital, style) + 8
    for words, ink in marks:
        width = setter.width(words, pill) + 9
        yield Panel(place, 3.6, width, 11, ink)
        yield setter.left(place + 4.5, 11.4, words, pill)
        place += width + 4


def _marks(document: Document) -> Iterator[tuple[str, Ink]]:
    yield document.layout.head.sign, Ink.ACCENT
    if document.issue.reprint:
        yield document.issue.reprint.words, Ink.TRIAL
    if document.issue.practice:
        yield TRIAL, Ink.TRIAL


def _facts(setter: Typesetter, facts: Sequence[Fact], end: float) -> Iterator[Text]:
    widest = max((setter.width(fact.value, _FACT) for fact in facts), default=0)
    for at, fact in enumerate(facts):
        baseline = 5.6 + _PITCH * at
        yield setter.left(end - widest, baseline, fact.value, _FACT)
        yield setter.right(end - widest - 5, baseline, fact.label, LABEL)


def running_head(setter: Typesetter, document: Document) -> Block:
    """The head of a following page: the title and which paper it is."""
    frame = setter.frame
    trial = f"{TRIAL}    " if document.issue.practice else ""
    number = f"{trial}{document.running}"
    title = f"{document.title}（续）"
    style = setter.fitting(title, Style(9, Ink.ACCENT, strong=True), frame.room * 0.55)
    return Block(
        30,
        (
            setter.left(frame.left, 12, title, style),
            setter.right(
                frame.right, 12, number, setter.fitting(number, Style(6.6), frame.room * 0.43)
            ),
            Rule(frame.left, 21, frame.room, 1.1, Ink.ACCENT),
        ),
    )


class Number(Struct, frozen=True):
    """Which page of which copy."""

    page: int
    pages: int
    copy: str = ""

    @property
    def words(self) -> str:
        return f"第 {self.page} 页 / 共 {self.pages} 页"


def foot(setter: Typesetter, document: Document, number: Number) -> Iterator[Text]:
    """Whose word is the last, where to complain, why it is a reprint; copy and page number."""
    frame = setter.frame
    baseline = frame.height - 14
    words = "    ".join(filter(None, (document.layout.foot.closing, *_notes(document.issue))))
    page = setter.right(frame.right, baseline, number.words, LABEL)
    copy = setter.right(page.x - 10, baseline, number.copy, _COPY)
    room = copy.x - frame.left - 12
    yield setter.left(frame.left, baseline, words, setter.fitting(words, LABEL, room))
    yield page
    if number.copy:
        yield copy


def _notes(issue: Issue) -> Iterator[str]:
    if issue.complaints:
        yield f"咨询投诉：{issue.complaints}"
    if issue.reprint and issue.reprint.reason:
        yield f"补打原因：{issue.reprint.reason}"


def watermark(setter: Typesetter, issue: Issue) -> Iterator[Text]:
    """「试运行 无效」 or 「补打 第n次」 across the page, under everything; the head says both."""
    if issue.practice:
        yield _across(setter, TRIAL, Ink.TRIAL_PALE)
    elif issue.reprint:
        yield _across(setter, issue.reprint.words, Ink.REPRINT_PALE)


def _across(setter: Typesetter, words: str, ink: Ink) -> Text:
    frame = setter.frame
    angle = degrees(atan2(frame.height, frame.width)) * _LEAN
    across, up = cos(radians(angle)), sin(radians(angle))
    length = _LEAN * frame.width / across
    line = setter.fonts.line(words, strong=True)
    size = length * 1000 / line.width
    x = (frame.width - length * across) / 2 + size * 0.36 * up
    y = (frame.height + length * up) / 2 + size * 0.36 * across
    return Text(x, y, line, size, ink, angle=angle, silent=True)
