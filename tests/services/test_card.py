"""From what lay in the reader to a credential (visit.md B04)."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from card_reader import CardError, CardKind, CardReading, SocialSecurityCard
from card_reader.id_text import id_card_of
from desktop.domain.credential import CertKind, Credential, CredentialKind
from desktop.domain.problems import ProblemCode
from desktop.services.card import ConfirmedCard, credential_of, credential_of_id_card
from desktop.services.ending import Stopped
from tests.rig.id_card import CITIZEN, foreigner, resident

TODAY = date(2026, 11, 22)
CARD = SocialSecurityCard(
    version="2.00",
    card_sn="990000D15600000500BF7C7A48FB4966",
    card_no="X00000019",
    issued=date(2018, 5, 1),
    expires=date(2026, 11, 22),
    name="张三",
    name_raw="张三".encode("gb18030"),
    id_number="990000198503121038",
    sex="1",
    birth=date(1985, 3, 12),
    partial=False,
    problems=(),
)


def _reading(kind: CardKind, card: SocialSecurityCard | None) -> CardReading:
    return CardReading("SS Window 1", b"\x3b", kind, card, 11)


def test_a_card_on_its_last_day_is_a_credential() -> None:
    found = credential_of(_reading(CardKind.SOCIAL_SECURITY, CARD), TODAY)
    assert (found.kind, found.number) == (CredentialKind.SOCIAL_SECURITY_CARD, CARD.card_no)
    assert (found.card_sn, found.cert_no, found.name) == (CARD.card_sn, CARD.id_number, "张三")


@pytest.mark.parametrize(
    ("kind", "card", "problem"),
    [
        (CardKind.BANK, None, ProblemCode.BANK_CARD),
        (CardKind.OTHER, None, ProblemCode.NOT_SOCIAL_SECURITY_CARD),
        (CardKind.SOCIAL_SECURITY, replace(CARD, card_no=""), ProblemCode.CARD_UNREADABLE),
        (CardKind.SOCIAL_SECURITY, replace(CARD, card_sn=""), ProblemCode.CARD_UNREADABLE),
        (
            CardKind.SOCIAL_SECURITY,
            replace(CARD, expires=date(2026, 11, 21)),
            ProblemCode.CARD_EXPIRED,
        ),
    ],
)
def test_what_cannot_serve(
    kind: CardKind, card: SocialSecurityCard | None, problem: ProblemCode
) -> None:
    with pytest.raises(Stopped) as stop:
        credential_of(_reading(kind, card), TODAY)
    assert stop.value.problems[0].kind is problem


@pytest.mark.req("S0-29", "S1-23")
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (resident(expires="长期"), CertKind.RESIDENT_ID),
        (resident(type="J", nation=""), CertKind.HMT_RESIDENT),
        (foreigner(), CertKind.FOREIGNER),
    ],
)
def test_an_id_card_is_a_credential_of_its_kind(text: bytes, kind: CertKind) -> None:
    card = id_card_of(text)
    assert credential_of_id_card(card, TODAY) == Credential(
        CredentialKind.ID_CARD,
        card.number,
        name=card.name,
        cert_no=card.number,
        cert_kind=kind,
        sex=card.sex,
        birth=card.birth,
    )


def test_an_id_card_on_its_last_day_is_a_credential() -> None:
    card = id_card_of(resident(expires="20261122"))
    assert credential_of_id_card(card, TODAY).number == CITIZEN["number"]


def test_an_expired_id_card_is_said_to_be() -> None:
    with pytest.raises(Stopped) as stop:
        credential_of_id_card(id_card_of(resident(expires="20261121")), TODAY)
    (problem,) = stop.value.problems
    assert (problem.kind, problem.detail) == (ProblemCode.ID_CARD_EXPIRED, "2026-11-21")


class Refusing:
    """A card that compares its PIN so often as it is asked."""

    def __init__(self, *answers: ProblemCode | None) -> None:
        self._answers = list(answers)
        self.asked = 0

    def __call__(self) -> None:
        self.asked += 1
        problem = self._answers.pop(0)
        if problem is not None:
            raise CardError(problem, "R")


def test_a_confirmed_card_is_asked_once() -> None:
    pin = Refusing(None)
    card = ConfirmedCard(_reading(CardKind.SOCIAL_SECURITY, CARD), TODAY, pin)
    assert card.credential() == card.credential()
    assert pin.asked == 1


def test_a_wrong_pin_is_not_repeated() -> None:
    """Each try is the patient's: after three, or six, the card locks."""
    pin = Refusing(ProblemCode.PIN_WRONG)
    card = ConfirmedCard(_reading(CardKind.SOCIAL_SECURITY, CARD), TODAY, pin)
    told = []
    for _ in range(2):
        with pytest.raises(Stopped) as stop:
            card.credential()
        told.append(stop.value.problems[0].kind)
    assert told == [ProblemCode.PIN_WRONG, ProblemCode.PIN_NOT_ENTERED]
    assert pin.asked == 1


def test_a_card_that_cannot_serve_is_not_asked_for_its_pin() -> None:
    pin = Refusing(None)
    with pytest.raises(Stopped):
        ConfirmedCard(_reading(CardKind.BANK, None), TODAY, pin).credential()
    assert pin.asked == 0
