"""The parts that forms are built of: what stands on the paper, never where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.money import Money


class Fact(Discreet, Struct, frozen=True):
    """A label over a value; ``span`` is the width it would like, in twelfths of the page."""

    said = ("label", "span", "strong")

    label: str
    value: str
    span: int = 3
    strong: bool = False
    key: str = ""
    """How a layout names it where the label varies; "" is by its label."""

    @property
    def name(self) -> str:
        return self.key or self.label


class Facts(Struct, frozen=True):
    """Labelled values, a group to a row; what has no value is left out, a row without any too."""

    groups: tuple[tuple[Fact, ...], ...]

    @property
    def told(self) -> tuple[tuple[Fact, ...], ...]:
        rows = (tuple(fact for fact in group if fact.value) for group in self.groups)
        return tuple(row for row in rows if row)


class Row(Struct, frozen=True):
    """A label with its figure; ``part`` marks a row that explains the one above."""

    label: str
    value: str
    part: bool = False


class Equation(Struct, frozen=True):
    """The bill in one line: figures, less each other, are the result; the result in 大写 too."""

    rows: tuple[Row, ...]
    label: str
    result: Money
    signed: bool = True
    """The figures make the sum that − and = between them claim."""


class FigureRow(Struct, frozen=True):
    """One row of figures; a cell is None when it was not told."""

    label: str
    cells: tuple[Money | None, ...]


class FigureTable(Struct, frozen=True):
    """A column of names with columns of figures and their sums."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    total: FigureRow


class FigureList(Struct, frozen=True):
    """Labels with one figure each, narrow."""

    title: str
    rows: tuple[Row, ...]


class Abreast(Struct, frozen=True):
    """Tables of figures side by side, cut row by row where the page ends."""

    tables: tuple[FigureTable | FigureList, ...]


class Sentences(Discreet, Struct, frozen=True):
    """Plain sentences behind a small mark such as 说明."""

    said = ("mark",)

    mark: str
    lines: tuple[str, ...]


class Heading(Struct, frozen=True):
    """The name of what follows."""

    text: str


class Prose(Discreet, Struct, frozen=True):
    """A paragraph; the first line indented, as Chinese texts are."""

    text: str
    size: float = 9.0
    indented: bool = True


class Point(Struct, frozen=True):
    """One numbered point of a guide: its name, and sentences below it."""

    name: str
    lines: tuple[str, ...]


class Points(Struct, frozen=True):
    """A guide, point by point; ``size`` of the sentences in points."""

    points: tuple[Point, ...]
    size: float = 9.0


class Notice(Struct, frozen=True):
    """What nobody may overlook: large, strong, in a box."""

    text: str
    alarm: bool = False
    """Overlooking it costs money: in red."""


class Blanks(Discreet, Struct, frozen=True):
    """Lines to write on below a label; what is known already stands on them."""

    said = ("label", "lines")

    label: str
    lines: int
    text: str = ""


class Choices(Struct, frozen=True):
    """Boxes to tick, some ticked already: 票据 ☑ 费用清单 □."""

    label: str
    options: tuple[tuple[str, bool], ...]


class Signature(Discreet, Struct, frozen=True):
    """A place to sign: its label, how wide (in twelfths), and what stands there already."""

    said = ("label", "width")

    label: str
    width: float = 3.0
    told: str = ""
    line: bool = True
    """False: no line to write on, as for a stamp."""


class Signatures(Struct, frozen=True):
    """Rows of places to sign, at the foot of the page."""

    rows: tuple[tuple[Signature, ...], ...]


class Total(Struct, frozen=True):
    """An amount of cash with its 大写."""

    label: str
    amount: Money


class Column(Struct, frozen=True):
    """A column of a table: its head, its share of the width, and on which side it is set."""

    head: str
    share: float
    right: bool = False
    lower: str = ""
    """Head of the second line of its cells."""


class TableRow(Discreet, Struct, frozen=True):
    """A row: a cell for each column, and where the columns have a second line, those below."""

    said = ("strong", "label")

    cells: tuple[str, ...] = ()
    lower: tuple[str, ...] = ()
    strong: bool = False
    """A sum."""
    label: str = ""
    """Instead of cells: the name of the rows that follow."""


class Anew(Struct, frozen=True):
    """Rows that are made each time they are read, so that a month of them is never kept."""

    make: Callable[[], Iterable[TableRow]]

    def __iter__(self) -> Iterator[TableRow]:
        return iter(self.make())


class Table(Struct, frozen=True):
    """Rows under repeated heads, as many pages as they take; ``rows`` is read once for each copy."""

    columns: tuple[Column, ...]
    rows: Iterable[TableRow]
    size: float = 7.2


class Together(Struct, frozen=True):
    """Parts at the foot of the page that no page break divides, unless they are half a page."""

    parts: tuple[Part, ...]


Part = (
    Facts
    | Equation
    | Abreast
    | Sentences
    | Heading
    | Prose
    | Points
    | Notice
    | Blanks
    | Choices
    | Signatures
    | Total
    | Table
    | Together
)
