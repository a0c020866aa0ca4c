"""What the widgets show, as frozen data; no Qt, so presenters and tests make it too.

Texts are what the person reads, already in the language of the window; amounts are ``Money``.
``intent`` is whatever the window wants back when an offer is taken, such as a member of an Enum.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from msgspec import Struct

from ui.theme.tokens import Tone

if TYPE_CHECKING:
    from desktop.domain.money import Money


class Badge(Struct, frozen=True):
    """A state as a word; the tone adds colour and shape."""

    word: str
    tone: Tone = Tone.NEUTRAL


class Fact(Struct, frozen=True):
    """A label and its value; ``strong`` for what the cashier compares with the person."""

    label: str
    value: str
    strong: bool = False
    badge: Badge | None = None
    """Stands behind the value."""
    wide: bool = False
    """Takes a whole row of the grid."""


class Sum(Struct, frozen=True):
    """An amount with its name; None: not told."""

    label: str
    amount: Money | None
    note: str = ""
    strong: bool = False


class Equation(Struct, frozen=True):
    """total - what others pay = cash, as on the slip; ``words``: the result in 大写."""

    terms: tuple[Sum, ...]
    """The first is what the others are taken from."""
    result: Sum
    words: str = ""
    estimate: bool = False
    """The desk's own estimate: marked 估算."""
    holds: bool = True
    """False where an amount is missing: no signs claim a sum then."""


class Part(Struct, frozen=True):
    """A share of the bar; the first part of a bar is drawn as what the person pays."""

    label: str
    amount: Money


class LineShown(Struct, frozen=True):
    """A line of the bill; amounts that were not told are None."""

    name: str
    quantity: str
    price: str
    amount: Money
    item_class: str = ""
    """甲, 乙, 丙, or the platform's raw code."""
    full_self_pay: Money | None = None
    over_limit: Money | None = None
    pre_self_pay: Money | None = None
    note: str = ""
    """A remark or a fault; the tooltip shows it, and the tone marks the row."""
    tone: Tone = Tone.NEUTRAL
    mark: str = ""
    """The tone's reason in a word, before the name."""


class Offer(Struct, frozen=True):
    """Something the cashier may ask for, with the key that does it."""

    intent: Hashable
    label: str
    key: str = ""
    enabled: bool = True
    primary: bool = False
    why_not: str = ""
    """Why it cannot be asked for now; shown as tooltip of the disabled button."""


class ProblemShown(Struct, frozen=True):
    """What happened, what to do next, and the platform's own words; ``code`` for the phone call."""

    happened: str
    next_step: str
    tone: Tone = Tone.DANGER
    code: str = ""
    quoted: str = ""
    quoted_from: str = ""
    details: tuple[str, ...] = ()
    """Every fault at once, one a line."""
    facts: tuple[Fact, ...] = ()
    """What is known of the case."""
    offers: tuple[Offer, ...] = ()


class KeyGroup(Struct, frozen=True):
    """A section of the key card."""

    title: str
    offers: tuple[Offer, ...]


class Choice(Struct, frozen=True):
    """A row to choose from."""

    intent: Hashable
    title: str
    detail: str = ""
    aside: str = ""
    """At the right edge: a price, a code."""
    badge: Badge | None = None
    enabled: bool = True


class Way(Struct, frozen=True):
    """One of a few ways to go on, with what it means for the patient."""

    intent: Hashable
    key: str
    name: str
    means: str


class Busy(Struct, frozen=True):
    """What is being done; ``since`` is a reading of the strip's own time source, in seconds."""

    doing: str
    since: float
    cancel: Offer | None = None


class Trail(Struct, frozen=True):
    """Where the visit stands among its steps; ``at`` counts from 0, ``len(steps)``: all done."""

    steps: tuple[str, ...]
    at: int
    tone: Tone = Tone.INFO
