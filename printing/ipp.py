"""As much of IPP (RFC 8010, 8011) as it takes to ask a spooler about its printers and jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from msgspec import Struct

Value = str | int | bool | bytes
Attributes = dict[str, tuple[Value, ...]]

PRINT_JOB: Final = 0x0002
CANCEL_JOB: Final = 0x0008
GET_JOB: Final = 0x0009
GET_JOBS: Final = 0x000A
GET_PRINTER: Final = 0x000B

NOT_FOUND: Final = 0x0406
"""``status`` of a job or printer that is not there."""

_OPERATION, _JOB, _END, _PRINTER = 1, 2, 3, 4
_FIRST_VALUE_TAG = 0x10
_INTEGER, _BOOLEAN, _ENUM = 0x21, 0x22, 0x23
_NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE, _MIME = 0x42, 0x44, 0x45, 0x47, 0x48, 0x49
_TEXTS = range(0x40, 0x4B)
_TAGS = {
    "attributes-charset": _CHARSET,
    "attributes-natural-language": _LANGUAGE,
    "printer-uri": _URI,
    "job-uri": _URI,
    "requesting-user-name": _NAME,
    "job-name": _NAME,
    "document-format": _MIME,
}


class NoSpooler(Exception):
    """Nobody answers there, or not in IPP."""


class Answer(Struct, frozen=True):
    """What came back: the status, and one table for each printer or job."""

    status: int
    tables: tuple[Attributes, ...]

    @property
    def ok(self) -> bool:
        return self.status < 0x0100

    @property
    def first(self) -> Attributes:
        return next(iter(self.tables), {})


Ask = Callable[[int, str, Attributes, bytes], Answer]
"""Operation, path, attributes, document. Raises :class:`NoSpooler`."""


def asker(server: str) -> Ask:
    """``server``: the path of a socket, or host and port, as ``CUPS_SERVER`` has it."""

    def ask(operation: int, path: str, attributes: Attributes, document: bytes = b"") -> Answer:
        from printing.ipp_line import posted

        body = packed(operation, attributes) + document
        try:
            return unpacked(posted(server, path, body))
        except (OSError, ValueError, IndexError) as fault:
            raise NoSpooler(str(fault)) from fault

    return ask


def packed(operation: int, attributes: Attributes) -> bytes:
    """A request with operation attributes only; the charset is UTF-8."""
    every: Attributes = {
        "attributes-charset": ("utf-8",),
        "attributes-natural-language": ("en",),
        **attributes,
    }
    told = b"".join(_attribute(name, values) for name, values in every.items())
    head = b"\x02\x00" + operation.to_bytes(2, "big") + b"\x00\x00\x00\x01"
    return head + bytes([_OPERATION]) + told + bytes([_END])


def _attribute(name: str, values: Iterable[Value]) -> bytes:
    parts = []
    for at, value in enumerate(values):
        tag, data = _value(name, value)
        told = name.encode() if at == 0 else b""
        parts.append(bytes([tag]) + _sized(told) + _sized(data))
    return b"".join(parts)


def _value(name: str, value: Value) -> tuple[int, bytes]:
    match value:
        case bool():
            return _BOOLEAN, bytes([value])
        case int():
            return _INTEGER, value.to_bytes(4, "big", signed=True)
        case bytes():
            return _NAME, value
        case _:
            return _TAGS.get(name, _KEYWORD), value.encode()


def _sized(data: bytes) -> bytes:
    return len(data).to_bytes(2, "big") + data


def unpacked(body: bytes) -> Answer:
    """Raises ``ValueError`` or ``IndexError`` for what is no IPP."""
    tables: list[Attributes] = []
    for group, name, value in _read(body):
        if group == _OPERATION:
            continue
        if not name:
            tables.append({})
        else:
            table = tables[-1]
            table[name] = (*table.get(name, ()), value)
    return Answer(int.from_bytes(body[2:4], "big"), tuple(tables))


def _read(body: bytes) -> Iterator[tuple[int, str, Value]]:
    """Every value with its group; a new group comes first, without a name."""
    if len(body) < 9:
        raise ValueError("no IPP")
    at, group, name = 8, _OPERATION, ""
    while body[at] != _END:
        tag = body[at]
        at += 1
        if tag < _FIRST_VALUE_TAG:
            group = tag
            yield group, "", b""
            continue
        told, at = _taken(body, at)
        data, at = _taken(body, at)
        name = told.decode() or name
        yield group, name, _understood(tag, data)


def _taken(body: bytes, at: int) -> tuple[bytes, int]:
    end = at + 2 + int.from_bytes(body[at : at + 2], "big")
    if end >= len(body):
        raise IndexError("cut off")
    return body[at + 2 : end], end


def _understood(tag: int, data: bytes) -> Value:
    if tag == _BOOLEAN:
        return data == b"\x01"
    if tag in (_INTEGER, _ENUM):
        return int.from_bytes(data, "big", signed=True)
    return data.decode(errors="replace") if tag in _TEXTS else data
