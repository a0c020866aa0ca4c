"""人证核对 at the window: who looked and how, who stands in, what does not fit; no Qt (S1-24)."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.credential import CertKind, Credential, CredentialKind
from desktop.domain.identifiers import BadIdentifier
from desktop.domain.identity import CheckWay, Document, Doubt, Relation, StandIn, document_of
from desktop.domain.person import Person
from desktop.domain.problems import Problem, ProblemCode
from desktop.services.ending import Ending
from ui.cashier.counter import Counter
from ui.cashier.doing import Doing
from ui.cashier.halts import halt_of
from ui.cashier.news import News
from ui.cashier.stage import Stage
from ui.cashier.state import Intent, Stop

DOUBTS = tuple(Doubt)
_GROWN_UP = 18
"""Years: a child is brought by a parent, an old parent by a child."""


class StandInDraft(Struct, frozen=True):
    """Who stands in, as it is typed; ``document`` is told where a card was read."""

    relation: Relation
    name: str = ""
    number: str = ""
    document: Document | None = None
    faults: tuple[str, ...] = ()
    """Fields that keep it from being taken: ``name``, ``number``."""


class IdentityDesk:
    """Lives on the presenter's thread."""

    def __init__(self, counter: Counter, stage: Stage) -> None:
        self._counter = counter
        self._stage = stage

    # --- looking ----------------------------------------------------------------------------

    def confirm(self) -> None:
        """The cashier looked at person and credential (S4-18); the journal is told beside it."""
        visit, state = self._stage.visit, self._stage.state
        if visit is None or state.person is None or state.settlement is not None:
            return
        by = self._counter.operator
        way = CheckWay.STAND_IN if state.stand_in else CheckWay.LOOKED
        self._stage.change(checked_by=by, checked_way=way, note=None)
        self._stage.beside(lambda: visit.check_identity(way, by), _nothing, self._not_noted)

    def look(self) -> None:
        """The platform's face terminal looks; a failure leaves it to the cashier."""
        visit = self._stage.visit
        if visit is None or Intent.FACE_CHECK not in self._stage.state.intents:
            return
        by = self._counter.operator
        self._stage.run(
            Doing.LOOKING_AT_FACE,
            lambda: visit.look_at_face(by),
            self._looked,
            given_up=lambda: self._stage.change(note=News.FACE_GIVEN_UP),
        )

    def _looked(self, problem: Problem | None) -> None:
        if problem is not None:
            self._stage.change(trouble=problem)
        else:
            self._stage.change(checked_by=self._counter.operator, checked_way=CheckWay.FACE)

    def _not_noted(self) -> None:
        """What is not on disk did not happen."""
        self._stage.change(checked_by="", note=News.CHECK_NOT_NOTED)

    # --- who stands in ----------------------------------------------------------------------

    def open_stand_in(self) -> None:
        """A relative came: a few fields over the page, filled by their card or ID number too."""
        state = self._stage.state
        if Intent.STAND_IN in state.intents and state.person is not None:
            self._stage.change(stand_in_draft=_draft_of(state.stand_in, state.person))

    def edit(self, draft: StandInDraft) -> None:
        """What is in the fields now; a number that was typed over is no card's any more."""
        before = self._stage.state.stand_in_draft
        if before is not None:
            kept = draft.document if draft.number == before.number else None
            self._stage.change(stand_in_draft=replace(draft, document=kept, faults=()))

    def present(self, credential: Callable[[], Credential]) -> None:
        """Who stands in showed a card, a code or a number."""
        self._stage.run(
            Doing.READING_STAND_IN,
            credential,
            self._read,
            halted=self._not_read,
            given_up=lambda: self._stage.change(note=News.GIVEN_UP),
        )

    def hand_over(self) -> None:
        """Take them down, unless something is missing."""
        state = self._stage.state
        draft, person = state.stand_in_draft, state.person
        if draft is None or person is None or state.busy:
            return
        stand_in = _stand_in_of(draft, person)
        if isinstance(stand_in, StandIn):
            self._name(stand_in)
        else:
            self._stage.change(stand_in_draft=replace(draft, faults=stand_in))

    def nobody(self) -> None:
        """The insured person came themselves after all."""
        if Intent.NO_STAND_IN in self._stage.state.intents:
            self._name(None)

    def _name(self, stand_in: StandIn | None) -> None:
        visit, by = self._stage.visit, self._counter.operator
        if visit is None:
            return
        self._stage.run(
            Doing.NOTING,
            lambda: visit.name_stand_in(stand_in, by),
            lambda _done: self._named(stand_in),
            halted=self._not_read,
        )

    def _named(self, stand_in: StandIn | None) -> None:
        """Whoever was looked at before is not who stands there now."""
        self._stage.change(stand_in=stand_in, stand_in_draft=None, checked_by="")

    def _read(self, credential: Credential) -> None:
        draft = self._stage.state.stand_in_draft
        if draft is None:
            return
        document, number = _shown_by(credential)
        name = credential.name or draft.name
        self._stage.change(
            stand_in_draft=replace(draft, name=name, number=number, document=document, faults=())
        )

    def _not_read(self, stop: Stop) -> None:
        """The fields stay as they are: everything can be typed."""
        self._stage.change(trouble=stop.problems[0])

    # --- what does not fit ------------------------------------------------------------------

    def open_doubts(self) -> None:
        """人证不符: what is it that does not fit (B08)."""
        if Intent.DOUBT in self._stage.state.intents:
            self._stage.change(shows_doubts=True)

    def doubt(self, place: int) -> None:
        """Nothing is settled; the suspicion is on disk."""
        visit, by = self._stage.visit, self._counter.operator
        if visit is None or not self._stage.state.shows_doubts or self._stage.state.busy:
            return
        reason = DOUBTS[place]
        self._stage.run(
            Doing.NOTING,
            lambda: visit.doubt(reason, by),
            lambda left: self._doubted(reason, left),
            must_finish=True,
        )

    def _doubted(self, reason: Doubt, left: tuple[Problem, ...]) -> None:
        problems = (Problem(ProblemCode.IDENTITY_DOUBTED, reason.words), *left)
        self._stage.change(shows_doubts=False, offer=None, lines=())
        self._stage.halted(Stop(halt_of(Ending.NEEDS_PERSON, problems), problems))

    def back(self) -> bool:
        """Close what lies over the page; False where nothing does."""
        state = self._stage.state
        open_now = state.shows_doubts or state.stand_in_draft is not None
        if open_now:
            self._stage.change(shows_doubts=False, stand_in_draft=None)
        return open_now


