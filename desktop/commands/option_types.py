"""What is typed after an option, read; what cannot be read is a wrong usage, in these words."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.domain.money import Money


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("a day is YYYY-MM-DD") from error


def month(text: str) -> tuple[date, date]:
    """Its first and its last day."""
    from desktop.services.archive import month_of

    try:
        return month_of(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("a month, such as 2023-05") from error


def yuan(text: str) -> Money:
    from desktop.domain.money import Money, NotAnAmount

    try:
        return Money.parse(text)
    except NotAnAmount as error:
        raise argparse.ArgumentTypeError("yuan with at most two decimals") from error
