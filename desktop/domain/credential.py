"""What a person shows at the window: e-voucher, ID card or social security card (S0-29)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.domain.identifiers import AreaCode, masked_number


class CredentialKind(StrEnum):
    """就诊凭证类型 ``mdtrt_cert_type``."""

    VOUCHER = "01"
    ID_CARD = "02"
    SOCIAL_SECURITY_CARD = "03"


class CertKind(StrEnum):
    """人员证件类型 ``psn_cert_type``, the national list (nhsa-interface.md 4; a voucher's ``idType``).

    Without 90, which some areas write for a social security card: its number is no person's.
    """

    RESIDENT_ID = "01"
    MILITARY_OFFICER = "02"
    POLICE_OFFICER = "03"
    HONG_KONG_TRAVEL_PERMIT = "04"
    MACAO_TRAVEL_PERMIT = "05"
    TAIWAN_TRAVEL_PERMIT = "06"
    FOREIGNER = "07"
    """外国人永久居留身份证."""
    FOREIGN_PASSPORT = "08"
    DISABILITY = "09"
    HERO_FAMILY = "10"
    FOREIGN_WORKER = "11"
    FOREIGN_EXPERT = "12"
    FOREIGN_CORRESPONDENT = "13"
    HMT_WORKER = "14"
    SETTLED_EXPERT = "15"
    CHINESE_PASSPORT = "16"
    HMT_RESIDENT = "17"
    """港澳台居民居住证."""
    OTHER = "99"

    @classmethod
    def of(cls, code: str) -> CertKind:
        """By the platform's code; what the list does not know is asked for as a resident's."""
        return cls(code) if code in frozenset(cls) else cls.RESIDENT_ID


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential ready for 1101, 2201, 2206 and 2207.

    ``number`` is the voucher's token (01), the ID number (02) or the card number (03).
    """

    kind: CredentialKind
    number: str
    card_sn: str = ""
    """卡识别码, 32 hex digits; needed with a social security card."""
    name: str = ""
    """As the credential tells it; "" when it does not (a 3.0 card, a typed number)."""
    cert_no: str = ""
    """证件号码 when the credential tells it."""
    name_bytes: bytes = b""
    """The name as a card holds it, unpadded GB 18030; empty for every other credential."""
    area: AreaCode | None = None
    """参保地 when the credential tells it (``insuOrg`` of a voucher)."""
    cert_kind: CertKind = CertKind.RESIDENT_ID
    """What :attr:`cert_no` is the number of."""
    sex: str = ""
    """``1`` male, ``2`` female as a card tells it; "" when it does not."""
    birth: date | None = None
    """As a card tells it."""

    def __repr__(self) -> str:
        return f"Credential({self.kind.name}, {masked_number(self.number)})"
