"""Keys: in a real Secret Service, never in plain text, never silently a new one."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from desktop.domain.problems import ProblemCode
from desktop.ledger.errors import (
    GatewayTokenMissing,
    JournalError,
    JournalUnreadable,
    KeyUnavailable,
)
from desktop.ledger.keys import (
    JOURNAL_KEY,
    TRUSTED_BACKENDS,
    Keyring,
    Vault,
    gateway_token,
    journal_key,
    practice_journal_key,
    trusted,
)
from tests.rig.secret_service import secret_service

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def service() -> Iterator[dict[str, str]]:
    with secret_service() as environment:
        yield environment


def _asked(environment: dict[str, str], *words: str) -> dict[str, str]:
    """What a process of its own gets from the keyring of ``environment``."""
    command = [sys.executable, "-m", "tests.ledger.key_asker", *words]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=30, check=True
    )
    answer: dict[str, str] = json.loads(done.stdout)
    return answer


def test_the_key_is_made_once_and_kept_by_the_secret_service(
    service: dict[str, str], path: Path
) -> None:
    first = _asked(service, "journal-key", str(path))
    assert len(bytes.fromhex(first["key"])) == 32
    assert first["backend"] == "keyring.backends.SecretService.Keyring"
    path.touch()
    assert _asked(service, "journal-key", str(path)) == first
    kept = Path(service["XDG_DATA_HOME"]).rglob("*.keyring")
    assert all(bytes.fromhex(first["key"]) not in file.read_bytes() for file in kept)
    assert not any(first["key"].encode() in file.read_bytes() for file in _files(service))


def _files(environment: dict[str, str]) -> Iterator[Path]:
    return (file for file in Path(environment["HOME"]).rglob("*") if file.is_file())


def test_an_existing_journal_never_gets_a_new_key(path: Path) -> None:
    path.touch()
    with secret_service() as empty:
        assert _asked(empty, "journal-key", str(path)) == {"problem": "keyring-unusable"}
        assert _asked(empty, "kept", JOURNAL_KEY) == {"kept": ""}


def test_the_gateway_token_comes_from_the_keyring(service: dict[str, str]) -> None:
    assert _asked(service, "gateway-token") == {"problem": "gateway-token-missing"}
    _asked(service, "put", "gateway-token", "invented-secret")
    assert _asked(service, "gateway-token") == {"token": "invented-secret"}


def test_without_a_secret_service_nothing_is_kept(tmp_path: Path, path: Path) -> None:
    bare = {"HOME": str(tmp_path), "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/none"}
    assert _asked(bare, "journal-key", str(path)) == {"problem": "keyring-unusable"}


@pytest.mark.parametrize("backend", ["keyring.backends.null.Keyring", "tests.ledger.plain.Keyring"])
def test_a_plain_backend_is_refused_although_configured(
    service: dict[str, str], path: Path, backend: str
) -> None:
    environment = {**service, "PYTHON_KEYRING_BACKEND": backend}
    assert _asked(environment, "journal-key", str(path)) == {"problem": "keyring-unusable"}


class _Memory:
    """Keeps what it is told; stands for a backend by the name that it is given."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


def _named(name: str, **attributes: object) -> Keyring:
    module, _, kind = name.rpartition(".")
    made = type(kind, (_Memory,), {"__module__": module, **attributes})
    return cast(Keyring, made())


CHAIN = "keyring.backends.chainer.ChainerBackend"
PLAIN = _named("keyrings.alt.file.PlaintextKeyring")
REAL = _named("keyring.backends.SecretService.Keyring")


@pytest.mark.parametrize(
    "backend",
    [
        PLAIN,
        _named("keyrings.alt.file.EncryptedKeyring"),
        _named("keyring.backends.fail.Keyring"),
        _named("keyring.backends.null.Keyring"),
        _named("somewhere.SecretService.Keyring"),
        _named(CHAIN, backends=[PLAIN]),
        _named(CHAIN, backends=[]),
        _named(CHAIN),
    ],
)
def test_what_is_not_known_to_encrypt_is_refused(backend: Keyring) -> None:
    with pytest.raises(KeyUnavailable):
        trusted(backend)


