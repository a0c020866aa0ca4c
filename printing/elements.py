"""What lies on a page: texts, rules, panels and a QR code, in points from the top left corner."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from printing.fonts import Line


class PaperSize(Struct, frozen=True):
    """A sheet, in points; ``scale`` is how much larger than on A5 it is usually set."""

    name: str
    width: float
    height: float
    scale: float = 1.0


A5_LANDSCAPE = PaperSize("A5 landscape", 595.28, 419.53)
A4 = PaperSize("A4", 595.28, 841.89, 1.22)
A4_LANDSCAPE = PaperSize("A4 landscape", 841.89, 595.28)
A3 = PaperSize("A3", 841.89, 1190.55, 1.73)
ROLL_80 = PaperSize("80 mm", 226.77, 841.89)
"""As long as what stands on it; the height is the longest piece that is cut."""
PAPERS = (A5_LANDSCAPE, A4, A4_LANDSCAPE, A3, ROLL_80)


class Frame(Struct, frozen=True):
    """The page as it is set: its size and margins, in points before the paper's scale."""

    width: float
    height: float
    margin: float = 30.0
    top: float = 20.0
    foot: float = 25.0
    """Kept free below the text, for the foot."""

    @property
    def left(self) -> float:
        return self.margin

    @property
    def right(self) -> float:
        return self.width - self.margin

    @property
    def room(self) -> float:
        """Width of the text."""
        return self.width - 2 * self.margin

    @property
    def bottom(self) -> float:
        """Lower edge of the text."""
        return self.height - self.foot

    @property
    def depth(self) -> float:
        """Height of the text."""
        return self.bottom - self.top


class Ink(Enum):
    """The few colours of a slip, red green blue; all of them stay legible in black and white."""

    TEXT = (0.09, 0.11, 0.15)
    QUIET = (0.40, 0.43, 0.48)
    ACCENT = (0.04, 0.30, 0.42)
    HAIR = (0.80, 0.83, 0.86)
    TINT = (0.945, 0.96, 0.97)
    PAPER = (1.0, 1.0, 1.0)
    TRIAL = (0.80, 0.16, 0.13)
    TRIAL_PALE = (0.98, 0.885, 0.875)
    REPRINT_PALE = (0.905, 0.93, 0.945)


class Text(Struct, frozen=True):
    """A line; ``y`` is its baseline, ``angle`` in degrees counter-clockwise."""

    x: float
    y: float
    line: Line
    size: float
    ink: Ink = Ink.TEXT
    angle: float = 0.0
    silent: bool = False
    """Seen but not part of the text that copying or searching finds."""


class Rule(Struct, frozen=True):
    """A horizontal hairline; ``y`` its middle."""

    x: float
    y: float
    length: float
    weight: float = 0.4
    ink: Ink = Ink.HAIR


class Panel(Struct, frozen=True):
    """A filled rectangle with round corners; ``y`` its upper edge."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink
    radius: float = 2.0


class CaseCode(Struct, frozen=True):
    """A QR code with the msgid and nothing else; ``y`` its upper edge."""

    x: float
    y: float
    size: float
    content: str


class Picture(Struct, frozen=True):
    """A logo, as large as fits its square; ``y`` its upper edge."""

    x: float
    y: float
    size: float
    data: bytes
    """PNG or JPEG."""


Element = Text | Rule | Panel | CaseCode | Picture


class Block(Struct, frozen=True):
    """Elements that stay together; their ``y`` counts from the upper edge of the block."""

    height: float
    elements: tuple[Element, ...]
    head: Block | None = None
    """Repeated above the block when it begins a page."""
    sinks: bool = False
    """Stands at the foot of its page when there is room left."""
    stretches: bool = False
    """Gets higher or lower to fill the page, and its elements with it."""
    keeps: bool = False
    """Does not stand at the end of a page: it names what follows."""


class Placed(NamedTuple):
    """An element at its place on the page: ``y`` replaces the element's own."""

    element: Element
    y: float


def stacked(blocks: Iterable[Block]) -> Block:
    """Blocks one below the other as a single one, which no page break divides."""
    elements: list[Element] = []
    depth, sinks = 0.0, False
    for block in blocks:
        elements += [replace(element, y=element.y + depth) for element in block.elements]
        depth, sinks = depth + block.height, block.sinks
    return Block(depth, tuple(elements), sinks=sinks)
