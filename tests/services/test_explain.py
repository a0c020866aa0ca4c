"""The split in sentences: the platform's figures, and silence about what was not told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.money import Money
from desktop.domain.quantities import Rate
from desktop.domain.split import FundShare, Split, first_pay
from desktop.services.deductible import Standard, standard_told
from desktop.services.explain import Voice, explain, quota_was_used_up, remaining_quota
from tests.rig.bills import Item
from tests.rig.town import townsman
from tests.services.counter import Counter, bill_of


def _yuan(text: str) -> Money:
    return Money.parse(text)


_UNTOLD = {field.name: None for field in fields(Split) if field.name not in ("total", "shares")}
NOTHING_TOLD = Split(total=_yuan("100.00"), **_UNTOLD)  # type: ignore[arg-type]
POOLED = FundShare("310100", "统筹", _yuan("40.00"), None, _yuan("190.00"), "")


def test_nothing_told_says_nothing() -> None:
    assert explain(NOTHING_TOLD, None) == ()


def test_a_total_that_was_not_told_is_not_spoken_of() -> None:
    assert explain(replace(NOTHING_TOLD, total=None, in_scope=_yuan("75.00")), None) == ()


@pytest.mark.req("S0-20", "S0-22", "S2-19", "S4-09")
def test_everything_told() -> None:
    split = replace(
        NOTHING_TOLD,
        full_self_pay=_yuan("10.00"),
        over_limit=_yuan("0.00"),
        pre_self_pay=_yuan("15.00"),
        in_scope=_yuan("75.00"),
        deductible=_yuan("20.00"),
        pooled_fund=_yuan("30.25"),
        pooled_rate=Rate(Decimal("0.5500")),
        shares=(replace(POOLED, paid=_yuan("30.25")),),
    )
    scope, fund, left = explain(split, _yuan("5.00"))
    assert scope == (
        "总费用100.00元，其中全自费10.00元、先行自付15.00元"
        "（其中临时外出首先自付5.00元）不在统筹支付范围，符合政策范围75.00元。"
    )
    assert fund == "扣除本次起付20.00元后，按55%由统筹基金支付30.25元。"
    assert left == "本年度统筹基金还可支付159.75元。"


@pytest.mark.parametrize(
    ("deductible", "sentence"),
    [
        (None, "本次统筹基金支付0元。"),
        ("0.00", "本次统筹基金支付0元。"),
        ("75.00", "扣除本次起付75.00元后，本次统筹基金支付0元。"),
    ],
)
def test_nothing_paid(deductible: str | None, sentence: str) -> None:
    taken = _yuan(deductible) if deductible else None
    split = replace(NOTHING_TOLD, pooled_fund=_yuan("0.00"), deductible=taken)
    assert explain(split, None) == (sentence,)


RATED = replace(
    NOTHING_TOLD,
    in_scope=_yuan("900.00"),
    deductible=_yuan("0.00"),
    pooled_rate=Rate(Decimal("0.5500")),
)


def _pooled(paid: str, payable: str | None, **told: Any) -> Split:
    """The ratio alone would yield 495.00."""
    limit = _yuan(payable) if payable else None
    share = replace(POOLED, paid=_yuan(paid), payable=limit)
    amounts = {"pooled_fund": share.paid, "fund_total": share.paid, **told}
    return replace(RATED, shares=(share,), **amounts)


def _sentences(split: Split) -> tuple[str, ...]:
    """Without what is said of the scope."""
    return explain(replace(split, total=None), None)


@pytest.mark.req("S0-22")
@pytest.mark.parametrize(
    ("split", "sentences"),
    [
        pytest.param(
            _pooled("495.00", "1000.00"),
            ("按55%由统筹基金支付495.00元。", "本年度统筹基金还可支付505.00元。"),
            id="the ratio",
        ),
        pytest.param(
            _pooled("494.97", None),
            ("按55%由统筹基金支付494.97元。",),
            id="the ratio, rounded line by line",
        ),
        pytest.param(
            _pooled("50.00", "50.00"),
            (
                "支付比例55%，但统筹基金的限额只剩50.00元，支付50.00元。",
                "本年度统筹基金的限额到此用完。",
            ),
            id="the limit",
        ),
        pytest.param(
            _pooled("50.00", None),
            ("支付比例55%，统筹基金另按参保地的限额等规定支付50.00元。",),
            id="a limit nobody told",
        ),
        pytest.param(
            _pooled("50.00", "60.00", deductible=_yuan("30.00")),
            (
                "扣除本次起付30.00元后，支付比例55%，统筹基金另按参保地的限额等规定支付50.00元。",
                "本年度统筹基金还可支付10.00元。",
            ),
            id="another rule",
        ),
        pytest.param(
            _pooled("600.00", "600.00"),
            (
                "支付比例55%，统筹基金另按参保地的限额等规定支付600.00元。",
                "本年度统筹基金的限额到此用完。",
            ),
            id="more than the ratio yields",
        ),
        pytest.param(
            _pooled("50.00", "60.00", deductible=None),
            ("由统筹基金支付50.00元。", "本年度统筹基金还可支付10.00元。"),
            id="what the ratio would yield cannot be known",
        ),
        pytest.param(
            _pooled("0.00", "0.00"),
            ("统筹基金的限额已用完，本次支付0元。",),
            id="used up before",
        ),
        pytest.param(
            _pooled("0.00", "0.00", pooled_rate=None),
            ("统筹基金的限额已用完，本次支付0元。",),
            id="used up before, without a ratio",
        ),
        pytest.param(
            _pooled("0.00", "100.00"),
            (
                "统筹基金按参保地的限额等规定，本次支付0元。",
                "本年度统筹基金还可支付100.00元。",
            ),
            id="nothing for another reason",
        ),
        pytest.param(
            _pooled("0.00", "100.00", deductible=_yuan("900.00")),
            (
                "扣除本次起付900.00元后，本次统筹基金支付0元。",
                "本年度统筹基金还可支付100.00元。",
            ),
            id="all of it deductible",
        ),
    ],
)
def test_a_reason_is_told_only_where_the_figures_bear_it(
    split: Split, sentences: tuple[str, ...]
) -> None:
    assert _sentences(split) == sentences


def _share(fund: str, paid: str, name: str = "") -> FundShare:
    return FundShare(fund, name, _yuan(paid), None, None, "")


@pytest.mark.req("S1-34")
def test_every_fund_that_paid_is_named() -> None:
    """The fund after the pool, with its name, ours or its code; accounts are no funds."""
    others = (
        _share("330100", "200.00", "大额甲"),
        _share("320100", "37.34"),
        _share("988888", "0.01"),
        _share("310200", "99.00"),
    )
    split = _pooled("495.00", None, fund_total=_yuan("732.35"))
    (sentence,) = _sentences(replace(split, shares=(*split.shares, *others)))
    assert sentence == (
        "按55%由统筹基金支付495.00元；另由大额甲支付200.00元、公务员医疗补助支付37.34元、"
        "988888支付0.01元，医保基金共支付732.35元。"
    )


def test_another_fund_pays_where_the_pool_does_not() -> None:
    split = _pooled("0.00", "0.00", fund_total=_yuan("20.00"), medical_aid=_yuan("20.00"))
    assert _sentences(split) == (
        "统筹基金的限额已用完，本次支付0元；另由医疗救助支付20.00元，医保基金共支付20.00元。",
    )


@pytest.mark.parametrize("pooled", [None, "110.00"], ids=["untold", "under a code of its own"])
def test_where_the_pool_is_not_among_the_rows_all_are_told_alike(pooled: str | None) -> None:
    """No money is told twice: the row may be the pool's own."""
    split = replace(
        RATED,
        pooled_fund=_yuan(pooled) if pooled else None,
        fund_total=_yuan("110.00"),
        shares=(_share("910100", "100.00", "门诊基金"), _share("910200", "10.00")),
    )
    assert _sentences(split) == (
        "本次由门诊基金支付100.00元、910200支付10.00元，医保基金共支付110.00元。",
    )


