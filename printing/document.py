"""A form ready to be set: its layout, how it is issued, and its parts in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from desktop.domain.discreet import Discreet
from printing.issue import Issue, moment
from printing.layout import Layout, SignaturePlace
from printing.parts import Fact, Facts, Part, Signature, Signatures


class Document(Discreet, Struct, frozen=True):
    """One form; nothing in it knows where it will stand."""

    said = ("form", "title")

    form: str
    """F1 … F10 with its kind; the name by which printers are chosen."""
    title: str
    layout: Layout
    issue: Issue
    head: tuple[Fact, ...]
    """Numbers and times beside the title."""
    running: str
    """Which paper this is, at the head of following pages."""
    parts: tuple[Part, ...]
    code: str = ""
    """Content of the case QR: a message id, nothing of a person."""
    banner: bool = False
    """The title stands large across the page, to be read from afar."""
    fills: bool = False
    """Rows of figures may be stretched to fill the page."""

    @property
    def hospital(self) -> str:
        return self.layout.head.hospital or self.issue.hospital.name


Builders = Mapping[str, Callable[[], Part | tuple[Part, ...] | None]]
"""The parts of a form by name; several where they belong together, None where there is nothing."""


def chosen(layout: Layout, builders: Builders) -> tuple[Part, ...]:
    """The parts that the layout wants, in its order; those without content are left out."""
    built = (builders[name]() for name in layout.parts)
    groups = (part if isinstance(part, tuple) else (part,) for part in built)
    return tuple(part for group in groups for part in group if part is not None)


def shown(layout: Layout, *groups: tuple[Fact, ...]) -> Facts:
    """The labelled values that the layout wants."""
    wanted = frozenset(layout.facts)
    return Facts(tuple(tuple(f for f in group if f.name in wanted) for group in groups))


def signing(layout: Layout, shows: Mapping[str, str]) -> Signatures | None:
    """The places to sign, with what is known filled in; None without any."""
    rows = tuple(tuple(_place(place, shows) for place in row) for row in layout.signatures)
    return Signatures(rows) if rows else None


def _place(place: SignaturePlace, shows: Mapping[str, str]) -> Signature:
    label = filled(place.label, shows)
    return Signature(label, place.width, shows.get(place.shows, ""), place.line)


def filled(text: str, known: Mapping[str, str]) -> str:
    """A text of a layout, each ``{name}`` replaced by what is known of it."""
    for name, words in known.items():
        text = text.replace(f"{{{name}}}", words)
    return text


def head_facts(issue: Issue, *numbers: Fact) -> tuple[Fact, ...]:
    """Numbers first, then what every paper carries; what is not told is absent."""
    facts = (
        *numbers,
        Fact("医疗机构编码", issue.hospital.code),
        Fact("操作员", issue.operator),
        Fact("打印时间", moment(issue.printed_at)),
    )
    return told(facts)


def told(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.value)
