"""2203 门诊就诊信息上传."""

from __future__ import annotations

from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.messages.wire import JsonText, Node, Nothing


class VisitInfo(Node, frozen=True, kw_only=True):
    """``mdtrtinfo``; the disease is for chronic care only, as in the national baseline."""

    mdtrt_id: str
    psn_no: str
    med_type: str
    begntime: str
    main_cond_dscr: str | None = None
    dise_type_code: str | None = None
    dise_codg: str | None = None
    dise_name: str | None = None
    birctrl_type: str | None = None
    birctrl_matn_date: str | None = None
    exp_content: JsonText | None = None


class DiagnosisRow(Node, frozen=True, kw_only=True):
    """``diseinfo``; ``diag_srt_no`` counts from 1, the main diagnosis."""

    diag_type: str
    diag_srt_no: int
    diag_code: str
    diag_name: str
    diag_dept: str
    dise_dor_no: str
    dise_dor_name: str
    diag_time: str
    vali_flag: str


class VisitInput(Node, frozen=True, kw_only=True):
    mdtrtinfo: VisitInfo
    diseinfo: tuple[DiagnosisRow, ...]


VISIT = Transaction("2203", "outpatientDocInfoService/outpatientMdtrtinfoUp", VisitInput, Nothing)
