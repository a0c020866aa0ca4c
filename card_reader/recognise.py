"""Which kind of card lies in the reader: each kind proves itself by SELECT, never by ATR."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from card_reader.apdu import Channel, select_application
from card_reader.social_security import Opening, SocialSecurityCard, is_selected, read_selected

_BANK_APPLICATIONS = (
    bytes.fromhex("A000000333"),  # UnionPay (PBOC), any of its products
    b"1PAY.SYS.DDF01",  # the payment environment of every other contact bank card
    b"2PAY.SYS.DDF01",  # the same without contacts
)


class CardKind(StrEnum):
    """The words of ``kuasheng card``."""

    SOCIAL_SECURITY = "social-security"
    BANK = "bank"
    OTHER = "other"


class Recognised(Struct, frozen=True):
    """A card's kind, and what it told when it is a social security card."""

    kind: CardKind
    card: SocialSecurityCard | None = None


def recognise(channel: Channel, opening: Opening | None = None) -> Recognised:
    """Ask for the social security application first: most such cards carry a bank side too.

    ``opening``: what opens 3.0 cards here. Raises :class:`card_reader.social_security.CardClosed`,
    :class:`card_reader.apdu.ChipGone`.
    """
    if is_selected(channel):
        return Recognised(CardKind.SOCIAL_SECURITY, read_selected(channel, opening))
    if any(select_application(channel, name).ok for name in _BANK_APPLICATIONS):
        return Recognised(CardKind.BANK)
    return Recognised(CardKind.OTHER)
