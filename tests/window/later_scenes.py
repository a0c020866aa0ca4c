"""States of the window about work that is not at rest, and of a refund (see ``scenes``)."""

from __future__ import annotations

import time

from tests.window.camera import Camera
from tests.window.scenes import (
    ORDINARY,
    RETIRED,
    Scene,
    drop,
    offered,
    paid_in_full,
    show,
    withdraw,
)
from tests.window.till import DONE, READY, Till

LIST, REFUND = "待办", "退费"
_NOTED = 1.0
"""Seconds for a step that no title tells of."""


def waiting(camera: Camera) -> None:
    """A bill deferred, a settlement unknown, one unpaid; the list; the bill settled later."""
    till = camera.till
    _defer(camera)
    _lose(till)
    till.press("F2")
    till.sees(READY)
    time.sleep(3 * _NOTED)
    till.press("F3")
    till.sees(LIST)
    camera.take()
    till.press("Down", "F6")
    till.says("给医保办的案由")
    camera.take("case")
    till.press("Up", "Return")
    till.sees(READY)
    camera.take("errand")
    till.press("Escape")
    withdraw(till)


def _defer(camera: Camera) -> None:
    till = camera.till
    drop(till, ORDINARY)
    till.platform.fault("2001", "before", "reset")
    show(till, ORDINARY, "线路中断")
    camera.take("ways")
    till.press("F6")
    till.sees(READY)
    camera.take("deferred")
    withdraw(till)


def _lose(till: Till) -> None:
    offered(till, RETIRED, bill_no="B0002", visit_no="V0002")
    till.platform.fault("2207", "before", "reset")
    till.press("F8", "F9")
    till.sees("待确认")
    withdraw(till)


def unknown(camera: Camera) -> None:
    """Looked for while the patient waits; never booked, so that the picture has time."""
    offered(camera.till, ORDINARY)
    camera.till.platform.fault("2207", "before", "reset")
    camera.till.press("F8", "F9")
    camera.till.sees("待确认")
    camera.take()
    withdraw(camera.till)


def refund(camera: Camera) -> None:
    """Some lines go back: the estimate, the true sum, the cash."""
    till = camera.till
    offered(till, ORDINARY)
    paid_in_full(till)
    till.press("F2", "F12")
    till.says("退哪一笔结算")
    camera.take()
    till.press("Return")
    till.says("应退现金")
    camera.take()
    till.press("Down", "space")
    till.says("估算")
    camera.take("lines")
    _agree(camera)
    withdraw(till)


def large_slip(camera: Camera) -> None:
    """The slip over the whole window, and what the arrows bring."""
    till = camera.till
    offered(till, ORDINARY)
    paid_in_full(till)
    time.sleep(1.0)
    till.press("F7")
    till.sees("结算单")
    time.sleep(1.0)
    camera.take()
    till.press("Next")
    camera.take("foot")
    till.press("Escape")
    till.sees(DONE)
    withdraw(till)


def _agree(camera: Camera) -> None:
    """After the 2208 the true sum, agreed to again."""
    till = camera.till
    till.press("F9")
    till.says("请患者确认应退的现金")
    camera.take()
    till.press("F9")
    till.says("请退还现金")
    camera.take()
    till.press("F10")
    till.sees(DONE)


LATER: tuple[tuple[Scene, ...], ...] = ((unknown,), (waiting,), (refund,), (large_slip,))
"""A desk of its own for each row."""
