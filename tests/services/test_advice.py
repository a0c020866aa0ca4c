"""What the desk says to a no and what the patient can do, against the real platform's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from desktop.domain.identifiers import AreaCode
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.whys import Why
from desktop.knowledge.areas import load_areas
from desktop.knowledge.guidance import load_guidance
from desktop.knowledge.refusals import load_refusals
from desktop.services.advice import Advice, Knowledge, advise, reason_of, standing_of
from desktop.services.advice_steps import Does, Standing
from desktop.services.ending import Ending
from desktop.services.filing_help import filing_words
from desktop.services.whole_settlement import Finished
from tests.knowledge.corpus import MEANT
from tests.nhsa.samples import PERSON, VISIT
from tests.rig.bills import BillOf
from tests.rig.town import townspeople
from tests.services.counter import Counter, bill_of

KNOWLEDGE = Knowledge(load_refusals(), load_guidance(), load_areas())
D = Does


def living(note: str) -> Mapping[str, Any]:
    """The one of the town with this to learn."""
    return next(person for person in townspeople() if note in person["note"])


def advised(counter: Counter, bill: BillOf) -> tuple[Advice, Finished]:
    finished = counter.settle(bill)
    standing = standing_of(counter.desk, finished.record)
    assert standing is not None
    return advise(finished.problems[0], at_that_time(standing), KNOWLEDGE), finished


def at_that_time(standing: Standing) -> Standing:
    """The desk's clock runs; the lesson plays in 2023."""
    return replace(standing, today=date(2023, 5, 2))


def does(advice: Advice) -> list[Does]:
    return [step.does for step in advice.steps]


def words(advice: Advice) -> str:
    return "\n".join((advice.says, *(step.words for step in advice.steps)))


FILE = [D.FILE_TEMPORARY, D.FILE_LONG, D.COMMIT, D.PHONE, D.ASK_AREA, D.QUERY_AGAIN]


@pytest.mark.parametrize(
    ("note", "why", "first"),
    [
        pytest.param("未备案：", Why.NOT_FILED, D.FILE_TEMPORARY, id="not filed (B13)"),
        pytest.param("备案地是深圳", Why.FILED_ELSEWHERE, D.CHANGE_FILING, id="elsewhere (B14)"),
        pytest.param("备案尚未生效", Why.FILING_NOT_YET, D.FILE_TEMPORARY, id="not yet (B15)"),
        pytest.param("备案已到期", Why.FILING_ENDED, D.FILE_TEMPORARY, id="ended"),
        pytest.param("选定了别的医院", Why.FILED_INSTITUTION, D.CHANGE_FILING, id="hospital"),
        pytest.param("备案待参保地审核", Why.FILING_PENDING, D.WAIT_FOR_AUDIT, id="pending"),
        pytest.param("正在外院住院", Why.INPATIENT, D.EXAMINATION_SLIP, id="inpatient (B12)"),
        pytest.param("被暂停直接结算", Why.SUSPENDED, D.ASK_AREA, id="suspended (B11)"),
        pytest.param("待遇等待期未满", Why.BENEFIT_WAITING, D.ASK_AREA, id="resumed (B10)"),
    ],
)
@pytest.mark.req(
    "S0-15", "S0-27", "S1-16", "S1-18", "S1-19", "S1-53", "S3-11", "S3-17"
)  # fmt: skip
def test_each_no_of_2001_has_its_reason_and_a_way_on(
    counter: Counter, note: str, why: Why, first: Does
) -> None:
    advice, finished = advised(counter, bill_of(living(note)))
    assert finished.ending is Ending.REFUSED
    assert (advice.why, advice.says) == (why, f"{why.words}。")
    assert advice.steps[0].does is first
    assert advice.raw == finished.problems[0].detail != ""


@pytest.mark.req("S1-19")
def test_an_ended_insurance_says_ended(counter: Counter) -> None:
    """1101 tells the state already: the desk asks no further."""
    finished = counter.settle(bill_of(living("参保已终止")))
    assert finished.problems[0].kind is ProblemCode.INSURANCE_INACTIVE
    advice = anybody(finished.problems[0])
    assert (advice.why, advice.steps[0].does) == (Why.INSURANCE_ENDED, D.ASK_AREA)


