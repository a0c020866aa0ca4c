"""What the answers of the e-voucher service mean, for a code as for a face (6.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from desktop.domain.credential import CertKind, Credential, CredentialKind
from desktop.domain.names import has_control_characters
from desktop.nhsa.dates import http_date
from desktop.nhsa.decoder import Fault, Unreadable
from desktop.nhsa.messages.verification import FaceHolder
from desktop.nhsa.messages.voucher import VoucherHolder
from desktop.nhsa.outcome import Accepted, By, NotTheServiceError, Refused, WhyUnknown
from desktop.nhsa.questions.question import area_of
from desktop.nhsa.transport import Reply

T = TypeVar("T")
_NOBODY_SAID_NO = 999
"""5.1: a gateway that could not reach the service; as good as no answer."""


def judged(
    reply: Reply, code: int, message: str | None, value: Callable[[], T]
) -> Accepted[T] | Refused:
    """A code other than 0 is a no; raises :class:`NotTheServiceError` where nobody said it."""
    at = http_date(reply.headers)
    if code == 0:
        return Accepted(value(), at)
    if code == _NOBODY_SAID_NO:
        raise NotTheServiceError(WhyUnknown.GATEWAY_FAILED, f"code {code}")
    return Refused(message or "", str(code), By.PLATFORM, at)


def credential_of(holder: VoucherHolder | FaceHolder) -> Credential:
    """Who it is, with the token that stands for a credential.

    Raises :class:`Unreadable` where token, name or number is blank or torn: half a person is nobody.
    """
    return Credential(
        kind=CredentialKind.VOUCHER,
        number=_whole(holder.ec_token, "data.ecToken"),
        name=_whole(holder.user_name, "data.userName"),
        cert_no=_whole(holder.id_no, "data.idNo"),
        cert_kind=CertKind.of((holder.id_type or "").strip()),
        area=area_of(holder.insu_org, "data.insuOrg") if holder.insu_org else None,
    )


def _whole(text: str, where: str) -> str:
    if not text.strip():
        raise Unreadable(Fault.MISSING, where)
    if has_control_characters(text):
        raise Unreadable(Fault.WRONG_SHAPE, where)
    return text
