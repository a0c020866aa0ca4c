"""What a text means: every wording of the practice platform in every dialect, and a corpus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from importlib import resources
from itertools import product
from pathlib import Path

import pytest

from desktop.domain.problems import ProblemCode
from desktop.domain.whys import Why
from desktop.knowledge.refusals import load_refusals, read_refusals, site_refusals
from desktop.sandbox.reasons import Reason
from desktop.sandbox.wordings.dialects import AROUND, around
from desktop.sandbox.wordings.texts import WORDINGS
from tests.knowledge.corpus import MEANT, NEAR_MISSES, UNKNOWN

W, R = Why, Reason
KNOWN = load_refusals()
FILE = resources.files("desktop.knowledge").joinpath("refusals.toml").read_text("utf-8")
AREAS = ("370800", "990100", "990200", "990300", "990400", "990500")
"""Insured areas of every dialect."""
DAY = date(2025, 7, 1)

MEANING = {
    R.NOT_SIGNED_IN: W.SIGN_IN_NEEDED,
    R.SIGN_NUMBER_UNKNOWN: W.SIGN_IN_NEEDED,
    R.UNKNOWN_TRANSACTION: W.NOT_OFFERED,
    R.NOT_OFFERED: W.NOT_OFFERED,
    R.REVERSAL_NOT_OPEN: W.NOT_OFFERED,
    R.PERSON_UNKNOWN: W.PERSON_UNKNOWN,
    R.CREDENTIAL_KIND_UNKNOWN: W.OTHER_CREDENTIAL_NEEDED,
    R.CREDENTIAL_OF_ANOTHER: W.OTHER_CREDENTIAL_NEEDED,
    R.CARD_MISMATCH: W.OTHER_CREDENTIAL_NEEDED,
    R.TOKEN_UNKNOWN: W.VOUCHER_REFUSED,
    R.TOKEN_EXPIRED: W.VOUCHER_REFUSED,
    R.TOKEN_USED: W.VOUCHER_REFUSED,
    R.INSTITUTION_UNKNOWN: W.INSTITUTION_REFUSED,
    R.INSTITUTION_ELSEWHERE: W.INSTITUTION_REFUSED,
    R.INSTITUTION_SUSPENDED: W.INSTITUTION_REFUSED,
    R.INSTITUTION_NOT_OPEN: W.INSTITUTION_REFUSED,
    R.INSTITUTION_NOT_CHRONIC: W.CHRONIC_NOT_HERE,
    R.INSURED_HERE: W.IN_PROVINCE,
    R.AREA_NOT_CONNECTED: W.AREA_NOT_CONNECTED,
    R.AREA_NOT_OPEN: W.AREA_NOT_CONNECTED,
    R.AREA_WITHOUT_RULES: W.AREA_NOT_CONNECTED,
    R.INSURANCE_NOT_HELD: W.INSURANCE_NOT_FOUND,
    R.INSURED_AREA_WRONG: W.INSURANCE_NOT_FOUND,
    R.INSURANCE_PAUSED: W.INSURANCE_PAUSED,
    R.INSURANCE_ENDED: W.INSURANCE_ENDED,
    R.INSURANCE_INVALID: W.INSURANCE_INVALID,
    R.BENEFIT_WAITING: W.BENEFIT_WAITING,
    R.INSURANCE_NOT_ACTIVE: W.INSURANCE_INACTIVE,
    R.INPATIENT: W.INPATIENT,
    R.PERSON_SUSPENDED: W.SUSPENDED,
    R.NOT_FILED: W.NOT_FILED,
    R.FILED_ELSEWHERE: W.FILED_ELSEWHERE,
    R.FILED_INSTITUTION: W.FILED_INSTITUTION,
    R.FILING_NOT_YET: W.FILING_NOT_YET,
    R.FILING_ENDED: W.FILING_ENDED,
    R.FILING_PENDING: W.FILING_PENDING,
    R.CHRONIC_NOT_FILED: W.CHRONIC_NOT_FILED,
    R.POOL_MISSING: W.ACCOUNT_ONLY,
    R.EMERGENCY_MARK_MISSING: W.EMERGENCY_UNMARKED,
    R.TRAUMA_MARK_MISSING: W.TRAUMA_UNSAID,
    R.TRAUMA_LETTER_MISSING: W.TRAUMA_LETTER,
    R.THIRD_PARTY: W.THIRD_PARTY,
    R.DISEASE_MISSING: W.CHRONIC_UNSAID,
    R.DISEASE_NOT_RECOGNISED: W.CHRONIC_NOT_RECOGNISED,
    R.DISEASE_ENDED: W.CHRONIC_ENDED,
    R.DISEASE_NOT_COVERED: W.CHRONIC_NOT_COVERED,
    R.CHRONIC_NOT_OPEN: W.CHRONIC_NOT_COVERED,
    R.DIAGNOSIS_MISSING: W.DIAGNOSIS_MISSING,
    R.CARE_KIND_NOT_OFFERED: W.CARE_KIND_REFUSED,
    R.BATCH_UNKNOWN: W.LINES_GONE,
    R.VISIT_WITHDRAWN: W.VISIT_WITHDRAWN,
    **dict.fromkeys((R.TOTAL_WRONG, R.PREVIEW_MISSING, R.AMOUNTS_DIFFER), W.AMOUNTS_MOVED),
    **dict.fromkeys((R.VISIT_SETTLED, R.BATCH_SETTLED), W.SETTLED_BEFORE),
    **dict.fromkeys(
        (R.SETTLEMENT_UNDONE, R.REVERSAL_REFUNDED, R.REVERSAL_REPEATED), W.UNDONE_BEFORE
    ),
    **dict.fromkeys((R.SETTLEMENT_UNKNOWN, R.REVERSAL_UNKNOWN), W.SETTLEMENT_UNKNOWN),
    **dict.fromkeys(
        (R.FILE_UNKNOWN, R.FILE_EXPIRED, R.FILE_UNREADABLE, R.FILE_ELSEWHERE), W.FILE_GONE
    ),
    **dict.fromkeys(
        (
            *(R.FIELD_MISSING, R.FIELD_WRONG, R.INSURED_AREA_MISSING, R.VISIT_UNKNOWN),
            *(R.VISIT_OF_ANOTHER, R.VISIT_NUMBER_WRONG, R.VISIT_DATA_MISSING, R.VISIT_IN_FUTURE),
            *(R.CARE_KIND_CHANGED, R.REVERSAL_NOT_POSSIBLE, R.DICTIONARY_UNKNOWN),
            R.DESIGNATION_REPEATED,
        ),
        W.QUESTION_FAULTY,
    ),
    **dict.fromkeys(
        (
            *(R.DISEASES_DIFFER, R.ITEM_UNKNOWN, R.ITEM_ENDED, R.VISIT_HAS_LINES),
            *(R.BATCH_RESERVED, R.BATCH_REPEATED),
            *(reason for reason in R if reason.name.startswith("LINE_")),
        ),
        W.LINE_REFUSED,
    ),
}
"""What every reason means; one that the practice platform learns must be put here."""


class _Facts(dict[str, str]):
    """Of every wording; what has no example of its own is a number."""

    def __missing__(self, _: str) -> str:
        return "430175430763107000000012"


FACTS = _Facts(
    area="440300", day="2023-05-03", disease="M03900", status="0", institution="H43010000002",
    field="insutype", infno="2207", kind="07", name="阿莫西林胶囊", code="XJ01CAA040E001010102085",
    why="每日限2次", med_type="21", where="1", begntime="2023-05-03 09:00:00", sum="12.00",
    limit="12.0000", order="1", type="naty",
)  # fmt: skip


def _said(reason: Reason) -> Iterator[str]:
    for text, area in product(WORDINGS[reason], AREAS):
        yield around(reason, text.format_map(FACTS), area, "m1")


def test_the_areas_speak_every_dialect() -> None:
    assert len({sum(area.encode()) % len(AROUND) for area in AREAS}) == len(AROUND)


def test_every_reason_of_the_practice_platform_has_a_meaning() -> None:
    assert set(MEANING) == set(Reason)


@pytest.mark.parametrize("field", ["psn_no", "exp_content", "fee_ocur_time", "diag_type", "certno"])
def test_a_faulty_field_is_the_question_s_whatever_it_is_called(field: str) -> None:
    for reason in (R.FIELD_MISSING, R.FIELD_WRONG):
        for text in WORDINGS[reason]:
            assert KNOWN.why(text.format(field=field)) is W.QUESTION_FAULTY, text


@pytest.mark.req("S1-19", "S1-15", "S1-16", "S3-17", "S1-53", "S2-04", "S0-04")
@pytest.mark.parametrize("reason", list(MEANING))
def test_what_the_practice_platform_says_is_understood(reason: Reason) -> None:
    for text in _said(reason):
        assert KNOWN.why(text) is _meant(reason, text), text
        assert KNOWN.problem(text).detail == text


def _meant(reason: Reason, text: str) -> Why:
    """A number of the state tells more than the words around it."""
    unsaid = MEANING[reason] is W.INSURANCE_INACTIVE and "psn_insu_stas" in text
    return W.INSURANCE_INVALID if unsaid else MEANING[reason]


@pytest.mark.parametrize(
    ("text", "why"), [(text, why) for why, texts in MEANT.items() for text in texts]
)
def test_other_platforms_wordings(text: str, why: Why) -> None:
    assert KNOWN.why(text, DAY) is why
    assert KNOWN.find(text, DAY) is why.problem


@pytest.mark.parametrize(
    ("text", "why"), [(text, why) for why, texts in NEAR_MISSES.items() for text in texts]
)
def test_near_misses_mean_something_else(text: str, why: Why) -> None:
    assert KNOWN.why(text, DAY) is not why


@pytest.mark.parametrize("text", UNKNOWN)
def test_an_unknown_wording_stays_unknown_and_whole(text: str) -> None:
    assert KNOWN.why(text, DAY) is None
    problem = KNOWN.problem(text)
    assert (problem.kind, problem.detail) == (ProblemCode.REFUSED, text)


def test_a_pattern_holds_in_its_time() -> None:
    """Nobody asked for trace codes before 2025-07-01: the text is then somebody else's."""
    assert KNOWN.why("药品追溯码未上传", date(2025, 6, 30)) is None
    assert KNOWN.why("药品追溯码未上传", DAY) is W.LINE_REFUSED