def test_a_total_of_the_funds_that_was_not_told_is_not_added_up() -> None:
    split = replace(RATED, pooled_fund=_yuan("495.00"), medical_aid=_yuan("20.00"))
    assert _sentences(split) == ("按55%由统筹基金支付495.00元；另由医疗救助支付20.00元。",)


@pytest.mark.req("S0-22")
def test_the_year_that_ran_out_at_the_real_desk(counter: Counter) -> None:
    """Person 15 has 50.00 left: the ratio is not what decided."""
    scan = Item("000339000390000-0039", "胸部CT平扫", "220.00", "5", kind="03")
    settlement = counter.settle(bill_of(townsman(15), scan)).record.settlement
    assert settlement is not None
    text = "".join(explain(settlement.split, None))
    assert "限额只剩50.00元" in text
    assert "按55%由" not in text
    assert not quota_was_used_up(settlement.split)


@pytest.mark.req("S1-34")
def test_several_funds_at_the_real_desk(counter: Counter) -> None:
    """Person 36: what is told adds up to all that the funds paid."""
    settlement = counter.settle(bill_of(townsman(36))).record.settlement
    assert settlement is not None
    split = settlement.split
    text = "".join(explain(split, None))
    others = [row for row in split.shares if row.paid and not (row.is_pooled or row.is_account)]
    assert others
    assert all(f"{row.name}支付{row.paid}元" in text for row in others)
    assert f"医保基金共支付{split.fund_total}元" in text


