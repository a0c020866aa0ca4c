"""What lies where and what was told of it: the events of a window that is open all day."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from card_reader.faults import CardError
from card_reader.monitor import ReaderState
from card_reader.present import CardReading
from card_reader.recognise import CardKind
from desktop.domain.problems import Problem, ProblemCode

_BETWEEN_TRIES = 0.25
_TRIES = 4
_MAY_PASS = frozenset(
    (ProblemCode.CARD_REMOVED, ProblemCode.READER_SERVICE_DOWN, ProblemCode.NO_READER)
)
"""The card may be leaving, or the service restarting: look again before anybody is told."""
_MAY_HOLD_THE_SERVICE = frozenset((ProblemCode.CARD_HUNG, ProblemCode.READER_BUSY))


class Inserted(Struct, frozen=True):
    """A card was read. ``resting``: it lay there already when its reader was first seen, so that
    one that is no social security card may be a PSAM or the operator's own, no patient's.
    """

    reading: CardReading
    resting: bool


class Removed(Struct, frozen=True):
    """The card of an :class:`Inserted` or a :class:`Trouble` is out."""

    reader: str


class Trouble(Struct, frozen=True):
    """A card or the service needs a person; told once, until something changes.

    ``reader`` is "" when the whole service is meant.
    """

    problem: Problem
    reader: str = ""
    resting: bool = False


class ReadersChanged(Struct, frozen=True):
    """The readers that are there now; told at the start, too."""

    names: tuple[str, ...]


CardEvent = Inserted | Removed | Trouble | ReadersChanged


class _Card(Struct, frozen=True):
    """A card that lies in a reader, how far we are with it, and what was told of it."""

    state: ReaderState
    resting: bool
    next_try: float | None = float("-inf")
    """None: no further try."""
    tries: int = 0
    reading: CardReading | None = None
    problem: CardError | None = None
    told: ProblemCode | None = None
    """The last problem that was told."""
    announced: bool = False
    """Its reading was told."""
    busy_since: float | None = None
    """Since when another program has its reader; None: it has not."""
    began: float | None = None
    """Since when it is being read; None: it is not."""
    slow: bool = False
    """So long that nobody else waits for it."""

    @property
    def holders(self) -> bool:
        """It was read, and is a person's."""
        return self.reading is not None and self.reading.kind is CardKind.SOCIAL_SECURITY

    @property
    def chip(self) -> str:
        return self.reading.chip if self.reading else ""

    @property
    def unread(self) -> bool:
        """Nobody has tried yet, and it may be read at any moment."""
        tried = self.reading is not None or self.tries > 0 or self.busy_since is not None
        return not (tried or self.slow)


