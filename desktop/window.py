"""The cashier window's composition: a held desk, its drop folder, its reader, its window.

``kuasheng`` without a verb opens it. The only module beside ``ui/`` that knows Qt.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time

from PySide6.QtWidgets import QApplication

from card_reader.watch import CardWatch
from desktop.app import OpenDesk, open_desk
from desktop.domain.charges import Bill
from desktop.domain.person import Person
from desktop.hospital.drop_folder import Broken, DropFolder, Name
from desktop.knowledge.areas import load_areas
from desktop.knowledge.caps import load_caps
from desktop.services.desk_visit import DeskVisit
from desktop.services.receipt import OnPaper
from ui.cashier.counter import Counter
from ui.cashier.shell import CashierShell, Facts
from ui.cashier.state import Desk
from ui.language import LANGUAGE_VARIABLE, speak
from ui.printer import print_on_default
from ui.theme.stylesheet import apply


def run(arguments: argparse.Namespace) -> int:
    """Open the desk and its window; returns when the window is closed."""
    with open_desk(arguments.profile, arguments.platform, "window") as opened:
        return _show(opened)


def _show(opened: OpenDesk) -> int:
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    speak(application, os.environ.get(LANGUAGE_VARIABLE, ""))
    theme = apply(application)
    drops = DropFolder(opened.drop_folder, time.monotonic)
    shell = CashierShell(_counter(opened, drops), _facts(opened), application.quit)
    shell.watch_folder(lambda: _looked(drops))
    cards = CardWatch(shell.card_event)
    cards.start()
    shell.window.show()
    _spare_the_collector()
    try:
        return application.exec()
    finally:
        cards.stop()
        theme.deleteLater()


def _spare_the_collector() -> None:
    """What stands as long as the window is no work for the collector, which stops every thread.

    A full collection took 70 ms at each visit, and takes 15 ms without modules and widgets.
    """
    gc.collect()
    gc.freeze()


def _counter(opened: OpenDesk, drops: DropFolder) -> Counter:
    def waiting(person: Person) -> tuple[Bill, ...]:
        return drops.bills_of(Name.ID_NUMBER, person.cert_no)

    def print_slip(visit: DeskVisit) -> OnPaper:
        return _printed(opened, visit)

    operator = opened.settings.desk.operator
    return Counter(opened.desk, operator, waiting, print_slip, opened.catalogue, load_caps())


def _printed(opened: OpenDesk, visit: DeskVisit) -> OnPaper:
    settlement = visit.record.settlement
    name = settlement.setl_id if settlement else visit.id
    file = opened.profile.folder / "slips" / f"{name}.pdf"
    return opened.print_slip(visit, file, print_on_default)


def _looked(drops: DropFolder) -> tuple[Broken, ...]:
    """One look into the folder; the files with faults that lie there now."""
    drops.poll()
    return drops.broken()


def _facts(opened: OpenDesk) -> Facts:
    settings = opened.settings
    desk = Desk(settings.hospital.name, settings.desk.operator, settings.practice)
    return Facts(desk, load_areas())
