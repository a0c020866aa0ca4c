"""What a held desk gives its cashier's window: counter, drop folder, readers and scanners."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from msgspec.structs import replace

from card_reader.counter_devices import lanes
from card_reader.noticed import Watch
from card_reader.watch import CardWatch
from desktop.app import OpenDesk
from desktop.domain.charges import Bill
from desktop.domain.person import Person
from desktop.hospital.drop_folder import DropFolder
from desktop.services.watched_line import WatchedLine
from desktop.vendor import card_watch
from ui.cashier.counter import Counter
from ui.cashier.pages.book import load_pages_of_patients
from ui.cashier.shell import CashierShell, Facts
from ui.cashier.state import Desk
from ui.cashier.window import CashierWindow

if TYPE_CHECKING:
    from desktop.printer_settings import PrintersSettings
    from desktop.printers import Printers
    from printing.printer import Printer

_OF_THE_FIRST_PATIENT = (
    "desktop.nhsa.http_transport",
    "email.utils",
    "hashlib",
    "secrets",
    "unicodedata",
    "desktop.hospital.charges_file",
    "desktop.knowledge.guidance",
    "desktop.services.notices",
    "desktop.printers",
    "printing.fonts",
    "printing.ipp_line",
    "ui.printer",
    "cryptography.hazmat.primitives.ciphers.aead",
    "cryptography.hazmat.primitives.kdf.hkdf",
)
"""17 MiB and 0.2 s: a window that waits does not hold them, and no patient waits for them."""


def shell_of(
    opened: OpenDesk, window: CashierWindow, gone: Callable[[], None], until: ExitStack
) -> CashierShell:
    """Everything that drives the window; credentials and bills are noticed ``until`` it is closed."""
    drops = DropFolder(opened.drop_folder, time.monotonic)
    shell = CashierShell(window, counter_of(opened, drops), facts_of(opened), gone)
    until.callback(shell.leave)
    shell.watch_folder(drops.look, opened.drop_folder)
    for watch in _watches(opened, shell):
        watch.start()
        until.callback(watch.stop)
    return shell


def _watches(opened: OpenDesk, shell: CashierShell) -> Iterator[Watch]:
    """Whatever may notice a credential at this desk, beside the keys."""
    card = opened.settings.card
    cards = card_watch(card, shell.noticed)
    if isinstance(cards, CardWatch) and card.pin != "never":
        shell.demand_pin(cards.confirm, typed=card.pin == "ask")
    yield cards
    yield from lanes(opened.counter_devices, shell.noticed)


def counter_of(opened: OpenDesk, drops: DropFolder) -> Counter:
    def waiting(person: Person) -> tuple[Bill, ...]:
        return drops.bills_for(person)

    line = WatchedLine(opened.desk.platform, opened.desk.clock)
    return Counter(
        replace(opened.desk, platform=line),
        opened.settings.desk.operator,
        waiting,
        opened.papers(_WhenPrinted(opened.settings.printers)),
        opened.catalogue,
        opened.rules,
        line_news=lambda: line.news,
        make_ready=load_for_patients,
        waits=opened.waits,
        heard=opened.notices,
    )


def load_for_patients() -> None:
    for name in _OF_THE_FIRST_PATIENT:
        import_module(name)
    load_pages_of_patients()


def facts_of(opened: OpenDesk) -> Facts:
    settings = opened.settings
    desk = Desk(
        settings.hospital.name,
        settings.desk.operator,
        settings.practice,
        face_terminal=settings.desk.face_terminal,
    )
    return Facts(desk, settings.desk.scanner_prefix)


class _WhenPrinted:
    """The printers as the settings have them, the system's own among them: once a form goes to one."""

    def __init__(self, settings: PrintersSettings) -> None:
        self._settings = settings

    def copies(self, form: str) -> int | None:
        return self._made.copies(form)

    def printer(self, form: str) -> Printer | None:
        return self._made.printer(form)

    @cached_property
    def _made(self) -> Printers:
        from desktop.printers import Printers, system_spooler
        from ui.printer import SystemPrinters

        spooler = system_spooler()
        return Printers(self._settings, SystemPrinters(spooler), spooler)
