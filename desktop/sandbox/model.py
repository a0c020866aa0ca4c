"""What the practice platform remembers; every amount in fen, every time +08:00 without zone."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from desktop.domain.identifiers import AreaCode
from desktop.domain.money import ZERO, Money
from desktop.domain.person import FilingKind
from desktop.domain.quantities import Quantity, UnitPrice
from desktop.sandbox.catalogue_model import Noted
from desktop.sandbox.fund_model import Amounts, FundSums
from desktop.sandbox.row import Row
from desktop.sandbox.terminal_model import FaceResult

ACTIVE: Final = "1"
"""``psn_insu_stas``."""


class Insured(Row, frozen=True, kw_only=True):
    """One insurance of a person; ``account`` and ``mutual_aid`` are present balances."""

    insutype: str
    area: str
    psn_type: str
    status: str
    account: Money
    mutual_aid: Money
    official: bool
    benefits_from: date | None = None
    """The end of a waiting time, after joining or coming back (S1-19)."""
    retires: date | None = None
    """在职转退休; counts from the next month on (S4-14)."""

    @property
    def active(self) -> bool:
        """正常参保: neither stopped nor ended."""
        return self.status == ACTIVE


def _is_stopped(row: Insured) -> bool:
    return not row.active


def _is_near(row: Insured, place: str) -> bool:
    return AreaCode(row.area).same_province(AreaCode(place))


class Audit(StrEnum):
    """Whether the insured area has taken a filing (S1-17)."""

    APPROVED = "approved"
    PENDING = "pending"
    REJECTED = "rejected"


class FilingScope(StrEnum):
    """For which care a filing was made; one for inpatient care opens outpatient care (S0-25)."""

    ANY = "any"
    INPATIENT = "inpatient"
    CHRONIC = "chronic"


class Filing(Row, frozen=True, kw_only=True):
    kind: FilingKind
    area: str
    begins: date
    ends: date | None
    scope: FilingScope = FilingScope.ANY
    institution: str = ""
    """The designated hospital; "" for every one of the area."""
    named: str = ""
    """The class in the insured area's own words; "" for the national one."""
    audit: Audit = Audit.APPROVED
    version: int = 1
    phone: str = ""
    """Where the person can be reached; a new number is a change like any other (S1-17)."""
    full_home_benefit: bool = False
    """The person has shown papers of their place of care, and is at home as ever (S3-05)."""


class Recognition(Row, frozen=True, kw_only=True):
    """A recognised chronic disease."""

    disease: str
    begins: date
    ends: date | None


class Person(Row, frozen=True, kw_only=True):
    psn_no: str
    certno: str
    name: str
    sex: str
    birth: date
    nation: str
    insured: tuple[Insured, ...]
    filings: tuple[Filing, ...]
    chronic: tuple[Recognition, ...]
    card_no: str | None
    card_sn: str | None
    inpatient: bool
    settlement_suspended: bool
    identities: tuple[str, ...] = ()
    """``psn_idet_type``."""

    def insurance(self, insutype: str) -> Insured | None:
        """The insurance of that type, an active one before a stopped one."""
        rows = (row for row in self.insured if row.insutype == insutype)
        return min(rows, key=_is_stopped, default=None)

    @property
    def first_insurance(self) -> Insured | None:
        """Which counts where none is named: the first active one, else the first of all."""
        return min(self.insured, key=_is_stopped, default=None)

    def home_for(self, place: str) -> Insured | None:
        """The active insurance that care in ``place`` is filed with: one of another province,
        if there is one; None where no insurance is active (S0-15).
        """
        active = [row for row in self.insured if row.active]
        return min(active, key=lambda row: _is_near(row, place), default=None)


class YearSums(Row, frozen=True, kw_only=True):
    """Sums of one person, insurance and year."""

    deductible: Money = ZERO
    fund: Money = ZERO
    costs: Money = ZERO
    account: Money = ZERO
    visits: int = 0
    funds: dict[str, FundSums] = msgspec.field(default_factory=dict)
    """Of the funds after the pool, by code."""
    diseases: dict[str, FundSums] = msgspec.field(default_factory=dict)
    """Of chronic diseases with a benefit of their own: the pool's sums leave them out."""


class Elsewhere(Row, frozen=True, kw_only=True):
    """Benefit used at home meanwhile (control surface)."""

    psn_no: str
    insutype: str
    day: date
    fund: Money
    deductible: Money


class InstitutionKind(StrEnum):
    HOSPITAL = "hospital"
    COMMUNITY = "community"
    """社区卫生服务中心."""
    VILLAGE = "village"
    """卫生室, which has no grade: on the wire ``hosp_lv`` 11 无等级, in every rule level 1."""


class Institution(Row, frozen=True, kw_only=True):
    code: str
    name: str
    area: Annotated[str, Meta(pattern=r"^[0-9]{6}\Z")]
    level: Annotated[int, Meta(ge=1, le=3)]
    """1, 2 or 3; on the wire ``hosp_lv`` 8, 5, 2."""
    kind: InstitutionKind = InstitutionKind.HOSPITAL
    outpatient: bool = True
    chronic: bool = True
    suspended: bool = False


class Area(Row, frozen=True, kw_only=True):
    """How an insured area behaves."""

    connected: bool = True
    pooled: bool = True
    real_account: bool = False
    """实账户; the wire does not tell it from a 虚账户."""
    account_fails: bool = False
    filing_extension: bool = True
    reversal_2601: bool = True
    delay_ms: int = 0
    loss_there: float = 0.0
    """Share of the messages that get lost between the exchange and here: nothing is done."""
    loss_back: float = 0.0
    """Share of the answers that get lost on the way back: done, and nobody hears of it."""


