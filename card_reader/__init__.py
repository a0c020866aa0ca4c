"""Cards, readers and scanners: PC/SC, serial ports, cameras. Nothing here is imported before use."""

from __future__ import annotations

from card_reader.connection import Patience
from card_reader.faults import CardError
from card_reader.id_text import IdCard
from card_reader.present import CardReading, CardSite
from card_reader.readers import CardReaders, read_card
from card_reader.recognise import CardKind
from card_reader.social_security import SocialSecurityCard, least_round_trips

__all__ = [
    "CardError",
    "CardKind",
    "CardReaders",
    "CardReading",
    "CardSite",
    "IdCard",
    "Patience",
    "SocialSecurityCard",
    "least_round_trips",
    "read_card",
]
