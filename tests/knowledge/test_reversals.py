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


NEAR_MISSES = (
    "",
    "系统繁忙，请稍后再试",
    "FSI-调用业务基础子系统冲正失败:null",
    "未查询到参保人在原参保地的交易权限",
    "未找到原交易编号对应的服务",
    "原交易报文中参保区划不存在",
    "原交易的人员信息不存在",
    "没有可冲正的交易",
    "挂号已撤销，不能冲正",
    "就诊登记已撤销，不允许冲正",
    "存在未冲正的交易，请先冲正",
    "正在冲正中，请稍后再试",
    "超过冲正时限，不能冲正",
)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("未找到需要冲正的交易", NotReversed.NO_SUCH_TRANSACTION),
        ("原交易不存在，无法冲正", NotReversed.NO_SUCH_TRANSACTION),
        ("没有查询到原报文[H43010000001]", NotReversed.NO_SUCH_TRANSACTION),
        ("原发送方报文ID[H43010000001]不存在", NotReversed.NO_SUCH_TRANSACTION),
        ("该笔结算已退费，不能冲正", NotReversed.REFUNDED),
        ("请勿重复冲正", NotReversed.REVERSED),
        ("参保地不支持冲正", NotReversed.NOT_OPEN),
    ],
)
def test_other_platforms_wordings(text: str, meaning: NotReversed) -> None:
    assert load_reversals().why(text) is meaning


@pytest.mark.parametrize("text", NEAR_MISSES)
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
