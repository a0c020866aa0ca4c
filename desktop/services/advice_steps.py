"""The steps that lead on from a no, and which reason needs which (visit.md B10–B20)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from desktop.domain.charges import CareVisit
from desktop.domain.identifiers import AreaCode
from desktop.domain.person import Person
from desktop.domain.whys import Why
from desktop.knowledge.guidance import Guide
from desktop.services.filing_help import BY_THE_AREA, LateFiling


class Does(StrEnum):
    """The closed set of things to do next."""

    FILE_TEMPORARY = "file-temporary"
    FILE_LONG = "file-long"
    FILE_CHRONIC = "file-chronic"
    CHANGE_FILING = "change-filing"
    COMMIT = "commit"
    PHONE = "phone"
    QUERY_AGAIN = "query-again"
    ASK_AREA = "ask-area"
    WAIT_FOR_AUDIT = "wait-for-audit"
    RECOGNITION = "recognition"
    ORDINARY_CARE = "ordinary-care"
    USE_ACCOUNT = "use-account"
    DOCTOR_MARK = "doctor-mark"
    SIGN_LETTER = "sign-letter"
    SAY_THIRD_PARTY = "say-third-party"
    MEND_BILL = "mend-bill"
    PREVIEW_AGAIN = "preview-again"
    EXAMINATION_SLIP = "examination-slip"
    LOCAL_WINDOW = "local-window"
    PAY_SELF = "pay-self"
    MANUAL_CLAIM = "manual-claim"
    OFFICE = "office"
    READ = "read"


class Step(Struct, frozen=True):
    """One thing to do, with its words for the patient in Chinese."""

    does: Does
    words: str


class Standing(Struct, frozen=True):
    """Who stands at the window, and for what."""

    person: Person
    insured: AreaCode
    place: AreaCode
    """就医地 of this hospital."""
    visit: CareVisit
    today: date
    phone: str = ""
    """Of the patient, where they told it."""


class Case(Struct, frozen=True):
    """What the words of a step may speak of."""

    standing: Standing
    guide: Guide
    late: LateFiling
    city: str
    """The city to file for, by name."""


def steps_for(why: Why | None, case: Case) -> tuple[Step, ...]:
    """The steps in the order in which they are tried; one that has no words is no way here."""
    worded = ((does, _WORDS[does](case)) for does in _NEXT[why])
    return tuple(Step(does, words) for does, words in worded if words)


def _file_temporary(case: Case) -> str:
    return case.late.words[0]


def _file_long(case: Case) -> str:
    return case.late.words[1]


def _file_chronic(case: Case) -> str:
    return f"请向参保地经办机构办理门诊慢特病的异地就医备案，就医地填{case.city}。"


def _change_filing(case: Case) -> str:
    wait = "变更要参保地审核后才生效。" if case.guide.changes_audited else ""
    hospital = "和选定的医疗机构" if case.guide.designated_institution else ""
    return f"变更备案在参保地办，窗口不能代改：请把就医地改为{case.city}，核对地址、电话{hospital}。{wait}"


def _commit(case: Case) -> str:
    if case.guide.commitment:
        return "备案实行承诺制，不需要证明材料，请不要让患者回去取证明。"
    return ""


def _phone(case: Case) -> str:
    if case.guide.by_phone:
        return "也可以打参保地电话办：只需说姓名、身份证号、联系电话、备案类型、备案城市五项。"
    return ""


def _query_again(_: Case) -> str:
    return "备好案后按“重新查询备案”，几秒钟就能查到。"


def _ask_area(case: Case) -> str:
    channels = "、".join(case.guide.channels)
    phone = f"，电话{case.guide.phone}" if case.guide.phone else ""
    ways = f"（{channels}）" if channels else ""
    return f"请联系参保地医保部门{phone}{ways}。"


def _manual_claim(case: Case) -> str:
    where = case.guide.manual_claim
    return (
        f"自费后可以手工报销：{where}。"
        if where
        else "自费后可以回参保地手工报销，请保留票据、清单和病历。"
    )


def _said(words: str) -> Callable[[Case], str]:
    return lambda _: words


_WORDS: Final[Mapping[Does, Callable[[Case], str]]] = MappingProxyType(
    {
        Does.FILE_TEMPORARY: _file_temporary,
        Does.FILE_LONG: _file_long,
        Does.FILE_CHRONIC: _file_chronic,
        Does.CHANGE_FILING: _change_filing,
        Does.COMMIT: _commit,
        Does.PHONE: _phone,
        Does.QUERY_AGAIN: _query_again,
        Does.ASK_AREA: _ask_area,
        Does.WAIT_FOR_AUDIT: _said("备案要等参保地审核通过，可以请患者打电话催办。"),
        Does.RECOGNITION: _said("请先在参保地办理（或复审）这种门诊慢特病的认定。"),
        Does.ORDINARY_CARE: _said("患者同意时，这次可以按普通门诊结算。"),
        Does.USE_ACCOUNT: _said("患者同意时，可以用个人账户结算。"),
        Does.DOCTOR_MARK: _said("请医生确认是急诊，在医院系统标明急诊后重新导出；收费员不能代填。"),
        Does.SIGN_LETTER: _said(
            "医生确认无第三方责任后，请患者签《外伤无第三方责任承诺书》，把编号写进收费文件。"
        ),
        Does.SAY_THIRD_PARTY: _said("请医生问明有无第三方责任，在医院系统填写后重新导出。"),
        Does.MEND_BILL: _said("请在医院系统补全或改正后重新导出。"),
        Does.PREVIEW_AGAIN: _said("请重新试算，把新的金额给患者看过再结算。"),
        Does.EXAMINATION_SLIP: _said(
            "住院医院需开《住院期间外院检查治疗或定点药店购药单》并盖医保办章，费用并入那次住院结算。"
        ),
        Does.LOCAL_WINDOW: _said("省内参保人员不用备案，请到本地（省内异地）窗口结算。"),
        Does.PAY_SELF: _said("也可以先自费，保留票据、清单和病历。"),
        Does.MANUAL_CLAIM: _manual_claim,
        Does.OFFICE: _said("请联系本院医保办。"),
        Does.READ: _said(f"请把平台的原话念给患者；怎么办{BY_THE_AREA}。"),
    }
)

_FILE = (Does.FILE_TEMPORARY, Does.FILE_LONG, Does.COMMIT, Does.PHONE, Does.ASK_AREA)
_FILE_AND_ASK = (*_FILE, Does.QUERY_AGAIN)
_INSURANCE = (Does.ASK_AREA, Does.PAY_SELF, Does.MANUAL_CLAIM)
_ONLY_OFFICE = (Does.OFFICE,)
_NEXT: Final[Mapping[Why | None, tuple[Does, ...]]] = MappingProxyType(
    {
        None: (Does.READ, Does.ASK_AREA, Does.PAY_SELF),
        Why.NOT_FILED: _FILE_AND_ASK,
        Why.FILING_NOT_YET: _FILE_AND_ASK,
        Why.FILING_ENDED: _FILE_AND_ASK,
        Why.FILING_OUTSIDE: _FILE_AND_ASK,
        Why.FILING_PENDING: (Does.WAIT_FOR_AUDIT, Does.ASK_AREA, Does.QUERY_AGAIN, Does.PAY_SELF),
        Why.FILED_ELSEWHERE: (Does.CHANGE_FILING, *_FILE_AND_ASK),
        Why.FILED_INSTITUTION: (Does.CHANGE_FILING, Does.ASK_AREA, Does.QUERY_AGAIN, Does.PAY_SELF),
        Why.CHRONIC_NOT_FILED: (
            *(Does.FILE_CHRONIC, Does.ASK_AREA, Does.QUERY_AGAIN, Does.ORDINARY_CARE),
        ),
        Why.CHRONIC_NOT_RECOGNISED: (Does.RECOGNITION, Does.ASK_AREA, Does.ORDINARY_CARE),
        Why.CHRONIC_ENDED: (Does.RECOGNITION, Does.ASK_AREA, Does.ORDINARY_CARE),
        Why.CHRONIC_NOT_COVERED: (Does.ORDINARY_CARE, Does.ASK_AREA, Does.MANUAL_CLAIM),
        Why.CHRONIC_UNSAID: (Does.MEND_BILL, Does.ORDINARY_CARE),
        Why.CHRONIC_NOT_HERE: (Does.ORDINARY_CARE, Does.OFFICE),
        Why.INSURANCE_PAUSED: _INSURANCE,
        Why.INSURANCE_ENDED: _INSURANCE,
        Why.INSURANCE_INVALID: _INSURANCE,
        Why.INSURANCE_UNPAID: _INSURANCE,
        Why.BENEFIT_WAITING: _INSURANCE,
        Why.INSURANCE_INACTIVE: _INSURANCE,
        Why.INSURANCE_NOT_FOUND: _INSURANCE,
        Why.PERSON_UNKNOWN: _INSURANCE,
        Why.SUSPENDED: (Does.ASK_AREA, Does.PAY_SELF),
        Why.INPATIENT: (Does.EXAMINATION_SLIP, Does.PAY_SELF),
        Why.IN_PROVINCE: (Does.LOCAL_WINDOW,),
        Why.AREA_NOT_CONNECTED: (Does.PAY_SELF, Does.MANUAL_CLAIM, Does.ASK_AREA),
        Why.AREA_CLOSED: (Does.ASK_AREA, Does.PAY_SELF),
        Why.ACCOUNT_ONLY: (Does.USE_ACCOUNT, Does.PAY_SELF),
        Why.QUOTA_USED: (Does.USE_ACCOUNT, Does.PAY_SELF),
        Why.EMERGENCY_UNMARKED: (Does.DOCTOR_MARK,),
        Why.TRAUMA_UNSAID: (Does.SAY_THIRD_PARTY,),
        Why.TRAUMA_LETTER: (Does.SIGN_LETTER,),
        Why.THIRD_PARTY: (Does.PAY_SELF,),
        Why.INSTITUTION_REFUSED: _ONLY_OFFICE,
        Why.OTHER_CREDENTIAL_NEEDED: _ONLY_OFFICE,
        Why.VOUCHER_REFUSED: _ONLY_OFFICE,
        Why.SIGN_IN_NEEDED: _ONLY_OFFICE,
        Why.NOT_OFFERED: _ONLY_OFFICE,
        Why.LINE_REFUSED: _ONLY_OFFICE,
        Why.LINES_GONE: _ONLY_OFFICE,
        Why.VISIT_WITHDRAWN: _ONLY_OFFICE,
        Why.DIAGNOSIS_MISSING: (Does.MEND_BILL,),
        Why.CARE_KIND_REFUSED: (Does.MEND_BILL, Does.OFFICE),
        Why.AMOUNTS_MOVED: (Does.PREVIEW_AGAIN, Does.OFFICE),
        Why.SETTLED_BEFORE: _ONLY_OFFICE,
        Why.UNDONE_BEFORE: _ONLY_OFFICE,
        Why.SETTLEMENT_UNKNOWN: _ONLY_OFFICE,
        Why.FILE_GONE: _ONLY_OFFICE,
        Why.QUESTION_FAULTY: _ONLY_OFFICE,
    }
)
"""Every reason has a way on."""
