"""What is known of insured areas beside the platform, and that it agrees with their rules."""

from __future__ import annotations

import re
from datetime import date

import pytest

from desktop.domain.identifiers import AreaCode
from desktop.domain.person import FilingKind
from desktop.knowledge.areas import load_areas
from desktop.knowledge.guidance import load_guidance, read_guidance
from desktop.sandbox.insured_place.filing_classes import class_of, classes_on, group_on
from desktop.sandbox.insured_place.policy_files import read_policies

KNOWN = load_guidance()
RULES = read_policies()
AREAS = ("370800", "370811", "379901", "379902", "430200", "990100", "990200", "990300", "990500")
DAYS = (date(2021, 11, 18), date(2022, 1, 1), date(2023, 1, 1), date(2023, 5, 14), date(2026, 1, 1))
ROW = '[[guidance]]\nareas = "37"\nfrom = 2021-04-01\nsource = "x"\n'


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("day", DAYS)
def test_nothing_is_known_that_the_areas_rules_deny(area: str, day: date) -> None:
    """Two descriptions of one thing, each by itself: the desk may know less, never otherwise."""
    guide = KNOWN.of(AreaCode(area), day)
    rule = RULES.filing(area, day)
    place = RULES.place(area)
    assert rule is not None
    assert place is not None
    for name in ("late_long_days", "lock_months", "emergency_deemed_filed"):
        assert getattr(guide, name) in (None, getattr(rule, name)), name
    for name in ("designated_institution", "chronic_filing", "changes_audited"):
        assert getattr(guide, name) in (None, getattr(rule, name)), name
    assert guide.account in ("", "real" if place.real_account else "virtual")


@pytest.mark.req("S1-16")
def test_jinings_people_are_sent_to_jinings_channels() -> None:
    """The seed's 「医疗医险事业中心」 is a misprint."""
    jining, elsewhere = (
        KNOWN.of(AreaCode(code), date(2023, 11, 9)) for code in ("370800", "440300")
    )
    assert len(jining.channels) == 6
    assert "济宁市医疗保险事业中心网上办事大厅" in jining.channels
    assert elsewhere.channels == ("国家医保服务平台APP", "国家异地就医备案小程序")
    assert jining.phone == elsewhere.phone == "12393"
    assert any("2023-11-09" in source for source in jining.sources)


def test_only_jinings_manual_claim_has_a_name() -> None:
    day = date(2023, 11, 9)
    assert "手工报销" in KNOWN.of(AreaCode("370811"), day).manual_claim
    assert KNOWN.of(AreaCode("370811"), date(2023, 11, 8)).manual_claim == ""
    assert KNOWN.of(AreaCode("430200"), day).manual_claim == ""


@pytest.mark.req("S1-61")
def test_hunans_rules_of_2021_are_not_told_after_their_two_years() -> None:
    last, next_day = date(2023, 5, 13), date(2023, 5, 14)
    assert KNOWN.of(AreaCode("430200"), last).designated_institution is True
    assert KNOWN.of(AreaCode("430200"), next_day).designated_institution is None


@pytest.mark.req("S2-08")
def test_shandong_has_real_accounts() -> None:
    assert KNOWN.of(AreaCode("370100"), date(2022, 1, 1)).account == "real"
    assert KNOWN.of(AreaCode("350100"), date(2022, 1, 1)).account == ""


@pytest.mark.req("S2-15", "S2-16")
@pytest.mark.parametrize("kind", list(FilingKind))
@pytest.mark.parametrize("area", ["370800", "430200"])
@pytest.mark.parametrize("day", [date(2021, 6, 1), date(2022, 1, 1), date(2026, 1, 1)])
def test_the_classes_are_those_of_the_areas(kind: FilingKind, area: str, day: date) -> None:
    names = KNOWN.classes_of(kind, AreaCode(area), day)
    assert all(class_of(name, kind, area, day) for name in names)
    if names and area == "370800":
        grouped = KNOWN.of(AreaCode(area), day).grouped
        assert bool(grouped) == (group_on(kind, area, day) is not None)


def test_every_class_of_the_areas_is_known() -> None:
    for area, day in (("370800", date(2021, 6, 1)), ("430200", date(2022, 1, 1))):
        for each in classes_on(area, day):
            assert each.words in KNOWN.classes_of(each.kind, AreaCode(area), day)
    assert KNOWN.classes_of(FilingKind.OTHER, AreaCode("440300"), DAYS[0]) == ()
    assert KNOWN.classes_of(FilingKind.EMERGENCY, AreaCode("430200"), DAYS[0]) == ()


def test_the_areas_of_the_practice_platform_have_names() -> None:
    areas = load_areas()
    assert all(areas.name(AreaCode(area)) for area in (*AREAS, "990400"))
    assert areas.name(AreaCode("379901")) == "山东省胜利油田"


def test_the_file_says_of_which_day_it_is() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", KNOWN.version)
    assert all(row.source for row in (*KNOWN.rows, *KNOWN.classes))


def test_the_particular_comes_before_the_general_and_the_later_before_the_earlier() -> None:
    known = read_guidance(
        ROW.replace('"37"', '"3708"') + 'phone = "3"\n'
        + ROW.replace("2021", "2022") + 'phone = "2"\n'
        + ROW + 'phone = "1"\naccount = "real"\n'
    )  # fmt: skip
    area = AreaCode("370800")
    assert known.of(area, date(2023, 1, 1)).phone == "3"
    assert known.of(area, date(2023, 1, 1)).account == "real"
    assert known.of(AreaCode("370900"), date(2023, 1, 1)).phone == "2"
    assert known.of(AreaCode("370900"), date(2021, 5, 1)).phone == "1"
    assert known.of(area, date(2021, 3, 31)).phone == ""


@pytest.mark.parametrize(
    ("toml", "named"),
    [
        (ROW + 'colour = "red"', "guidance 1: colour: not a key"),
        (ROW + "phone = 12393", "guidance 1: Expected `str`"),
        (ROW + 'late_long_days = "5"', "guidance 1: Expected `int | null`"),
        (ROW + "\n" + ROW.replace('source = "x"\n', ""), "guidance 2: source: missing"),
        (ROW.replace("from", "since"), "guidance 1: since"),
        (ROW.replace("guidance", "class") + 'OTHER = "其他"', "class 1: Expected `array`"),
        (ROW.replace("guidance", "class") + 'FOREVER = ["其他"]', "class 1: FOREVER: not a key"),
    ],
)
def test_a_bad_file_is_named(toml: str, named: str) -> None:
    with pytest.raises(ValueError, match=re.escape(named)):
        read_guidance(toml)
