"""What a refused 2601 says of the original (unknown-outcome.md): a doubt never becomes a no."""

from __future__ import annotations

import re

import pytest

from desktop.knowledge.reversals import NotReversed, load_reversals, read_reversals
from desktop.sandbox.reasons import Reason
from desktop.sandbox.wordings.texts import WORDINGS

MEANT = {
    Reason.REVERSAL_UNKNOWN: NotReversed.NO_SUCH_TRANSACTION,
    Reason.REVERSAL_REFUNDED: NotReversed.REFUNDED,
    Reason.REVERSAL_REPEATED: NotReversed.REVERSED,
    Reason.REVERSAL_NOT_OPEN: NotReversed.NOT_OPEN,
    Reason.REVERSAL_NOT_POSSIBLE: NotReversed.NOT_OPEN,
    Reason.NOT_OFFERED: NotReversed.NOT_OPEN,
}


def said(wording: str) -> str:
    return re.sub(r"\{\w+\}", "2207", wording)


@pytest.mark.parametrize(
    ("text", "meaning"), [(text, why) for reason, why in MEANT.items() for text in WORDINGS[reason]]
)
def test_every_wording_of_the_practice_platform_is_understood(
    text: str, meaning: NotReversed
) -> None:
    assert load_reversals().why(said(text)) is meaning


@pytest.mark.parametrize(
    "text", [text for reason in Reason if reason not in MEANT for text in WORDINGS[reason]]
)
def test_no_other_refusal_says_that_nothing_is_booked(text: str) -> None:
    """An unknown person, a missing sign-in or a bad field proves nothing of the settlement."""
    found = load_reversals().why(said(text))
    assert found in (NotReversed.UNRECOGNISED, NotReversed.NOT_OPEN)


@pytest.mark.parametrize(
    "text", ["", "系统繁忙，请稍后再试", "FSI-调用业务基础子系统冲正失败:null"]
)
def test_a_text_that_nothing_knows_decides_nothing(text: str) -> None:
    assert load_reversals().why(text) is NotReversed.UNRECOGNISED


@pytest.mark.parametrize(
    "toml",
    [
        "[[refusal]]",
        '[[refusal]]\nwhy = "perhaps"\npatterns = ["x"]',
        '[[refusal]]\nwhy = "refunded"',
        '[[refusal]]\nwhy = "refunded"\npatterns = [1]',
    ],
)
def test_a_file_that_cannot_be_trusted(toml: str) -> None:
    with pytest.raises(ValueError):
        read_reversals(toml)
