"""Tells a keyboard-wedge scanner from a person typing (cards.md A8).

A scanner types a whole code with a few milliseconds between keys; nobody types like that. So
every key is kept back until it is clear whose it is, 100 ms at most after the last one.

Offices have scanners send a function key before a code, and a function key of this window settles,
pays and gives back: so it too is kept back, until a gap has passed in which no character followed,
whether such a scanner was told of or not. A person's key acts that much later, 50 ms.

The caller keeps every key that it feeds from the widgets, and hands on exactly those that come
back in :class:`Typing`, in order. So the scanner's Enter never presses a button. Presses of
Shift, Ctrl, CapsLock alone and releases are not fed. Times come from one monotonic clock, best
the time stamps of the events themselves: a busy window must not stretch a scan.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.identifiers import IdNumber
from desktop.domain.scanned import ScannedKind, as_sent, classify_scan
from ui.input.credential_text import known


class KeyKind(Enum):
    """What a key does, as far as scanners are concerned."""

    TEXT = "text"
    """Gives text. More than one character at once is a paste or an input method, no scanner."""
    SUFFIX = "suffix"
    """Enter or Tab: what scanners send after a code."""
    FUNCTION = "function"
    """F1 and its like, alone: some scanners begin a code with one (cards.md A8)."""
    OTHER = "other"
    """Everything else: Backspace, arrows, shortcuts."""


class Key(Discreet, Struct, frozen=True):
    """One key press; ``at`` in monotonic seconds."""

    said = ("kind", "text", "at", "repeated")

    kind: KeyKind
    text: str
    """The text of TEXT; else the key's name, such as ``F9``, or "" where nobody asks for it."""
    at: float
    repeated: bool = False
    """Sent by a key that is held down: no scanner does that."""
    origin: object = None
    """The caller's own event, untouched."""


class Scan(Discreet, Struct, frozen=True):
    """A scanner spoke; ``text`` without prefix and suffix, folded; ``keys`` go nowhere else."""

    said = ("kind",)

    kind: ScannedKind
    text: str
    keys: tuple[Key, ...]


class Typing(Discreet, Struct, frozen=True):
    """Keys of a person (or a paste): hand them on to the widget, in this order."""

    said = ()

    keys: tuple[Key, ...]


class Swallowed(Struct, frozen=True):
    """Enter or Tab that the scanner sent late, or twice (CR LF), or a function key by which it ends
    a code: it goes nowhere.
    """

    keys: tuple[Key, ...]


class Undecided(Struct, frozen=True):
    """Keys are kept back; call :meth:`WedgeDetector.tick` at ``until`` unless a key comes."""

    until: float


Verdict = Scan | Typing | Swallowed | Undecided


class Timing(Struct, frozen=True):
    """What scanners keep to, in seconds; ``shortest`` in characters (cards.md A8)."""

    gap: float = 0.050
    pause: float = 0.100
    """One gap of a scan may be this long; as long a silence ends it. None may after a function key
    that begins it: a person's is not kept back so long.
    """
    shortest: int = 6
    late_suffix: float = 0.250
    """Enter so soon after a scan is the scanner's: nobody has read the screen yet."""


_GRAIN = 0.001
"""Clocks of keyboards tell milliseconds: half a one more is no longer gap."""


