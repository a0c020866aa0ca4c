"""F5: the window's guide, a hand sheet on A4 or a poster on A3 (S0-31, S0-35, S3-23)."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.identifiers import AreaCode
from printing.document import Document, filled, told
from printing.issue import Issue
from printing.layout import AreaText, Layout, PointText
from printing.parts import Fact, Point, Points

LAYOUT = "f5_guide"
_TO_WRITE_ON = "＿" * 12
_POSTER = "A3"
_SIZE = 10.4


class Guide(Struct, frozen=True):
    """For whom the guide is printed, and whom they may call."""

    issue: Issue
    area: AreaCode | None = None
    """The insured area whose text is wanted; None prints everybody's."""
    area_name: str = ""
    window: str = ""
    """本窗口: its telephone, place and hours."""
    area_phone: str = ""
    poster: bool = False


def guide(wanted: Guide, layout: Layout) -> Document:
    points = _points(layout.areas, wanted.area.code if wanted.area else "")
    named = tuple(points[name] for name in layout.parts if name in points)
    return Document(
        form="F5",
        title=layout.title,
        layout=replace(layout, paper=_POSTER) if wanted.poster else layout,
        issue=wanted.issue,
        head=told((Fact("参保地", wanted.area_name),)),
        running="",
        banner=True,
        parts=(Points(tuple(_filled(point, wanted) for point in named), _SIZE),),
    )


def _points(areas: tuple[AreaText, ...], code: str) -> Mapping[str, PointText]:
    """The general points, then those of the areas to which the code belongs."""
    fitting = sorted(
        (area for area in areas if code.startswith(area.code)), key=lambda area: len(area.code)
    )
    return {name: point for area in fitting for name, point in area.points.items()}


def _filled(point: PointText, wanted: Guide) -> Point:
    known = {
        "window": wanted.window or _TO_WRITE_ON,
        "complaints": wanted.issue.complaints or _TO_WRITE_ON,
        "area_phone": wanted.area_phone or _TO_WRITE_ON,
    }
    return Point(point.name, tuple(filled(line, known) for line in point.lines))