@pytest.mark.parametrize(
    ("split", "used_up"),
    [
        (_pooled("0.00", "0.00"), True),
        (_pooled("0.00", "0.01"), False),
        (_pooled("0.00", None), False),
        (_pooled("0.00", "0.00", fund_total=_yuan("20.00")), False),
        (NOTHING_TOLD, False),
    ],
)
def test_a_quota_that_was_used_up_before(split: Split, used_up: bool) -> None:
    """B21."""
    assert quota_was_used_up(split) is used_up


@pytest.mark.parametrize(
    ("shares", "left"),
    [
        ((), None),
        ((replace(POOLED, payable=None),), None),
        ((replace(POOLED, fund="310200"),), None),
        ((POOLED,), "150.00"),
        ((replace(POOLED, paid=_yuan("191.00")),), "0.00"),
        ((replace(POOLED, fund="390100"),), "150.00"),
    ],
)
def test_the_quota_that_is_left(shares: tuple[FundShare, ...], left: str | None) -> None:
    found = remaining_quota(replace(NOTHING_TOLD, shares=shares))
    assert found == (_yuan(left) if left else None)


@pytest.mark.req("S2-23")
def test_a_real_answer_of_a_temporary_visitor(counter: Counter) -> None:
    """S2-14: what temporary-out pays first is named, and adds up with the lines."""
    finished = counter.settle(bill_of(townsman(3)))
    settlement = finished.record.settlement
    assert settlement is not None
    first = first_pay(settlement.split, finished.record.lines)
    text = "".join(explain(settlement.split, first))
    assert first
    assert f"临时外出首先自付{first}元" in text
    assert f"由统筹基金支付{settlement.split.pooled_fund}元" in text


def test_the_real_answer_tells_the_quota(counter: Counter, person: Mapping[str, Any]) -> None:
    settlement = counter.settle(bill_of(person)).record.settlement
    assert settlement is not None
    assert remaining_quota(settlement.split) is not None


def test_a_window_may_group_the_figures_of_the_same_sentences() -> None:
    """Paper has them as they are on the wire; a screen as its other figures."""
    split = replace(
        NOTHING_TOLD,
        total=_yuan("5202.10"),
        in_scope=_yuan("4010.00"),
        pre_self_pay=_yuan("1192.10"),
        deductible=_yuan("1000.00"),
        pooled_fund=_yuan("2107.00"),
        medical_aid=_yuan("30.00"),
        fund_total=_yuan("2137.00"),
        shares=(replace(POOLED, payable=_yuan("99999.00")),),
    )
    voice = Voice(figure=lambda amount: f"<{amount}>", name=lambda fund: f"[{fund}]")
    grouped = "".join(explain(split, _yuan("1001.00"), voice))
    figures = (
        *("5202.10", "4010.00", "1192.10", "1001.00", "1000.00", "2107.00"),
        *("30.00", "2137.00", "99959.00"),
    )
    assert all(f"<{figure}>元" in grouped for figure in figures)
    assert "[医疗救助]支付" in grouped
    assert "<" not in "".join(explain(split, None))


