"""The hospital's catalogue at the desk: found by pinyin initials, code or name while typing."""

from __future__ import annotations

import io
import json
import os
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, chain, combinations, compress, islice, product, repeat
from operator import contains, not_
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from desktop.domain.names import folded
from desktop.domain.quantities import NotAQuantity, Rate, UnitPrice

E = TypeVar("E", Rate, UnitPrice)

MOST_FOUND = 50
"""Nobody reads further down a list than this."""
_MISREAD = 2
"""So many characters of one name may be read otherwise than usual."""


class CatalogueItem(Struct, frozen=True):
    """One item; prices and shares exact, codes of open sets raw (house rule 5)."""

    code: str
    """医保目录编码 ``med_list_codg``."""
    name: str
    item_class: str
    """``chrgitm_lv``: 01 甲, 02 乙, 03 丙; open set."""
    kind: str
    """医疗收费项目类别 ``med_chrgitm_type`` 01…14."""
    self_pay: Rate
    """先行自付比例."""
    limit: UnitPrice | None
    """支付上限 per unit, None without one."""
    restricted: bool
    """限制使用范围: wholly self-paid unless the hospital approves the line."""


class CatalogueFault(Struct, frozen=True):
    """A row that was left out; ``row`` counts from 1, the column names not counted."""

    row: int
    column: str


class LoadedItems(Struct, frozen=True):
    """The good rows of a catalogue, and which others were left out."""

    items: tuple[CatalogueItem, ...]
    faults: tuple[CatalogueFault, ...]


class CatalogueSource(Protocol):
    """Where a catalogue's bytes come from: a file of the profile, or the practice platform."""

    def __call__(self) -> bytes: ...


class BadCatalogue(ValueError):
    """The bytes are no catalogue at all."""


def read_practice_items(source: CatalogueSource) -> LoadedItems:
    """Items of ``GET /practice/catalogue``; practice mode only. Raises :class:`BadCatalogue`."""
    try:
        rows = json.loads(source())
    except ValueError:
        raise BadCatalogue from None
    if not isinstance(rows, list):
        raise BadCatalogue
    return _loaded(row if isinstance(row, dict) else {} for row in rows)


_CSV_NAMES = {"code": "med_list_codg"}


def read_csv_items(source: CatalogueSource) -> LoadedItems:
    """Items of ``catalogue.csv``: code,name,class,kind,selfpay,limit,restricted (1 or 0).

    UTF-8 or GB18030. Raises :class:`BadCatalogue`.
    """
    import csv

    from desktop.hospital.encoding import decoded

    text = decoded(source())
    if text is None:
        raise BadCatalogue
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if not {"code", "name"}.issubset(rows.fieldnames or ()):
        raise BadCatalogue
    return _loaded(
        {_CSV_NAMES.get(name, name): value for name, value in row.items() if name} for row in rows
    )


def _loaded(rows: Iterable[Mapping[str, Any]]) -> LoadedItems:
    items: dict[str, CatalogueItem] = {}
    faults: list[CatalogueFault] = []
    for number, row in enumerate(rows, 1):
        try:
            item = _item(row)
        except _WrongColumn as wrong:
            faults.append(CatalogueFault(number, wrong.column))
        else:
            items[item.code] = item
    return LoadedItems(tuple(items.values()), tuple(faults))


class _WrongColumn(Exception):
    def __init__(self, column: str) -> None:
        super().__init__(column)
        self.column = column


def _item(row: Mapping[str, Any]) -> CatalogueItem:
    return CatalogueItem(
        code=_text(row, "med_list_codg"),
        name=_text(row, "name"),
        item_class=_text(row, "class"),
        kind=_text(row, "kind"),
        self_pay=_share(row, "selfpay"),
        limit=_exact(UnitPrice, row, "limit"),
        restricted=_flag(row, "restricted"),
    )


def _text(row: Mapping[str, Any], column: str) -> str:
    value = row.get(column)
    if not isinstance(value, str) or not value.strip():
        raise _WrongColumn(column)
    return value.strip()


def _exact(kind: type[E], row: Mapping[str, Any], column: str) -> E | None:
    value = row.get(column)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise _WrongColumn(column)
    try:
        found = kind.parse(value)
    except NotAQuantity:
        raise _WrongColumn(column) from None
    if found.value < 0:
        raise _WrongColumn(column)
    return found


def _share(row: Mapping[str, Any], column: str) -> Rate:
    share = _exact(Rate, row, column) or Rate.parse("0")
    if share.value > 1:
        raise _WrongColumn(column)
    return share


_FLAGS = {"": False, "0": False, "false": False, "none": False, "1": True, "true": True}


def _flag(row: Mapping[str, Any], column: str) -> bool:
    """JSON's own flag, the 1 or 0 of CSV, or nothing, which means no."""
    flag = _FLAGS.get(str(row.get(column)).strip().lower())
    if flag is None:
        raise _WrongColumn(column)
    return flag


Initials = Callable[[str], Sequence[str]]
"""The first letters of every reading of one Chinese character, the usual one first."""


