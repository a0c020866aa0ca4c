"""The operating system's PC/SC service, as narrow as the desk needs it.

:class:`Scard` is the port; :class:`Winscard` fills it with pyscard's ``scard`` layer. The higher
layers of pyscard are not used: their monitor threads die for good when the service restarts
(cards.md B6).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum, IntFlag
from functools import cache
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Any, NewType, Protocol

from msgspec import Struct

Context = NewType("Context", int)
Handle = NewType("Handle", int)


_T1 = 2
"""SCARD_PROTOCOL_T1, the same on every system."""
_FEATURE_REQUEST = 3400
"""CM_IOCTL_GET_FEATURE_REQUEST, as the system's own macro numbers it."""


class Code(IntEnum):
    """Result codes that the desk tells apart, unsigned on every system."""

    SUCCESS = 0
    INVALID_HANDLE = 0x80100003
    UNKNOWN_READER = 0x80100009
    TIMEOUT = 0x8010000A
    SHARING_VIOLATION = 0x8010000B
    NO_CARD = 0x8010000C
    NOT_TRANSACTED = 0x80100016
    READER_UNAVAILABLE = 0x80100017
    COMMUNICATION = 0x80100013
    NO_SERVICE = 0x8010001D
    SERVICE_STOPPED = 0x8010001E
    NO_READERS = 0x8010002E
    UNRESPONSIVE = 0x80100066
    UNPOWERED = 0x80100067
    RESET = 0x80100068
    REMOVED = 0x80100069
    SECURITY_VIOLATION = 0x8010006A
    """What pcscd says of a card that was open while it goes down."""
    CANCELLED = 0x8010006E
    """By the person at the pad."""


class Flag(IntFlag):
    """Low half of a reader's state; the high half counts its card events."""

    CHANGED = 0x0002
    PRESENT = 0x0020
    EXCLUSIVE = 0x0080
    IN_USE = 0x0100
    MUTE = 0x0200


class Share(IntEnum):
    EXCLUSIVE = 1
    SHARED = 2


class PcscFailure(Exception):
    """A call to the service ended with another code than success."""

    def __init__(self, code: int) -> None:
        super().__init__(f"0x{code:08X}")
        self.code = code


class RawState(Struct, frozen=True):
    """One reader as the service reports it; ``state`` 0 asks for an answer at once."""

    reader: str
    state: int = 0
    atr: bytes = b""


class Link(Struct, frozen=True):
    """A connected card."""

    handle: Handle
    protocol: int
    shared: bool = False

    @property
    def is_t1(self) -> bool:
        return self.protocol == _T1


class Scard(Protocol):
    """The calls of winscard that the desk makes. Each raises :class:`PcscFailure`."""

    def establish(self) -> Context: ...

    def release(self, context: Context) -> None:
        """Never raises: what is released is broken as often as not."""
        ...

    def readers(self, context: Context) -> Sequence[str]:
        """Names of the readers; none is an empty list, not a failure."""
        ...

    def status_change(
        self, context: Context, known: Sequence[RawState], seconds: float
    ) -> Sequence[RawState]:
        """Wait until a reader differs from ``known``; the same states after ``seconds``."""
        ...

    def connect(self, context: Context, reader: str, share: Share) -> Link: ...

    def begin(self, link: Link) -> None:
        """Keep other programs off a shared card until it is disconnected. May block."""
        ...

    def transmit(self, link: Link, apdu: bytes) -> bytes:
        """Blocks for as long as the card keeps silent."""
        ...

    def features(self, link: Link) -> bytes:
        """Tags and control codes of the reader's features (PC/SC part 10).

        Never raises: b"" for a reader that does not know the question.
        """
        ...

    def control(self, link: Link, code: int, data: bytes) -> bytes:
        """Have the reader do something. May block for as long as a person takes."""
        ...

    def disconnect(self, link: Link, *, well: bool) -> None:
        """Never raises. ``well``: the dialogue ended as it should, so the card is still in.

        Then a card that was ours alone is left without power: nobody reads on in what a PIN or a
        module opened, and pcscd does not overlook another card in its place, as it does when a swap
        meets the moment in which it powers an idle card off. A shared card is left alone, and so is
        one that broke off: powering it off can blind vpcd's reader for the next.
        """
        ...


class Winscard:
    """PC/SC by pyscard. ``guard`` is called before every call: the hardware threads' assertion."""

    def __init__(self, guard: Callable[[], None]) -> None:
        self._guard = guard

    def establish(self) -> Context:
        scard = self._scard()
        code, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        _check(code)
        return Context(context)

    def release(self, context: Context) -> None:
        self._scard().SCardReleaseContext(context)

    def readers(self, context: Context) -> Sequence[str]:
        code, names = self._scard().SCardListReaders(context, [])
        if _unsigned(code) == Code.NO_READERS:
            return ()
        _check(code)
        return tuple(names)

    def status_change(
        self, context: Context, known: Sequence[RawState], seconds: float
    ) -> Sequence[RawState]:
        asked = [(state.reader, state.state, list(state.atr)) for state in known]
        milliseconds = int(seconds * 1000)
        code, states = self._scard().SCardGetStatusChange(context, milliseconds, asked)
        if _unsigned(code) == Code.TIMEOUT:
            return known
        _check(code)
        return [RawState(name, state, bytes(atr)) for name, state, atr in states]

    def connect(self, context: Context, reader: str, share: Share) -> Link:
        scard = self._scard()
        protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        code, handle, protocol = scard.SCardConnect(context, reader, share.value, protocols)
        _check(code)
        return Link(Handle(handle), protocol, share is Share.SHARED)

    def begin(self, link: Link) -> None:
        _check(self._scard().SCardBeginTransaction(link.handle))

    def transmit(self, link: Link, apdu: bytes) -> bytes:
        scard = self._scard()
        header = scard.SCARD_PCI_T1 if link.is_t1 else scard.SCARD_PCI_T0
        code, answer = scard.SCardTransmit(link.handle, header, list(apdu))
        _check(code)
        return bytes(answer)

    def features(self, link: Link) -> bytes:
        scard = self._scard()
        request = scard.SCARD_CTL_CODE(_FEATURE_REQUEST)
        code, told = scard.SCardControl(link.handle, request, [])
        return b"" if code else bytes(told)

    def control(self, link: Link, code: int, data: bytes) -> bytes:
        code, answer = self._scard().SCardControl(link.handle, code, list(data))
        _check(code)
        return bytes(answer)

    def disconnect(self, link: Link, *, well: bool) -> None:
        scard = self._scard()
        leave, unpower = scard.SCARD_LEAVE_CARD, scard.SCARD_UNPOWER_CARD
        scard.SCardDisconnect(link.handle, unpower if well and not link.shared else leave)

    def _scard(self) -> Any:
        self._guard()
        return _native()


@cache
def _native() -> Any:
    """pyscard's native module, at the first use: it is absent where no card is ever read.

    Without the package around it, of which nothing is needed: its documentation and twenty modules
    are a MiB of memory, and 20 ms while the window opens.
    """
    package = find_spec("smartcard")
    for folder in (package.submodule_search_locations or ()) if package else ():
        found = PathFinder.find_spec("_scard", [str(Path(folder, "scard"))])
        if found is not None and found.loader is not None:
            module = module_from_spec(found)
            found.loader.exec_module(module)
            return module
    return import_module("smartcard.scard")


def _check(code: int) -> None:
    if code:
        raise PcscFailure(_unsigned(code))


def _unsigned(code: int) -> int:
    return code & 0xFFFF_FFFF
