"""Bodies of the control surface; anything malformed is refused with the field named."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal, TypeVar, get_args

import msgspec
from msgspec import UNSET, Meta, UnsetType

from desktop.domain.person import FilingKind
from desktop.sandbox.catalogue_model import ItemClass
from desktop.sandbox.model import Audit, FilingScope, InstitutionKind, Repeat2207
from desktop.sandbox.row import EVER

AreaText = Annotated[str, Meta(pattern=r"^[0-9]{6}\Z")]
Certificate = Annotated[str, Meta(pattern=r"^[0-9A-Za-z()-]{5,50}\Z")]
Phone = Annotated[str, Meta(pattern=r"^[0-9-]{3,20}\Z")]
InstitutionCode = Annotated[str, Meta(pattern=r"^[A-Z][0-9]{11}\Z")]
ItemCode = Annotated[str, Meta(pattern=r"^\S{1,50}\Z")]
Year = Annotated[str, Meta(pattern=r"^[0-9]{4}\Z")]
Yuan = Annotated[str, Meta(pattern=r"^[0-9]{1,12}\.[0-9]{2}\Z")]
"""Money: text in yuan with two decimals."""
Price = Annotated[str, Meta(pattern=r"^[0-9]{1,10}(\.[0-9]{1,6})?\Z")]
Share = Annotated[str, Meta(pattern=r"^(0(\.[0-9]{1,4})?|1(\.0{1,4})?)\Z")]
Chance = Annotated[float, Meta(ge=0, le=1)]
Seed = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
NO_MONEY: Final = "0.00"
_DAY_MS: Final = 86_400_000
_AT: Final = re.compile(r" - at (?:`key` in )?`\$\.?(.*)`$")
_NAMED: Final = re.compile(r"field `(.+?)`")


class Malformed(Exception):
    """A body or a part of the path that cannot be taken; ``field`` says which (HTTP 422)."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A body as documented; an unknown key is a mistake."""


class InsuredBody(Body, frozen=True, kw_only=True):
    insutype: Annotated[str, Meta(pattern=r"^[0-9]{3,6}\Z")]
    area: AreaText
    psn_type: Annotated[str, Meta(pattern=r"^[0-9]{2,6}\Z")]
    status: Literal["0", "1", "2", "3", "4"] = "1"
    account: Yuan = NO_MONEY
    mutual_aid: Yuan = NO_MONEY
    official: bool = False
    benefits_from: date | UnsetType = UNSET
    retires: date | UnsetType = UNSET


class FilingBody(Body, frozen=True, kw_only=True):
    kind: FilingKind
    area: AreaText
    begins: date = msgspec.field(name="from")
    ends: date | None = msgspec.field(name="to", default=None)
    scope: FilingScope | UnsetType = msgspec.field(name="for", default=UNSET)
    institution: InstitutionCode | UnsetType = UNSET
    named: Annotated[str, Meta(min_length=1, max_length=40)] | UnsetType = msgspec.field(
        name="class", default=UNSET
    )
    audit: Audit | UnsetType = UNSET
    version: Annotated[int, Meta(ge=1, le=999)] | UnsetType = UNSET
    phone: Phone | UnsetType = UNSET
    full_home_benefit: bool | UnsetType = UNSET


class AuditBody(Body, frozen=True, kw_only=True):
    version: int
    approved: bool = True


class ChronicBody(Body, frozen=True, kw_only=True):
    dise_codg: Annotated[str, Meta(min_length=1, max_length=30)]
    begins: date = msgspec.field(name="from")
    ends: date | None = msgspec.field(name="to", default=None)


class YearBody(Body, frozen=True, kw_only=True):
    deductible_paid: Yuan = NO_MONEY
    fund_used: Yuan = NO_MONEY


class PersonBody(Body, frozen=True, kw_only=True):
    """A person as the control surface takes and gives it.

    ``certno`` and ``psn_no`` stand in answers; what a question says there is not listened to.
    """

    certno: str = ""
    psn_no: str = ""
    name: Annotated[str, Meta(min_length=1, max_length=50)]
    gend: Literal["0", "1", "2", "9"]
    brdy: date
    naty: Annotated[str, Meta(pattern=r"^[0-9]{1,3}\Z")] = "01"
    insured: tuple[InsuredBody, ...]
    filings: tuple[FilingBody, ...] = ()
    chronic: tuple[ChronicBody, ...] = ()
    year: dict[Year, YearBody] = {}
    card_no: str | None = None
    card_sn: Annotated[str, Meta(pattern=r"^[0-9A-Fa-f]{32}\Z")] | None = None
    inpatient: bool = False
    settlement_suspended: bool = False
    identities: tuple[Annotated[str, Meta(pattern=r"^[0-9]{2,4}\Z")], ...] | UnsetType = UNSET
    """``psn_idet_type``; shown where there are any."""


class TownBody(PersonBody, frozen=True, kw_only=True):
    """A person of the demonstration town; ``note`` says what there is to learn."""

    note: str


