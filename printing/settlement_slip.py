"""The settlement slip F1 as PDF, A5 landscape (forms.md; S4 receipts)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import mkstemp

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.money import ZERO
from desktop.domain.times import in_china
from printing.blocks import (
    BOTTOM,
    TITLE,
    TOP,
    explanation,
    foot,
    head,
    hero,
    particulars,
    running_head,
    signatures,
    trial_mark,
)
from printing.columns import bands
from printing.elements import Block, Element, Placed, Text, stacked
from printing.fonts import Fonts
from printing.slip import SettlementSlip, refuse_unsound
from printing.typesetter import Typesetter

_LOWEST, _HIGHEST = 0.94, 1.34
"""How far the rows of the columns may be stretched to fill the page."""

Page = tuple[Placed, ...]


class Rendered(Discreet, Struct, frozen=True):
    """A slip as PDF."""

    said = ("missing_characters", "pages")

    pdf: bytes
    missing_characters: tuple[str, ...]
    """Characters that no font has: printed as a box and ``U+XXXX``; warn the operator."""
    pages: int


def render(slip: SettlementSlip, fonts: Fonts, out: Path) -> Rendered:
    """Write the slip to ``out`` as PDF, whole or not at all.

    Raises :class:`printing.slip.CannotPrint` before anything is written, ``OSError`` when the
    disk refuses.
    """
    rendered = drawn(slip, fonts)
    write_whole(out, rendered.pdf)
    return rendered


def drawn(slip: SettlementSlip, fonts: Fonts) -> Rendered:
    """The slip in memory; raises :class:`printing.slip.CannotPrint`."""
    pages = compose(slip, fonts)
    return Rendered(_pdf(slip, pages), _missing(pages), len(pages))


def compose(slip: SettlementSlip, fonts: Fonts) -> tuple[Page, ...]:
    """The pages of the slip, still without PDF; raises :class:`printing.slip.CannotPrint`."""
    refuse_unsound(slip)
    setter = Typesetter(fonts)
    bodies = tuple(_paginated(_blocks(setter, slip), running_head(setter, slip)))
    ground = _as_drawn((trial_mark(fonts),) if slip.practice else ())
    return tuple(
        (*ground, *body, *_as_drawn(foot(setter, slip, number, len(bodies))))
        for number, body in enumerate(bodies, 1)
    )


def _as_drawn(elements: Iterable[Element]) -> Page:
    return tuple(Placed(element, element.y) for element in elements)


def _pdf(slip: SettlementSlip, pages: Iterable[Page]) -> bytes:
    from printing.paper import Imprint, to_pdf

    return to_pdf(pages, Imprint(TITLE, slip.hospital.name, in_china(slip.printed_at)))


def _blocks(setter: Typesetter, slip: SettlementSlip) -> tuple[Block, ...]:
    return (
        head(setter, slip),
        *particulars(setter, slip),
        hero(setter, slip, slip.settlement.split.cash or ZERO),
        *bands(setter, slip),
        *_tail(setter, slip),
    )


def _tail(setter: Typesetter, slip: SettlementSlip) -> tuple[Block, ...]:
    """Explanation and signatures, together unless the explanation is a long one."""
    blocks = (Block(4, ()), *explanation(setter, slip), signatures(setter, slip))
    depth = sum(block.height for block in blocks)
    return (stacked(blocks),) if depth < (BOTTOM - TOP) / 2 else blocks


def _paginated(blocks: Sequence[Block], next_head: Block) -> Iterator[Page]:
    stretch = _stretch(blocks)
    page: list[Block] = []
    spare = BOTTOM - TOP
    for block in blocks:
        if _height(block, stretch) > spare:
            yield _set_page(page, stretch, 0)
            page = [next_head, *filter(None, (block.head,))]
            spare = BOTTOM - TOP - sum(_height(each, stretch) for each in page)
        page.append(block)
        spare -= _height(block, stretch)
    yield _set_page(page, stretch, 0 if next_head in page else spare)


def _stretch(blocks: Sequence[Block]) -> float:
    """The factor with which the blocks fill one page, within its limits."""
    stiff = sum(block.height for block in blocks if not block.stretches)
    elastic = sum(block.height for block in blocks if block.stretches)
    return min(_HIGHEST, max(_LOWEST, (BOTTOM - TOP - stiff - 0.01) / elastic))


def _height(block: Block, stretch: float) -> float:
    return block.height * stretch if block.stretches else block.height


def _set_page(blocks: Iterable[Block], stretch: float, spare: float) -> Page:
    """Blocks from top to bottom; what sinks stands ``spare`` points lower, at the foot."""
    elements: list[Placed] = []
    top = TOP
    for block in blocks:
        if block.sinks:
            top, spare = top + spare, 0
        scale = stretch if block.stretches else 1
        elements += [Placed(element, top + element.y * scale) for element in block.elements]
        top += _height(block, stretch)
    return tuple(elements)


def _missing(pages: Iterable[Page]) -> tuple[str, ...]:
    texts = (element for page in pages for element, _y in page if isinstance(element, Text))
    return tuple(dict.fromkeys(character for text in texts for character in text.line.missing))


def write_whole(out: Path, data: bytes) -> None:
    """Write the file whole or not at all: beside it, to the disk, then in its place.

    Only its owner may read it, for it names a patient.
    """
    descriptor, name = mkstemp(dir=out.parent, prefix=f".{out.name}.")
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(out)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