# --- the deductible in one breath (idea 1) ----------------------------------------------------------


def _breath(scope: str, taken: str, said: str = "", known: Standard | None = None) -> str:
    """What is said of a pooled fund that pays half of the rest."""
    rest = Rate(Decimal("0.5")).of(_yuan(scope) - _yuan(taken))
    share = replace(POOLED, paid=rest, payable=_yuan("2000.00"), process=said)
    split = replace(
        NOTHING_TOLD,
        total=None,
        in_scope=_yuan(scope),
        deductible=_yuan(taken),
        pooled_fund=rest,
        pooled_rate=Rate(Decimal("0.5")),
        shares=(share,),
    )
    return explain(split, None, known=known)[0]


@pytest.mark.req("S1-34", "S4-05")
@pytest.mark.parametrize(
    ("scope", "taken", "sentence"),
    [
        pytest.param(
            "180.00",
            "40.00",
            "起付标准300.00元、此前已付260.00元，本次再付40.00元；"
            "其余140.00元按50%由统筹基金支付70.00元。",
            id="topped up, as in E15",
        ),
        pytest.param(
            "500.00",
            "300.00",
            "起付标准300.00元，本次付300.00元；其余200.00元按50%由统筹基金支付100.00元。",
            id="the whole of it",
        ),
        pytest.param(
            "120.00",
            "120.00",
            "起付标准300.00元，本次付120.00元，本次统筹基金支付0元。",
            id="below it: what was paid before does not show",
        ),
        pytest.param(
            "100.00",
            "0.00",
            "起付标准300.00元，本次不用再付，按50%由统筹基金支付50.00元。",
            id="nothing more is due",
        ),
        pytest.param(
            "500.00",
            "400.00",
            "扣除本次起付400.00元后，按50%由统筹基金支付50.00元。",
            id="more than the standard: a word of it would be wrong",
        ),
        pytest.param("0.00", "0.00", "本次统筹基金支付0元。", id="nothing in scope"),
    ],
)
def test_the_standard_that_the_answer_tells(scope: str, taken: str, sentence: str) -> None:
    """Of the platform's own figures alone, so on paper too."""
    assert _breath(scope, taken, "起付标准300.00元，支付比例50%") == sentence


def test_a_standard_of_nothing_is_not_spoken_of() -> None:
    assert _breath("100.00", "0.00", "起付标准0.00元") == "按50%由统筹基金支付50.00元。"


@pytest.mark.parametrize(
    "words",
    ["起付标准300元", "起付线为300.00元", "起付标准：300.0 元", "本次：起付线是300元，其他"],
)
def test_several_wordings_tell_the_standard(words: str) -> None:
    assert standard_told(_with_words(words)) == _yuan("300.00")


@pytest.mark.parametrize("words", ["", "起付标准按规定执行", "起付标准300%", "封顶线300元"])
def test_other_words_tell_none(words: str) -> None:
    assert standard_told(_with_words(words)) is None
    assert standard_told(NOTHING_TOLD) is None


def _with_words(words: str) -> Split:
    return replace(NOTHING_TOLD, shares=(replace(POOLED, process=words),))


@pytest.mark.req("S4-05")
@pytest.mark.parametrize(
    ("said", "known", "begin"),
    [
        (
            "",
            Standard(_yuan("300.00"), estimated=True, by_year=True),
            "本年起付标准300.00元、此前已付260.00元（估算），本次再付40.00元；",
        ),
        (
            "",
            Standard(_yuan("300.00"), estimated=True),
            "起付标准300.00元、此前已付260.00元（估算），本次再付40.00元；",
        ),
        (
            "起付标准240元",
            Standard(_yuan("300.00"), estimated=True, by_year=True),
            "起付标准240.00元、此前已付200.00元，本次再付40.00元；",
        ),
        ("", None, "扣除本次起付40.00元后，"),
    ],
)
def test_the_answer_goes_before_what_is_known_beside_it(
    said: str, known: Standard | None, begin: str
) -> None:
    """What is only known is 估算, and so is that it counts by the year: no answer tells it."""
    assert _breath("180.00", "40.00", said, known).startswith(begin)
