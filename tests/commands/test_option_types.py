"""What is typed after an option is read, or is a wrong usage."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date

import pytest

from desktop.commands.option_types import day, month, yuan
from desktop.domain.money import Money


@pytest.mark.parametrize(
    ("read", "typed", "meant"),
    [
        (day, "2024-02-29", date(2024, 2, 29)),
        (month, "2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        (yuan, "12.5", Money(1250)),
    ],
)
def test_what_is_typed_is_read(read: Callable[[str], object], typed: str, meant: object) -> None:
    assert read(typed) == meant


@pytest.mark.parametrize(
    ("read", "typed", "words"),
    [
        (day, "2023-02-29", "a day is YYYY-MM-DD"),
        (month, "2023-13", "a month, such as 2023-05"),
        (yuan, "12.505", "yuan with at most two decimals"),
    ],
)
def test_anything_else_is_a_wrong_usage(
    read: Callable[[str], object], typed: str, words: str
) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=words):
        read(typed)