@pytest.mark.req("S2-17", "S3-06", "S3-10", "S3-11", "S1-20")
def test_whoever_is_not_filed_is_told_how_to_file_now(counter: Counter) -> None:
    advice, _ = advised(counter, bill_of(living("未备案：")))
    assert does(advice) == FILE
    assert advice.late is not None
    assert (advice.late.temporary_from, advice.late.long_covers) == (date(2023, 5, 2), True)
    said = words(advice)
    for part in (
        "开始日期选今天（2023-05-02）",
        "承诺制",
        "五项",
        "重新查询备案",
        "12393",
        "鲁医保",
    ):
        assert part in said
    assert advice.phone is not None
    assert [value for _, value in advice.phone.items] == [
        "卜无双", "990000197304181172", "", "临时外出就医人员", "湖南省长沙市",
    ]  # fmt: skip


@pytest.mark.req("S1-20", "S3-11", "S3-12")
def test_whoever_follows_the_advice_is_settled(counter: Counter) -> None:
    """Self filing with the start date that was said, then 重新查询."""
    person = living("未备案：")
    advice, _ = advised(counter, bill_of(person))
    assert advice.late is not None
    begins = advice.late.temporary_from.isoformat()
    counter.platform.file(person["certno"], {"kind": "OTHER", "area": "430100", "from": begins})
    assert counter.settle(bill_of(person)).ending is Ending.SETTLED


@pytest.mark.req("S3-10")
def test_a_long_filing_made_too_late_is_not_advised(counter: Counter) -> None:
    """What is said agrees with what the insured area takes."""
    person = living("未备案：")
    _, finished = advised(counter, bill_of(person))
    standing = standing_of(counter.desk, finished.record)
    assert standing is not None
    later = replace(standing, today=date(2023, 5, 8))
    advice = advise(finished.problems[0], later, KNOWLEDGE)
    assert advice.late is not None
    assert advice.late.long_covers is False
    assert "不能覆盖2023-05-02的费用" in words(advice)
    counter.platform.clock("2023-05-08T12:00:00")
    too_late = {"kind": "LONG_RESIDENT", "area": "430100", "from": "2023-05-02"}
    with pytest.raises(Exception, match="409"):
        counter.platform.file(person["certno"], too_late)


@pytest.mark.req("S1-18")
def test_a_change_is_made_at_home_and_waits_for_its_audit(counter: Counter) -> None:
    advice, _ = advised(counter, bill_of(living("选定了别的医院")))
    assert "窗口不能代改" in words(advice)
    assert "和选定的医疗机构。变更要参保地审核后才生效。" in words(advice)
    assert advice.late is None
    assert advice.guide.phone in words(advice)


@pytest.mark.req("S1-15", "S1-31")
@pytest.mark.parametrize(
    ("note", "why", "first"),
    [
        ("没有慢特病异地备案", Why.CHRONIC_NOT_FILED, D.FILE_CHRONIC),
        ("高血压认定已过期", Why.CHRONIC_ENDED, D.RECOGNITION),
        ("最普通的一次结算", Why.CHRONIC_NOT_RECOGNISED, D.RECOGNITION),
    ],
)
def test_chronic_care_names_what_is_missing_and_offers_ordinary_care(
    counter: Counter, note: str, why: Why, first: Does
) -> None:
    advice, _ = advised(counter, bill_of(living(note), kind="14", disease="M03900"))
    assert (advice.why, advice.steps[0].does) == (why, first)
    assert D.ORDINARY_CARE in does(advice)


@pytest.mark.req("S0-25", "S0-28", "S1-13")
def test_whoever_filed_for_inpatient_care_is_not_asked_to_file_again(counter: Counter) -> None:
    assert counter.settle(bill_of(living("住院备案也开通门诊"))).ending is Ending.SETTLED


