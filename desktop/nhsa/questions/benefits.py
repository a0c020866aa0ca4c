"""Will the funds pay: 2001, 5301, 5206, and the filing that some sites tell with 2001."""

from __future__ import annotations

from desktop.domain.charges import CareVisit
from desktop.domain.identifiers import AreaCode, BadIdentifier, PsnNo
from desktop.domain.person import (
    ChronicRecognition,
    Filing,
    FilingKind,
    FundAnswer,
    Insurance,
    YearSum,
)
from desktop.nhsa.dates import day_of, wire_moment
from desktop.nhsa.decoder import Unreadable, parse_text
from desktop.nhsa.messages.benefit_check import (
    BENEFIT_CHECK,
    BenefitInput,
    BenefitOutput,
    BenefitQuery,
    BenefitRow,
)
from desktop.nhsa.messages.chronic import (
    CHRONIC_RECOGNITIONS,
    ChronicInput,
    ChronicOutput,
    ChronicQuery,
)
from desktop.nhsa.messages.year_sums import (
    YEAR_SUMS,
    YearSumsInput,
    YearSumsOutput,
    YearSumsQuery,
)
from desktop.nhsa.questions.question import Question


def check_benefits(
    psn_no: PsnNo, insurance: Insurance, visit: CareVisit, fixmedins_code: str
) -> Question[BenefitInput, BenefitOutput, tuple[FundAnswer, ...]]:
    """2001: one answer for each fund, a no with free text."""
    query = BenefitQuery(
        psn_no=psn_no,
        insutype=insurance.kind,
        fixmedins_code=fixmedins_code,
        med_type=visit.kind,
        begntime=wire_moment(visit.began),
        dise_codg=visit.disease or None,
    )
    return Question(BENEFIT_CHECK, BenefitInput(data=query), _fund_answers, insurance.area)


def _fund_answers(output: BenefitOutput) -> tuple[FundAnswer, ...]:
    return tuple(
        FundAnswer(
            fund=row.fund_pay_type,
            pays=row.trt_enjymnt_flag == "1",
            reason=row.trt_chk_rslt or "",
            filing=filing_told(row),
        )
        for row in output.trtinfo
    )


def filing_told(row: BenefitRow) -> Filing | None:
    """The filing in ``exp_content``, an extension; None when it is not told or not readable."""
    try:
        told = parse_text(row.exp_content or "{}")
        begins = day_of(_text(told, "FILING_FROM"))
        if begins is None:
            return None
        return Filing(
            kind=FilingKind(_text(told, "FILING_KIND")),
            area=AreaCode(_text(told, "FILING_AREA")),
            begins=begins,
            ends=day_of(_text(told, "FILING_TO")),
        )
    except (Unreadable, BadIdentifier, ValueError):
        return None


def _text(told: dict[str, object], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""


def chronic_recognitions(
    psn_no: PsnNo, area: AreaCode
) -> Question[ChronicInput, ChronicOutput, tuple[ChronicRecognition, ...]]:
    """5301, answered by the insured area."""

    def recognitions(output: ChronicOutput) -> tuple[ChronicRecognition, ...]:
        return tuple(
            ChronicRecognition(
                row.opsp_dise_code, row.opsp_dise_name, day_of(row.begndate), day_of(row.enddate)
            )
            for row in output.feedetail
        )

    query = ChronicInput(data=ChronicQuery(psn_no=psn_no))
    return Question(CHRONIC_RECOGNITIONS, query, recognitions, area)


def year_sums(
    psn_no: PsnNo, area: AreaCode
) -> Question[YearSumsInput, YearSumsOutput, tuple[YearSum, ...]]:
    """5206 for the whole year."""

    def sums(output: YearSumsOutput) -> tuple[YearSum, ...]:
        return tuple(
            YearSum(row.insutype, row.year, row.cum_type_code, row.cum) for row in output.cuminfo
        )

    return Question(YEAR_SUMS, YearSumsInput(data=YearSumsQuery(psn_no=psn_no)), sums, area)
