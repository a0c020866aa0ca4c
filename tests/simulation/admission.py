"""Who it is, and whether the funds will pay: from "good morning" to an eligible patient."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from desktop.domain import events as e
from desktop.domain.charges import Bill
from desktop.domain.credential import Credential, CredentialKind
from desktop.domain.person import FilingKind
from desktop.domain.problems import ProblemCode
from desktop.domain.visit import State
from desktop.sandbox.exchange.vouchers import issue
from desktop.sandbox.model import Filing, Person
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Ending, Stopped
from desktop.services.identify import from_qr
from tests.simulation.faults import WorldFault
from tests.simulation.window import MAY_DEFER, MAY_PAY_SELF, Decided, Errand, Script, Window

_TURNED_AWAY = frozenset((State.NEEDS_FILING, State.REFUSED))
_MAY_DECLINE = frozenset((State.CREDENTIAL, State.IDENTIFIED, State.ELIGIBLE))


def admitted(window: Window, visit: DeskVisit, errand: Errand) -> Decided:
    credential_first = window.happens(0.25)
    if not credential_first:
        visit.take_bill(errand.bill)
    if not (yield from _shown(window, visit, errand)):
        return False
    if credential_first and window.happens(0.4):
        visit.take_bill(errand.bill)
    if walks_out(window, visit):
        return False
    if not (yield from _insured(window, visit)):
        return False
    if credential_first and visit.record.bill is None and window.happens(0.5):
        visit.take_bill(errand.bill)
    if walks_out(window, visit):
        return False
    if not (yield from _entitled(window, visit, errand)):
        return False
    if visit.record.bill is None and not _bill_fits(window, visit, errand.bill):
        return False
    _filing_withdrawn(window, visit)
    return not walks_out(window, visit)


def _filing_withdrawn(window: Window, visit: DeskVisit) -> None:
    """Between 2001 and 2201: a later question is the one that is told no, or none."""
    person, filing = visit.record.person, visit.record.filing
    if person is not None and filing is not None and window.happens(0.03):
        window.world.withdraw_filing(person.psn_no)


def _bill_fits(window: Window, visit: DeskVisit, bill: Bill) -> bool:
    """The bill is chosen last; it may be somebody else's (B09)."""
    visit.take_bill(bill)
    try:
        visit.match_patient()
    except Stopped as stop:
        window.tell("  {}", stop)
        visit.save()
        return False
    return True


def _shown(window: Window, visit: DeskVisit, errand: Errand) -> Decided:
    for _ in range(3):
        try:
            credential = _credential(window, errand.who)
        except Stopped as stop:
            visit.write_down(e.CredentialRefused(stop.problems[0].code))
            yield
            continue
        try:
            visit.show(credential)
            return True
        except Stopped as stop:
            window.tell("  not identified: {}", stop)
            window.mend_clock(stop)
            if (yield from outage(window, visit, stop)):
                return False
            visit.write_down(e.CredentialRefused(stop.problems[0].code))
            if (yield from outage(window, visit, stop)):
                return False
        yield
    return False


def outage(window: Window, visit: DeskVisit, stop: Stopped) -> Decided:
    """No answer: True when the patient does not wait (visit.md 3.3)."""
    state = visit.record.state
    if stop.ending is not Ending.FAILED or window.happens(0.8):
        return False
    yield
    if state in MAY_DEFER and window.happens(0.5):
        window.defers(visit, stop.problems[0].kind)
    elif state in MAY_PAY_SELF:
        yield from window.pays_self(visit)
    return True


def _credential(window: Window, who: Person) -> Credential:
    kind = window.world.chance.roll()
    if kind < 0.2:
        return _voucher(window, who)
    if kind < 0.35 and who.card_no and who.card_sn:
        return Credential(CredentialKind.SOCIAL_SECURITY_CARD, who.card_no, who.card_sn)
    return Credential(CredentialKind.ID_CARD, who.certno, cert_no=who.certno)


def _voucher(window: Window, who: Person) -> Credential:
    """A code off the phone, in time or too late; now and then one that has served already."""
    world, shown = window.world, window.world.phones.get(who.certno)
    if shown is not None and window.happens(0.3):
        world.note(WorldFault.TOKEN_AGAIN)
        return shown
    voucher = issue(world.platform.state, who, world.clock.now)
    world.wait(world.chance.of((1, 5, 90)))
    shown = world.phones[who.certno] = from_qr(window.desk, voucher.qr)
    if window.happens(0.1):
        world.note(WorldFault.CODE_AGAIN)
        return from_qr(window.desk, voucher.qr)
    return shown


def _insured(window: Window, visit: DeskVisit) -> Decided:
    try:
        visit.match_patient()
        yield
        _choose_insurance(visit)
    except Stopped as stop:
        window.tell("  not admitted: {}", stop)
        yield from _turned_away(window, visit)
        return False
    yield
    if window.happens(0.01):
        visit.write_down(e.IdentityDoubted("identity-doubted", by="0001"))
        yield from _turned_away(window, visit)
        return False
    return True


def _choose_insurance(visit: DeskVisit) -> None:
    try:
        visit.insure(None)
    except Stopped as stop:
        if stop.problems[0].kind is not ProblemCode.CHOOSE_INSURANCE:
            raise
        visit.insure(("310", None))


def _entitled(window: Window, visit: DeskVisit, errand: Errand) -> Decided:
    for _ in range(3):
        try:
            visit.check(errand.bill.visit)
            return True
        except Stopped as stop:
            window.tell("  2001: {}", stop)
            if (yield from outage(window, visit, stop)):
                return False
        yield
        if visit.record.state is State.NEEDS_FILING and window.happens(0.7):
            _file(window, errand.who)
        elif visit.record.state in _TURNED_AWAY and window.happens(0.6):
            break
    yield from _turned_away(window, visit)
    return False


def _file(window: Window, who: Person) -> None:
    """The patient files by telephone: visible at once."""
    day = window.world.clock.now.date() - timedelta(days=400)
    filing = Filing(kind=FilingKind.LONG_RESIDENT, area="430100", begins=day, ends=None)
    people = window.world.platform.state.people
    people.put(who.psn_no, _with_filing(people[who.psn_no], filing))
    window.tell("  {} files at home", who.certno[-4:])


def _turned_away(window: Window, visit: DeskVisit) -> Script:
    """The funds will not pay now: self-pay, or home."""
    if visit.record.state in MAY_PAY_SELF and window.happens(0.5):
        yield from window.pays_self(visit)
    else:
        visit.save()


def walks_out(window: Window, visit: DeskVisit) -> bool:
    if not window.happens(0.02):
        return False
    window.world.met[WorldFault.LEFT] += 1
    if visit.record.state in _MAY_DECLINE:
        visit.write_down(e.PatientDeclined())
    window.tell("  the patient leaves")
    return True


def _with_filing(who: Person, filing: Filing) -> Person:
    return msgspec.structs.replace(who, filings=(filing,))
