"""9001 签到, 9002 签退."""

from __future__ import annotations

import msgspec

from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.messages.wire import Node


class SignInData(Node, frozen=True, kw_only=True):
    """``signIn`` of 9001."""

    opter_no: str
    mac: str
    ip: str


class SignInInput(Node, frozen=True, kw_only=True):
    sign_in: SignInData = msgspec.field(name="signIn")


class SignInRow(Node, frozen=True, kw_only=True):
    """``signinoutb`` of 9001; ``sign_no`` then rides in every envelope."""

    sign_time: str | None = None
    sign_no: str


class SignInOutput(Node, frozen=True, kw_only=True):
    signinoutb: SignInRow


class SignOutData(Node, frozen=True, kw_only=True):
    """``signOut`` of 9002."""

    sign_no: str
    opter_no: str


class SignOutInput(Node, frozen=True, kw_only=True):
    sign_out: SignOutData = msgspec.field(name="signOut")


class SignOutRow(Node, frozen=True, kw_only=True):
    """``signoutoutb`` of 9002 as captured; the document prints the node as ``sign_time``."""

    sign_time: str | None = None


class SignOutOutput(Node, frozen=True, kw_only=True):
    signoutoutb: SignOutRow | None = None


SIGN_IN = Transaction("9001", "signInSignOutService/signIn", SignInInput, SignInOutput)
SIGN_OUT = Transaction("9002", "signInSignOutService/signOut", SignOutInput, SignOutOutput)
