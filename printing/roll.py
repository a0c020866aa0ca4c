"""A slip for a roll as a PDF of 80 mm: as long as what stands on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.domain.times import in_china
from printing.composer import Rendered, as_drawn, missing
from printing.elements import ROLL_80, Block, CaseCode, Frame, Ink, PaperSize, Rule, stacked
from printing.fonts import Fonts
from printing.issue import Issue
from printing.setting.heads import watermark
from printing.thermal_slip import Code, Command, Divider, Pair, Side, ThermalSlip, Words
from printing.typesetter import Style, Typesetter

_MARGIN = 10.0
_PITCH = 13.0
_CODE = 92.0
_TEXT = Style(8.6)
_GAP = 6.0


def roll_pdf(slip: ThermalSlip, issue: Issue, fonts: Fonts) -> Rendered:
    """One page, cut to its length."""
    from printing.paper import Imprint, Press

    setter = Typesetter(fonts, Frame(ROLL_80.width, ROLL_80.height, _MARGIN))
    body = stacked(_blocks(setter, slip.commands))
    depth = body.height + 2 * _MARGIN
    size = PaperSize(ROLL_80.name, ROLL_80.width, depth)
    imprint = Imprint(slip.title, issue.hospital.name, in_china(issue.printed_at))
    press = Press(size, 1, imprint)
    lowered = stacked((Block(_MARGIN, ()), body))
    whole = Typesetter(fonts, Frame(ROLL_80.width, depth, _MARGIN))
    page = as_drawn((*watermark(whole, issue), *lowered.elements))
    press.page(page)
    return Rendered(press.finished(), 1, 1, tuple(dict.fromkeys(missing(page))))


def _blocks(setter: Typesetter, commands: Iterable[Command]) -> Iterator[Block]:
    frame = setter.frame
    for command in commands:
        match command:
            case Words():
                yield from _sentence(setter, command)
            case Pair():
                yield from _pair(setter, command)
            case Divider():
                yield Block(8, (Rule(frame.left, 4, frame.room, 0.6, Ink.TEXT),))
            case Code():
                left = (frame.width - _CODE) / 2
                yield Block(_CODE + 10, (CaseCode(left, 5, _CODE, command.content),))
            case _:
                yield Block(0, ())


def _style(strong: bool, large: bool = False) -> Style:
    return Style(_TEXT.size * (1.6 if large else 1.0), strong=strong)


def _sentence(setter: Typesetter, words: Words) -> Iterator[Block]:
    frame, style = setter.frame, _style(words.strong, words.large)
    pitch = _PITCH * style.size / _TEXT.size + (3 if words.large else 0)
    for line in setter.wrapped(words.text, style, frame.room):
        spare = frame.room - setter.width(line, style)
        share = {Side.LEFT: 0.0, Side.CENTRE: 0.5, Side.RIGHT: 1.0}[words.side]
        text = setter.left(frame.left + spare * share, pitch * 0.75, line, style)
        yield Block(pitch, (text,))


def _pair(setter: Typesetter, pair: Pair) -> Iterator[Block]:
    """On one line; a value that has no room beside its label goes below it, to the right."""
    frame = setter.frame
    quiet, style = Style(_TEXT.size, strong=pair.strong), _style(pair.strong)
    value = setter.wrapped(pair.value, style, frame.room)
    label = setter.left(frame.left, _PITCH * 0.75, pair.label, quiet)
    beside = setter.width(pair.label, quiet) + _GAP + setter.width(pair.value, style) <= frame.room
    first, *rest = value if beside else ("", *value)
    yield Block(_PITCH, (label, setter.right(frame.right, _PITCH * 0.75, first, style)))
    for line in rest:
        yield Block(_PITCH, (setter.right(frame.right, _PITCH * 0.75, line, style),))
