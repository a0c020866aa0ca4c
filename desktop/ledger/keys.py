"""Secrets of the desk: the journal's key and the gateway's token, in the system's keyring.

Only keyrings that are known to keep secrets encrypted under the user's log-in are used. A profile
of practice, in which only invented people exist, keeps its key in a file (contracts, settings).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from desktop.domain.disk_faults import why_not_written
from desktop.ledger.database import KEY_BYTES
from desktop.ledger.durable import create_private
from desktop.ledger.errors import GatewayTokenMissing, JournalUnreadable, KeyUnavailable

SERVICE = "kuasheng-desk"
JOURNAL_KEY = "journal-key"
GATEWAY_TOKEN = "gateway-token"  # noqa: S105 (the name of the secret)

TRUSTED_BACKENDS = frozenset(
    (
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.macOS.Keyring",
    )
)
"""Everything else is refused: plain-text files, null, fail, and what is not known."""

NewKey = Callable[[], bytes]


class Keyring(Protocol):
    """The two calls of a ``keyring`` backend that are used here."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...


class Vault:
    """The secrets of this program in one trusted keyring."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def get(self, user: str) -> str | None:
        """The secret; None when there is none. Raises :class:`KeyUnavailable`."""
        try:
            return self._keyring.get_password(SERVICE, user)
        except Exception as fault:  # backends raise what their system raises
            raise KeyUnavailable(type(fault).__name__) from fault

    def put(self, user: str, secret: str) -> None:
        """Keep a secret and see that it is really kept. Raises :class:`KeyUnavailable`."""
        try:
            self._keyring.set_password(SERVICE, user, secret)
        except Exception as fault:  # backends raise what their system raises
            raise KeyUnavailable(type(fault).__name__) from fault
        if self.get(user) != secret:
            raise KeyUnavailable("密钥环没有保存密钥")


def system_vault() -> Vault:
    """The vault of the system's keyring; raises :class:`KeyUnavailable` when none is trusted."""
    import keyring

    try:
        backend = keyring.get_keyring()
    except Exception as fault:  # a configured backend that is not installed, or will not start
        raise KeyUnavailable(type(fault).__name__) from fault
    return Vault(trusted(backend))


def trusted(backend: Keyring) -> Keyring:
    """The backend itself, or the first trusted one of a chain; raises :class:`KeyUnavailable`."""
    for candidate in _chained(backend):
        if _name(candidate) in TRUSTED_BACKENDS:
            return candidate
    raise KeyUnavailable(f"不能使用 {_name(backend)}")


def journal_key(vault: Vault, journal: Path, new_key: NewKey | None = None) -> bytes:
    """The 32-byte key of ``journal``, made on first use.

    A new key is never made for a journal that exists: raises :class:`KeyUnavailable`.
    """
    kept = vault.get(JOURNAL_KEY)
    if kept is not None:
        return _from_text(kept)
    if journal.exists():
        raise KeyUnavailable("密钥环里没有本机账本的密钥")
    key = _new(new_key)
    vault.put(JOURNAL_KEY, key.hex())
    return key


def gateway_token(vault: Vault) -> str:
    """The secret of the gateway; raises :class:`GatewayTokenMissing`."""
    token = vault.get(GATEWAY_TOKEN)
    if not token:
        raise GatewayTokenMissing
    return token


def practice_journal_key(key_file: Path, journal: Path, new_key: NewKey | None = None) -> bytes:
    """The key of a practice profile's journal, in a file of mode 0600; made on first use.

    Only for practice. A new key is never made for a journal that exists: raises
    :class:`KeyUnavailable`.
    """
    try:
        if key_file.exists():
            return _from_text(key_file.read_text("ascii", "replace").strip())
        if journal.exists():
            raise KeyUnavailable("演练账本的密钥文件不见了")
        key = _new(new_key)
        create_private(key_file, key.hex().encode("ascii") + b"\n")
    except OSError as fault:
        raise KeyUnavailable(f"密钥文件不能读写：{why_not_written(fault)}") from fault
    return key


def _new(new_key: NewKey | None) -> bytes:
    import secrets

    return new_key() if new_key else secrets.token_bytes(KEY_BYTES)


def _chained(backend: Keyring) -> tuple[Keyring, ...]:
    """The members of keyring's chain of backends; another backend stands for itself."""
    if _name(backend) == "keyring.backends.chainer.ChainerBackend":
        return tuple(getattr(backend, "backends", ()))
    return (backend,)


def _name(backend: Keyring) -> str:
    kind = type(backend)
    return f"{kind.__module__}.{kind.__qualname__}"


def _from_text(text: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError as fault:
        raise JournalUnreadable("密钥的格式不对") from fault
    if len(key) != KEY_BYTES:
        raise JournalUnreadable("密钥的长度不对")
    return key
