"""States that the real program comes to by rare ways only: a desk and a platform, no screen.

Each is a walk of the presenter, as a cashier and a bad day make it; ``tests.window.rare_pictures``
takes the pictures.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from card_reader import CardKind, CardReading
from desktop.domain.credential import Credential
from desktop.domain.problems import Problem, ProblemCode, desk_error
from desktop.hospital.drop_folder import FolderSeen
from desktop.services.catalogue_places import catalogue_file
from desktop.services.identify import from_id_number
from tests.rig.desk_printer import DeskPrinter, jammed, silent, well
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.test_pin import CARD, Card
from tests.ui.cashier.test_refund import agree, by_voucher, chosen, paid
from ui.cashier.doorway import opening, shut
from ui.cashier.paper_state import PaperAt, not_there
from ui.cashier.pin_desk import PinDesk
from ui.cashier.pin_prompt import PinPrompt
from ui.cashier.state import Page, ShownBy
from ui.cashier.window import CashierWindow

ORDINARY = townsman(0)
HOSPITAL = "H43010000001"
Walk = Callable[[Booth, CashierWindow], None]
LOST = FolderSeen(Path("//HIS-FS01/yibao/charges"), reachable=False)


def lost_folder(booth: Booth, _window: CashierWindow) -> None:
    booth.presenter.folder_looked_at(LOST)


def lost_folder_and_patient(booth: Booth, window: CashierWindow) -> None:
    booth.show(ORDINARY)
    lost_folder(booth, window)


def pin(booth: Booth, window: CashierWindow) -> None:
    prompt = PinPrompt(window, "", lambda: booth.later)
    desk = PinDesk(window, Card().confirm, prompt, lambda call: call(), typed=True)
    reading = CardReading("R", b"\x3b", CardKind.SOCIAL_SECURITY, CARD, 11, pin_pad=False)
    desk.read(reading, booth.clock().date())


def given_up(booth: Booth, _window: CashierWindow) -> None:
    """Esc while the platform does not answer."""
    asked(booth)
    booth.presenter.stage.give_up()
    booth.work.run_all()


def asked(booth: Booth) -> None:
    number = str(ORDINARY["certno"])
    booth.presenter.show_credential(lambda: from_id_number(number), ShownBy.NUMBER)


def failed(booth: Booth, _window: CashierWindow) -> None:
    """The program itself makes a fault: the cashier reads words."""

    def broken() -> Credential:
        raise RuntimeError

    booth.presenter.show_credential(broken, ShownBy.NUMBER)
    booth.work.run_all()


def account_only(booth: Booth, _window: CashierWindow) -> None:
    """B19."""
    booth.platform.area("370800", pooled=False)
    booth.show(ORDINARY)


def quota_used(booth: Booth, _window: CashierWindow) -> None:
    """B21."""
    body = {key: value for key, value in ORDINARY.items() if key != "note"}
    used = {str(booth.clock().year): {"deductible_paid": "5000.00", "fund_used": "99999.00"}}
    booth.platform.put_person(ORDINARY["certno"], body | {"year": used})
    booth.to_offer(ORDINARY)


def other_amounts(booth: Booth, _window: CashierWindow) -> None:
    """The quota is used elsewhere between 2206 and 2207."""
    booth.to_offer(ORDINARY)
    day = booth.clock().date().isoformat()
    booth.platform.elsewhere(ORDINARY["certno"], day, "99999.00", "1900.00")
    booth.presenter.settle()
    booth.work.run_all()


def agreed_anew(booth: Booth, window: CashierWindow) -> None:
    other_amounts(booth, window)
    booth.presenter.amounts_agreed()
    booth.work.run_all()


def deposit(booth: Booth, _window: CashierWindow) -> None:
    """What was left for the bill is more than is owed (B22)."""
    booth.defer(ORDINARY)
    booth.show(ORDINARY)
    booth.presenter.confirm_identity()
    booth.presenter.settle()
    booth.work.run_all()


def differs(booth: Booth, _window: CashierWindow) -> None:
    """Idea 18: the centre has the hospital at another level."""
    booth.platform.institution(HOSPITAL, level=2)
    booth.to_offer(ORDINARY)


def goes_on(booth: Booth, _window: CashierWindow) -> None:
    """Esc while the settlement is on its way."""
    booth.to_offer(ORDINARY)
    booth.presenter.settle()
    booth.presenter.stage.give_up()


def closing(booth: Booth, window: CashierWindow) -> None:
    """The cross, while the settlement is on its way."""
    goes_on(booth, window)
    booth.presenter.closing.begins(waits=True)


def wants_credential(booth: Booth, _window: CashierWindow) -> None:
    by_voucher(booth)
    chosen(booth)
    booth.presenter.refund.taken("2")
    agree(booth)


def half_done(booth: Booth, _window: CashierWindow) -> None:
    paid(booth)
    chosen(booth)
    booth.presenter.refund.taken("2")
    booth.platform.fault("2206", "before", "reset")
    agree(booth)


def kept(booth: Booth, _window: CashierWindow) -> None:
    """No printer: the archive is the paper."""
    booth.pay(ORDINARY)
    drawn(booth)


def printing(booth: Booth, _window: CashierWindow) -> None:
    booth.printers.to = DeskPrinter()
    booth.settle(ORDINARY)
    booth.presenter.collect()
    while not booth.on(Page.DONE) or booth.state.paper is None:
        booth.work.run_one()


def jam(booth: Booth, _window: CashierWindow) -> None:
    booth.printers.to = DeskPrinter(then=(well, jammed))
    booth.pay(ORDINARY)
    drawn(booth)


def doubted(booth: Booth, _window: CashierWindow) -> None:
    booth.printers.to = DeskPrinter(then=(silent,))
    booth.pay(ORDINARY)
    drawn(booth)


def over(booth: Booth, window: CashierWindow) -> None:
    """The cashier wants the rest no more."""
    jam(booth, window)
    assert booth.state.paper is not None
    booth.presenter.money.show(replace(booth.state.paper, at=PaperAt.OVER, problem=None))
    booth.work.run_all()


def no_paper(booth: Booth, _window: CashierWindow) -> None:
    """The slip cannot be drawn: no font."""
    booth.pay(ORDINARY)
    missing = Problem(ProblemCode.RECEIPT_NOT_PRINTED, "没有中文字体")
    booth.presenter.money.show(not_there((missing,)))
    booth.work.run_all()


def forms(booth: Booth, window: CashierWindow) -> None:
    """Ctrl+P: the papers of the visit."""
    kept(booth, window)
    booth.presenter.forms.offer()
    booth.work.run_all()


def at_the_door(_booth: Booth, window: CashierWindow) -> None:
    window.present(opening())


def stays_shut(_booth: Booth, window: CashierWindow) -> None:
    window.present(shut(desk_error(ProblemCode.PROFILE_IN_USE)))


def slipped(booth: Booth, _window: CashierWindow) -> None:
    """A fault of the program while the amounts stand there."""
    booth.to_offer(ORDINARY)
    booth.presenter.slipped()


def face(booth: Booth, _window: CashierWindow) -> None:
    """The face terminal looks at the patient."""
    booth.presenter.stage.tell_desk(face_terminal=True)
    booth.drop(ORDINARY)
    booth.show(ORDINARY)
    booth.presenter.identity.look()


def catalogue_comes(booth: Booth, _window: CashierWindow) -> None:
    booth.show(ORDINARY)
    booth.presenter.type_charges()


def catalogue_lacks(booth: Booth, window: CashierWindow) -> None:
    """There is none: F5 looks for it again."""
    booth.presenter.charges._load = lambda: catalogue_file(booth.folder / "catalogue.csv")
    catalogue_comes(booth, window)
    booth.work.run_all()


def drawn(booth: Booth) -> None:
    """The slip on the screen."""
    for _look in range(8):
        QApplication.processEvents()
    booth.work.run_all()


WALKS: MappingProxyType[str, Walk] = MappingProxyType(
    {
        "lost-folder": lost_folder,
        "lost-folder-patient": lost_folder_and_patient,
        "pin": pin,
        "given-up": given_up,
        "failed": failed,
        "account-only": account_only,
        "quota-used": quota_used,
        "other-amounts": other_amounts,
        "agreed-anew": agreed_anew,
        "deposit": deposit,
        "differs": differs,
        "goes-on": goes_on,
        "closing": closing,
        "forms": forms,
        "at-the-door": at_the_door,
        "stays-shut": stays_shut,
        "slipped": slipped,
        "face": face,
        "catalogue-comes": catalogue_comes,
        "catalogue-lacks": catalogue_lacks,
        "wants-credential": wants_credential,
        "half-done": half_done,
        "kept": kept,
        "printing": printing,
        "jam": jam,
        "doubted": doubted,
        "over": over,
        "no-paper": no_paper,
    }
)
