"""The three credentials as the platform checks them (S0-29)."""

from __future__ import annotations

from typing import Final

import msgspec

from desktop.domain.credential import CredentialKind
from desktop.sandbox.calls import Call
from desktop.sandbox.model import Person
from desktop.sandbox.refusals import Reason, Refused
from desktop.sandbox.terminal_model import Token

ID_CERTIFICATE: Final = "01"
"""``psn_cert_type`` of every invented person."""


def holder(call: Call, kind: str, number: str, card_sn: str | None, repeated: str = "") -> Person:
    """Whose credential it is; raises :class:`Refused`.

    ``repeated`` is the key of a batch that is settled once more: the token that settled it serves.
    """
    if kind == CredentialKind.VOUCHER:
        return call.state.people[_live_token(call, number, repeated).psn_no]
    if kind == CredentialKind.ID_CARD:
        return _known(call.state.person_by_certificate(number.upper()))
    if kind == CredentialKind.SOCIAL_SECURITY_CARD:
        return _card_holder(call, number, card_sn)
    raise Refused(Reason.CREDENTIAL_KIND_UNKNOWN, kind=kind)


def check_credential(
    call: Call, who: Person, kind: str, number: str, card_sn: str | None, repeated: str = ""
) -> None:
    """Refuses a credential that is not this person's or no longer good; else as :func:`holder`."""
    if holder(call, kind, number, card_sn, repeated).psn_no != who.psn_no:
        raise Refused(Reason.CREDENTIAL_OF_ANOTHER)


def fits(who: Person, cert_type: str | None, certno: str | None, name: str | None = None) -> bool:
    """True unless what is told of the certificate or the name is somebody else's.

    Provincial fields beside the credential (2201, 2206): what is not told is not looked at.
    """
    return (
        (cert_type or ID_CERTIFICATE) == ID_CERTIFICATE
        and (certno or who.certno).upper() == who.certno
        and (name or who.name) == who.name
    )


def use_up(call: Call, kind: str, number: str, batch: str) -> None:
    """A voucher's token serves until the settlement and ends with it; ``batch`` is its key."""
    token = call.state.tokens.get(number) if kind == CredentialKind.VOUCHER else None
    if token is not None:
        call.state.tokens.put(number, msgspec.structs.replace(token, settled=batch))


def _known(who: Person | None) -> Person:
    if who is None:
        raise Refused(Reason.PERSON_UNKNOWN)
    return who


def _card_holder(call: Call, number: str, card_sn: str | None) -> Person:
    """``card_sn`` is checked when told; only 1101 demands it everywhere."""
    who = _known(call.state.person_by_card(number))
    if card_sn and who.card_sn and card_sn.upper() != who.card_sn.upper():
        raise Refused(Reason.CARD_MISMATCH)
    return who


def _live_token(call: Call, number: str, repeated: str) -> Token:
    token = call.state.tokens.get(number)
    if token is None or token.psn_no not in call.state.people:
        raise Refused(Reason.TOKEN_UNKNOWN)
    if token.settled not in ("", repeated):
        raise Refused(Reason.TOKEN_USED)
    if call.real_now >= token.expires:
        raise Refused(Reason.TOKEN_EXPIRED)
    return token
