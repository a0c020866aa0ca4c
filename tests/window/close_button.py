"""The cross of a window, as a window manager presses it: WM_DELETE_WINDOW, sent by libX11."""

from __future__ import annotations

import ctypes

_CLIENT_MESSAGE = 33
_CURRENT_TIME = 0


class _ClientMessage(ctypes.Structure):
    """``XClientMessageEvent``, padded to the size of an ``XEvent``."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("pad", ctypes.c_long * 24),
    )


def press_close(display: str, window: int) -> None:
    """Ask the program of this X window to close it, as Alt+F4 and the cross do."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    to = ctypes.c_void_p(x11.XOpenDisplay(display.encode()))
    assert to.value, f"no display {display}"
    try:
        protocols, delete = (
            x11.XInternAtom(to, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW")
        )
        event = _ClientMessage(_CLIENT_MESSAGE, 0, 1, to, window, protocols, 32)
        event.data[:2] = (delete, _CURRENT_TIME)
        x11.XSendEvent(to, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(event))
    finally:
        x11.XCloseDisplay(to)
