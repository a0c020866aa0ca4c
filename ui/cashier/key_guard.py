"""A key that meant something else a moment ago does nothing: the hand had not seen the page turn."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ui.cashier.state import Intent
from ui.input.wedge import Timing

A_MOMENT = 0.6 + Timing().gap
"""Seconds that a hand needs to stop: a page turns by itself when a doubt is cleared up. The key acts
only when it is clear that no scanner sent it.
"""

Key = tuple[Intent, ...]
"""What one key may ask for; no state offers two of them."""


class KeyGuard:
    """Knows what each key means now, and until when a new meaning is too fresh."""

    def __init__(self, keys: Iterable[Key], clock: Callable[[], float]) -> None:
        self._keys = frozenset(keys)
        self._clock = clock
        self._means: dict[Key, Intent] = {}
        self._counts_from: dict[Key, float] = {}

    def show(
        self, offered: frozenset[Intent], *, by_itself: bool, other_sums: bool = False
    ) -> None:
        """The window offers these from now on; ``by_itself``: nobody pressed a key for it;
        ``other_sums``: what a key acts on is not what it was, though the key means the same.

        While a key means nothing, it stays what the hand remembers.
        """
        for key in self._keys:
            means = next((intent for intent in key if intent in offered), None)
            if means is None:
                continue
            if other_sums or (by_itself and self._means.get(key, means) is not means):
                self._counts_from[key] = self._clock() + A_MOMENT
            self._means[key] = means

    def is_too_fresh(self, key: Key) -> bool:
        """The key means something else than a moment ago, and nobody asked for that."""
        return self._clock() < self._counts_from.get(key, 0.0)
