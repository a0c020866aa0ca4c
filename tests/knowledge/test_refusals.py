"""Free texts of platforms → problems: every wording of the practice platform, and the file."""

from __future__ import annotations

import re

import pytest

from desktop.domain.problems import ProblemCode
from desktop.knowledge.refusals import load_refusals, read_refusals
from desktop.sandbox.reasons import Reason
from desktop.sandbox.wordings.texts import WORDINGS

P, R = ProblemCode, Reason
KNOWN = load_refusals()

MEANING = {
    R.NOT_SIGNED_IN: P.SIGN_IN_NEEDED,
    R.SIGN_NUMBER_UNKNOWN: P.SIGN_IN_NEEDED,
    R.UNKNOWN_TRANSACTION: P.NOT_OFFERED,
    R.NOT_OFFERED: P.NOT_OFFERED,
    R.REVERSAL_NOT_OPEN: P.NOT_OFFERED,
    R.PERSON_UNKNOWN: P.PERSON_UNKNOWN,
    R.CREDENTIAL_KIND_UNKNOWN: P.OTHER_CREDENTIAL_NEEDED,
    R.CREDENTIAL_OF_ANOTHER: P.OTHER_CREDENTIAL_NEEDED,
    R.CARD_MISMATCH: P.OTHER_CREDENTIAL_NEEDED,
    R.TOKEN_UNKNOWN: P.VOUCHER_REFUSED,
    R.TOKEN_EXPIRED: P.VOUCHER_REFUSED,
    R.TOKEN_USED: P.VOUCHER_REFUSED,
    R.INSTITUTION_UNKNOWN: P.INSTITUTION_REFUSED,
    R.INSTITUTION_ELSEWHERE: P.INSTITUTION_REFUSED,
    R.INSTITUTION_SUSPENDED: P.INSTITUTION_REFUSED,
    R.INSTITUTION_NOT_OPEN: P.INSTITUTION_REFUSED,
    R.INSTITUTION_NOT_CHRONIC: P.INSTITUTION_REFUSED,
    R.INSURED_HERE: P.IN_PROVINCE,
    R.AREA_NOT_CONNECTED: P.AREA_NOT_CONNECTED,
    R.AREA_WITHOUT_RULES: P.AREA_NOT_CONNECTED,
    R.AREA_NOT_OPEN: P.AREA_NOT_CONNECTED,
    R.INSURANCE_NOT_ACTIVE: P.INSURANCE_INACTIVE,
    R.INSURANCE_PAUSED: P.INSURANCE_INACTIVE,
    R.INSURANCE_ENDED: P.INSURANCE_INACTIVE,
    R.INSURANCE_INVALID: P.INSURANCE_INACTIVE,
    R.BENEFIT_WAITING: P.INSURANCE_INACTIVE,
    R.INSURANCE_NOT_HELD: P.INSURANCE_NOT_FOUND,
    R.INSURED_AREA_WRONG: P.INSURANCE_NOT_FOUND,
    R.INPATIENT: P.INPATIENT,
    R.PERSON_SUSPENDED: P.SUSPENDED,
    R.NOT_FILED: P.NOT_FILED,
    R.FILING_NOT_YET: P.NOT_FILED,
    R.FILING_ENDED: P.NOT_FILED,
    R.FILING_PENDING: P.NOT_FILED,
    R.CHRONIC_NOT_FILED: P.NOT_FILED,
    R.FILED_ELSEWHERE: P.FILED_ELSEWHERE,
    R.FILED_INSTITUTION: P.FILED_ELSEWHERE,
    R.POOL_MISSING: P.ACCOUNT_ONLY,
    R.THIRD_PARTY: P.THIRD_PARTY,
    R.DISEASE_NOT_RECOGNISED: P.NOT_RECOGNISED,
    R.DISEASE_ENDED: P.NOT_RECOGNISED,
    R.DISEASE_NOT_COVERED: P.NOT_RECOGNISED,
    R.CHRONIC_NOT_OPEN: P.NOT_RECOGNISED,
    R.DISEASES_DIFFER: P.LINE_REFUSED,
    R.LINE_REPEATED: P.LINE_REFUSED,
    R.ITEM_UNKNOWN: P.LINE_REFUSED,
    R.LINE_BEFORE_VISIT: P.LINE_REFUSED,
    R.LINE_OTHER_YEAR: P.LINE_REFUSED,
    R.LINE_IN_FUTURE: P.LINE_REFUSED,
    R.LINE_AMOUNT_WRONG: P.LINE_REFUSED,
    R.LINE_QUANTITY_WRONG: P.LINE_REFUSED,
    R.BATCH_UNKNOWN: P.LINES_GONE,
    R.VISIT_WITHDRAWN: P.VISIT_WITHDRAWN,
}
"""Every reason that concerns a person, a filing, the hospital or a line of the bill."""

