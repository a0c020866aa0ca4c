"""A process that settles one bill and cancels it (2208), to be killed on the way.

``python cancel_driver.py PROFILE URL CHARGES``
"""

from __future__ import annotations

import sys
from pathlib import Path

from desktop.app import open_desk
from desktop.domain.account_use import AccountUse
from desktop.domain.credential import Credential, CredentialKind
from desktop.hospital.charges_file import read_charges
from desktop.ledger.journal import VisitId
from desktop.services.refund import Refund
from desktop.services.settle import Agreement
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
        return Refund(desk, visit).cancel((), "0001").ending.value


if __name__ == "__main__":
    sys.stdout.write(main(*sys.argv[1:]))
