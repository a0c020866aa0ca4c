"""Tells the operator of an error of our own on stderr: types and places, never values."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from traceback import walk_tb

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response


async def internal_error(_request: Request, error: Exception) -> Response:
    """The bare HTTP 500 of a server that failed."""
    report(error)
    return PlainTextResponse("Internal Server Error", 500)


def report(error: BaseException) -> None:
    """A message may hold what a patient sent, so that not even it is told."""
    text = "\n".join(_told(error))
    if sys.stderr is not None:  # a program without a console has none
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - the platform's only log


def _told(error: BaseException) -> Iterator[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _told(before)
    kind = type(error)
    yield f"practice platform: {kind.__module__}.{kind.__qualname__}"
    for frame, line in walk_tb(error.__traceback__):
        yield f"  {frame.f_globals.get('__name__')}:{line} {frame.f_code.co_qualname}"