def _nothing(_done: object) -> None:
    pass


def _draft_of(stand_in: StandIn | None, person: Person) -> StandInDraft:
    if stand_in is None:
        return StandInDraft(_likely(person))
    return StandInDraft(stand_in.relation, stand_in.name, stand_in.number, stand_in.document)


def _likely(person: Person) -> Relation:
    years = person.age.partition(".")[0]
    child = years.isdecimal() and int(years) < _GROWN_UP
    return Relation.PARENT if child else Relation.CHILD


def _shown_by(credential: Credential) -> tuple[Document, str]:
    """The paper itself, and its holder's number where it tells one: a 3.0 card tells its own alone."""
    return _paper(credential), credential.cert_no or credential.number


def _paper(credential: Credential) -> Document:
    if credential.kind is CredentialKind.ID_CARD:
        resident = credential.cert_kind is CertKind.RESIDENT_ID
        return Document.ID_CARD if resident else Document.OTHER
    card = credential.kind is CredentialKind.SOCIAL_SECURITY_CARD
    return Document.SOCIAL_SECURITY_CARD if card else Document.VOUCHER


def _stand_in_of(draft: StandInDraft, person: Person) -> StandIn | tuple[str, ...]:
    """Who stands in, or the fields that are wrong; nobody stands in for themselves."""
    document, number = _document(draft)
    itself = number.upper() == person.cert_no.upper()
    faults = (("name", not draft.name.strip()), ("number", not number or itself))
    wrong = tuple(field for field, fault in faults if fault)
    return wrong or StandIn(draft.name.strip(), document, number, draft.relation)


def _document(draft: StandInDraft) -> tuple[Document, str]:
    """The number is "" where it is none."""
    if draft.document is not None:
        return draft.document, draft.number
    try:
        return document_of(draft.number)
    except BadIdentifier:
        return Document.OTHER, ""
