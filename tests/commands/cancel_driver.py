"""A process that settles one bill and cancels it (2208), to be killed on the way.

``python cancel_driver.py PROFILE URL CHARGES``
"""

from __future__ import annotations

import sys
from pathlib import Path

from desktop.app import open_desk
from desktop.domain.credential import Credential, CredentialKind
from desktop.hospital.charges_file import read_charges
from desktop.ledger.journal import VisitId
from desktop.nhsa.questions.claim import AccountUse, Claim
from desktop.services.ports import Case
from desktop.services.refund import cancel
from desktop.services.settle import Agreement
from desktop.services.visit_log import VisitLog
from desktop.services.whole_settlement import Order, settle_bill


def main(profile: str, url: str, charges: str) -> str:
    """How the cancellation ended."""
    bill = read_charges(Path(charges))
    card = Credential(
        CredentialKind.ID_CARD, bill.patient.id_number, cert_no=bill.patient.id_number
    )
    with open_desk(profile, url, "refund") as opened:
        desk = opened.desk
        order = Order(bill, lambda: card, None, Agreement(AccountUse.NONE, "0001"))
        visit = VisitId(settle_bill(desk, order).visit)
        record = desk.record(visit)
        assert record.person is not None
        assert record.insurance is not None
        case = Case(Claim(record.person, record.insurance, card, bill.visit), bill)
        earlier = [row.entry for row in desk.journal.entries(visit)]
        log = VisitLog(desk.journal, visit, desk.clock, earlier)
        return cancel(desk, log, case).ending.value


if __name__ == "__main__":
    sys.stdout.write(main(*sys.argv[1:]))
