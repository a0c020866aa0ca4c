"""A day of the invented hospital, and result files as a platform would write them."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from msgspec.structs import replace

from desktop.domain.identifiers import MdtrtId, SetlId
from desktop.domain.money import Money
from desktop.nhsa.questions.reconciliation import (
    Clearing,
    OwnSettlement,
    Period,
    RemoteFile,
    own_file,
)
from tests.nhsa.samples import NOW, PERSON, SETL_ID, SITE

HOSPITAL = SITE.fixmedins_code
DAY = Period.of(NOW.date())
CLEARING = Clearing(SITE.area)
SETTLED = OwnSettlement(
    setl_id=SETL_ID,
    mdtrt_id=MdtrtId("M1"),
    psn_no=PERSON.psn_no,
    settled_at=NOW,
    total=Money(2500),
    fund=Money(1125),
    account=Money(1000),
    cash=Money(375),
    refunded=True,
)
TAKEN_BACK = replace(
    SETTLED,
    setl_id=SetlId("S10"),
    total=Money(-2500),
    fund=Money(-1125),
    account=Money(-1000),
    cash=Money(-375),
)
OTHER = replace(SETTLED, setl_id=SetlId("S11"), fund=Money(1124), cash=Money(376), refunded=False)
OWN = own_file(HOSPITAL, DAY, (SETTLED, TAKEN_BACK, OTHER))
REMOTE = RemoteFile("fsi/plc/000000000000000000000001", "result.zip", None)


def zipped(*contents: bytes) -> bytes:
    """A zip with a text file for each of ``contents``."""
    whole = BytesIO()
    with ZipFile(whole, "w") as packed:
        for number, content in enumerate(contents):
            packed.writestr(f"{number}.txt", content)
    return whole.getvalue()


def result(*lines: str) -> bytes:
    """The zip of a result file."""
    return zipped("\n".join(lines).encode())
