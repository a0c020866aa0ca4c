"""The settlement slip on screen: drawn from the PDF itself, as large as the window shows it."""

from __future__ import annotations

from collections.abc import Callable

from printing.sheets import Sheet, one_copy
from ui.work_port import Completed, Ended, Failed, Handle, Work

Draw = Callable[[bytes, int, int], tuple[Sheet, ...]]
"""Pages of a PDF within so many dots across and down."""
Drawn = tuple[Sheet, ...] | None
"""The pages; none of them: they cannot be drawn; None: they are on their way."""


class SlipDesk:
    """Lives on the presenter's thread, draws on another; the newest wish alone is told."""

    def __init__(self, draw: Draw, work: Work, tell: Callable[[Drawn], None]) -> None:
        self._draw = draw
        self._work = work
        self._tell = tell
        self._pdf, self._pages = b"", 0
        self._room = (0, 0)
        self._drawing: Handle | None = None

    def printed(self, pdf: bytes, pages: int = 0) -> None:
        """Another slip, or b"" for none; of its copies the first is shown."""
        self._pdf, self._pages = pdf, pages
        self._start()

    def room(self, width: int, height: int) -> None:
        """How many dots of the screen the window has for it."""
        if (width, height) != self._room:
            self._room = (width, height)
            self._start()

    def _start(self) -> None:
        if self._drawing is not None:
            self._drawing.cancel()
            self._drawing = None
        if self._pdf and all(self._room):
            draw, pdf, pages, room = self._draw, self._pdf, self._pages, self._room
            job = lambda: draw(one_copy(pdf, pages), *room)  # noqa: E731
            self._drawing = self._work.start(job, self._ended)

    def _ended(self, end: Ended[tuple[Sheet, ...]]) -> None:
        match end:
            case Completed(sheets):
                self._tell(sheets)
            case Failed():
                self._tell(())
            case _:
                pass
