"""Whose personal account may pay."""

from __future__ import annotations

from enum import StrEnum


class AccountUse(StrEnum):
    """个人账户使用标志 ``acct_used_flag``."""

    NONE = "0"
    OWN = "1"
    FAMILY = "2"
    """The own account, then the relative's (共济)."""
