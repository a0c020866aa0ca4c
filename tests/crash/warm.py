"""What a verb imports on its way, imported once before any process is forked."""

from __future__ import annotations

import importlib

_ON_THE_WAY = (
    "cryptography.hazmat.primitives.ciphers.aead",
    "desktop.__main__",
    "desktop.app",
    "desktop.commands.queue",
    "desktop.hospital.charges_file",
    "desktop.nhsa.http_transport",
    "desktop.services.queue",
    "desktop.services.verify",
    "desktop.services.whole_refund",
    "desktop.services.whole_settlement",
    "desktop.settings",
    "msgspec",
    "sqlcipher3.dbapi2",
)


def warm() -> None:
    for name in _ON_THE_WAY:
        importlib.import_module(name)
