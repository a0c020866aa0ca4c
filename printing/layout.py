"""How a hospital wants its papers: one TOML file a form, its own before the one that came along.

A site's file names only what differs: single values and tables are laid over ours key by key, a
list takes the place of ours. What it may name is what our file names.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from printing.elements import PAPERS, Frame, PaperSize

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_LAYOUTS = Path(__file__).with_name("layouts")
_PAPERS = {paper.name: paper for paper in PAPERS}
_LINE = re.compile(r"line (\d+)")
_SAID = (
    (re.compile(r"Expected `(\w+)`, got `(\w+)`"), "应当是{0}，写的是{1}"),
    (re.compile(r"Object contains unknown field `(.+)`"), "没有 {0} 这一项"),
    (re.compile(r"Object missing required field `(.+)`"), "少了 {0}"),
)
_KINDS = {
    "str": "文字",
    "int": "整数",
    "float": "数",
    "bool": "true 或 false",
    "array": "列表",
    "object": "一节",
}


class LayoutFault(Exception):
    """A layout file cannot be used: which file, where in it, and why, in Chinese."""

    def __init__(self, file: str, place: str, reason: str) -> None:
        super().__init__("：".join(filter(None, (file, place, reason))))
        self.file = file
        self.place = place
        self.reason = reason


class Head(Struct, frozen=True, forbid_unknown_fields=True):
    """The head of the first page."""

    hospital: str = ""
    """Other words than the hospital's name in the settings."""
    sign: str = "跨省异地就医"
    subtitle: str = ""
    """A line below the title: a department, an address."""
    logo: str = ""
    """A PNG or JPEG beside the file."""


class Foot(Struct, frozen=True, forbid_unknown_fields=True):
    """The foot of every page."""

    closing: str = ""
    """Whose word is the last."""


class SignaturePlace(Struct, frozen=True, forbid_unknown_fields=True):
    """A place to sign; ``shows`` names what the form puts there already.

    ``{name}`` in the label is what the form says of that name, such as who signs.
    """

    label: str
    width: float = 3.0
    shows: str = ""
    line: bool = True


class PointText(Struct, frozen=True, forbid_unknown_fields=True):
    """One numbered point of the guide."""

    name: str
    lines: tuple[str, ...]


class AreaText(Struct, frozen=True, forbid_unknown_fields=True):
    """What the guide says to the insured of some areas."""

    code: str
    """How their area codes begin; "" is everybody's text."""
    points: Mapping[str, PointText]
    """By the name of the part; a more particular area's point takes the place of a general one."""


class Layout(Struct, frozen=True, forbid_unknown_fields=True):
    """One form as this hospital prints it."""

    title: str
    paper: str
    """A name of :data:`printing.elements.PAPERS`."""
    scale: float = 0.0
    """How much larger than on A5 landscape everything is set; 0 is what suits the paper."""
    margin: float = 30.0
    copies: tuple[str, ...] = ("",)
    """A sheet each; their labels, such as 患者联."""
    parts: tuple[str, ...] = ()
    """Which parts the form shows, in order."""
    facts: tuple[str, ...] = ()
    """Which labelled values it shows."""
    head: Head = Head()
    foot: Foot = Foot()
    texts: Mapping[str, str] = {}
    """The form's own sentences."""
    signatures: tuple[tuple[SignaturePlace, ...], ...] = ()
    areas: tuple[AreaText, ...] = ()
    """Texts of insured areas (F5)."""
    second_signature_above: int = 0
    """Yuan above which a second person signs (refunds)."""
    picture: bytes = b""
    """The logo's file, read."""

    @property
    def size(self) -> PaperSize:
        return _PAPERS[self.paper]

    @property
    def frame(self) -> Frame:
        return Frame(self.size.width / self.times, self.size.height / self.times, self.margin)

    @property
    def times(self) -> float:
        """The scale in force."""
        return self.scale or self.size.scale


class Layouts:
    """The layouts of this site; each file is read when its form is first asked for."""

    def __init__(self, site: Path | None = None) -> None:
        """``site`` is the folder with the hospital's own files; None has ours only."""
        self._site = site
        self._read: dict[str, Layout] = {}

    def of(self, form: str) -> Layout:
        """The layout of a form by the stem of its file; raises :class:`LayoutFault`."""
        found = self._read.get(form)
        if found is None:
            found = self._read[form] = load_layout(form, self._site)
        return found