PLAIN = {
    R.FIELD_MISSING, R.FIELD_WRONG, R.INSURED_AREA_MISSING, R.VISIT_UNKNOWN,
    R.VISIT_OF_ANOTHER, R.VISIT_NUMBER_WRONG,
    R.VISIT_DATA_MISSING, R.VISIT_SETTLED, R.CARE_KIND_CHANGED, R.DIAGNOSIS_MISSING,
    R.CARE_KIND_NOT_OFFERED, R.VISIT_IN_FUTURE,
    R.EMERGENCY_MARK_MISSING, R.TRAUMA_MARK_MISSING, R.DISEASE_MISSING, R.SETTLEMENT_UNKNOWN,
    R.SETTLEMENT_UNDONE, R.REVERSAL_UNKNOWN, R.REVERSAL_REFUNDED, R.REVERSAL_REPEATED,
    R.REVERSAL_NOT_POSSIBLE, R.FILE_UNKNOWN, R.FILE_EXPIRED, R.FILE_UNREADABLE,
}  # fmt: skip
"""Shown word for word: a person must read them, or the desk made a mistake."""


def _wordings(reasons: dict[Reason, ProblemCode]) -> list[tuple[str, ProblemCode]]:
    return [(text, code) for reason, code in reasons.items() for text in WORDINGS[reason]]


@pytest.mark.parametrize(("text", "code"), _wordings(MEANING))
def test_a_wording_means_its_problem(text: str, code: ProblemCode) -> None:
    said = re.sub(r"\{\w+\}", "X1", text)
    problem = KNOWN.problem(said)
    assert problem.kind is code
    assert problem.detail == said


@pytest.mark.parametrize("text", [text for reason in PLAIN for text in WORDINGS[reason]])
def test_what_nothing_knows_is_shown_word_for_word(text: str) -> None:
    problem = KNOWN.problem(text)
    assert (problem.kind, problem.detail) == (ProblemCode.REFUSED, text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("本年度统筹基金支付限额已用完", P.QUOTA_USED),
        ("累计已达到年度封顶线", P.QUOTA_USED),
        ("人员未缴费", P.INSURANCE_INACTIVE),
    ],
)
def test_wordings_of_other_places(text: str, code: ProblemCode) -> None:
    assert KNOWN.find(text) is code


def test_an_unread_text_takes_the_meaning_of_its_place() -> None:
    problem = KNOWN.problem("谁也不认识的话", ProblemCode.NO_BENEFIT)
    assert (problem.kind, problem.detail) == (ProblemCode.NO_BENEFIT, "谁也不认识的话")


def test_patterns_are_tried_in_the_order_of_the_file() -> None:
    refusals = read_refusals(
        '[[refusal]]\nproblem = "inpatient"\npatterns = ["住院"]\n'
        '[[refusal]]\nproblem = "refused"\npatterns = ["住", "院"]\n'
    )
    assert refusals.find("住院") is ProblemCode.INPATIENT
    assert refusals.find("院") is ProblemCode.REFUSED


@pytest.mark.parametrize(
    ("toml", "named"),
    [
        ('[[refusal]]\nproblem = "no-such"\npatterns = ["x"]', "no-such"),
        ('[[refusal]]\nproblem = "refused"\npatterns = ["("]', "refusal 1: '('"),
        ('[[refusal]]\nproblem = "refused"', "refusal 1: patterns"),
        ('[[refusal]]\npatterns = ["x"]', "refusal 1: problem"),
        ('[[refusal]]\nproblem = "refused"\npatterns = "x"', "refusal 1: patterns"),
        ('[[refusal]]\nproblem = "refused"\npatterns = [1]', "refusal 1: patterns"),
        ("", "refusal"),
        ("refusal = [1]", "[[refusal]]"),
        ("[[refusal]", "line 1"),
    ],
)
def test_a_bad_file_is_named(toml: str, named: str) -> None:
    with pytest.raises(ValueError, match=re.escape(named)):
        read_refusals(toml)
