"""The sections of ``settings.toml`` and what holds where nothing is written (contracts: settings)."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from desktop.domain.scanned import FUNCTION_KEYS
from desktop.printer_settings import PrintersSettings

PRACTICE_HOSPITAL = "H43010000001"
PRACTICE_AREA = "430100"


class PlatformSettings(Struct, frozen=True):
    """``[platform]``: how the provincial platform is reached; times in seconds."""

    url: str = ""
    path_style: Literal["one", "service", "infno"] = "one"
    gateway: Literal["x-tif"] = "x-tif"
    paasid: str = "practice"
    recer_sys_code: str = "FSI_LOCAL"
    infver: str = "V1.0"
    connect_timeout: float = 5
    read_timeout: float = 30
    settle_horizon: int = 600
    reversal: Literal["2601", "2208_after_lookup", "manual"] = "2601"
    queries: tuple[str, ...] = ("3202", "5203", "5201")


class HospitalSettings(Struct, frozen=True):
    """``[hospital]``: who we are to the platform."""

    fixmedins_code: str = PRACTICE_HOSPITAL
    name: str = "演练医院"
    phone: str = ""
    """For questions and complaints, as papers tell it; "" leaves it out."""
    level: str = "3"
    """1, 2 or 3; "" when unrated or, in a configured profile, not told: then it is not printed."""
    area: str = PRACTICE_AREA
    station: str = "01"
    station_digits: Literal[2, 3] = 2


class DeskSettings(Struct, frozen=True):
    """``[desk]``: who sits here; the platform gets number and name with every request."""

    mode: Literal["cashier", "kiosk", "office"] = "cashier"
    operator: str = "0001"
    operator_name: str = "收费员"
    drop_folder: str = ""
    """Where the hospital's system drops charges files; "" is ``charges`` in the profile."""
    layouts: str = ""
    """Where the hospital's own layouts of papers lie (docs/forms.md); "" is ``layouts`` in the
    profile.
    """
    scanner_prefix: str = ""
    """What the office's scanners send first: a symbol such as ``~``, or a function key, ``F1`` to
    ``F24``; "" when they send nothing.
    """
    face_terminal: bool = False
    """A face terminal of the platform stands here: one more way of 人证核对, by Shift+F8."""

    @property
    def serial_prefix(self) -> str:
        """Of a scanner on a serial line, where nobody sends function keys."""
        return "" if self.scanner_prefix in FUNCTION_KEYS else self.scanner_prefix


class CardSettings(Struct, frozen=True):
    """``[card]``: by what social security cards are read (docs/readers.md, vendor-libraries.md)."""

    library: str = ""
    """A vendor's ``SSCardDriver``; "" is any reader of the system's card service (PC/SC)."""
    interface: Literal["contact", "contactless", "contact-first", "contactless-first"] = (
        "contact-first"
    )
    pin: Literal["never", "pad", "ask"] = "never"
    """The site demands the card's PIN: on the keys of the reader (``pad``), or, where it has none,
    in a masked field of the window (``ask``). A vendor's library knows its own keys only.
    """
    hsm_url: str = ""
    """The machine on the network that opens 3.0 cards; "" for none."""
    psam_reader: str = ""
    """The slot in which a PSAM opens them, or a part of its name; "" for none."""
    psam_internal_key: str = ""
    """P1 and P2 of ``80 1A`` in hex, as the PSAM's issuer told; the key that proves a card."""
    psam_external_key: str = ""
    """The same for RKSSSE."""
    psam_directory: str = ""
    """The file identifier in hex of the directory with these keys; "" for the root."""
    convention: Literal["stdcall", "cdecl"] = "stdcall"
    timeout: float = 20
    """Seconds of one call, then the library is given up and started again."""


class VoucherSettings(Struct, frozen=True):
    """``[voucher]``: by what 医保码 are decoded (docs/vendor-libraries.md)."""

    library: str = ""
    """A vendor's ``NationECCode``; "" asks the platform itself. Not used in practice mode."""
    url: str = ""
    """Of the service that the library asks, as its vendor told."""
    convention: Literal["stdcall", "cdecl"] = "stdcall"
    timeout: float = 30


Speed = Literal[1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200]
"""Bits per second of a serial port."""


class ScannerSettings(Struct, frozen=True):
    """``[scanner]``: one that does not type its codes (``desk.scanner_prefix``, if a symbol, holds for both)."""

    port: str = ""
    """``COM3`` or ``/dev/serial/by-id/…``; "" when the scanner is a keyboard, or there is none."""
    speed: Speed = 9600
    camera: str = ""
    """A camera that reads codes: its number, such as ``0``, a file or an address; "" for none."""


class IdReaderSettings(Struct, frozen=True):
    """``[id_reader]``: a reader of resident ID cards on a serial port."""

    port: str = ""
    speed: Speed = 115200


class Settings(Struct, frozen=True):
    platform: PlatformSettings = PlatformSettings()
    hospital: HospitalSettings = HospitalSettings()
    desk: DeskSettings = DeskSettings()
    card: CardSettings = CardSettings()
    voucher: VoucherSettings = VoucherSettings()
    scanner: ScannerSettings = ScannerSettings()
    id_reader: IdReaderSettings = IdReaderSettings()
    printers: PrintersSettings = PrintersSettings()

    @property
    def practice(self) -> bool:
        """Practice mode is a profile in which no platform is configured (contracts)."""
        return not self.platform.url