def pinyin_initials() -> Initials:
    """Readings by pypinyin; takes 0.15 s and 13 MB, so call it off the window's thread.

    Its book of phrases (3 MB of JSON, read at one stroke) is left out by its own switch: names of
    medicines are not in it, and every reading of a character is tried anyway.
    """
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin

    def initials(character: str) -> Sequence[str]:
        readings = pinyin(
            character, style=Style.FIRST_LETTER, heteronym=True, errors="ignore", strict=False
        )
        return [letter for letter in readings[0] if letter.isascii()] if readings else []

    return cache(initials)


class Catalogue:
    """All items, indexed for search. Building takes a second for 10 000: not on the Qt thread."""

    def __init__(self, items: Iterable[CatalogueItem], initials: Initials) -> None:
        self._items = sorted(items, key=lambda item: (len(item.name), item.name, item.code))
        self._names = _Column((_folded(item.name),) for item in self._items)
        self._codes = _Column((_folded(item.code),) for item in self._items)
        self._initials = _Column(_spellings(item.name, initials) for item in self._items)
        columns = (self._names, self._initials, self._codes)
        self._whole = list(map("".join, zip(*(column.rows() for column in columns), strict=True)))
        self._by_code = {item.code: item for item in self._items}

    def __len__(self) -> int:
        return len(self._items)

    def item(self, code: str) -> CatalogueItem | None:
        return self._by_code.get(code)

    def search(self, text: str) -> tuple[CatalogueItem, ...]:
        """The best :data:`MOST_FOUND` items for what was typed so far, the best first.

        Words with blanks between must all be found. Whole before beginning before middle; of
        equals initials, name, code; of those the shorter name.
        """
        words = folded(text).casefold().split()
        if not words:
            return ()
        hits = _once(self._hits(words[0])) if len(words) == 1 else self._with_all(words)
        return tuple(self._items[hit] for hit in islice(hits, MOST_FOUND))

    def _hits(self, word: str) -> Iterator[int]:
        columns = (self._initials, self._names, self._codes)
        for column in columns:
            yield from column.whole(word)
        for column in columns:
            yield from column.beginning(word)
        for column in (self._names, self._initials):
            yield from column.holding(word)

    def _with_all(self, words: Sequence[str]) -> Iterable[int]:
        """Items in which the first word begins something stand before the others.

        Item by item, but in C: among ten thousand it may not take longer than a key press.
        """
        hits: Sequence[int] = range(len(self._whole))
        for word in words:
            hits = tuple(compress(hits, self._holding(hits, word)))
        begins = tuple(self._holding(hits, _FIELD + words[0]))
        return chain(compress(hits, begins), compress(hits, map(not_, begins)))

    def _holding(self, hits: Sequence[int], word: str) -> Iterator[bool]:
        return map(contains, map(self._whole.__getitem__, hits), repeat(word))


def _once(hits: Iterable[int]) -> Iterator[int]:
    seen: set[int] = set()
    for hit in hits:
        if hit not in seen:
            seen.add(hit)
            yield hit


_FIELD = "\t"
_ROW = "\n"


class _Column:
    """One kind of text of every item in one long text, which C code searches in no time.

    Row ``i`` is ``\\tone\\tother\\t\\n``; so a needle says where in a field it must stand.
    """

    def __init__(self, rows: Iterable[Iterable[str]]) -> None:
        lines = [_FIELD + _FIELD.join(row) + _FIELD + _ROW for row in rows]
        self._starts = list(accumulate(map(len, lines), initial=0))
        self._text = "".join(lines)

    def whole(self, word: str) -> Iterator[int]:
        return self._rows_with(_FIELD + word + _FIELD)

    def beginning(self, word: str) -> Iterator[int]:
        return self._rows_with(_FIELD + word)

    def holding(self, word: str) -> Iterator[int]:
        return self._rows_with(word)

    def rows(self) -> list[str]:
        return self._text.splitlines()

    def _rows_with(self, needle: str) -> Iterator[int]:
        at = self._text.find(needle)
        while at >= 0:
            index = bisect_right(self._starts, at) - 1
            yield index
            at = self._text.find(needle, self._starts[index + 1])


def _folded(text: str) -> str:
    return "".join(folded(text).casefold().split())


def _spellings(name: str, initials: Initials) -> tuple[str, ...]:
    """The initials of a name, with up to two characters read otherwise than usual."""
    letters = [found for character in _folded(name) if (found := _letters(character, initials))]
    usual = [found[0] for found in letters]
    open_to_doubt = [place for place, found in enumerate(letters) if len(found) > 1]
    doubted = (places for n in range(_MISREAD + 1) for places in combinations(open_to_doubt, n))
    spellings = (_respelt(usual, letters, places) for places in doubted)
    return tuple(dict.fromkeys(chain.from_iterable(spellings)))


def _respelt(
    usual: Sequence[str], letters: Sequence[Sequence[str]], places: Sequence[int]
) -> Iterator[str]:
    for others in product(*(letters[place][1:] for place in places)):
        read = list(usual)
        for place, other in zip(places, others, strict=True):
            read[place] = other
        yield "".join(read)


def _letters(character: str, initials: Initials) -> Sequence[str]:
    """A letter or digit stands for itself; signs are not typed."""
    if character.isascii():
        return (character,) if character.isalnum() else ()
    return initials(character)
