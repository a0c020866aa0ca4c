"""人证核对: by what it was made sure."""

from __future__ import annotations

from enum import StrEnum


class CheckWay(StrEnum):
    """How it was made sure that the person is the one of the credential."""

    LOOKED = "looked"
    """A person compared face, sex and age with the document."""
    STAND_IN = "stand-in"
    """The same, of the one who stands in for the patient."""
    FACE = "face"
    """The platform's face terminal."""
    PIN = "pin"
    """The card's own password."""

    @property
    def words(self) -> str:
        return _WAYS[self]


_WAYS = {
    CheckWay.LOOKED: "人工核对本人与证件",
    CheckWay.STAND_IN: "人工核对代办人与证件",
    CheckWay.FACE: "平台人脸认证",
    CheckWay.PIN: "社保卡密码",
}
