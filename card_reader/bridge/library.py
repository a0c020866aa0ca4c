"""One vendor's library behind a helper: calls take turns, a dead helper is replaced.

All calls of a library run on the one thread of its helper, which loaded it (house rule 7); they
come from whichever thread of the desk, one at a time.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from msgspec import Struct, field

from card_reader.bridge.process import HelperGone, HelperProcess, HelperSilent
from card_reader.bridge.programs import NotALibrary, bits_of, folder_of_helpers, helper_command
from card_reader.bridge.wire import (
    PROTOCOL,
    Answer,
    Call,
    Hello,
    NoSuchLine,
    answer_of,
    hello_of,
    question,
)
from desktop.domain.problems import DeskError, Problem, ProblemCode

_log = logging.getLogger(__name__)

_FIRST_REST = 0.5
_LONGEST_REST = 30.0
_GLANCE = 0.05


class VendorFile(Struct, frozen=True):
    """Where a library lies and how it is called."""

    path: Path
    """From the root, or from a drive."""
    limit: float = 20.0
    """Seconds that loading it, or one call, may take."""
    cdecl: bool = False
    """Off Windows, and for 64 bits, there is no difference."""
    helpers: Path = field(default_factory=folder_of_helpers)
    """See :func:`card_reader.bridge.programs.helper_command`."""

    @property
    def name(self) -> str:
        return self.path.name


class Spoilt(Enum):
    """Why a helper was given up, in words for the problem's detail."""

    GONE = "异常退出"
    SILENT = "没有回应"
    OVERFLOW = "写出了缓冲区"
    CLOSED = "已关闭"


class LibraryError(DeskError):
    """A call brought no answer. ``kind`` is LIBRARY_UNUSABLE (a matter of installation) or
    LIBRARY_FAILED (it crashed or hung, and its helper was replaced).
    """

    def __init__(self, kind: ProblemCode, detail: str, *, asked: bool = False) -> None:
        super().__init__(Problem(kind, detail))
        self.kind = kind
        self.detail = detail
        self.asked = asked
        """The library had got the call: it may have acted."""


class VendorLibrary:
    """Starts its helper for the first call. Close it at the end."""

    def __init__(self, file: VendorFile, clock: Callable[[], float] = time.monotonic) -> None:
        self.file = file
        self._clock = clock
        self._turn = threading.Lock()
        self._helper: HelperProcess | None = None
        self._asked = 0
        self._failures = 0
        self._rest_until = float("-inf")
        self._trouble: LibraryError | None = None
        self._closed = False

    def call(self, call: Call, limit: float | None = None) -> Answer:
        """What the library gave back; raises :class:`LibraryError`.

        ``limit``: seconds, when this call may take longer than others.
        """
        with self._turn:
            helper = self._ready()
            answer = self._ask(helper, call, limit or self.file.limit)
            self._failures, self._trouble = 0, None
        return answer

    def load(self) -> None:
        """Load it now, for the self-test; raises :class:`LibraryError`."""
        with self._turn:
            self._ready()

    def close(self) -> None:
        """End the helper; a call that hangs in it ends too."""
        self._closed = True
        while not self._turn.acquire(timeout=_GLANCE):
            if helper := self._helper:
                helper.kill()
        self._drop()
        self._turn.release()

    def _ask(self, helper: HelperProcess, call: Call, limit: float) -> Answer:
        self._asked += 1
        try:
            helper.say(question(self._asked, call))
            answer = answer_of(helper.hear(limit), self._asked, call)
        except (HelperGone, NoSuchLine):
            raise self._given_up(call.function, Spoilt.GONE) from None
        except HelperSilent:
            raise self._given_up(call.function, Spoilt.SILENT) from None
        if answer.fault == "missing":
            raise self._unusable(f"缺少函数 {call.function}")
        if answer.fault:
            raise self._given_up(call.function, Spoilt.OVERFLOW)
        return answer

    def _ready(self) -> HelperProcess:
        """The helper, started when there is none; while it rests, why it does."""
        if self._closed:
            raise self._failed(Spoilt.CLOSED)
        if self._trouble and self._clock() < self._rest_until:
            raise LibraryError(self._trouble.kind, self._trouble.detail)
        if self._helper is None:
            self._helper = self._started()
        return self._helper

    def _started(self) -> HelperProcess:
        command = self._command()
        try:
            helper = HelperProcess(command, self.file.path.parent)
        except OSError as error:
            raise self._unusable(f"助手程序起不来 {error.strerror}") from error
        self._helper = helper
        try:
            self._accept(hello_of(helper.hear(self.file.limit)))
        except (HelperGone, NoSuchLine):
            raise self._given_up("load", Spoilt.GONE, asked=False) from None
        except HelperSilent:
            raise self._given_up("load", Spoilt.SILENT, asked=False) from None
        return helper

    def _command(self) -> tuple[str, ...]:
        try:
            bits = bits_of(self.file.path)
        except NotALibrary as error:
            raise self._unusable(str(error)) from error
        command = helper_command(bits, self.file.helpers)
        if command is None:
            raise self._unusable(f"没有随装 {bits} 位助手程序")
        return (*command, str(self.file.path), *(("cdecl",) if self.file.cdecl else ()))

    def _accept(self, hello: Hello) -> None:
        if hello.protocol != PROTOCOL:
            raise self._unusable(f"助手程序是第 {hello.protocol} 版，应为第 {PROTOCOL} 版")
        if not hello.loaded:
            raise self._unusable(f"装载失败（{hello.bits} 位）{hello.why}")

    def _given_up(self, function: str, why: Spoilt, *, asked: bool = True) -> LibraryError:
        _log.info("%s %s: %s", self.file.name, function, why.name)
        return self._rest(self._failed(why, asked=asked))

    def _unusable(self, why: str) -> LibraryError:
        return self._rest(LibraryError(ProblemCode.LIBRARY_UNUSABLE, f"{self.file.name} {why}"))

    def _failed(self, why: Spoilt, *, asked: bool = False) -> LibraryError:
        detail = f"{self.file.name} {why.value}"
        return LibraryError(ProblemCode.LIBRARY_FAILED, detail, asked=asked)

    def _rest(self, trouble: LibraryError) -> LibraryError:
        """The helper goes; the next one may start after a rest, each longer than the last."""
        self._drop()
        self._rest_until = self._clock() + min(_FIRST_REST * 2**self._failures, _LONGEST_REST)
        self._failures = min(self._failures + 1, 10)
        self._trouble = trouble
        return trouble

    def _drop(self) -> None:
        if self._helper is not None:
            self._helper.end()
        self._helper = None