def load_layout(form: str, site: Path | None) -> Layout:
    """Ours, with the site's file of the same name laid over it; raises :class:`LayoutFault`."""
    name = f"{form}.toml"
    ours = _ours(name)
    if site is None or not (site / name).exists():
        return _layout(ours, name)
    file = site / name
    theirs = _read_site(file)
    for place in _unknown(ours, theirs):
        raise LayoutFault(str(file), place, "这张单据没有这一项")
    layout = _layout(_laid_over(ours, theirs), str(file))
    return msgspec.structs.replace(layout, picture=_logo(file, layout.head.logo))


@cache
def _ours(name: str) -> Mapping[str, Any]:
    """Part of the program: read once, 2 ms."""
    return tomllib.loads((_LAYOUTS / name).read_text(encoding="utf-8"))


def _read_site(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise LayoutFault(str(file), "", f"打不开（{error.strerror}）") from error
    except UnicodeDecodeError as error:
        raise LayoutFault(str(file), "", "不是 UTF-8 编码的文字") from error
    except tomllib.TOMLDecodeError as error:
        raise LayoutFault(str(file), *_where(str(error))) from error


def _where(told: str) -> tuple[str, str]:
    """Line and reason of what ``tomllib`` says."""
    reason, _at, place = told.rstrip(")").partition(" (at ")
    line = _LINE.match(place)
    return (f"第 {line[1]} 行" if line else "文件末尾"), f"写法不合 TOML（{reason}）"


def _unknown(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[str]:
    """Names that our file does not have: parts, facts and texts are those of the form."""
    for key in ("parts", "facts"):
        known, wanted = ours.get(key, []), theirs.get(key, [])
        if isinstance(wanted, list):
            yield from (f"{key} 里的 {name!r}" for name in wanted if name not in known)
    texts = theirs.get("texts", {})
    if isinstance(texts, dict):
        yield from (f"texts.{name}" for name in texts if name not in ours.get("texts", {}))


def _laid_over(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(ours)
    for key, value in theirs.items():
        below = merged.get(key)
        if isinstance(value, dict) and isinstance(below, dict):
            merged[key] = _laid_over(below, value)
        else:
            merged[key] = value
    return merged


def _layout(table: Mapping[str, Any], file: str) -> Layout:
    try:
        layout = msgspec.convert(table, Layout)
    except msgspec.ValidationError as error:
        reason, _at, place = str(error).partition(" - at ")
        raise LayoutFault(file, place.strip("`").removeprefix("$."), _translated(reason)) from error
    for place, reason in _out_of_range(layout):
        raise LayoutFault(file, place, reason)
    return layout


def _translated(reason: str) -> str:
    """What ``msgspec`` says of a value."""
    said = ((words, pattern.fullmatch(reason)) for pattern, words in _SAID)
    told = (
        words.format(*(_KINDS.get(kind, kind) for kind in found.groups()))
        for words, found in said
        if found
    )
    return next(told, reason)


def _out_of_range(layout: Layout) -> Iterator[tuple[str, str]]:
    if layout.paper not in _PAPERS:
        yield "paper", f"应当是 {'、'.join(_PAPERS)} 之一"
    if layout.scale and not 0.5 <= layout.scale <= 3:
        yield "scale", "应当在 0.5 到 3 之间"
    if not 5 <= layout.margin <= 100:
        yield "margin", "应当在 5 到 100 之间（点）"
    if not layout.copies:
        yield "copies", "至少要有一联"


def _logo(file: Path, name: str) -> bytes:
    """The logo's bytes; b"" without one."""
    if not name:
        return b""
    try:
        data = (file.parent / name).read_bytes()
    except OSError as error:
        raise LayoutFault(str(file), "head.logo", f"{name} 打不开（{error.strerror}）") from error
    if not data.startswith((_PNG, _JPEG)):
        raise LayoutFault(str(file), "head.logo", f"{name} 不是 PNG 或 JPEG 图片")
    return data