@pytest.mark.req("S0-26", "S2-06", "S2-21")
def test_the_desk_checks_no_designated_hospital(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """It has nothing to check it with; where the area does, its no is understood."""
    named = {**person["filings"][0], "institution": "H43010000002"}
    body = {key: value for key, value in person.items() if key != "note"}
    counter.platform.put_person(person["certno"], {**body, "filings": [named]})
    assert counter.settle(bill_of(person)).ending is Ending.SETTLED


@pytest.mark.req("S0-12")
def test_a_referral_is_shown_and_no_paper_asked_for(counter: Counter) -> None:
    finished = counter.settle(bill_of(living("转诊备案")))
    filing = finished.record.filing
    assert (finished.ending, finished.problems) == (Ending.SETTLED, ())
    assert filing is not None
    shown = filing_words(filing, AreaCode("370800"), date(2023, 5, 2), KNOWLEDGE.guidance)
    assert shown == "临时外出就医人员（异地转诊人员），2022-06-01起，长期"


@pytest.mark.req("S0-01", "S1-01", "S3-01")
def test_what_is_advised_names_its_documents() -> None:
    told = Problem(ProblemCode.NOT_FILED, "人员未备案")
    jining = anybody(told, today=date(2023, 12, 1)).guide.sources
    assert any("济宁 2023-11-09" in source for source in jining)
    assert any("医保发〔2022〕22号" in source for source in jining)
    hunan = anybody(told, "430200", date(2022, 1, 1)).guide.sources
    assert any("湘医保发〔2021〕19号" in source for source in hunan)


@pytest.mark.req("S1-53")
def test_a_suspension_is_told_without_its_reason(counter: Counter) -> None:
    """Neutral words: nothing that could shame anybody at the window."""
    advice, _ = advised(counter, bill_of(living("被暂停直接结算")))
    assert advice.says == "暂不能直接结算。"
    assert all(word not in words(advice) for word in ("违规", "封锁", "冻结", "黑名单"))


@pytest.mark.req("S3-16")
def test_trauma_without_its_letter_says_how_to_get_one(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    hurt = bill_of(person, changed={"trauma": "no-third-party", "trauma_letter": None})
    finished = counter.settle(hurt)
    reason = reason_of(finished.problems[0], KNOWLEDGE.refusals, date(2023, 5, 2))
    assert reason is Why.TRAUMA_LETTER
    assert "《外伤无第三方责任承诺书》" in words(anybody(finished.problems[0]))
    assert "医生确认" in words(anybody(finished.problems[0]))


@pytest.mark.req("S0-13", "S3-13")
def test_an_emergency_without_its_mark_goes_to_the_doctor(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = counter.settle(bill_of(person, kind="13"))
    advice = anybody(finished.problems[0])
    assert (advice.why, does(advice)) == (Why.EMERGENCY_UNMARKED, [D.DOCTOR_MARK])
    assert "收费员不能代填" in words(advice)


def anybody(problem: Problem, insured: str = "370800", today: date = date(2023, 5, 2)) -> Advice:
    return advise(problem, standing(insured, today), KNOWLEDGE)


def standing(insured: str, today: date) -> Standing:
    return Standing(PERSON, AreaCode(insured), AreaCode("430100"), VISIT, today)


# --- without a platform --------------------------------------------------------------------------


@pytest.mark.parametrize("why", list(Why))
@pytest.mark.parametrize("insured", ["370800", "430200", "440300", "990200"])
def test_every_reason_has_words_and_a_way_on(why: Why, insured: str) -> None:
    """Also before any rule of the area is known."""
    for today in (date(2021, 6, 1), date(2023, 12, 1)):
        advice = anybody(Problem(why.problem, text_for(why)), insured, today)
        assert advice.why is why
        assert advice.steps
        assert all(step.words.endswith("。") for step in advice.steps)
        assert len(set(does(advice))) == len(advice.steps)


def text_for(why: Why) -> str:
    """A text that means this reason."""
    return next(iter(MEANT.get(why, ()))) if why in MEANT else SAID[why]


SAID = {
    Why.INSURANCE_NOT_FOUND: "人员无险种[310]参保信息",
    Why.INSTITUTION_REFUSED: "未查询到定点医药机构信息",
    Why.OTHER_CREDENTIAL_NEEDED: "卡号与卡识别码不匹配",
    Why.VOUCHER_REFUSED: "电子凭证令牌无效",
    Why.SIGN_IN_NEEDED: "操作员未签到",
    Why.NOT_OFFERED: "暂未开放交易",
    Why.LINES_GONE: "没有未结算的费用明细",
    Why.VISIT_WITHDRAWN: "该就诊登记已撤销",
    Why.LINE_REFUSED: "费用明细第3行编码有误",
    Why.CHRONIC_UNSAID: "必须传入病种编码",
    Why.DIAGNOSIS_MISSING: "诊断信息不能为空",
    Why.CARE_KIND_REFUSED: "不支持的医疗类别",
    Why.AMOUNTS_MOVED: "请先进行预结算",
    Why.SETTLED_BEFORE: "该就诊已结算",
    Why.UNDONE_BEFORE: "该结算已撤销",
    Why.SETTLEMENT_UNKNOWN: "未查询到结算信息",
    Why.FILE_GONE: "文件已清理",
    Why.QUESTION_FAULTY: "psn_no不能为空",
}


def test_an_unknown_text_is_read_out_by_a_person() -> None:
    text = "FSI-本月十五日前不予受理，详见鲁医保发〔2023〕7号[x_1]"
    advice = anybody(Problem(ProblemCode.NO_BENEFIT, text))
    assert (advice.why, advice.raw) == (None, text)
    assert does(advice) == [D.READ, D.ASK_AREA, D.PAY_SELF]
    assert advice.says == f"{ProblemCode.NO_BENEFIT.message}。"


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        (ProblemCode.IN_PROVINCE, Why.IN_PROVINCE),
        (ProblemCode.TRAUMA_LETTER_NEEDED, Why.TRAUMA_LETTER),
        (ProblemCode.EMERGENCY_MARK_NEEDED, Why.EMERGENCY_UNMARKED),
        (ProblemCode.NOT_RECOGNISED, Why.CHRONIC_NOT_RECOGNISED),
        (ProblemCode.INSURANCE_INACTIVE, Why.INSURANCE_INACTIVE),
        (ProblemCode.OUTCOME_UNKNOWN, None),
        (ProblemCode.NO_USABLE_ANSWER, None),
    ],
)
def test_what_the_desk_says_itself_has_its_reason_too(kind: ProblemCode, why: Why | None) -> None:
    assert reason_of(Problem(kind), KNOWLEDGE.refusals, date(2023, 5, 2)) is why


@pytest.mark.req("S2-24")
def test_people_of_the_province_go_to_the_local_window() -> None:
    advice = anybody(Problem(ProblemCode.IN_PROVINCE, "430200"), "430200")
    assert does(advice) == [D.LOCAL_WINDOW]
    assert "不用备案" in words(advice)
    assert advice.late is None


@pytest.mark.req("S2-17")
def test_no_proof_is_asked_for_where_commitment_is_enough() -> None:
    told = Problem(ProblemCode.NOT_FILED, "人员未备案")
    before, after = (anybody(told, today=date(year, 6, 1)) for year in (2021, 2022))
    assert D.COMMIT not in does(before)
    assert D.COMMIT in does(after)


@pytest.mark.req("S1-16", "S3-22")
def test_each_area_has_its_own_channels() -> None:
    told = Problem(ProblemCode.NOT_FILED, "人员未备案")
    jining, demo = (anybody(told, area, date(2023, 12, 1)) for area in ("370800", "990200"))
    assert "济宁市医疗保险事业中心" in words(jining)
    assert "0000-9902" in words(demo)
    assert jining.phone is not None
    assert demo.phone is None


def test_a_bill_paid_in_full_is_claimed_by_hand_where_the_area_has_it() -> None:
    told = Problem(ProblemCode.AREA_NOT_CONNECTED, "参保地未接入")
    jining, other = (anybody(told, area, date(2023, 12, 1)) for area in ("370800", "440300"))
    assert "“异地就医手工报销申报”" in words(jining)
    assert "请保留票据、清单和病历" in words(other)


def test_nobody_is_advised_before_they_are_known(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    third = bill_of(person, changed={"trauma": "third-party", "trauma_letter": None})
    assert standing_of(counter.desk, counter.settle(third).record) is None
