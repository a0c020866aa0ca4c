"""From what lay in the reader to a credential for 1101 (visit.md B04)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from card_reader import CardError, CardKind, CardReading, IdCard
from desktop.domain.credential import Credential, CredentialKind
from desktop.domain.problems import Problem, ProblemCode
from desktop.services.ending import Ending, Stopped, stopped


def credential_of(reading: CardReading, today: date) -> Credential:
    """The card as a credential.

    Raises :class:`Stopped` for another card, an expired one, and one that does not tell its
    number and 卡识别码: nothing can be asked with less.
    """
    card = reading.card
    if card is None:
        raise stopped(Ending.REFUSED, wrong_card(reading.kind).kind)
    if not (card.card_no and card.card_sn):
        raise stopped(Ending.FAILED, ProblemCode.CARD_UNREADABLE, reading.reader)
    if card.expires is not None and card.expires < today:
        raise stopped(Ending.FAILED, ProblemCode.CARD_EXPIRED, card.expires.isoformat())
    return Credential(
        CredentialKind.SOCIAL_SECURITY_CARD,
        card.card_no,
        card.card_sn,
        name=card.name,
        cert_no=card.id_number,
        name_bytes=card.name_raw,
        sex=card.sex,
        birth=card.birth,
    )


class ConfirmedCard:
    """A card where the site demands its PIN: ``confirm`` has the card compare it, once.

    Another try of the same visit neither asks again after a yes, nor repeats a wrong PIN: that
    would cost the patient a second try.
    """

    def __init__(self, reading: CardReading, today: date, confirm: Callable[[], None]) -> None:
        self._reading = reading
        self._today = today
        self._confirm: Callable[[], None] | None = confirm
        self._refused = False

    def credential(self) -> Credential:
        """As :func:`credential_of`; a card that could not serve anyway is not asked."""
        credential = credential_of(self._reading, self._today)
        confirm, self._confirm = self._confirm, None
        if self._refused:
            raise stopped(Ending.FAILED, ProblemCode.PIN_NOT_ENTERED, self._reading.reader)
        if confirm is not None:
            self._ask(confirm)
        return credential

    def _ask(self, confirm: Callable[[], None]) -> None:
        self._refused = True
        try:
            confirm()
        except CardError as error:
            raise Stopped(Ending.FAILED, *error.problems) from error
        self._refused = False


def credential_of_id_card(card: IdCard, today: date) -> Credential:
    """The ID card as a credential (B05); the date of its last day is the card's own word.

    Raises :class:`Stopped` for an expired one.
    """
    if card.expires is not None and card.expires < today:
        raise stopped(Ending.FAILED, ProblemCode.ID_CARD_EXPIRED, card.expires.isoformat())
    return Credential(
        CredentialKind.ID_CARD,
        card.number,
        name=card.name,
        cert_no=card.number,
        cert_kind=card.kind,
        sex=card.sex,
        birth=card.birth,
    )


def wrong_card(kind: CardKind) -> Problem:
    """What to say of a card that is no social security card."""
    bank = kind is CardKind.BANK
    return Problem(ProblemCode.BANK_CARD if bank else ProblemCode.NOT_SOCIAL_SECURITY_CARD)
