"""Helpers of the tests against the real PC/SC stack."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from card_reader import (
    CardError,
    CardReading,
    read_card,
)
from card_reader.social_security import SocialSecurityCard
from desktop.domain.problems import ProblemCode

WAIT = 10.0
"""A bound for what surely comes."""
SECOND_PERSON = {
    "name": "李四",
    "id_number": "990000198502020024",
    "card_no": "X00000027",
    "card_sn": "990000D15600000500BF7C7A48FB4967",
}


def told(reading: CardReading) -> SocialSecurityCard:
    assert reading.card is not None
    return reading.card


def failure(reader: str | None = None, wait: float = 0.0) -> ProblemCode:
    with pytest.raises(CardError) as error:
        read_card(reader, wait)
    return error.value.kind


def until(true: Callable[[], object]) -> None:
    """Wait for the thing itself; the test's own limit is the bound."""
    while not true():
        time.sleep(0.005)


@contextmanager
def soon(seconds: float, action: Callable[[], object]) -> Iterator[None]:
    """Do something while the desk waits."""
    timer = threading.Timer(seconds, action)
    timer.start()
    try:
        yield
    finally:
        timer.join()


@contextmanager
def other_program(reader: str, manner: str) -> Iterator[subprocess.Popen[str]]:
    script = Path(__file__).with_name("reader_hog.py")
    command = [sys.executable, str(script), reader, manner]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        assert program.stdout.readline() == "held\n"
        yield program
        program.stdin.close()