class Cards:
    """What lies where and what was told of it: the watch without hardware, threads and clock.

    Goes by what is there now, not by single changes, so that a hung job loses none.
    """

    def __init__(self, busy: float = 0.0) -> None:
        self._busy = busy
        """Seconds for which a reader may be another program's before that is told."""
        self._readers: tuple[str, ...] | None = None
        self._cards: dict[str, _Card] = {}
        self._service_trouble: ProblemCode | None = None

    def seen(self, states: Mapping[str, ReaderState] | None) -> tuple[CardEvent, ...]:
        """The readers as they are now; None while the service is down."""
        now = states or {}
        gone = [event for name in sorted(self._cards) for event in self._left(name, now.get(name))]
        for state in now.values():
            self._arrive(state)
        down = ProblemCode.READER_SERVICE_DOWN if states is None else None
        return (*gone, *self._readers_now(tuple(now)), *self._service(down), *self._readings())

    def due(self, now: float) -> ReaderState | None:
        """A card that is to be read next."""
        waiting = (c for c in self._cards.values() if c.next_try is not None and c.next_try <= now)
        return next((card.state for card in waiting), None)

    @property
    def next_due(self) -> float | None:
        """When a card is to be read next; None: none waits for that."""
        moments = [c.next_try for c in self._cards.values() if c.next_try is not None]
        return min(moments, default=None)

    def started(self, state: ReaderState, now: float) -> None:
        """It is being read."""
        self._put(replace(self._cards[state.reader], next_try=None, began=now))

    def slow(self, state: ReaderState) -> tuple[CardEvent, ...]:
        """It is still being read: whoever lies in another reader waits for it no longer."""
        card = self._same(state)
        if card is not None:
            self._put(replace(card, slow=True))
        return self._readings()

    def freed(self, state: ReaderState, now: float) -> tuple[CardEvent, ...]:
        """The call of a card that was given up has returned: it may be read after all."""
        card = self._same(state)
        if card is not None and card.reading is None and card.tries < _TRIES:
            self._put(replace(card, next_try=now))
        return ()

    def read(self, state: ReaderState, reading: CardReading) -> tuple[CardEvent, ...]:
        card = self._same(state)
        if card is not None:
            self._put(replace(card, next_try=None, reading=reading, problem=None, began=None))
        return self._readings()

    def _same(self, state: ReaderState) -> _Card | None:
        """None where the card was pulled or swapped meanwhile."""
        card = self._cards.get(state.reader)
        return card if card is not None and state.is_of(card.state) else None

    def failed(self, state: ReaderState, problem: CardError, now: float) -> tuple[CardEvent, ...]:
        """Told at once, unless it may pass by itself; a busy reader is tried again and again.

        What does not pass although the card stays in is a card to be cleaned.
        """
        card = self._same(state)
        if card is None:
            return self._readings()
        busy = problem.kind is ProblemCode.READER_BUSY
        since = next(t for t in (card.busy_since, card.began, now) if t is not None)
        busy_since = since if busy else None
        dirty = problem.kind in _MAY_PASS and card.tries + 1 >= _TRIES
        waits = busy_since is not None and now - busy_since < self._busy
        passing = waits or (problem.kind in _MAY_PASS and not dirty)
        again = passing or busy
        if dirty:
            problem = CardError(_what_stays(card), state.reader)
        next_try = now + _BETWEEN_TRIES if again else None
        tries = card.tries if busy else card.tries + 1
        card = replace(card, next_try=next_try, tries=tries, problem=problem, began=None)
        card = replace(card, busy_since=busy_since)
        self._put(card)
        return (*(() if passing else self._trouble(card, problem)), *self._readings())

    def stuck(self, late: CardError) -> tuple[CardEvent, ...]:
        """The service answers no more; with a card that hangs in a driver of few threads, that was
        told already.
        """
        holding = any(card.told in _MAY_HOLD_THE_SERVICE for card in self._cards.values())
        return () if holding or self._service_trouble else self._service(late.kind)

    def _left(self, name: str, state: ReaderState | None) -> tuple[CardEvent, ...]:
        card = self._cards[name]
        swapped = state is not None and state.present
        if state and swapped and state.generation == card.state.generation:
            return ()
        del self._cards[name]
        if card.announced or card.told:
            return (Removed(name),)
        pulled = (
            CardError(ProblemCode.CARD_REMOVED, name) if state and card.began is not None else None
        )
        problem = card.problem or pulled
        if problem is None or problem.kind is not ProblemCode.CARD_REMOVED or swapped:
            return ()
        return (*self._trouble(card, problem), Removed(name))

    def _arrive(self, state: ReaderState) -> None:
        if state.present and state.reader not in self._cards:
            resting = self._readers is None or state.reader not in self._readers
            self._put(_Card(state, resting))

    def _readers_now(self, names: tuple[str, ...]) -> tuple[CardEvent, ...]:
        if names == self._readers:
            return ()
        self._readers = names
        return (ReadersChanged(names),)

    def _service(self, trouble: ProblemCode | None) -> tuple[CardEvent, ...]:
        if trouble is self._service_trouble:
            return ()
        self._service_trouble = trouble
        return (Trouble(Problem(trouble)),) if trouble else ()

    def _readings(self) -> tuple[CardEvent, ...]:
        """Readings not told yet. Two persons at once are told as such, and neither is chosen;
        so nobody is announced before every card was tried.
        """
        events: list[CardEvent] = []
        fresh = [card for card in self._cards.values() if card.reading and not card.announced]
        people = {card.chip: card.state.reader for card in self._cards.values() if card.holders}
        unread = any(card.unread for card in self._cards.values())
        for card in fresh:
            if card.holders and len(people) > 1:
                both = CardError(ProblemCode.SEVERAL_CARDS, " + ".join(people.values()))
                events += self._trouble(card, both)
            elif card.holders and self._is_announced(card.chip):
                self._put(replace(card, announced=True))
            elif not (card.holders and unread):
                events += self._announce(card)
        return tuple(events)

    def _is_announced(self, chip: str) -> bool:
        """Told of the other reader of a dual device already: one card, one person."""
        return any(card.announced and card.chip == chip for card in self._cards.values())

    def _announce(self, card: _Card) -> tuple[CardEvent, ...]:
        self._put(replace(card, announced=True, told=None))
        return (Inserted(card.reading, card.resting),) if card.reading else ()

    def _trouble(self, card: _Card, problem: CardError) -> tuple[CardEvent, ...]:
        if card.told is problem.kind:
            return ()
        if card.state.reader in self._cards:
            self._put(replace(card, told=problem.kind))
        return (Trouble(problem.problems[0], card.state.reader, card.resting),)

    def _put(self, card: _Card) -> None:
        self._cards[card.state.reader] = card


def _what_stays(card: _Card) -> ProblemCode:
    """Of a card that stays in and cannot be read: it hung, or is to be cleaned."""
    hung = card.told is ProblemCode.CARD_HUNG
    return ProblemCode.CARD_HUNG if hung else ProblemCode.CARD_UNREADABLE
