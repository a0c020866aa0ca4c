"""人证核对 at the window: looked at, by a face, who stands in, what does not fit (B06–B08, S1-24)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.domain.credential import CertKind, Credential, CredentialKind
from desktop.domain.events import IdentityDoubted
from desktop.domain.identity import CheckWay, Document, Doubt, Relation
from desktop.domain.notes import IdentityChecked
from desktop.domain.problems import ProblemCode, desk_error
from desktop.domain.visit import State
from desktop.nhsa.outcome import Accepted, By, Outcome, Refused
from desktop.services.identify import from_id_number
from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import named, townsman
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.standing import timed
from tests.ui.cashier.test_charges_page import press, type_in
from tests.ui.cashier.test_next_card import put_in
from tests.ui.widgets.conftest import words
from ui.cashier import identity_wording
from ui.cashier.identity_desk import IdentityDesk
from ui.cashier.news import News
from ui.cashier.state import Halt, Intent, Page, ShownBy
from ui.cashier.window import CashierWindow

ORDINARY, MOTHER, TWO_INSURANCES, CHILD = (townsman(at) for at in (0, 2, 5, 43))
Key = Qt.Key


@pytest.fixture
def identity(booth: Booth) -> IdentityDesk:
    return booth.presenter.identity


def noted(booth: Booth, kind: type[Any], place: int = 0) -> list[Any]:
    visit = booth.opened.journal.visits()[place]
    entries = [recorded.entry for recorded in booth.opened.journal.entries(visit)]
    return [entry for entry in entries if isinstance(entry, kind)]


# --- looking --------------------------------------------------------------------------------


@pytest.mark.req("S1-24", "S4-18")
def test_f8_is_in_the_journal_at_once_whatever_follows(booth: Booth) -> None:
    """Also of a patient who then goes without settling."""
    booth.show(ORDINARY)
    booth.presenter.confirm_identity()
    booth.work.run_all()
    (checked,) = noted(booth, IdentityChecked)
    assert (checked.by, checked.way, checked.passed) == ("0007", CheckWay.LOOKED, True)
    assert booth.state.checked_by == "0007"


def test_f8_and_f9_one_after_the_other_settle_with_one_check(booth: Booth) -> None:
    booth.drop(ORDINARY)
    booth.show(ORDINARY)
    booth.presenter.confirm_identity()
    booth.presenter.settle()
    booth.work.run_all()
    assert booth.on(Page.SETTLED)
    assert len(noted(booth, IdentityChecked)) == 1


def test_a_check_that_could_not_be_written_down_did_not_happen(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    booth.show(ORDINARY)

    def full(*_facts: object, **_more: object) -> None:
        raise desk_error(ProblemCode.JOURNAL_WRITE_FAILED)

    monkeypatch.setattr(booth.presenter.stage.visit, "check_identity", full)
    booth.presenter.confirm_identity()
    booth.work.run_all()
    assert booth.state.checked_by == ""
    assert booth.state.note is News.CHECK_NOT_NOTED


def test_nobody_is_checked_where_nobody_stands(booth: Booth, identity: IdentityDesk) -> None:
    for intent in (
        identity.confirm, identity.look, identity.open_stand_in, identity.open_doubts,
        identity.nobody, identity.hand_over,
    ):  # fmt: skip
        intent()
    identity.doubt(0)
    assert booth.on(Page.READY)
    assert not booth.work.waiting


class Terminal:
    """A face terminal before which this person stands; "" when it is called off."""

    def __init__(self, number: str) -> None:
        self.number = number

    def authorise_face(self, _number: str) -> Outcome[str]:
        if not self.number:
            return Refused("用户取消人脸认证", "-2", By.PLATFORM, None)
        return Accepted("AUTH1", None)

    def check_face(self, _number: str, _auth_no: str) -> Outcome[Credential]:
        return Accepted(Credential(CredentialKind.VOUCHER, "T", cert_no=self.number), None)


def with_terminal(booth: Booth, number: str) -> Terminal:
    terminal = Terminal(number)
    booth.presenter.person._counter = replace(
        booth.counter, desk=replace(booth.counter.desk, face=terminal)
    )
    booth.presenter.stage.tell_desk(face_terminal=True)
    return terminal


@pytest.mark.req("S1-24")
def test_the_face_terminal_is_one_way_and_a_failure_leaves_the_other(
    booth: Booth, identity: IdentityDesk
) -> None:
    terminal = with_terminal(booth, "")
    booth.drop(ORDINARY)
    booth.show(ORDINARY)
    assert Intent.FACE_CHECK in booth.state.intents
    identity.look()
    booth.work.run_all()
    assert booth.state.trouble is not None
    assert booth.state.trouble.kind is ProblemCode.FACE_REFUSED
    assert Intent.CONFIRM_IDENTITY in booth.state.intents
    terminal.number = ORDINARY["certno"]
    identity.look()
    booth.work.run_all()
    assert identity_wording.badge(booth.state).word == "人脸已认证 0007"
    booth.presenter.settle()
    booth.work.run_all()
    assert booth.on(Page.SETTLED)
    told = [(check.way, check.passed, check.evidence) for check in noted(booth, IdentityChecked)]
    assert told == [(CheckWay.FACE, False, "face-refused"), (CheckWay.FACE, True, "AUTH1")]


def test_no_terminal_no_key(booth: Booth) -> None:
    booth.show(ORDINARY)
    assert Intent.FACE_CHECK not in booth.state.intents


# --- several insurances, other spellings ------------------------------------------------------


def test_several_insurances_stand_with_their_status_and_only_active_ones_are_taken(
    booth: Booth,
) -> None:
    """B06: what is active first; the others are seen and cannot be chosen."""
    told = {key: value for key, value in TWO_INSURANCES.items() if key != "note"}
    ended = {**told["insured"][0], "insutype": "340", "status": "4"}
    booth.platform.put_person(told["certno"], {**told, "insured": [ended, *told["insured"]]})
    booth.show(TWO_INSURANCES)
    assert booth.on(Page.CHOOSE)
    assert [row.kind for row in booth.state.choices] == ["310", "390", "340"]
    assert [row.active for row in booth.state.choices] == [True, True, False]
    booth.presenter.choose_insurance(2)
    booth.work.run_all()
    assert booth.on(Page.CHOOSE)
    booth.presenter.choose_insurance(1)
    booth.work.run_all()
    assert booth.state.insurance is not None
    assert booth.state.insurance.kind == "390"


def test_a_name_that_is_spelt_otherwise_is_shown_beside(booth: Booth) -> None:
    rare = named("龴")
    card = Credential(
        CredentialKind.SOCIAL_SECURITY_CARD, rare["card_no"], rare["card_sn"],
        name="赵YAN", cert_no=rare["certno"],
    )  # fmt: skip
    booth.presenter.show_credential(lambda: card, ShownBy.CARD)
    booth.work.run_all()
    (fact,) = identity_wording.facts(booth.state)
    assert (fact.value, fact.badge and fact.badge.word) == ("赵YAN", "写法不同")


def test_another_sex_and_birth_on_the_card_stand_beside_and_nothing_else_is_asked(
    booth: Booth,
) -> None:
    """B08: the cashier sees what the card says before F8."""
    other = "2" if ORDINARY["gend"] == "1" else "1"
    card = Credential(
        CredentialKind.SOCIAL_SECURITY_CARD, ORDINARY["card_no"], ORDINARY["card_sn"],
        cert_no=ORDINARY["certno"], sex=other, birth=date(1930, 2, 3),
    )  # fmt: skip
    booth.presenter.show_credential(lambda: card, ShownBy.CARD)
    booth.work.run_all()
    told = [
        (fact.value, fact.badge and fact.badge.word) for fact in identity_wording.facts(booth.state)
    ]
    assert told == [({"1": "男", "2": "女"}[other], "不一致"), ("1930-02-03", "不一致")]
    assert Intent.CONFIRM_IDENTITY in booth.state.intents


# --- who stands in ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "likely"), [(CHILD, Relation.PARENT), (ORDINARY, Relation.CHILD)]
)
def test_the_likely_relation_is_chosen_already(
    booth: Booth, identity: IdentityDesk, person: Any, likely: Relation
) -> None:
    booth.show(person)
    identity.open_stand_in()
    assert booth.state.stand_in_draft is not None
    assert booth.state.stand_in_draft.relation is likely


def read_card(booth: Booth, credential: Credential) -> None:
    booth.presenter.show_credential(lambda: credential, ShownBy.CARD)
    booth.work.run_all()


def test_the_card_of_who_came_fills_the_fields_and_the_insured_one_is_settled(
    booth: Booth, identity: IdentityDesk
) -> None:
    """代办: both are recorded; whoever was looked at before is looked at anew."""
    booth.to_offer(CHILD)
    assert booth.state.checked_by
    identity.open_stand_in()
    put_in(booth, MOTHER)
    assert booth.state.note is None
    assert booth.state.person is not None
    assert booth.state.person.cert_no == CHILD["certno"]
    identity.hand_over()
    draft = booth.state.stand_in_draft
    assert draft is not None
    assert draft.faults == ("name",)
    identity.edit(replace(draft, name=MOTHER["name"]))
    identity.hand_over()
    booth.work.run_all()
    assert booth.state.checked_by == ""
    assert identity_wording.badge(booth.state).word == "代办未核对，按 F8"
    booth.presenter.confirm_identity()
    booth.presenter.settle()
    booth.work.run_all()
    assert booth.on(Page.SETTLED)
    record = booth.record()
    assert record.stand_in is not None
    assert (record.stand_in.name, record.stand_in.document) == (MOTHER["name"], Document.ID_CARD)
    assert record.checked is not None
    assert record.checked.way is CheckWay.STAND_IN
    assert booth.platform.settlements(CHILD["certno"])


@pytest.mark.parametrize(
    ("credential", "document"),
    [
        (
            Credential(CredentialKind.SOCIAL_SECURITY_CARD, "C1", "S1"),
            Document.SOCIAL_SECURITY_CARD,
        ),
        (Credential(CredentialKind.VOUCHER, "T1"), Document.VOUCHER),
        (Credential(CredentialKind.ID_CARD, "N1"), Document.ID_CARD),
        (
            Credential(CredentialKind.ID_CARD, "N1", cert_kind=CertKind.FOREIGNER),
            Document.OTHER,
        ),
    ],
)
def test_the_paper_of_who_stands_in_is_the_one_that_was_shown(
    booth: Booth, identity: IdentityDesk, credential: Credential, document: Document
) -> None:
    booth.show(CHILD)
    identity.open_stand_in()
    read_card(booth, dataclasses.replace(credential, cert_no=MOTHER["certno"]))
    draft = booth.state.stand_in_draft
    assert draft is not None
    assert (draft.document, draft.number) == (document, MOTHER["certno"])


def test_a_card_that_tells_its_number_alone(booth: Booth, identity: IdentityDesk) -> None:
    booth.show(CHILD)
    identity.open_stand_in()
    kind = CredentialKind.SOCIAL_SECURITY_CARD
    read_card(booth, Credential(kind, MOTHER["card_no"], MOTHER["card_sn"]))
    draft = booth.state.stand_in_draft
    assert draft is not None
    assert (draft.document, draft.number) == (Document.SOCIAL_SECURITY_CARD, MOTHER["card_no"])
    identity.edit(replace(draft, name="曾小满"))
    identity.hand_over()
    booth.work.run_all()
    assert booth.state.stand_in is not None
    assert booth.state.stand_in.document is Document.SOCIAL_SECURITY_CARD
    identity.open_stand_in()
    identity.edit(replace(draft, number="E1234567"))
    typed = booth.state.stand_in_draft
    assert typed is not None
    assert typed.document is None
    assert Intent.NO_STAND_IN in booth.state.intents
    identity.nobody()
    booth.work.run_all()
    after = booth.state
    assert (after.stand_in_draft, after.stand_in) == (None, None)


def test_a_document_that_cannot_be_read_leaves_the_fields(
    booth: Booth, identity: IdentityDesk
) -> None:
    booth.show(CHILD)
    identity.open_stand_in()
    booth.presenter.show_credential(lambda: from_id_number("1"), ShownBy.NUMBER)
    booth.work.run_all()
    assert booth.state.trouble is not None
    assert booth.state.trouble.kind is ProblemCode.ID_NUMBER_INVALID
    assert booth.state.stand_in_draft is not None


@pytest.mark.parametrize("number", ["", "12", CHILD["certno"], CHILD["certno"].lower()])
def test_nobody_stands_in_for_themselves_or_without_a_number(
    booth: Booth, identity: IdentityDesk, number: str
) -> None:
    booth.show(CHILD)
    identity.open_stand_in()
    draft = booth.state.stand_in_draft
    assert draft is not None
    identity.edit(replace(draft, name="曾小满", number=number))
    identity.hand_over()
    faulty = booth.state.stand_in_draft
    assert faulty is not None
    assert faulty.faults == ("number",)
    booth.presenter.back()
    after = booth.state
    assert (after.stand_in_draft, after.stand_in) == (None, None)


# --- what does not fit ------------------------------------------------------------------------


@pytest.mark.req("S4-18", "S1-24")
def test_a_doubt_takes_everything_back_and_is_on_disk(booth: Booth, identity: IdentityDesk) -> None:
    """B08: polite words, the office, no settlement and no way to ask again."""
    booth.to_offer(ORDINARY)
    identity.open_doubts()
    identity.doubt(list(Doubt).index(Doubt.OF_ANOTHER))
    booth.work.run_all()
    assert booth.on(Page.STOPPED)
    assert booth.state.stop is not None
    assert booth.state.stop.halt is Halt.NEEDS_PERSON
    assert booth.state.stop.problems[0].kind is ProblemCode.IDENTITY_DOUBTED
    assert Intent.ASK_AGAIN not in booth.state.intents
    assert Intent.SELF_PAY not in booth.state.intents
    (doubted,) = noted(booth, IdentityDoubted)
    assert (doubted.by, doubted.reason) == ("0007", Doubt.OF_ANOTHER.words)
    assert booth.record().state is State.REFUSED
    assert booth.record().mdtrt_id is None
    assert booth.platform.settlements(ORDINARY["certno"]) == []


def test_esc_leaves_the_doubts_and_nothing_happened(booth: Booth, identity: IdentityDesk) -> None:
    booth.to_offer(ORDINARY)
    identity.open_doubts()
    assert booth.state.intents == frozenset((Intent.HELP, Intent.BACK))
    booth.presenter.back()
    assert booth.on(Page.OFFER)
    assert not booth.state.shows_doubts
    assert noted(booth, IdentityDoubted) == []


# --- by keys ----------------------------------------------------------------------------------


@pytest.fixture
def window(qt_app: WatchedApplication, booth: Booth) -> Iterator[CashierWindow]:
    with timed(qt_app, booth, lambda: booth.show(CHILD)) as made:
        yield made


def test_who_stands_in_by_keys_alone(window: CashierWindow, booth: Booth) -> None:
    """F11, name, Enter, number, Enter."""
    press(Key.Key_F11)
    type_in("曾小满")
    press(Key.Key_Return)
    type_in("1")
    press(Key.Key_Return)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.property("fault")
    press(Key.Key_Backspace)
    type_in(MOTHER["certno"])
    press(Key.Key_Return)
    booth.work.run_all()
    assert booth.state.stand_in is not None
    assert "曾小满 (父母)" in words(window)
    assert "990000********1064" in words(window)
    press(Key.Key_F11)
    press(Key.Key_F11)
    booth.work.run_all()
    assert booth.state.stand_in is None


def test_a_doubt_by_keys_alone(window: CashierWindow, booth: Booth) -> None:
    """F12, down, Enter."""
    press(Key.Key_F12)
    assert "人证不符" in window.windowTitle()
    press(Key.Key_Down)
    press(Key.Key_Return)
    booth.work.run_all()
    assert booth.on(Page.STOPPED)
    assert any("人证不符，不能直接结算" in word for word in words(window))
    assert any(Doubt.SEX_OR_AGE.words in word for word in words(window))
