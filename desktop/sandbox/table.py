"""A table in memory that knows which rows were touched, and finds rows by some of their fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

import msgspec

R = TypeVar("R", bound=msgspec.Struct)


class Table(Generic[R]):
    """Rows by text key; remembers the touched keys, so that a shell can store just those."""

    def __init__(self, row: type[R], *found_by: str) -> None:
        """``found_by`` names the fields that :meth:`where` looks in."""
        self.row = row
        self._rows: dict[str, R] = {}
        self._touched: set[str] = set()
        self._keys: dict[str, dict[object, dict[str, None]]] = {name: {} for name in found_by}

    def copied(self) -> Table[R]:
        """A table of its own with the same rows, for rows are frozen; none counts as touched."""
        other = Table(self.row)
        other._rows = dict(self._rows)
        other._keys = {
            field: {value: dict(keys) for value, keys in found.items()}
            for field, found in self._keys.items()
        }
        return other

    def __contains__(self, key: str) -> bool:
        return key in self._rows

    def __getitem__(self, key: str) -> R:
        return self._rows[key]

    def __iter__(self) -> Iterator[R]:
        return iter(tuple(self._rows.values()))

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, key: str) -> R | None:
        return self._rows.get(key)

    def where(self, field: str, value: object) -> tuple[R, ...]:
        """The rows with that value, in the order in which they got it."""
        return tuple(self._rows[key] for key in self._keys[field].get(value, ()))

    def keys_under(self, prefix: str) -> tuple[str, ...]:
        return tuple(key for key in self._rows if key.startswith(prefix))

    def items(self) -> Iterator[tuple[str, R]]:
        return iter(tuple(self._rows.items()))

    def put(self, key: str, row: R) -> R:
        before = self._rows.get(key)
        self._rows[key] = row
        self._touched.add(key)
        for field in self._keys:
            self._move(field, key, before, row)
        return row

    def drop(self, key: str) -> None:
        before = self._rows.pop(key, None)
        self._touched.add(key)
        for field in self._keys:
            self._move(field, key, before, None)

    def _move(self, field: str, key: str, before: R | None, row: R | None) -> None:
        keys = self._keys[field]
        old, new = getattr(before, field, None), getattr(row, field, None)
        if before is not None and (row is None or old != new):
            keys[old].pop(key)
        if row is not None and (before is None or old != new):
            keys.setdefault(new, {})[key] = None

    def clear(self) -> None:
        self._touched.update(self._rows)
        self._rows.clear()
        for keys in self._keys.values():
            keys.clear()

    def take_touched(self) -> tuple[tuple[str, R | None], ...]:
        """The rows changed since the last call; None for one that is gone."""
        if not self._touched:
            return ()
        touched = tuple((key, self._rows.get(key)) for key in sorted(self._touched))
        self._touched.clear()
        return touched
