"""Pages of a PDF as pictures: to look at on a screen, or for a printer that wants dots."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct

from desktop.domain.discreet import Discreet

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_POINTS = 72
_ONE_AT_A_TIME = threading.Lock()
"""PDFium is one library for the whole process and is not safe to use from two threads."""


class NotReadable(Exception):
    """It is no PDF."""


class Sheet(Discreet, Struct, frozen=True):
    """One page: rows of blue, green, red and an unused byte; ``width`` × ``height`` dots."""

    said = ("width", "height")

    width: int
    height: int
    dots: bytes

    @property
    def stride(self) -> int:
        """Bytes of a row."""
        return 4 * self.width


def sheets_within(pdf: bytes, width: int, height: int) -> tuple[Sheet, ...]:
    """Every page as large as fits into ``width`` × ``height`` dots; raises :class:`NotReadable`."""
    return _drawn(pdf, lambda page: min(width / page.get_width(), height / page.get_height()))


def sheets_at(pdf: bytes, dpi: int) -> tuple[Sheet, ...]:
    """Every page at its true size for a printer of ``dpi``; raises :class:`NotReadable`."""
    return _drawn(pdf, lambda _page: dpi / _POINTS)


def pages_of(pdf: bytes, first: int, count: int) -> bytes:
    """So many pages from page ``first`` on, 0 for the first, as a PDF; raises :class:`NotReadable`."""
    from pypdfium2 import PdfDocument

    told = BytesIO()
    with _ONE_AT_A_TIME, _opened(pdf) as document, closing(PdfDocument.new()) as part:
        part.import_pages(document, list(range(first, first + count)))
        part.save(told)
    return told.getvalue()


def one_copy(pdf: bytes, pages: int) -> bytes:
    """The first copy, where each has so many pages of its own; 0: the whole is one."""
    return pages_of(pdf, 0, pages) if pages else pdf


def _drawn(pdf: bytes, scale: Callable[[PdfPage], float]) -> tuple[Sheet, ...]:
    with _ONE_AT_A_TIME, _opened(pdf) as document:
        return tuple(_sheet(page, scale(page)) for page in document)


@contextmanager
def _opened(pdf: bytes) -> Iterator[PdfDocument]:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(pdf)
    except PdfiumError as error:
        raise NotReadable(str(error)) from error
    with closing(document):
        yield document


def _sheet(page: PdfPage, scale: float) -> Sheet:
    with (
        closing(page),
        closing(page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)) as bitmap,
    ):
        row = 4 * bitmap.width
        rows = memoryview(bitmap.buffer).cast("B")
        dots = b"".join(rows[y * bitmap.stride :][:row] for y in range(bitmap.height))
        return Sheet(bitmap.width, bitmap.height, dots)
