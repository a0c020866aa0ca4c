"""Forms on paper: how this desk issues them, in the hospital's own layout, a label on each copy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.discreet import Discreet
from desktop.domain.problems import Problem, ProblemCode, desk_error
from desktop.knowledge.areas import Areas
from printing.issue import Hospital, Issue, Reprint
from printing.layout import Layout, LayoutFault, Layouts
from printing.sound import CannotPrint, WrongSum
from printing.thermal_slip import ThermalSlip

if TYPE_CHECKING:
    from printing.composer import Rendered
    from printing.document import Document
    from printing.fonts import Fonts

_T = TypeVar("_T")


class Letterhead(Struct, frozen=True):
    """What of the desk stands on every paper."""

    hospital: Hospital
    operator: str
    practice: bool
    """True prints 「试运行 无效」."""
    areas: Areas
    window: str = ""
    """Number of the window."""
    phone: str = ""
    """For questions and complaints; "" leaves the line out."""

    def issue(self, at: datetime, reprint: Reprint | None = None) -> Issue:
        return Issue(self.hospital, self.operator, at, self.practice, reprint, self.phone)


class DrawnForm(Discreet, Struct, frozen=True):
    """A form ready for paper."""

    said = ("form", "copies")

    form: str
    """Of forms.md."""
    title: str
    pdf: bytes
    copies: int
    pages: int = 0
    """Of one copy, where ``pdf`` has pages for each copy; 0: every copy is the whole of it."""
    slip: ThermalSlip | None = None
    """The same for a roll of 80 mm, where the form has one."""
    problems: tuple[Problem, ...] = ()
    """What is amiss with it, and does not keep it from being printed."""
    about: str = ""
    """What it is of: a settlement, or the number that it bears itself."""


class Pen(Struct, frozen=True):
    """Draws any form by the layout of this site; ``copies`` of None are as many as that has."""

    fonts: Callable[[], Fonts]
    """Loaded for the first paper; raises ``DeskError`` (receipt-not-printed)."""
    layouts: Layouts

    def sheet(
        self, form: str, stem: str, made: Callable[[Layout], Document], copies: int | None = None
    ) -> DrawnForm:
        """A form for pages by the layout of that stem.

        Raises ``DeskError`` (receipt-not-printed for sums that do not add up or without a font,
        layout-unusable).
        """
        from printing.composer import to_pdf

        layout = self.layout(stem)
        labels = labelled(layout.copies, copies)
        rendered = refused_unsound(lambda: to_pdf(made(layout), self.fonts(), labels))
        pages = rendered.pages // rendered.copies if len(labels) > 1 else 0
        drawn = _drawn(form, layout, rendered)
        return replace(drawn, copies=len(labels), pages=pages)

    def slip(
        self,
        form: str,
        stem: str,
        made: Callable[[Layout], tuple[ThermalSlip, Issue]],
        copies: int | None = None,
    ) -> DrawnForm:
        """A form for a roll of 80 mm, and its picture; raises as :meth:`sheet`."""
        from printing.roll import roll_pdf

        layout = self.layout(stem)
        slip, issue = refused_unsound(lambda: made(layout))
        drawn = _drawn(form, layout, roll_pdf(slip, issue, self.fonts()))
        return replace(drawn, copies=copies or len(layout.copies), slip=slip)

    def layout(self, stem: str) -> Layout:
        """Raises ``DeskError`` (layout-unusable): the file, the place in it, what is wrong."""
        try:
            return self.layouts.of(stem)
        except LayoutFault as fault:
            raise desk_error(ProblemCode.LAYOUT_UNUSABLE, str(fault)) from fault


def labelled(labels: tuple[str, ...], wanted: int | None) -> tuple[str, ...]:
    """A label for each copy that is wanted; beyond those of the layout they are counted."""
    count = wanted or len(labels)
    if not any(labels):
        return ("",) * count
    more = (f"第{number}联" for number in range(len(labels) + 1, count + 1))
    return (*labels[:count], *more)


def refused_unsound(made: Callable[[], _T]) -> _T:
    """What ``made`` gives; figures that do not add up become ``DeskError`` (receipt-not-printed)."""
    try:
        return made()
    except (CannotPrint, WrongSum) as refusal:
        raise desk_error(ProblemCode.RECEIPT_NOT_PRINTED, str(refusal)) from refusal


def _drawn(form: str, layout: Layout, rendered: Rendered) -> DrawnForm:
    missing = "、".join(f"U+{ord(character):04X}" for character in rendered.missing_characters)
    problems = (Problem(ProblemCode.GLYPH_MISSING, missing),) if missing else ()
    return DrawnForm(form, layout.title, rendered.pdf, rendered.copies, problems=problems)