def test_every_reason_has_patterns_and_a_source() -> None:
    told = {row.why for row in KNOWN.patterns}
    assert told == set(Why)
    assert all(row.source for row in KNOWN.patterns)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", KNOWN.version)


def test_the_file_says_whys_not_problems() -> None:
    """One place for each fact: which problem a reason is, the reason itself tells."""
    assert "problem =" not in FILE


def test_the_file_that_comes_with_the_program_is_good() -> None:
    """Loading it at the start of the desk compiles nothing: 0.1 s."""
    assert read_refusals(FILE) == KNOWN


@pytest.mark.parametrize(
    ("toml", "named"),
    [
        ('why = "no-such"\npatterns = ["x"]', "why: none is called 'no-such'"),
        ('why = "not-filed"\npatterns = ["x"]\nbut = "x"', "but: a list of texts"),
        ('why = "not-filed"\npatterns = ["x"]\nbut = ["("]', "'('"),
        ('why = "not-filed"\npatterns = ["x"]\nfrom = "2023"', "from: a date is wanted"),
        ('why = "not-filed"\npatterns = ["x"]\nto = 2023-01-01T00:00:00', "to: a date is wanted"),
    ],
)
def test_a_bad_row_is_named(toml: str, named: str) -> None:
    with pytest.raises(ValueError, match=re.escape(named)):
        read_refusals(f"[[refusal]]\n{toml}")


def test_a_site_adds_its_own_rows_before_the_program_s(tmp_path: Path) -> None:
    """With a BOM, as an editor writes it; a file that is not there adds nothing."""
    own = tmp_path / "refusals.toml"
    assert site_refusals(own) == KNOWN
    row = '[[refusal]]\nwhy = "suspended"\npatterns = ["交易失败", "未办理异地就医备案"]\n'
    own.write_text(row, encoding="utf-8-sig")
    known = site_refusals(own)
    assert known.why("交易失败") is known.why("该参保人未办理异地就医备案") is W.SUSPENDED
    assert known.why("未查询到有效的异地就医备案信息") is W.NOT_FILED
    assert known.version == KNOWN.version


def test_a_row_ends() -> None:
    row = '[[refusal]]\nwhy = "not-filed"\npatterns = ["x"]\nfrom = 2021-04-01\nto = 2021-12-31'
    known = read_refusals(row)
    days = (date(2021, 3, 31), date(2021, 4, 1), date(2021, 12, 31), date(2022, 1, 1))
    assert [known.why("x", day) for day in days] == [None, W.NOT_FILED, W.NOT_FILED, None]
    assert known.why("x") is W.NOT_FILED
