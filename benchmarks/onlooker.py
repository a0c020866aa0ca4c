"""Somebody in front of a screen: sees whether a window stands, presses a key, sees it answer.

Speaks to the X server itself, so that looking costs well under a millisecond. There is no window
manager: whoever looks gives the keyboard to the window, as a window manager would.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

PATIENCE = 30.0
_EACH = 0.001
_Seen = TypeVar("_Seen")
_F1 = 0xFFBE
_VIEWABLE = 2
_Z_PIXMAP = 2
_ALL_PLANES = -1
_TITLE = b"_NET_WM_NAME"
_LONGEST = 256
"""Of a title, in units of four bytes."""
_LEAST_WIDTH = 600
"""Smaller ones are none of a cashier's windows."""
_WIDE, _HIGH = 240, 48
"""What is looked at, in the middle of the window: there the card of keys appears."""


_ERROR_HANDLER = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
"""A window may go between being listed and being asked: no reason to end."""


class _Attributes(ctypes.Structure):
    """``XWindowAttributes``."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("x", "y", "width", "height", "border", "depth")),
        ("visual", ctypes.c_void_p),
        ("root", ctypes.c_ulong),
        *((name, ctypes.c_int) for name in ("kind", "bit_gravity", "win_gravity", "backing")),
        ("backing_planes", ctypes.c_ulong),
        ("backing_pixel", ctypes.c_ulong),
        ("save_under", ctypes.c_int),
        ("colormap", ctypes.c_ulong),
        ("map_installed", ctypes.c_int),
        ("map_state", ctypes.c_int),
        ("pad", ctypes.c_long * 8),
    )


class _Image(ctypes.Structure):
    """The beginning of ``XImage``."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("width", "height", "xoffset", "format")),
        ("data", ctypes.c_void_p),
    )


class Onlooker:
    """One connection to a display; made by :func:`looking_at`."""

    def __init__(self, x11: ctypes.CDLL, xtest: ctypes.CDLL, display: ctypes.c_void_p) -> None:
        self._x11 = x11
        self._xtest = xtest
        self._display = display
        self._root = x11.XDefaultRootWindow(display)

    def await_use(self) -> None:
        """Wait until a window stands, is painted, and answers F1 with what one can see."""
        window, (x, y) = self._standing()
        self._x11.XSetInputFocus(self._display, ctypes.c_ulong(window), 1, ctypes.c_ulong(0))
        _await("painted", lambda: any(self._pixels(x, y)))
        before = self._pixels(x, y)
        self._press(_F1)
        _await("answered F1", lambda: self._pixels(x, y) != before)

    def await_title(self, without: str) -> None:
        """Wait until the title of a window that stands does not say these words any more."""
        window, _place = self._standing()
        words = without.encode()
        _await(f"lost {without!r}", lambda: (title := self._title(window)) and words not in title)

    def _title(self, window: int) -> bytes:
        kind, bits, count, rest = (
            ctypes.c_ulong(),
            ctypes.c_int(),
            ctypes.c_ulong(),
            ctypes.c_ulong(),
        )
        text = ctypes.c_char_p()
        name = ctypes.c_ulong(self._x11.XInternAtom(self._display, _TITLE, 0))
        told = (ctypes.byref(part) for part in (kind, bits, count, rest, text))
        part, any_kind = (ctypes.c_long(0), ctypes.c_long(_LONGEST)), ctypes.c_ulong(0)
        self._x11.XGetWindowProperty(
            self._display, ctypes.c_ulong(window), name, *part, 0, any_kind, *told
        )
        said = text.value or b""
        self._x11.XFree(text)
        return said

    def _standing(self) -> tuple[int, tuple[int, int]]:
        """The window and the place to look at."""
        found = _await("stood", self._window)
        assert found is not None
        return found

    def _window(self) -> tuple[int, tuple[int, int]] | None:
        for window in self._children():
            seen = _Attributes()
            self._x11.XGetWindowAttributes(
                self._display, ctypes.c_ulong(window), ctypes.byref(seen)
            )
            if seen.map_state == _VIEWABLE and seen.width >= _LEAST_WIDTH:
                middle = seen.x + (seen.width - _WIDE) // 2, seen.y + (seen.height - _HIGH) // 2
                return window, middle
        return None

    def _children(self) -> list[int]:
        root, parent = ctypes.c_ulong(), ctypes.c_ulong()
        found, count = ctypes.POINTER(ctypes.c_ulong)(), ctypes.c_uint()
        told = (ctypes.byref(part) for part in (root, parent, found, count))
        self._x11.XQueryTree(self._display, ctypes.c_ulong(self._root), *told)
        children = [found[place] for place in range(count.value)]
        self._x11.XFree(found)
        return children

    def _pixels(self, x: int, y: int) -> bytes:
        size = (ctypes.c_uint(_WIDE), ctypes.c_uint(_HIGH))
        root, planes = ctypes.c_ulong(self._root), ctypes.c_ulong(_ALL_PLANES)
        image = self._x11.XGetImage(self._display, root, x, y, *size, planes, _Z_PIXMAP)
        seen = ctypes.string_at(image.contents.data, _WIDE * _HIGH * 4)
        self._x11.XDestroyImage(image)
        return seen

    def _press(self, keysym: int) -> None:
        code = self._x11.XKeysymToKeycode(self._display, ctypes.c_ulong(keysym))
        for down in (1, 0):
            self._xtest.XTestFakeKeyEvent(
                self._display, ctypes.c_uint(code), down, ctypes.c_ulong(0)
            )
        self._x11.XFlush(self._display)


@contextmanager
def looking_at(display: str) -> Iterator[Onlooker]:
    """Look at a display such as ``:7``."""
    x11, xtest = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XDefaultRootWindow.restype = ctypes.c_ulong
    x11.XGetImage.restype = ctypes.POINTER(_Image)
    x11.XKeysymToKeycode.restype = ctypes.c_ubyte
    x11.XInternAtom.restype = ctypes.c_ulong
    opened = ctypes.c_void_p(x11.XOpenDisplay(display.encode()))
    assert opened.value, f"no display {display}"
    x11.XSetErrorHandler.restype = ctypes.c_void_p
    ignored = _ERROR_HANDLER(lambda _display, _event: 0)
    before = ctypes.c_void_p(x11.XSetErrorHandler(ignored))
    try:
        yield Onlooker(x11, xtest, opened)
    finally:
        x11.XSetErrorHandler(before)
        x11.XCloseDisplay(opened)


def _await(what: str, ready: Callable[[], _Seen]) -> _Seen:
    until = time.monotonic() + PATIENCE
    while not (seen := ready()):
        if time.monotonic() > until:
            raise TimeoutError(f"no window {what} within {PATIENCE:g} s")
        time.sleep(_EACH)
    return seen
