"""A keyring backend that keeps secrets in plain sight, as some of those on PyPI do."""

from __future__ import annotations

from typing import ClassVar

from keyring.backend import KeyringBackend


class Keyring(KeyringBackend):
    priority: ClassVar[float] = 99
    kept: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password
