"""The watch over readers: what two looks mean, and recovery from every failure (cards.md B6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from card_reader.monitor import (
    Event,
    Inserted,
    Monitor,
    ReaderFound,
    ReaderLost,
    ReaderState,
    Removed,
    ServiceDown,
    ServiceUp,
    changes,
)
from card_reader.pcsc import Code, Context, Flag, Link, PcscFailure, RawState, Share

pytestmark = pytest.mark.windows

ATR = b"\x3b\x00"
EMPTY = ReaderState("R", present=False, generation=5, atr=b"")
ONE = ReaderState("R", present=True, generation=6, atr=ATR)
OTHER = ReaderState("R", present=True, generation=8, atr=ATR)


@pytest.mark.parametrize(
    ("before", "after", "events"),
    [
        (None, EMPTY, (ReaderFound("R"),)),
        (None, ONE, (ReaderFound("R"), Inserted("R", ATR))),
        (EMPTY, ONE, (Inserted("R", ATR),)),
        (ONE, ONE, ()),
        (ONE, EMPTY, (Removed("R"),)),
        (ONE, OTHER, (Removed("R"), Inserted("R", ATR))),
        (ONE, None, (Removed("R"), ReaderLost("R"))),
        (EMPTY, None, (ReaderLost("R"),)),
    ],
)
def test_what_two_looks_mean(
    before: ReaderState | None, after: ReaderState | None, events: tuple[Event, ...]
) -> None:
    """A quick swap shows only in the counter: the same ATR does not mean the same card."""
    looks = [{"R": state} if state else {} for state in (before, after)]
    assert changes(looks[0], looks[1]) == events


class ScriptedScard:
    """A service whose looks are scripted: states, or the code it fails with."""

    def __init__(self, *looks: int | list[RawState]) -> None:
        self._looks = list(looks)
        self.contexts = 0
        self.open: set[int] = set()

    def establish(self) -> Context:
        self.contexts += 1
        self.open.add(self.contexts)
        return Context(self.contexts)

    def release(self, context: Context) -> None:
        self.open.remove(context)

    def readers(self, context: Context) -> Sequence[str]:
        assert context in self.open
        look = self._looks.pop(0)
        if isinstance(look, int):
            raise PcscFailure(look)
        self._states = look
        return [state.reader for state in look]

    def status_change(
        self, context: Context, known: Sequence[RawState], seconds: float
    ) -> Sequence[RawState]:
        assert context in self.open
        assert len(known) == len(self._states)
        assert seconds <= 1
        return self._states

    def connect(self, context: Context, reader: str, share: Share) -> Link:
        raise NotImplementedError

    def begin(self, link: Link) -> None:
        raise NotImplementedError

    def transmit(self, link: Link, apdu: bytes) -> bytes:
        raise NotImplementedError

    def features(self, link: Link) -> bytes:
        raise NotImplementedError

    def control(self, link: Link, code: int, data: bytes) -> bytes:
        raise NotImplementedError

    def disconnect(self, link: Link, *, well: bool) -> None:
        raise NotImplementedError


def no_sleep(_: float) -> None:
    pass


CARD_IN = [RawState("R", Flag.PRESENT | Flag.CHANGED | 3 << 16, ATR)]


@pytest.mark.parametrize(
    "code", [Code.SERVICE_STOPPED, Code.NO_SERVICE, Code.COMMUNICATION, Code.INVALID_HANDLE]
)
def test_the_context_is_rebuilt_after_any_failure(code: Code) -> None:
    """Windows stops its service with the last reader (0x8010001E): the desk must survive it."""
    scard = ScriptedScard(CARD_IN, code, code, CARD_IN)
    monitor = Monitor(scard, no_sleep)
    assert monitor.poll(1) == (ServiceUp(), ReaderFound("R"), Inserted("R", ATR))
    assert monitor.poll(1) == (Removed("R"), ReaderLost("R"), ServiceDown())
    assert monitor.poll(1) == ()
    assert monitor.poll(1) == (ServiceUp(), ReaderFound("R"), Inserted("R", ATR))
    assert scard.contexts == 3
    monitor.close()
    assert not scard.open, "no context may leak"


def test_no_readers_is_a_state_not_a_failure() -> None:
    slept: list[float] = []
    note: Callable[[float], None] = slept.append
    monitor = Monitor(ScriptedScard([], CARD_IN), note)
    assert monitor.poll(1) == (ServiceUp(),)
    assert slept == [pytest.approx(0.3)]
    assert monitor.poll(0.1) == (ReaderFound("R"), Inserted("R", ATR))
    assert monitor.states["R"].generation == 3
