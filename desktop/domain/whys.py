"""Why the platform says no: the closed set of reasons that its free texts can mean.

A :class:`~desktop.domain.problems.Problem` tells what became of the visit; a reason is finer, and
decides what the patient can do about it. A text that means none of them is shown word for word.
"""

from __future__ import annotations

from enum import Enum

from desktop.domain.problem_codes import ProblemCode as P


class Why(Enum):
    """Code → (problem, what it says to the patient, in Chinese)."""

    # the insurance (S0-15, S1-19)
    INSURANCE_PAUSED = ("insurance-paused", P.INSURANCE_INACTIVE, "参保状态为暂停参保")
    INSURANCE_ENDED = ("insurance-ended", P.INSURANCE_INACTIVE, "参保已经终止")
    INSURANCE_INVALID = ("insurance-invalid", P.INSURANCE_INACTIVE, "没有有效的参保记录")
    INSURANCE_UNPAID = ("insurance-unpaid", P.INSURANCE_INACTIVE, "医保费欠缴或本年度没有缴费")
    BENEFIT_WAITING = (
        "benefit-waiting",
        P.INSURANCE_INACTIVE,
        "参保已恢复或刚参保，待遇等待期还没有满",
    )
    INSURANCE_INACTIVE = ("insurance-inactive", P.INSURANCE_INACTIVE, "参保状态不正常")
    INSURANCE_NOT_FOUND = ("insurance-not-found", P.INSURANCE_NOT_FOUND, "在这个参保地没有这种参保")
    PERSON_UNKNOWN = ("person-unknown", P.PERSON_UNKNOWN, "参保地查不到这个人")
    SUSPENDED = ("suspended", P.SUSPENDED, "暂不能直接结算")
    INPATIENT = ("inpatient", P.INPATIENT, "有一次住院还没有办理出院")
    IN_PROVINCE = ("in-province", P.IN_PROVINCE, "省内参保，不属于跨省异地就医")

    # the insured area (S0-04, S2-04)
    AREA_NOT_CONNECTED = (
        "area-not-connected",
        P.AREA_NOT_CONNECTED,
        "参保地还没有开通跨省门诊直接结算",
    )
    AREA_CLOSED = ("area-closed", P.REFUSED, "参保地的系统暂时停用")
    ACCOUNT_ONLY = ("account-only", P.ACCOUNT_ONLY, "参保地没有门诊统筹待遇，仅可使用个人账户")
    QUOTA_USED = ("quota-used", P.QUOTA_USED, "本年度的门诊统筹额度已经用完")

    # the filing (S0-25…S0-28, S1-14…S1-18, S3-06…S3-11)
    NOT_FILED = ("not-filed", P.NOT_FILED, "没有办理跨省异地就医备案")
    FILING_NOT_YET = ("filing-not-yet", P.NOT_FILED, "备案的开始日期晚于这次就诊")
    FILING_ENDED = ("filing-ended", P.NOT_FILED, "备案已经到期或取消")
    FILING_OUTSIDE = ("filing-outside", P.NOT_FILED, "这次就诊不在备案的有效期内")
    FILING_PENDING = ("filing-pending", P.NOT_FILED, "备案已经提交，参保地还没有审核通过")
    FILED_ELSEWHERE = ("filed-elsewhere", P.FILED_ELSEWHERE, "备案的就医地不是这里")
    FILED_INSTITUTION = (
        "filed-institution",
        P.FILED_ELSEWHERE,
        "备案里选定的是别的医疗机构，不是本院",
    )

    # chronic care (S1-15, S1-31)
    CHRONIC_NOT_RECOGNISED = (
        "chronic-not-recognised",
        P.NOT_RECOGNISED,
        "参保地没有认定这种门诊慢特病",
    )
    CHRONIC_ENDED = ("chronic-ended", P.NOT_RECOGNISED, "这种门诊慢特病的认定已经过期")
    CHRONIC_NOT_FILED = (
        "chronic-not-filed",
        P.NOT_FILED,
        "病种已认定，还没有办理门诊慢特病的异地就医备案",
    )
    CHRONIC_NOT_COVERED = (
        "chronic-not-covered",
        P.NOT_RECOGNISED,
        "参保地的跨省直接结算不包括这种门诊慢特病",
    )
    CHRONIC_UNSAID = ("chronic-unsaid", P.REFUSED, "门诊慢特病就诊没有写明是哪个病种")
    CHRONIC_NOT_HERE = (
        "chronic-not-here",
        P.INSTITUTION_REFUSED,
        "本院没有开通门诊慢特病跨省直接结算",
    )

    # emergency and trauma (S0-13, S3-13…S3-16)
    EMERGENCY_UNMARKED = ("emergency-unmarked", P.REFUSED, "急诊就诊没有医生的急诊标志")
    TRAUMA_UNSAID = ("trauma-unsaid", P.REFUSED, "外伤就诊没有说明有无第三方责任")
    TRAUMA_LETTER = (
        "trauma-letter",
        P.TRAUMA_LETTER_NEEDED,
        "外伤还缺《外伤无第三方责任承诺书》",
    )
    THIRD_PARTY = ("third-party", P.THIRD_PARTY, "外伤涉及第三方责任，医保基金不支付")

    # the hospital, the credential, the lines: no matter of the patient's filing
    INSTITUTION_REFUSED = ("institution-refused", P.INSTITUTION_REFUSED, "平台不接受本院的结算")
    OTHER_CREDENTIAL_NEEDED = (
        "other-credential-needed",
        P.OTHER_CREDENTIAL_NEEDED,
        "凭这个凭证查不到参保信息",
    )
    VOUCHER_REFUSED = ("voucher-refused", P.VOUCHER_REFUSED, "医保码没有被接受")
    SIGN_IN_NEEDED = ("sign-in-needed", P.SIGN_IN_NEEDED, "平台要求先签到")
    NOT_OFFERED = ("not-offered", P.NOT_OFFERED, "平台没有开通这项交易")
    LINE_REFUSED = ("line-refused", P.LINE_REFUSED, "有收费明细没有被接受")
    LINES_GONE = ("lines-gone", P.LINES_GONE, "平台上没有这批未结算的明细")
    VISIT_WITHDRAWN = ("visit-withdrawn", P.VISIT_WITHDRAWN, "平台上的挂号已经撤销")
    DIAGNOSIS_MISSING = ("diagnosis-missing", P.REFUSED, "就诊没有有效的诊断")
    CARE_KIND_REFUSED = ("care-kind-refused", P.REFUSED, "这种医疗类别不能在门诊直接结算")

    # what is booked, and what was asked: no matter of the patient's at all
    AMOUNTS_MOVED = ("amounts-moved", P.REFUSED, "平台上的金额已不是试算时的金额")
    SETTLED_BEFORE = ("settled-before", P.REFUSED, "平台上已经结算过")
    UNDONE_BEFORE = ("undone-before", P.REFUSED, "平台上已经撤销或冲正过")
    SETTLEMENT_UNKNOWN = ("settlement-unknown", P.REFUSED, "平台上没有这笔结算")
    FILE_GONE = ("file-gone", P.REFUSED, "平台上没有这个文件，或文件读不出来")
    QUESTION_FAULTY = ("question-faulty", P.REFUSED, "平台认为送去的信息不全或前后不符")

    def __init__(self, code: str, problem: P, words: str) -> None:
        self.code = code
        self.problem = problem
        self.words = words
