"""What lies on a page: texts, rules, panels and a QR code, in points from the top left corner."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from printing.fonts import Line

PAGE_WIDTH = 595.28
"""A5 landscape, 210 mm."""
PAGE_HEIGHT = 419.53
"""A5 landscape, 148 mm."""


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


Element = Text | Rule | Panel | CaseCode


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
