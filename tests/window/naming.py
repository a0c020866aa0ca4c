"""The names of the pictures in ``docs/screens``: made of the state, so that none can be forgotten.

A name is a state of :func:`names`, what lies over it (:class:`Over`), and one of :data:`LOOKS` where
a state is seen in several ways: ``done-out``, ``done-out-slip-large``, ``done-out-slip-large-foot``.
"""

from __future__ import annotations

from collections.abc import Iterator

from ui.cashier.draft import Shelf
from ui.cashier.over import Over, over
from ui.cashier.paper_state import PaperAt
from ui.cashier.refund_state import RefundAt
from ui.cashier.state import Halt, Page, ViewState

STEPS = {Page.STOPPED: Halt, Page.REFUND: RefundAt, Page.DONE: PaperAt, Page.CHARGES: Shelf}
"""Pages on which a visit may be in several ways, and the enum that says in which."""
OPENING, SHUT = "opening", "shut"
NEVER_SEEN = frozenset((f"{Page.CHARGES}-{Shelf.CLOSED}",))
"""The page of typed charges fetches the catalogue as it opens."""
STEPS_OF_WORK = "ready-busy-steps"
"""Every :class:`Doing` on one sheet: the strip is the same on each page."""
LOOKS = frozenset(
    (
        *("keys", "reader-trouble", "faulty-file", "lost-folder", "foreign-code", "pin", "busy"),
        *("busy-steps", "given-up", "deferred", "errand", "slipped", "lost-folder-patient"),
        *("bills", "account-only", "rare-name", "rare-name-extension-i", "faults", "lines"),
        *("search", "line", "later", "ways", "other-patient", "trauma-letter", "emergency-mark"),
        *("trauma-third-party", "unchecked", "many-lines", "no-cash", "unknown-fund"),
        *(
            "quota-used",
            "differs",
            "other-amounts",
            "agreed-anew",
            "deposit",
            "face",
            "stood-in",
            "fault",
            "settling",
            "goes-on",
            "closing",
        ),
        *("too-little", "change", "printed-again", "foot", "jam", "case"),
    )
)
"""A closed set: a picture of another name is refused as it is taken."""


class NoSuchLook(ValueError):
    """A scene takes a picture of a look that :data:`LOOKS` does not know."""


def names() -> Iterator[str]:
    """What the window may show: every page, and every step on a page of steps."""
    yield from (OPENING, SHUT)
    for page in Page:
        steps = STEPS.get(page)
        found = (f"{page}-{step}" for step in steps) if steps else (page.value,)
        yield from (name for name in found if name not in NEVER_SEEN)


def named(state: ViewState) -> str:
    """The one of :func:`names` that this is, and what lies over it."""
    lying = over(state)
    return f"{_page(state)}-{lying}" if lying else _page(state)


def _page(state: ViewState) -> str:
    if state.desk.opening or state.desk.shut:
        return OPENING if state.desk.opening else SHUT
    step = _step(state)
    return f"{state.page}-{step}" if step else state.page.value


def _step(state: ViewState) -> str:
    if state.stop is not None:
        return state.stop.halt
    if state.page is Page.REFUND and state.refund is not None:
        return state.refund.at
    if state.page is Page.CHARGES and state.typing is not None:
        return state.typing.shelf
    if state.page is Page.DONE:
        return state.paper.at if state.paper else PaperAt.NONE
    return ""


def possible() -> frozenset[str]:
    """Every name that a picture can have."""
    states = [state for name in names() for state in (name, *(f"{name}-{each}" for each in Over))]
    return frozenset((*states, *(f"{state}-{look}" for state in states for look in LOOKS)))


def picture(state: str, look: str = "") -> str:
    """The file of this state; raises :class:`NoSuchLook`."""
    if look and look not in LOOKS:
        raise NoSuchLook(look)
    return f"{state}-{look}.png" if look else f"{state}.png"
