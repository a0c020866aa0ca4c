"""What a person shows at the window (B01)."""

from __future__ import annotations

from desktop.domain.credential import Credential, CredentialKind


def test_a_credential_shows_itself_masked() -> None:
    """House rule 8: neither the name nor the whole number."""
    shown = repr(Credential(CredentialKind.ID_CARD, "990000197001010018", name="张三"))
    assert shown == "Credential(ID_CARD, 990000********0018)"
