"""A slip as the bytes of an 80 mm printer (ESC/POS), and what its status bytes mean.

Text goes out in GB 18030, the code of Chinese printers. Their fonts hold the basic plane: a character
beyond it is printed as a box and its U+XXXX in brackets, never dropped.

The commands are python-escpos's, as far as it has them: its tables, not its printers. Those know two
of the four status answers, wait for one without end, have no code for Chinese, and parse a database
of printers, set up logging and leave a folder in the temporary files by being imported.

Other sources: Epson's ESC/POS command reference (GS V, GS ( k, GS r, DLE EOT); FS & for Chinese as
its two-byte printers have it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntFlag

from escpos import constants

from desktop.domain.problems import Problem, ProblemCode
from printing.thermal_slip import COLUMNS, Code, Side, TextLine, ThermalSlip, in_columns

_BEGIN = constants.HW_INIT + constants.FS + b"&"
_STYLE = constants.TXT_STYLE
_SIDES = {
    Side.LEFT: _STYLE["align"]["left"],
    Side.CENTRE: _STYLE["align"]["center"],
    Side.RIGHT: _STYLE["align"]["right"],
}
_CUT = constants.GS + b"V\x42\x03"
"""Feed past the knife, then a partial cut: the slip hangs on until it is taken."""
ALL_DONE = constants.GS + b"r\x01"
"""Answered after everything before it is printed."""
STATUS = tuple(constants.RT_STATUS + bytes([number]) for number in (1, 2, 3, 4))
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
    times = 2 if line.large else 1
    size = _STYLE["width"][times] | _STYLE["height"][times]
    style = (
        _SIDES[line.side],
        _STYLE["bold"][line.strong],
        constants.TXT_SIZE + bytes([size]),
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
            _SIDES[Side.CENTRE],
            _qr(b"\x41", bytes([0x30 + constants.QR_MODEL_2, 0])),
            _qr(b"\x43", b"\x05"),
            _qr(b"\x45", bytes([0x30 + constants.QR_ECLEVEL_M])),
            _qr(b"\x50", b"\x30" + data),
            _qr(b"\x51", b"\x30"),
        )
    )


def _qr(function: bytes, data: bytes) -> bytes:
    told = b"\x31" + function + data
    begin: bytes = constants.GS + b"(k"
    return begin + len(told).to_bytes(2, "little") + told


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
