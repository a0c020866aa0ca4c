"""The helper process: loads one vendor library and calls it for the desk, over JSON lines.

Run as ``python -I helper.py LIBRARY [cdecl]``. It stands alone: the standard library only, nothing of
the desk, so that a small 32-bit Python or a frozen program of it serves a 32-bit library. It knows
functions, numbers and bytes, nothing of cards: what changes with a vendor stays in the desk.

One line of JSON each; bytes are base64. First the helper says what it is::

    {"protocol": 1, "bits": 64, "loaded": true, "why": ""}

Then it answers one question after the other, all on the thread that loaded the library::

    {"id": 1, "function": "iReadCardBas", "arguments": [3, {"room": 65536}], "text": false}
    {"id": 1, "fault": "", "code": 0, "text": null, "outs": ["..."]}

An argument is a number (``int``), bytes (``char *``) or room for an answer (``char *`` to so many
bytes, zeroed); ``text`` says that the function returns ``char *`` and no number. ``fault`` is
``missing`` for a function that the library lacks and ``overflow`` when it wrote beyond its room.
Whatever else goes wrong ends this process; so does the end of its input, also while a call hangs.
"""

from __future__ import annotations

import ctypes
import json
import os
import struct
import sys
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    Tell = Callable[[Mapping[str, object]], None]

PROTOCOL = 1
_BITS = 8 * struct.calcsize("P")
_SPARE = 65_536
"""Bytes behind every room: a library that writes too much is caught, and spoils nothing."""
_NO_ERROR_WINDOWS = 0x8003
"""SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SEM_NOOPENFILEERRORBOX: nobody would close them."""
_BESIDE_ITSELF = 0x8
"""LOAD_WITH_ALTERED_SEARCH_PATH: what the library needs lies in its own folder."""


def main(
    arguments: Sequence[str], stdin: int = 0, stdout: int = 1, end: Callable[[int], Any] = os._exit
) -> None:
    """Serve until the desk closes the helper's input."""
    questions, answers = private(stdin, "r"), private(stdout, "w")
    keep_quiet()
    lines: SimpleQueue[str] = SimpleQueue()
    threading.Thread(target=listen, args=(questions, lines, end), daemon=True).start()

    def tell(answer: Mapping[str, object]) -> None:
        answers.write(json.dumps(answer) + "\n")
        answers.flush()

    with answers:
        serve(arguments, iter(lines.get, ""), tell)


def private(descriptor: int, mode: str) -> IO[str]:
    """The stream behind a descriptor, out of the library's reach: what it prints or reads itself
    goes to nowhere, and no child of it keeps the stream open.
    """
    kept = os.dup(descriptor)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
    return os.fdopen(kept, mode, encoding="ascii", newline="\n")


def keep_quiet() -> None:
    """A crash leaves neither a core file, which would name people, nor a window that waits."""
    with suppress(ImportError):
        import resource

        most = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))
    with suppress(AttributeError):
        ctypes.windll.kernel32.SetErrorMode(_NO_ERROR_WINDOWS)  # type: ignore[attr-defined]


def listen(questions: IO[str], lines: SimpleQueue[str], end: Callable[[int], Any]) -> None:
    """Hand the lines on; the end of the input ends the process, whatever the library does."""
    with questions:
        for line in questions:
            lines.put(line)
    lines.put("")
    end(0)


def serve(arguments: Sequence[str], lines: Iterator[str], tell: Tell) -> None:
    """Load the library, say so, answer every line."""
    hello = {"protocol": PROTOCOL, "bits": _BITS}
    try:
        library = loaded(arguments[0], stdcall="cdecl" not in arguments[1:])
    except OSError as error:
        tell({**hello, "loaded": False, "why": str(error)})
        return
    tell({**hello, "loaded": True, "why": ""})
    for line in lines:
        tell(answer_to(library, json.loads(line)))


def loaded(path: str, *, stdcall: bool) -> ctypes.CDLL:
    """The library; raises :class:`OSError`. Off Windows there is but one calling convention."""
    convention = getattr(ctypes, "WinDLL", ctypes.CDLL) if stdcall else ctypes.CDLL
    library: ctypes.CDLL = convention(path, winmode=_BESIDE_ITSELF)
    return library


def answer_to(library: ctypes.CDLL, question: Mapping[str, Any]) -> Mapping[str, object]:
    """Call what was asked for."""
    given = [_argument(told) for told in question["arguments"]]
    said = {"id": question["id"], "fault": "", "code": None, "text": None, "outs": []}
    try:
        function = function_of(library, question["function"], len(given))
    except AttributeError:
        return {**said, "fault": "missing"}
    function.restype = ctypes.c_char_p if question["text"] else ctypes.c_int
    returned = function(*given)
    rooms = [room for room in given if isinstance(room, ctypes.Array)]
    if any(_overfull(room) for room in rooms):
        return {**said, "fault": "overflow"}
    kind, value = ("text", _written(returned)) if question["text"] else ("code", returned)
    return {**said, kind: value, "outs": [_written(room.value) for room in rooms]}


def function_of(library: ctypes.CDLL, name: str, arguments: int) -> Any:
    """By its name, or by what a 32-bit compiler makes of it; raises :class:`AttributeError`."""
    try:
        return library[name]
    except AttributeError:
        return library[f"_{name}@{4 * arguments}"]


def _argument(told: object) -> Any:
    if isinstance(told, dict):
        return ctypes.create_string_buffer(told["room"] + _SPARE)
    return b64decode(told) if isinstance(told, str) else told


def _overfull(room: ctypes.Array[ctypes.c_char]) -> bool:
    """True when the text does not end within its room."""
    return len(room.value) >= len(room) - _SPARE


def _written(text: bytes | None) -> str | None:
    return None if text is None else b64encode(text).decode("ascii")


if __name__ == "__main__":
    main(sys.argv[1:])
