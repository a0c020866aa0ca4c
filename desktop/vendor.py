"""By what this desk reads cards and decodes 医保码: the system's readers, or a vendor's library.

Decided by the settings alone; only one of the two ever touches a reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.settings import CardSettings, Settings, VoucherSettings

if TYPE_CHECKING:
    from card_reader import CardReading, CardSite
    from card_reader.bridge.card_driver import CardDriverFile
    from card_reader.bridge.library import VendorLibrary
    from card_reader.bridge.watch import LibraryWatch
    from card_reader.cards import CardEvent
    from card_reader.security_module import ModuleSource
    from card_reader.watch import CardWatch
    from desktop.services.voucher_library import VouchersByLibrary


def read_one_card(card: CardSettings, reader: str | None, wait: float) -> CardReading:
    """The card that is in, or the first that comes within ``wait`` seconds.

    ``reader``: a reader's name or a part of it. Raises ``CardError``.
    """
    from card_reader import CardError, read_card
    from desktop.domain.problems import ProblemCode

    if not card.library:
        return read_card(reader, wait, site=card_site(card))
    from card_reader.bridge.card_driver import read_by_driver

    driver = _driver(card)
    if reader and reader.casefold() not in driver.file.name.casefold():
        raise CardError(ProblemCode.NO_READER, reader)
    return read_by_driver(driver, wait)


def card_watch(card: CardSettings, report: Callable[[CardEvent], None]) -> CardWatch | LibraryWatch:
    """Tells every card event to ``report`` once it is started."""
    if not card.library:
        from card_reader.watch import CardWatch

        return CardWatch(report, site=card_site(card))
    from card_reader.bridge.card_driver import CardDriver
    from card_reader.bridge.watch import LibraryWatch

    return LibraryWatch(report, CardDriver(_driver(card)))


def card_site(card: CardSettings) -> CardSite:
    """What this site has and demands beside its readers."""
    from card_reader import CardSite

    return CardSite(_module(card), card.psam_reader, pin=card.pin != "never")


def _module(card: CardSettings) -> ModuleSource | None:
    if card.hsm_url:
        from card_reader.network_module import NetworkModule

        return NetworkModule(card.hsm_url)
    if card.psam_reader:
        from card_reader.psam import PsamSlot

        keys = (card.psam_internal_key, card.psam_external_key, card.psam_directory)
        return PsamSlot(card.psam_reader, *(bytes.fromhex(key) for key in keys))
    return None


def reader_names(card: CardSettings) -> tuple[str, ...]:
    """The readers that are there, for the self-test; raises ``CardError``.

    A library is asked for the card: whatever it says of a card shows that its reader works.
    """
    from card_reader import CardError, CardReaders

    if not card.library:
        with closing(CardReaders()) as readers:
            return readers.names()
    from card_reader.bridge.card_driver import NOT_THE_CARD, CardDriver

    with closing(CardDriver(_driver(card))) as driver:
        try:
            driver.read()
        except CardError as problem:
            if problem.kind in NOT_THE_CARD:
                raise
        return (driver.name,)


@contextmanager
def voucher_library(settings: Settings) -> Iterator[VouchersByLibrary | None]:
    """The vendor's way for 医保码; None where our own line is used, as practice always does."""
    if settings.practice or not settings.voucher.library:
        yield None
        return
    from card_reader.bridge.ec_code import VoucherLibrary
    from desktop.services.voucher_library import VouchersByLibrary

    with closing(_decoder(settings.voucher)) as library:
        yield VouchersByLibrary(VoucherLibrary(library, settings.voucher.url))


def voucher_library_name(voucher: VoucherSettings) -> str:
    """Load the vendor's library and give its name, for the self-test; raises ``LibraryError``."""
    with closing(_decoder(voucher)) as library:
        library.load()
    return library.file.name


def _driver(card: CardSettings) -> CardDriverFile:
    from card_reader.bridge.card_driver import CardDriverFile, Interface
    from card_reader.bridge.library import VendorFile
    from card_reader.network_module import NetworkModule

    file = VendorFile(Path(card.library), card.timeout, card.convention == "cdecl")
    interface = Interface[card.interface.upper().replace("-", "_")]
    module = NetworkModule(card.hsm_url) if card.hsm_url else None
    return CardDriverFile(file, interface, card.pin != "never", module)


def _decoder(voucher: VoucherSettings) -> VendorLibrary:
    from card_reader.bridge.library import VendorFile, VendorLibrary

    cdecl = voucher.convention == "cdecl"
    return VendorLibrary(VendorFile(Path(voucher.library), voucher.timeout, cdecl))
