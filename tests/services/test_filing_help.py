"""Late filings computed and said, the six-month lock, the words of a filing (S3-07…S3-11)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.identifiers import AreaCode
from desktop.domain.person import Filing, FilingKind
from desktop.knowledge.areas import load_areas
from desktop.knowledge.guidance import Guide, load_guidance
from desktop.services.filing_help import (
    PhoneFiling,
    area_mismatch,
    filing_lock,
    filing_words,
    kind_words,
    late_filing,
)

GUIDANCE = load_guidance()
JINING, ELSEWHERE = AreaCode("370800"), AreaCode("440300")
CHANGSHA = AreaCode("430100")
TODAY = date(2023, 11, 20)
NOW = GUIDANCE.of(JINING, TODAY)
K = FilingKind
days = st.dates(date(2022, 1, 1), date(2027, 12, 31))


@pytest.mark.req("S3-10")
@pytest.mark.parametrize(
    ("ago", "covers", "words"),
    [
        (0, True, "开始日期可以选2023-11-20（补办最多往前5日，最早2023-11-15）"),
        (5, True, "开始日期可以选2023-11-15（补办最多往前5日，最早2023-11-15）"),
        (6, False, "最早2023-11-15，不能覆盖2023-11-14的费用，请改办临时外出就医备案"),
    ],
)
def test_a_late_long_filing_covers_five_days(ago: int, covers: bool, words: str) -> None:
    late = late_filing(TODAY - timedelta(days=ago), TODAY, NOW)
    assert late.long_covers is covers
    assert late.long_earliest == date(2023, 11, 15)
    assert words in late.words[1]


@pytest.mark.req("S3-11")
def test_a_temporary_filing_begins_on_the_day_of_the_visit() -> None:
    late = late_filing(date(2023, 9, 1), TODAY, NOW)
    assert (late.temporary_from, late.temporary_known) == (date(2023, 9, 1), True)
    assert late.words[0] == "临时外出就医备案：现在就可以办，开始日期选就诊当天（2023-09-01）。"
    today = late_filing(TODAY, TODAY, NOW)
    assert today.words[0] == "临时外出就医备案：现在就可以办，开始日期选今天（2023-11-20）。"


@pytest.mark.req("S1-16")
def test_where_the_rule_is_not_known_the_area_is_named_not_guessed() -> None:
    """5 days is the national rule by seed 003's own words; any day is Jining's."""
    late = late_filing(date(2023, 9, 1), TODAY, GUIDANCE.of(ELSEWHERE, TODAY))
    assert late.long_covers is False
    assert not late.temporary_known
    assert "以参保地规定为准" in late.words[0]
    nothing = late_filing(
        date(2021, 9, 1), date(2021, 9, 2), GUIDANCE.of(ELSEWHERE, date(2021, 9, 2))
    )
    assert (nothing.long_earliest, nothing.long_covers) == (None, None)
    assert "以参保地规定为准" in nothing.words[1]


@given(days, st.integers(0, 400), st.integers(0, 30))
def test_the_day_said_is_the_first_that_is_covered(today: date, ago: int, allowed: int) -> None:
    late = late_filing(today - timedelta(days=ago), today, Guide(late_long_days=allowed))
    assert late.long_covers == (ago <= allowed)
    assert late.long_earliest == today - timedelta(days=allowed)


def long(begins: date, ends: date | None = None, kind: FilingKind = K.LONG_RESIDENT) -> Filing:
    return Filing(kind, CHANGSHA, begins, ends)


@pytest.mark.req("S3-08")
def test_the_first_settlement_under_a_long_filing_is_warned_of() -> None:
    lock = filing_lock(long(date(2023, 8, 31)), TODAY, NOW, settled_before=False)
    assert lock is not None
    assert (lock.free_from, lock.months) == (date(2024, 2, 29), 6)


@pytest.mark.req("S3-04")
def test_whoever_stays_long_may_go_home_without_cancelling() -> None:
    told = filing_lock(long(TODAY), TODAY, NOW, settled_before=False)
    assert told is not None
    assert told.both_places
    elsewhere = GUIDANCE.of(ELSEWHERE, TODAY)
    told = filing_lock(long(TODAY), TODAY, elsewhere, settled_before=False)
    assert told is not None
    assert not told.both_places


@pytest.mark.req("S3-08")
@pytest.mark.parametrize(
    ("filing", "settled_before", "guide"),
    [
        pytest.param(None, False, NOW, id="not told"),
        pytest.param(long(TODAY, kind=K.OTHER), False, NOW, id="temporary"),
        pytest.param(long(TODAY), True, NOW, id="heard before"),
        pytest.param(long(date(2023, 5, 20)), False, NOW, id="over"),
        pytest.param(long(TODAY), False, Guide(), id="rule not known"),
    ],
)
def test_no_warning_where_nothing_is_locked_anew(
    filing: Filing | None, settled_before: bool, guide: Guide
) -> None:
    assert filing_lock(filing, TODAY, guide, settled_before=settled_before) is None


@pytest.mark.req("S0-09", "S0-10", "S0-11", "S2-15", "S2-16")
@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        (K.RETIRED_SETTLED, "异地安置退休人员", "异地长期居住人员（异地安置退休人员）"),
        (K.LONG_RESIDENT, "异地长期居住人员", "异地长期居住人员"),
        (K.POSTED_WORKER, "常驻异地工作人员", "异地长期居住人员（常驻异地工作人员）"),
        (K.REFERRED, "异地转诊人员", "临时外出就医人员（异地转诊人员）"),
        (K.EMERGENCY, "异地急诊抢救人员", "临时外出就医人员（异地急诊抢救人员）"),
        (K.OTHER, "其他临时外出就医人员", "其他临时外出就医人员"),
    ],
)
def test_groups_are_shown_since_there_are_groups(kind: FilingKind, before: str, after: str) -> None:
    assert kind_words(kind, JINING, date(2021, 12, 31), GUIDANCE) == before
    assert kind_words(kind, JINING, date(2022, 1, 1), GUIDANCE) == after
    assert kind_words(kind, AreaCode("430200"), date(2022, 1, 1), GUIDANCE) == before


@pytest.mark.req("S3-07", "S3-09", "S2-20")
def test_a_filing_without_an_end_is_for_long() -> None:
    filing = long(date(2023, 1, 1))
    words = filing_words(filing, JINING, TODAY, GUIDANCE)
    assert words == "异地长期居住人员，2023-01-01起，长期"
    ended = filing_words(long(date(2023, 1, 1), date(2023, 6, 30)), JINING, TODAY, GUIDANCE)
    assert ended.endswith("，至2023-06-30")


@pytest.mark.req("S0-27", "S1-14")
def test_the_filed_place_stands_beside_the_own_one() -> None:
    filing = Filing(K.OTHER, AreaCode("440300"), TODAY, None)
    words = area_mismatch(filing, CHANGSHA, load_areas())
    assert words == "备案就医地：广东省深圳市；本院所在地：湖南省长沙市"
    unknown = Filing(K.OTHER, AreaCode("980000"), TODAY, None)
    assert area_mismatch(unknown, AreaCode("970000"), load_areas()) == (
        "备案就医地：980000；本院所在地：970000"
    )


def test_five_items_are_read_out_and_none_stands_in_a_log() -> None:
    said = PhoneFiling("孔试验", "990000198001010017", "", "临时外出就医人员", "湖南省长沙市")
    assert [label for label, _ in said.items] == [
        "本人姓名", "身份证号", "联系电话", "备案类型", "备案城市",
    ]  # fmt: skip
    assert [value for _, value in said.items][3:] == ["临时外出就医人员", "湖南省长沙市"]
    assert "孔试验" not in repr(said)
    assert "9900" not in repr(said)
