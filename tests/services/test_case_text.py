"""The office's words: what the line said of itself is said in plain Chinese."""

from __future__ import annotations

import pytest

from desktop.nhsa.outcome import WhyUnknown
from desktop.nhsa.transport import WhyLost, WhyNotSent
from desktop.services.case_text import plain_words


@pytest.mark.parametrize("code", sorted({str(why) for why in (*WhyLost, *WhyUnknown, *WhyNotSent)}))
def test_every_reason_of_the_line_is_plain(code: str) -> None:
    (word,) = plain_words(code)
    assert word != code
    assert not word.isascii()
