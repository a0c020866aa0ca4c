"""A cashier walks a patient through the real services, step by step."""

from __future__ import annotations

from desktop.domain import events as e
from desktop.domain.open_work import refund_step
from desktop.domain.problems import DeskError
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Ending, Stopped
from desktop.services.one_settlement import standing_of
from desktop.services.queue import retry
from desktop.services.settle import Commitment
from tests.simulation.admission import admitted
from tests.simulation.charging import charged
from tests.simulation.paying import booked, paid, papered, refund_goes_on
from tests.simulation.window import MAY_PAY_SELF, Errand, Script, Window
from tests.simulation.witness import IN_DOUBT


def serve(window: Window, errand: Errand) -> Script:
    """From "good morning" to the end of this patient's visit at this window."""
    visit = DeskVisit(window.desk)
    window.tell("window {}: {} with bill {}", window.desk.window, visit.id, errand.bill.key)
    yield from until_trouble(window, visit, _whole_visit(window, visit, errand))


def _whole_visit(window: Window, visit: DeskVisit, errand: Errand) -> Script:
    if not (yield from admitted(window, visit, errand)):
        return
    ended = yield from charged(window, visit, errand)
    if ended is not None:
        yield from _after(window, visit, ended)


def until_trouble(window: Window, visit: DeskVisit, script: Script) -> Script:
    """What the program tells the cashier ends this try; then the visit is free again."""
    try:
        yield from script
    except (Stopped, DeskError) as trouble:
        window.tell("  window {} cannot: {}", window.desk.window, trouble)
    visit.release()


def _after(window: Window, visit: DeskVisit, ended: Commitment) -> Script:
    match ended.ending:
        case Ending.SETTLED | Ending.NEEDS_CHECK:
            yield from booked(window, visit)
        case Ending.UNKNOWN:
            yield from _unknown(window, visit)
        case _:
            yield from _refused(window, visit)


def _unknown(window: Window, visit: DeskVisit) -> Script:
    """Wait and look again, also for a patient who left and may come back (B30)."""
    yield
    if window.happens(0.2):
        window.world.jump_clock()
    if visit.record.state is State.UNKNOWN and window.happens(0.4):
        visit.write_down(e.PatientLeft())
        if window.happens(0.3):
            return
    while visit.record.state in IN_DOUBT and window.happens(0.5):
        window.world.wait(window.world.chance.of((5, 15, 30, 60, 700)))
        yield
        visit.release()
        retry(window.desk, visit.id)
        visit = DeskVisit(window.desk, visit.id)
    yield from go_on(window, visit)


def _refused(window: Window, visit: DeskVisit) -> Script:
    yield
    if visit.record.state in MAY_PAY_SELF and window.happens(0.5):
        yield from window.pays_self(visit)


def come_back(window: Window, errand: Errand) -> Script:
    """The patient is at the window again: after a restart, or another day."""
    standing = standing_of(window.desk, errand.bill)
    if standing is None:
        yield from serve(window, errand)
    else:
        yield from finish(window, standing.visit)


def finish(window: Window, visit_id: VisitId) -> Script:
    """Do what is still to be done for a visit of the journal."""
    try:
        visit = DeskVisit(window.desk, visit_id)
    except Stopped as stop:
        window.tell("  window {} cannot: {}", window.desk.window, stop)
        return
    yield
    yield from until_trouble(window, visit, go_on(window, visit))


def go_on(window: Window, visit: DeskVisit) -> Script:
    """The next steps from where the visit stands."""
    if refund_step(visit.record) or visit.record.state is State.REVERSED:
        yield from refund_goes_on(window, visit.id)
        return
    match visit.record.state:
        case State.SETTLED | State.SETTLED_NEEDS_CHECK:
            yield from booked(window, visit)
        case State.UNPAID:
            yield from paid(window, visit)
        case State.COLLECTED | State.PRINT_PENDING:
            yield from papered(window, visit)
        case State.PRINTED:
            visit.close()
        case State.DEFERRED if window.happens(0.3):
            yield from window.pays_self(visit)
        case State.CHARGES:
            visit.take_back()
        case _:
            pass