class ElsewhereBody(Body, frozen=True, kw_only=True):
    day: date = msgspec.field(name="date")
    fund: Yuan
    deductible: Yuan = NO_MONEY


What = Literal["drop", "delay", "reset", "http500", "garble", "truncate", "duplicate", "late"]
"""What a fault does."""
When = Literal["before", "after"]
Seconds = Annotated[float, Meta(ge=0, le=86400)]


class RandomFaultsBody(Body, frozen=True, kw_only=True):
    """Faults by chance; what is left out means every transaction, every fault, both times."""

    share: Chance
    infno: Annotated[tuple[str, ...], Meta(min_length=1)] = ("*",)
    what: Annotated[tuple[What, ...], Meta(min_length=1)] = get_args(What)
    when: Annotated[tuple[When, ...], Meta(min_length=1)] = get_args(When)
    seconds: Seconds = 0


class OptionsBody(Body, frozen=True, kw_only=True):
    require_sign_in: bool | UnsetType = UNSET
    repeat_2207: Repeat2207 | UnsetType = UNSET
    voucher_data_as_text: bool | UnsetType = UNSET
    seed: Seed | UnsetType = UNSET
    random_faults: RandomFaultsBody | UnsetType | None = UNSET


class ClockBody(Body, frozen=True, kw_only=True):
    now: datetime | None


class AreaBody(Body, frozen=True, kw_only=True):
    connected: bool | UnsetType = UNSET
    pooled: bool | UnsetType = UNSET
    real_account: bool | UnsetType = UNSET
    account_fails: bool | UnsetType = UNSET
    filing_extension: bool | UnsetType = UNSET
    reversal_2601: bool | UnsetType = UNSET
    delay_ms: Annotated[int, Meta(ge=0, le=_DAY_MS)] | UnsetType = UNSET
    loss_there: Chance | UnsetType = UNSET
    loss_back: Chance | UnsetType = UNSET


class InstitutionBody(Body, frozen=True, kw_only=True):
    name: Annotated[str, Meta(min_length=1, max_length=200)] | UnsetType = UNSET
    area: AreaText | UnsetType = UNSET
    level: Literal[1, 2, 3] | UnsetType = UNSET
    kind: InstitutionKind | UnsetType = UNSET
    outpatient: bool | UnsetType = UNSET
    chronic: bool | UnsetType = UNSET
    suspended: bool | UnsetType = UNSET


class SpanBody(Body, frozen=True, kw_only=True):
    """Where and when something else holds; "" for the whole care place, null for ever."""

    area: Annotated[str, Meta(pattern=r"^([0-9]{6})?\Z")] = ""
    begins: date = msgspec.field(name="from", default=EVER)
    ends: date | None = msgspec.field(name="to", default=None)


class LimitBody(SpanBody, frozen=True, kw_only=True):
    limit: Price
    refuses: bool = False


class ShareBody(SpanBody, frozen=True, kw_only=True):
    share: Share


class ItemBody(Body, frozen=True, kw_only=True):
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    item_class: ItemClass = msgspec.field(name="class")
    kind: Annotated[str, Meta(pattern=r"^[0-9]{2}\Z")]
    selfpay: Share = "0.00"
    limit: Price | None = None
    restricted: bool = False
    begins: date | UnsetType = msgspec.field(name="from", default=UNSET)
    ends: date | UnsetType | None = msgspec.field(name="to", default=UNSET)
    limits: tuple[LimitBody, ...] | UnsetType = UNSET
    shares: tuple[ShareBody, ...] | UnsetType = UNSET


class ListedItem(ItemBody, frozen=True, kw_only=True):
    """An item of ``GET /practice/catalogue``."""

    med_list_codg: ItemCode


class VoucherBody(Body, frozen=True, kw_only=True):
    certno: Certificate


class FaultBody(Body, frozen=True, kw_only=True):
    infno: str
    """A transaction's number, ``ec.query``, or ``*`` for whatever comes."""
    when: When = "before"
    what: What
    seconds: Seconds = 0
    times: Annotated[int, Meta(ge=1, le=1_000_000)] = 1


T = TypeVar("T")


def read_body(kind: type[T], body: bytes) -> T:
    """Raises :class:`Malformed` naming the field."""
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise _malformed(str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed("body", "not JSON") from error


def read_text(kind: Any, field: str, text: str) -> str:
    """A part of the path, checked like a field."""
    try:
        return str(msgspec.convert(text, kind))
    except msgspec.ValidationError as error:
        raise Malformed(field, str(error)) from error


def write_body(answer: object) -> bytes:
    """The JSON of an answer."""
    return msgspec.json.encode(answer)


def _malformed(message: str) -> Malformed:
    found = _AT.search(message)
    path = found.group(1) if found else ""
    why = message[: found.start()] if found else message
    named = _NAMED.search(why)
    parts = [part for part in (path, named.group(1) if named else "") if part]
    return Malformed(".".join(parts) or "body", why)