class SignIn(Row, frozen=True, kw_only=True):
    sign_no: str
    operator: str
    at: datetime
    ended: bool = False


class Line(Row, frozen=True, kw_only=True):
    """One line of a batch with its split by the care place."""

    feedetl_sn: str
    item: str
    disease: str
    time: datetime
    quantity: Quantity
    price: UnitPrice
    total: Money
    full_self_pay: Money
    over_limit: Money
    pre_self_pay: Money
    in_scope: Money
    noted: Noted = Noted()


class Presettled(Row, frozen=True, kw_only=True):
    """The amounts of a batch's last 2206, which a 2207 must repeat."""

    medfee_sumamt: Money
    fulamt_ownpay_amt: Money
    overlmt_selfpay: Money
    preselfpay_amt: Money
    inscp_scp_amt: Money


class Batch(Row, frozen=True, kw_only=True):
    """A charge batch (``chrg_bchno``) of a visit."""

    mdtrt_id: str
    number: str
    lines: tuple[Line, ...]
    presettled: Presettled | None = None
    uploaded: datetime | None = None
    """Business time of its 2204; None in a store of before."""
    settlements: tuple[str, ...] = ()
    """Every ``setl_id`` booked for it, oldest first, whatever became of it."""


class Flags(Row, frozen=True, kw_only=True):
    """``exp_content`` of 2203, 2206 and 2207."""

    group: str = ""
    trauma: str = ""
    third_party: str = ""
    emergency: str = ""
    letter: str = ""
    """``TRUM_LETTER_NO``: an extension of the practice platform (S3-15)."""


class Visit(Row, frozen=True, kw_only=True):
    mdtrt_id: str
    institution: str
    ipt_otp_no: str
    psn_no: str
    insutype: str
    begins: datetime
    withdrawn: bool = False
    med_type: str = ""
    """Empty until 2203."""
    disease: str = ""
    flags: Flags = Flags()
    batches: tuple[str, ...] = ()
    deductible: Money = ZERO
    """Paid in this visit: what a per-visit deductible counts."""
    diagnoses: tuple[str, ...] = ()
    """Valid diagnosis codes of the last 2203, the main one first."""
    operator: str = ""
    """``opter`` of the 2201."""


class Registration(Row, frozen=True, kw_only=True):
    """Which visit has an outpatient number of a hospital."""

    mdtrt_id: str


class SettlementState(StrEnum):
    EFFECTIVE = "effective"
    CANCELLED = "cancelled"
    REVERSED = "reversed"
    NEGATIVE = "negative"


class Settlement(Row, frozen=True, kw_only=True):
    setl_id: str
    msgid: str
    mdtrt_id: str
    batch: str
    psn_no: str
    insutype: str
    year: int
    at: datetime
    cert_type: str
    med_type: str
    amounts: Amounts
    pool_note: str
    """``setl_proc_info`` of the pooled fund's row; "" where no pool pays."""
    account_note: str
    """The same of the account's row; "" when the account was not asked."""
    area: str
    """参保地."""
    by_year: bool
    """True when the deductible counts in the year's sums."""
    disease: str = ""
    """The chronic disease whose own sums it moved; "" when it moved the ordinary ones."""
    pool_code: str = ""
    """``fund_pay_type`` of the pool; "" for the national one of the insurance."""
    pool_name: str = ""
    invoice: str = ""
    """``invono``: the hospital's own receipt number; "" while it told none."""
    undoes: str = ""
    """Of a 2208's own row: the settlement that it undid."""
    state: SettlementState = SettlementState.EFFECTIVE


class Designation(Row, frozen=True, kw_only=True):
    """An institution that a person has chosen (2505)."""

    number: str
    """``trt_dcla_detl_sn``."""
    psn_no: str
    insutype: str
    kind: str
    """``biz_appy_type``."""
    order: str
    """``fix_srt_no``."""
    institution: str
    name: str
    begins: date
    ends: date | None = None
    memo: str = ""


class StoredFile(Row, frozen=True, kw_only=True):
    """A file in an institution's keeping (9101, results of 3202)."""

    number: str
    """``file_qury_no``."""
    institution: str
    filename: str
    content: bytes
    ends: datetime
    """On the real clock."""


class Fault(Row, frozen=True, kw_only=True):
    """A fault that waits for its transaction."""

    infno: str
    when: str
    what: str
    seconds: float = 0
    times: int = 1


class RandomFaults(Row, frozen=True, kw_only=True):
    """Faults by chance: each message of these transactions has one with this ``share``."""

    share: float
    infno: tuple[str, ...]
    what: tuple[str, ...]
    when: tuple[str, ...]
    seconds: float


class Repeat2207(StrEnum):
    REFUSE = "refuse"
    BOOK = "book"


class Settings(Row, frozen=True, kw_only=True):
    """The options of the control surface, the moved clock and the source of all numbers."""

    require_sign_in: bool = False
    repeat_2207: Repeat2207 = Repeat2207.REFUSE
    voucher_data_as_text: bool = False
    seed: int = 0
    serial: int = 0
    """How many numbers were given out since the seed was set."""
    business_now: datetime | None = None
    random_faults: RandomFaults | None = None
    drawn: int = 0
    """How many chances were taken since the seed was set."""
    face: str = ""
    """``psn_no`` of who stands before the face terminal."""
    face_result: FaceResult = FaceResult.OK