class WedgeDetector:
    """The keys not yet decided on. Pure: it has no clock, it is told the time.

    ``prefix`` is what the office has configured its scanners to send first, such as ``~`` or
    ``F9``: after it timing matters no more than the pause. Where it is a function key, and a
    character follows within the gap, all of it is the scanner's, however short the code.
    Another function key before a code counts as typing does: by timing, length and shape.
    """

    def __init__(self, prefix: str = "", timing: Timing | None = None) -> None:
        self._prefix = prefix
        self._timing = timing or Timing()
        self._keys: list[Key] = []
        self._signed = False
        """The first key is no part of the code: the prefix, or a function key."""
        self._announced = False
        self._swallow_until = float("-inf")

    def feed(self, key: Key) -> tuple[Verdict, ...]:
        """Take one key: what became clear, in order; Undecided last while keys are kept back."""
        verdicts = self._silence(key.at)
        if self._is_late_suffix(key):
            return (*verdicts, Swallowed((key,)))
        return (*verdicts, *self._take(key), *self._waiting())

    def tick(self, now: float) -> tuple[Verdict, ...]:
        """The time has come: what became clear."""
        return (*self._silence(now), *self._waiting())

    def flush(self) -> tuple[Verdict, ...]:
        """What is kept back is complete: something else happens now, such as a shortcut."""
        return self._ended(())

    def _silence(self, now: float) -> tuple[Verdict, ...]:
        """A silence ends what was kept back."""
        if self._keys and _longer(now - self._keys[-1].at, self._patience()):
            return self._ended(())
        return ()

    def _take(self, key: Key) -> tuple[Verdict, ...]:
        if self._is_prefix(key):
            return self._begin(key, announced=True)
        if key.kind is KeyKind.FUNCTION and not key.repeated:
            return self._function(key)
        if key.kind is KeyKind.SUFFIX and self._keys:
            return self._ended((key,))
        if key.kind is not KeyKind.TEXT or len(key.text) != 1 or key.repeated:
            return (*self._ended(()), Typing((key,)))
        slid = self._slid(key)
        self._keys.append(key)
        return slid

    def _function(self, key: Key) -> tuple[Verdict, ...]:
        """It may begin a scan. One that ends a code is the scanner's: nobody has read it yet."""
        before = self._ended(())
        if any(isinstance(verdict, Scan) for verdict in before):
            return (*before, Swallowed((key,)))
        return (*before, *self._begin(key, announced=False))

    def _begin(self, sign: Key, *, announced: bool) -> tuple[Verdict, ...]:
        before = self._ended(())
        self._keys, self._signed, self._announced = [sign], True, announced
        return before

    def _slid(self, key: Key) -> tuple[Verdict, ...]:
        """A second pause: what came before the first one was typed by a person."""
        if self._announced or not self._pause_before(key, self._keys[-1:]):
            return ()
        return self._typed(self._after_pause())

    def _ended(self, suffix: tuple[Key, ...]) -> tuple[Verdict, ...]:
        """What was kept back is complete: a scan, or typing and perhaps a scan after it."""
        begin = self._scan_begins()
        if begin is None:
            self._keys.extend(suffix)
            return self._typed(len(self._keys))
        text = self._text(begin)
        before = self._typed(begin)
        keys = (*self._keys, *suffix)
        self._forget(len(self._keys))
        self._swallow_until = keys[-1].at + self._timing.late_suffix
        return (*before, _scan(text, keys))

    def _scan_begins(self) -> int | None:
        """Index of the scan's first key, None when there is no scan.

        What follows the pause is a scan of its own when it is a code that we know and the whole
        is none: then a person pressed a key just before.
        """
        after = self._after_pause()
        if after and known(self._text(after)) and not known(self._text(0)):
            return after
        return 0 if len(self._keys) - self._signed >= self._shortest() else None

    def _shortest(self) -> int:
        certain = self._announced and self._keys[0].kind is KeyKind.FUNCTION
        return 1 if certain else self._timing.shortest

    def _text(self, begin: int) -> str:
        first = begin or int(self._signed)
        return as_sent("".join(key.text for key in self._keys[first:]))

    def _after_pause(self) -> int:
        """Index of the first key after the only pause; 0 when there was none that matters."""
        if self._announced:
            return 0
        pairs = enumerate(zip(self._keys, self._keys[1:], strict=False), 1)
        return next((i for i, (one, next_) in pairs if self._pause_before(next_, [one])), 0)

    def _pause_before(self, key: Key, before: Sequence[Key]) -> bool:
        return bool(before) and _longer(key.at - before[-1].at, self._timing.gap)

    def _typed(self, count: int) -> tuple[Verdict, ...]:
        keys = tuple(self._keys[:count])
        self._forget(count)
        return (Typing(keys),) if keys else ()

    def _forget(self, count: int) -> None:
        del self._keys[:count]
        if count:
            self._signed = self._announced = False

    def _is_prefix(self, key: Key) -> bool:
        return bool(self._prefix) and key.text == self._prefix and not key.repeated

    def _is_late_suffix(self, key: Key) -> bool:
        return key.kind is KeyKind.SUFFIX and not self._keys and key.at <= self._swallow_until

    def _patience(self) -> float:
        """How long a silence says nothing yet after the last key."""
        return self._timing.gap if self._keys[-1].kind is KeyKind.FUNCTION else self._timing.pause

    def _waiting(self) -> tuple[Verdict, ...]:
        if not self._keys:
            return ()
        return (Undecided(self._keys[-1].at + self._patience() + _GRAIN),)


def _longer(seconds: float, limit: float) -> bool:
    return seconds >= limit + _GRAIN / 2


def _scan(text: str, keys: tuple[Key, ...]) -> Scan:
    kind = classify_scan(text)
    number = kind is ScannedKind.ID_NUMBER
    return Scan(kind, IdNumber.parse(text).number if number else text, keys)
