"""What a fund's code tells (``fund_pay_type``): an open set of which the desk knows three kinds."""

from __future__ import annotations


def is_pooled(fund: str) -> bool:
    """统筹 3101xx and 3901xx."""
    return fund.startswith(("3101", "3901"))


def is_account(fund: str) -> bool:
    """Personal accounts 3102xx and 3905xx (C7)."""
    return fund.startswith(("3102", "3905"))


def is_hospital(fund: str) -> bool:
    """医院垫付 999996."""
    return fund == "999996"
