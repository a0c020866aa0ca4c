"""The care place's catalogue, its rules of audit, and what a line keeps of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from desktop.domain.quantities import Quantity, Rate, UnitPrice
from desktop.sandbox.row import EVER, Row


class ItemClass(StrEnum):
    """收费项目等级 ``chrgitm_lv``."""

    A = "01"
    B = "02"
    C = "03"


class LimitSpan(Row, frozen=True, kw_only=True):
    """A highest price in one area from day to day (1318)."""

    area: str = ""
    """An area of the care place, ``430200`` for a whole city; "" for all of it."""
    begins: date = EVER
    ends: date | None = None
    limit: UnitPrice
    refuses: bool = False
    """超限处理方式: a line above it is refused, not split."""


class ShareSpan(Row, frozen=True, kw_only=True):
    """A share that the patient pays first, in one area from day to day (1319)."""

    area: str = ""
    begins: date = EVER
    ends: date | None = None
    share: Rate


class Item(Row, frozen=True, kw_only=True):
    """An item of the care place's catalogue.

    ``limit`` and ``selfpay`` hold wherever and whenever no span says otherwise.
    """

    code: str
    name: str
    item_class: ItemClass
    kind: str
    """``med_chrgitm_type`` 01…14."""
    selfpay: Rate
    limit: UnitPrice | None
    restricted: bool
    begins: date = EVER
    ends: date | None = None
    limits: tuple[LimitSpan, ...] = ()
    shares: tuple[ShareSpan, ...] = ()
    version: int = 1
    """A desk that downloaded this version has the row (1301)."""
    updated: date = EVER
    """Day of the last change, as the paged queries tell it."""


class AuditKind(StrEnum):
    """What a rule of the care place looks at; each needs some of the rule's parameters."""

    DUPLICATE = "duplicate"
    """The same item at the same time once more."""
    UNDECIDED = "undecided"
    """A limited-use item about which the hospital said neither yes nor no."""
    DIAGNOSIS = "diagnosis"
    """A limited-use item approved without any of ``diagnoses``."""
    MOST = "most"
    """More than ``most`` in one line."""
    MOST_A_DAY = "most-a-day"
    """More than ``most`` for one person on one day, in whatever visits of the province."""
    NOT_WITH = "not-with"
    """Beside one of ``others`` on the same day."""
    SEX = "sex"
    """For ``sex`` only."""
    LEVEL = "level"
    """At hospitals of ``level`` and above only."""
    DAYS = "days"
    """For more than ``days`` days at once."""


class AuditRule(Row, frozen=True, kw_only=True):
    """A rule by which the care place rejects a line (S1-28); it names its items or their kinds."""

    id: str
    kind: AuditKind
    why: str
    """What the refusal says of it."""
    items: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """``med_chrgitm_type``; without items and kinds the rule looks at every line."""
    begins: date = EVER
    ends: date | None = None
    areas: tuple[str, ...] = ()
    """Where it holds, as in a span; nothing for the whole care place."""
    most: Quantity | None = None
    days: int | None = None
    sex: str = ""
    level: int = 0
    others: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    """Beginnings of diagnosis codes."""


class Noted(Row, frozen=True, kw_only=True, omit_defaults=True):
    """What 5204 repeats of a line beside its amounts."""

    hospital_code: str = ""
    approval: str = ""
    limit: UnitPrice | None = None
    """What the split went by, whatever the catalogue says later."""
    selfpay: Rate | None = None
    prescription: str = ""
    dose: str = ""
    frequency: str = ""
    days: str = ""
    way: str = ""
    department: tuple[str, str] = ("", "")
    """Code and name of who ordered it; the same of the doctor."""
    doctor: tuple[str, str] = ("", "")
    memo: str = ""
