"""A slip as the bytes of an 80 mm printer (ESC/POS), and what its status bytes mean.

Text goes out in GB 18030, the code of Chinese printers. Their fonts hold the basic plane: a character
beyond it is printed as a box and its U+XXXX in brackets, never dropped.

Sources: Epson's ESC/POS command reference (ESC @, ESC a, ESC E, GS !, GS V, GS ( k, GS r, DLE EOT);
FS & for Chinese as its two-byte printers have it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntFlag

from desktop.domain.problems import Problem, ProblemCode
from printing.thermal_slip import COLUMNS, Code, Side, TextLine, ThermalSlip, in_columns

_ESC, _GS, _FS, _DLE = b"\x1b", b"\x1d", b"\x1c", b"\x10"
_BEGIN = _ESC + b"@" + _FS + b"&"
_SIDES = {Side.LEFT: 0, Side.CENTRE: 1, Side.RIGHT: 2}
_CUT = _GS + b"V\x42\x03"
"""Feed past the knife, then a partial cut: the slip hangs on until it is taken."""
ALL_DONE = _GS + b"r\x01"
"""Answered after everything before it is printed."""
STATUS = tuple(_DLE + b"\x04" + bytes([number]) for number in (1, 2, 3, 4))
"""Answered at once: printer, why it is offline, errors, paper."""


class _Printer(IntFlag):
    OFFLINE = 0x08


class _Offline(IntFlag):
    COVER_OPEN = 0x04
    PAPER_END = 0x20
    ERROR = 0x40


class _Error(IntFlag):
    CUTTER = 0x08
    FATAL = 0x20
    RECOVERS = 0x40


class _Paper(IntFlag):
    END = 0x60


def to_bytes(slip: ThermalSlip, columns: int = COLUMNS) -> bytes:
    """The whole slip, the question after its end included."""
    return b"".join((_BEGIN, *_parts(slip, columns), ALL_DONE))


def _parts(slip: ThermalSlip, columns: int) -> Iterator[bytes]:
    for part in in_columns(slip, columns):
        match part:
            case TextLine():
                yield _line(part)
            case Code(content):
                yield _code(content)
            case _:
                yield _CUT


def _line(line: TextLine) -> bytes:
    size = 0x11 if line.large else 0
    style = (
        _ESC + b"a" + bytes([_SIDES[line.side]]),
        _ESC + b"E" + bytes([line.strong]),
        _GS + b"!" + bytes([size]),
    )
    return b"".join((*style, _encoded(line.text), b"\n"))


def _encoded(text: str) -> bytes:
    shown = (c if ord(c) < 0x10000 else f"□[U+{ord(c):04X}]" for c in text)
    return "".join(shown).encode("gb18030", errors="replace")


def _code(content: str) -> bytes:
    """A QR code of model 2, error correction M, five dots a module, centred."""
    data = content.encode("ascii")
    return b"".join(
        (
            _ESC + b"a\x01",
            _qr(b"\x41", b"\x32\x00"),
            _qr(b"\x43", b"\x05"),
            _qr(b"\x45", b"\x31"),
            _qr(b"\x50", b"\x30" + data),
            _qr(b"\x51", b"\x30"),
        )
    )


def _qr(function: bytes, data: bytes) -> bytes:
    told = b"\x31" + function + data
    return _GS + b"(k" + len(told).to_bytes(2, "little") + told


def trouble(answers: tuple[int, int, int, int]) -> Problem | None:
    """What keeps it from printing, by the four answers to :data:`STATUS`; None: nothing."""
    printer, offline, error, paper = answers
    if offline & _Offline.COVER_OPEN:
        return Problem(ProblemCode.PRINTER_COVER_OPEN)
    if offline & _Offline.PAPER_END or paper & _Paper.END:
        return Problem(ProblemCode.PRINTER_OUT_OF_PAPER)
    if error & _Error.CUTTER:
        return Problem(ProblemCode.PRINTER_JAM, "切刀")
    if error & (_Error.FATAL | _Error.RECOVERS) or offline & _Offline.ERROR:
        return Problem(ProblemCode.PRINTER_FAILED)
    return Problem(ProblemCode.PRINTER_OFF) if printer & _Printer.OFFLINE else None


def is_status(answer: int) -> bool:
    """An answer to :data:`STATUS`; one to :data:`ALL_DONE` has these bits otherwise."""
    return answer & 0x93 == 0x12