def test_of_a_chain_only_the_trusted_member_is_used() -> None:
    assert trusted(_named(CHAIN, backends=[PLAIN, REAL])) is REAL
    assert trusted(REAL) is REAL


def test_the_trusted_names_are_names_of_keyring() -> None:
    for name in TRUSTED_BACKENDS:
        module, _, kind = name.rpartition(".")
        assert isinstance(getattr(importlib.import_module(module), kind), type)


class _Forgetful(_Memory):
    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep nothing."""


class _Broken(_Memory):
    """Fails in one of its calls, with a text that must not reach a person."""

    def __init__(self, call: str) -> None:
        super().__init__()
        setattr(self, call, self._fail)

    def _fail(self, *_: str) -> str:
        raise RuntimeError("locked: invented-secret")


@pytest.mark.parametrize(
    "keyring", [_Forgetful(), _Broken("get_password"), _Broken("set_password")]
)
def test_a_keyring_that_fails_is_a_typed_error_without_the_secret(
    path: Path, keyring: _Memory
) -> None:
    with pytest.raises(KeyUnavailable) as caught:
        journal_key(Vault(keyring), path)
    assert caught.value.problems[0].kind is ProblemCode.KEYRING_UNUSABLE
    assert "invented-secret" not in caught.value.problems[0].message


@pytest.mark.parametrize("text", ["", "zz", "ab" * 31])
def test_a_spoilt_key_is_not_replaced(path: Path, text: str) -> None:
    keyring = _Memory()
    Vault(keyring).put(JOURNAL_KEY, text)
    with pytest.raises(JournalUnreadable):
        journal_key(Vault(keyring), path)


def test_an_empty_token_is_none() -> None:
    keyring = _Memory()
    with pytest.raises(GatewayTokenMissing) as caught:
        gateway_token(Vault(keyring))
    assert not isinstance(caught.value, JournalError)
    assert caught.value.problems[0].kind is ProblemCode.GATEWAY_TOKEN_MISSING


def test_practice_keeps_its_key_in_a_private_file(tmp_path: Path, path: Path) -> None:
    key_file = tmp_path / "journal.key"
    key = practice_journal_key(key_file, path)
    assert len(key) == 32
    assert key_file.stat().st_mode & 0o777 == 0o600
    path.touch()
    assert practice_journal_key(key_file, path) == key
    assert sorted(file.name for file in tmp_path.iterdir()) == ["journal.db", "journal.key"]


def test_two_practice_profiles_have_two_keys(tmp_path: Path, path: Path) -> None:
    first = practice_journal_key(tmp_path / "first", path)
    assert practice_journal_key(tmp_path / "second", path) != first


def test_a_practice_journal_without_its_key_file_gets_no_new_key(
    tmp_path: Path, path: Path
) -> None:
    path.touch()
    with pytest.raises(KeyUnavailable):
        practice_journal_key(tmp_path / "journal.key", path)
    assert not (tmp_path / "journal.key").exists()


@pytest.mark.parametrize("content", [b"", b"abc", b"\xff\xfe", b"ab" * 31])
def test_a_spoilt_practice_key_is_not_replaced(tmp_path: Path, path: Path, content: bytes) -> None:
    key_file = tmp_path / "journal.key"
    key_file.write_bytes(content)
    with pytest.raises(JournalUnreadable):
        practice_journal_key(key_file, path)
    assert key_file.read_bytes() == content


def test_a_practice_key_file_that_cannot_be_made_is_a_typed_error(
    tmp_path: Path, path: Path
) -> None:
    with pytest.raises(KeyUnavailable):
        practice_journal_key(tmp_path / "none" / "journal.key", path)


def test_keyring_is_imported_only_when_used() -> None:
    code = "import sys, desktop.ledger.keys, desktop.ledger.journal as _; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {"keyring", "sqlcipher3"}.isdisjoint(done.stdout.split())
