"""What a person shows at the window (B01)."""

from __future__ import annotations

import pytest

from desktop.domain.credential import Credential, CredentialKind, ScannedKind, classify_scan


@pytest.mark.parametrize(
    "text", ["424" + "0" * 25, "  424" + "1" * 25 + "\r\n", "opc" + "a1" * 12 + "Z"]
)
def test_a_voucher_is_told_by_its_shape(text: str) -> None:
    assert classify_scan(text) is ScannedKind.VOUCHER


@pytest.mark.parametrize(
    "text",
    [
        *("", "424", "424" + "0" * 24, "424" + "0" * 26, "62" + "0" * 16, "13" + "0" * 16),
        *("424" + "٠" * 25, "https://example.invalid/424" + "0" * 25),
    ],
)
def test_every_other_code_is_refused(text: str) -> None:
    """B01: payment codes and health codes are no voucher."""
    assert classify_scan(text) is ScannedKind.OTHER


def test_a_credential_shows_itself_masked() -> None:
    """House rule 8: neither the name nor the whole number."""
    shown = repr(Credential(CredentialKind.ID_CARD, "990000197001010018", name="张三"))
    assert shown == "Credential(ID_CARD, 990000********0018)"
