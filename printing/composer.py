"""Forms become pages, and pages a PDF: one typesetter for all of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, product
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.times import in_china
from printing.document import Document
from printing.elements import Block, Element, Frame, Placed, Text
from printing.fonts import Fonts
from printing.setting.heads import Number, foot, head, running_head, watermark
from printing.setting.parts import blocks
from printing.typesetter import Typesetter

if TYPE_CHECKING:
    from printing.paper import Press

_LOWEST, _HIGHEST = 0.94, 1.34
"""How far the rows of figures may be stretched to fill the page."""

_DEEPEST = 130.0
"""How far the places to sign may sink towards the foot: they still belong to the text."""

Page = tuple[Placed, ...]


class Rendered(Discreet, Struct, frozen=True):
    """A form on paper."""

    said = ("pages",)

    pdf: bytes
    pages: int
    """Of all copies together; each copy has as many."""
    copies: int
    missing_characters: tuple[str, ...]
    """Characters that no font has: printed as a box and ``U+XXXX``; warn the operator."""


def to_pdf(document: Document, fonts: Fonts, copies: Sequence[str] = ()) -> Rendered:
    """The form as one PDF; ``copies`` are the labels of the copies wanted, else the layout's.

    Each copy counts its own pages. The same document gives the same bytes.
    """
    from printing.paper import Imprint, Press

    layout, lacking = document.layout, dict[str, None]()
    imprint = Imprint(document.title, document.hospital, in_china(document.issue.printed_at))
    press = Press(layout.size, layout.times, imprint)
    wanted = tuple(copies or layout.copies)
    setter = Typesetter(fonts, layout.frame)
    for page in bodies(document, setter):
        lacking |= dict.fromkeys(missing(page))
        press.page(page)
    _make_copies(press, document, setter, wanted)
    return Rendered(press.finished(), press.pages, len(wanted), tuple(lacking))


def _make_copies(
    press: Press, document: Document, setter: Typesetter, copies: Sequence[str]
) -> None:
    """Of the pages drawn so far; they differ in their feet, which tell the number of pages."""
    count = press.pages
    for _copy in copies[1:]:
        press.repeat(count)
    for at, (copy, page) in enumerate(product(copies, range(count))):
        press.add(at, as_drawn(foot(setter, document, Number(page + 1, count, copy))))


def pages(document: Document, fonts: Fonts, copy: str = "") -> tuple[Page, ...]:
    """Every page of one copy with its foot, still without PDF."""
    setter = Typesetter(fonts, document.layout.frame)
    whole = tuple(bodies(document, setter))
    return tuple(
        (*page, *as_drawn(foot(setter, document, Number(number, len(whole), copy))))
        for number, page in enumerate(whole, 1)
    )


def bodies(document: Document, setter: Typesetter) -> Iterator[Page]:
    """The pages of a copy one by one, without their feet."""
    ground = as_drawn(watermark(setter, document.issue))
    every: Iterable[Block] = chain((head(setter, document),), blocks(setter, document.parts))
    stretch = 1.0
    if document.fills:
        every = tuple(every)
        stretch = _stretch(every, setter.frame)
    for page in _paginated(every, running_head(setter, document), setter.frame, stretch):
        yield (*ground, *page)


def as_drawn(elements: Iterable[Element]) -> Page:
    return tuple(Placed(element, element.y) for element in elements)


def _paginated(
    every: Iterable[Block], next_head: Block, frame: Frame, stretch: float
) -> Iterator[Page]:
    page: list[Block] = []
    spare = frame.depth
    for block in every:
        if _height(block, stretch) > spare:
            if not block.elements:
                continue  # a space between parts is none at the end of a page
            carried = [page.pop()] if page and page[-1].keeps else []
            yield _set_page(page, frame, stretch, 0)
            page = [next_head, *filter(None, (block.head,)), *carried]
            spare = frame.depth - sum(_height(each, stretch) for each in page)
        page.append(block)
        spare -= _height(block, stretch)
    alone = all(block.sinks or block is next_head for block in page)
    yield _set_page(page, frame, stretch, 0 if alone else spare)


def _stretch(every: Sequence[Block], frame: Frame) -> float:
    """The factor with which the blocks fill one page, within its limits."""
    stiff = sum(block.height for block in every if not block.stretches)
    elastic = sum(block.height for block in every if block.stretches)
    return min(_HIGHEST, max(_LOWEST, (frame.depth - stiff - 0.01) / elastic))


def _height(block: Block, stretch: float) -> float:
    return block.height * stretch if block.stretches else block.height


def _set_page(every: Iterable[Block], frame: Frame, stretch: float, spare: float) -> Page:
    """Blocks from top to bottom; what sinks stands ``spare`` points lower, at the foot
    or near it.
    """
    elements: list[Placed] = []
    top = frame.top
    for block in every:
        if block.sinks:
            top, spare = top + min(spare, _DEEPEST), 0
        scale = stretch if block.stretches else 1
        elements += [Placed(element, top + element.y * scale) for element in block.elements]
        top += _height(block, stretch)
    return tuple(elements)


def missing(page: Page) -> Iterator[str]:
    for element, _y in page:
        if isinstance(element, Text):
            yield from element.line.missing


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
