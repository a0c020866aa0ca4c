"""The bill at the platform: uploaded, offered, agreed to, settled."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from desktop.domain import events as e
from desktop.domain.account_use import AccountUse
from desktop.domain.credential import CredentialKind
from desktop.domain.identity import Doubt
from desktop.domain.one_at_a_time import Beside
from desktop.domain.problems import DeskError, ProblemCode
from desktop.domain.visit import State
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Stopped
from desktop.services.settle import Agreement, Commitment
from tests.simulation.faults import WorldFault
from tests.simulation.town import corrected, patient_of
from tests.simulation.window import MAY_DEFER, MAY_PAY_SELF, Decided, Errand, Script, Window

_OF_ANOTHER = frozenset(
    (
        ProblemCode.ALREADY_SETTLED,
        ProblemCode.OUTCOME_UNKNOWN,
        ProblemCode.OPEN_ELSEWHERE,
        ProblemCode.REFUND_HALF_DONE,
        ProblemCode.REVISION_SETTLED,
        ProblemCode.SETTLED_ALIKE,
        ProblemCode.PAID_BY_SELF,
    )
)
"""The bill is another visit's: nobody pays it twice."""


def charged(
    window: Window, visit: DeskVisit, errand: Errand
) -> Generator[None, None, Commitment | None]:
    """How the settlement ended; None when it did not come to one."""
    although: tuple[Beside, ...] = tuple(Beside) if errand.beside else ()
    for _ in range(3):
        yield
        try:
            visit.upload(although)
            yield
            yield from _offered(window, visit)
            break
        except Stopped as stop:
            window.tell("  {}", stop)
            window.mend_clock(stop)
            if window.is_another(errand.bill, stop):
                although = tuple(Beside)
            elif not (yield from _again(window, visit, errand, stop)):
                return None
    else:
        return None
    return (yield from _settled(window, visit)) if (yield from _agreed(window, visit)) else None


def _offered(window: Window, visit: DeskVisit) -> Script:
    visit.offer(AccountUse.OWN)
    while window.happens(0.15):
        yield
        visit.offer(window.world.chance.of(tuple(AccountUse)))


def _again(window: Window, visit: DeskVisit, errand: Errand, stop: Stopped) -> Decided:
    """Take back what was uploaded; then once more, later, by himself, or home."""
    if visit.record.state in MAY_DEFER and window.world.chance.also(0.05):
        _doubted(window, visit)
        return False
    visit.take_back()
    yield
    if stop.problems[0].kind in _OF_ANOTHER:
        return False
    state = visit.record.state
    if state in (State.REGISTERED, State.ELIGIBLE) and window.happens(0.5):
        if state is State.REGISTERED or window.happens(0.5):
            return _retaken(window, visit, errand)
        return True
    if state in MAY_PAY_SELF and window.happens(0.3):
        yield from window.pays_self(visit)
    elif state in MAY_DEFER and window.happens(0.5):
        window.defers(visit, stop.problems[0].kind)
    return False


def _retaken(window: Window, visit: DeskVisit, errand: Errand) -> bool:
    """The bill as the hospital put it right; now and then the next patient's instead (B09)."""
    bill = corrected(errand.bill)
    if window.happens(0.3):
        next_one = window.world.chance.of(window.world.town.people)
        bill = replace(bill, patient=patient_of(next_one))
    visit.take_bill(bill)
    try:
        visit.match_patient()
    except Stopped as stop:
        window.tell("  {}", stop)
        visit.save()
        return False
    return True


def _agreed(window: Window, visit: DeskVisit) -> Decided:
    """True when the patient agrees to the amounts on the screen."""
    _elsewhere(window, visit)
    if window.world.chance.also(0.01):
        _doubted(window, visit)
        return False
    if window.happens(0.04):
        visit.write_down(e.PatientDeclined())
        yield
        visit.take_back()
        return False
    if window.happens(0.03):
        visit.take_back()
        return False
    if window.happens(0.02):
        yield from _not_now(window, visit)
        return False
    yield
    return True


def _doubted(window: Window, visit: DeskVisit) -> None:
    """Somebody looks at the person once more (B08); now and then just when the line is down."""
    if window.world.chance.also(0.5):
        window.world.line_fails_now()
    visit.doubt(Doubt.PHOTO, "0001")


def _not_now(window: Window, visit: DeskVisit) -> Script:
    """DEFER or SELF_PAY with the amounts on screen; the desk takes the lines back by itself."""
    yield
    if window.happens(0.5):
        window.defers(visit, ProblemCode.NO_USABLE_ANSWER)
    else:
        yield from window.pays_self(visit)


def _elsewhere(window: Window, visit: DeskVisit) -> None:
    """Between 2206 and 2207 the world goes on."""
    world, record = window.world, visit.record
    if window.happens(0.08) and record.person is not None and record.insurance is not None:
        world.note(WorldFault.USED_ELSEWHERE)
        world.use_elsewhere(record.person.psn_no, record.insurance.kind)
        if window.happens(0.2):
            world.withdraw_filing(record.person.psn_no)
    if window.happens(0.03):
        world.jump_clock()
    if window.happens(0.1):
        world.end_session()
    if record.credential is not None and record.credential.kind is CredentialKind.VOUCHER:
        _dawdles(window)


def _dawdles(window: Window) -> None:
    """A token serves half an hour; some patients need longer to make up their mind."""
    if window.happens(0.1):
        window.world.note(WorldFault.DAWDLED)
        window.world.wait(31 * 60)


def _settled(window: Window, visit: DeskVisit) -> Generator[None, None, Commitment]:
    agreement = Agreement(_use_of(visit), "0001", pays_here=True)
    try:
        ended = visit.ended(lambda: visit.commit(agreement))
    except DeskError:
        yield from _changes_mind(visit)
        raise
    window.tell("  2207 ended {}", ended.ending)
    yield
    return ended


def _changes_mind(visit: DeskVisit) -> Script:
    """The intent could not be written, so nothing was sent: the patient may go."""
    yield
    if visit.record.state is State.CONFIRMED:
        visit.write_down(e.PatientDeclined())
        yield
        visit.take_back()


def _use_of(visit: DeskVisit) -> AccountUse:
    preview = visit.record.preview
    used = preview.split.account if preview else None
    return AccountUse.OWN if used else AccountUse.NONE
