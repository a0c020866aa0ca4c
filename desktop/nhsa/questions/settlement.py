"""Preview (2206), settle (2207), cancel (2208)."""

from __future__ import annotations

from msgspec import Struct

from desktop.domain.account_use import AccountUse
from desktop.domain.identifiers import BatchNo, MdtrtId, Msgid, PsnNo, SetlId
from desktop.domain.money import Money
from desktop.domain.split import FundShare, Settlement, Split
from desktop.nhsa.dates import moment_of
from desktop.nhsa.messages.settlement import (
    CANCEL,
    PREVIEW,
    SETTLE,
    CancelData,
    CancelInput,
    CancelledInfo,
    CancelOutput,
    FundRow,
    PreviewData,
    PreviewInfo,
    PreviewInput,
    PreviewOutput,
    SettleData,
    SettledInfo,
    SettleInput,
    SettleOutput,
    SplitInfo,
)
from desktop.nhsa.questions.claim import Claim, Holder, cross_province_flags
from desktop.nhsa.questions.question import Question

BY_ITEM = "01"
"""``psn_setlway`` 01 按项目结算."""


class IncompletePreviewError(ValueError):
    """The preview left out an amount that 2207 demands, and none may be made up."""


class Batch(Struct, frozen=True):
    """One batch of uploaded lines, to be settled as a whole."""

    mdtrt_id: MdtrtId
    number: BatchNo
    total: Money
    """Sum of the lines, fen: ``medfee_sumamt``."""


def preview(
    claim: Claim, batch: Batch, account: AccountUse
) -> Question[PreviewInput, PreviewOutput, Settlement]:
    """2206; books nothing and may be repeated."""
    person, credential = claim.person, claim.credential
    data = PreviewData(
        psn_no=person.psn_no,
        mdtrt_cert_type=credential.kind.value,
        mdtrt_cert_no=credential.number,
        card_sn=credential.card_sn or None,
        psn_cert_type=person.cert_type or None,
        certno=person.cert_no,
        psn_type=claim.insurance.person_class or None,
        psn_name=claim.name,
        med_type=claim.visit.kind,
        medfee_sumamt=batch.total,
        psn_setlway=BY_ITEM,
        mdtrt_id=batch.mdtrt_id,
        chrg_bchno=batch.number,
        acct_used_flag=account.value,
        insutype=claim.insurance.kind,
        exp_content=cross_province_flags(claim.visit),
    )

    def is_ours(output: PreviewOutput, msgid: Msgid) -> bool:
        info = output.setlinfo
        return _names(info, info.psn_no) == (msgid, batch.mdtrt_id, person.psn_no)

    question = PreviewInput(data=data)
    return Question(PREVIEW, question, _previewed, claim.insurance.area, is_ours)


def settle(
    claim: Claim, batch: Batch, account: AccountUse, agreed: Split, receipt_no: str
) -> Question[SettleInput, SettleOutput, Settlement]:
    """2207 with the amounts ``agreed`` on (those of the 2206 that the patient saw).

    ``receipt_no`` is the hospital's own number (``invono``), "" while it has none. Raises
    :class:`IncompletePreviewError`.
    """
    person, credential = claim.person, claim.credential
    data = SettleData(
        psn_no=person.psn_no,
        mdtrt_cert_type=credential.kind.value,
        mdtrt_cert_no=credential.number,
        card_sn=credential.card_sn or None,
        psn_cert_type=person.cert_type or None,
        certno=person.cert_no,
        med_type=claim.visit.kind,
        medfee_sumamt=batch.total,
        psn_setlway=BY_ITEM,
        mdtrt_id=batch.mdtrt_id,
        chrg_bchno=batch.number,
        insutype=claim.insurance.kind,
        acct_used_flag=account.value,
        invono=receipt_no or None,
        fulamt_ownpay_amt=_demanded(agreed.full_self_pay),
        overlmt_selfpay=_demanded(agreed.over_limit),
        preselfpay_amt=_demanded(agreed.pre_self_pay),
        inscp_scp_amt=_demanded(agreed.in_scope),
        exp_content=cross_province_flags(claim.visit),
    )

    def is_ours(output: SettleOutput, msgid: Msgid) -> bool:
        info = output.setlinfo
        return _names(info, info.psn_no) == (msgid, batch.mdtrt_id, person.psn_no)

    return Question(SETTLE, SettleInput(data=data), _settled, claim.insurance.area, is_ours)


def cancel_settlement(
    holder: Holder, mdtrt_id: MdtrtId, setl_id: SetlId
) -> Question[CancelInput, CancelOutput, Settlement]:
    """2208 of the positive settlement ``setl_id``; the answer's own is the negative one's."""
    psn_no = holder.psn_no
    data = CancelData(setl_id=setl_id, mdtrt_id=mdtrt_id, psn_no=psn_no)

    def is_ours(output: CancelOutput, msgid: Msgid) -> bool:
        info = output.setlinfo
        return _names(info, info.psn_no or psn_no) == (msgid, mdtrt_id, psn_no)

    return Question(CANCEL, CancelInput(data=data), _cancelled, holder.area, is_ours)


def _demanded(amount: Money | None) -> Money:
    if amount is None:
        raise IncompletePreviewError
    return amount


def _names(info: SplitInfo, psn_no: str) -> tuple[str, str, str]:
    return (info.medins_setl_id, info.mdtrt_id, psn_no)


def _previewed(output: PreviewOutput) -> Settlement:
    info: PreviewInfo = output.setlinfo
    return settlement_of(info, output.setldetail, info.psn_no, None, info.psn_cash_pay)


def _settled(output: SettleOutput) -> Settlement:
    info: SettledInfo = output.setlinfo
    return settlement_of(info, output.setldetail, info.psn_no, info.setl_id, info.psn_cash_pay)


def _cancelled(output: CancelOutput) -> Settlement:
    info = output.setlinfo
    return settlement_of(info, output.setldetail, info.psn_no, info.setl_id, _cash(info))


def _cash(info: CancelledInfo) -> Money | None:
    """The cash under either spelling; two that differ tell nothing."""
    told = {amount for amount in (info.psn_cash_pay, info.pdn_cash_pay) if amount is not None}
    return told.pop() if len(told) == 1 else None


def settlement_of(
    info: SplitInfo,
    rows: tuple[FundRow, ...],
    psn_no: str | None,
    setl_id: str | None,
    cash: Money | None,
) -> Settlement:
    return Settlement(
        split=_split(info, rows, cash),
        psn_no=PsnNo(psn_no) if psn_no else None,
        mdtrt_id=MdtrtId(info.mdtrt_id),
        setl_id=SetlId(setl_id) if setl_id else None,
        msgid=Msgid(info.medins_setl_id),
        settled_at=moment_of(info.setl_time),
        person_name=info.psn_name or "",
        insurance=info.insutype or "",
        person_class=info.psn_type or "",
        care_kind=info.med_type or "",
        clearing_agency=info.clr_optins or "",
    )


def _split(info: SplitInfo, rows: tuple[FundRow, ...], cash: Money | None) -> Split:
    return Split(
        total=info.medfee_sumamt,
        full_self_pay=info.fulamt_ownpay_amt,
        over_limit=info.overlmt_selfpay,
        pre_self_pay=info.preselfpay_amt,
        in_scope=info.inscp_scp_amt,
        deductible=info.act_pay_dedc,
        pooled_fund=info.hifp_pay,
        pooled_rate=info.pool_prop_selfpay,
        civil_servant_fund=info.cvlserv_pay,
        company_fund=info.hifes_pay,
        critical_illness_fund=info.hifmi_pay,
        large_amount_fund=info.hifob_pay,
        disabled_fund=info.hifdm_pay,
        medical_aid=info.maf_pay,
        other_funds=info.oth_pay,
        fund_total=info.fund_pay_sumamt,
        personal_part=info.psn_part_amt,
        account=info.acct_pay,
        family_account=info.acct_mulaid_pay,
        cash=cash,
        hospital_part=info.hosp_part_amt,
        account_balance=info.balc,
        shares=_shares(rows),
    )


def _shares(rows: tuple[FundRow, ...]) -> tuple[FundShare, ...]:
    """A row without an amount tells nothing; C7 then says that something is missing."""
    return tuple(
        FundShare(
            fund=row.fund_pay_type or "",
            name=row.fund_pay_type_name or "",
            paid=row.fund_payamt,
            in_scope=row.inscp_scp_amt,
            payable=row.crt_payb_lmt_amt,
            process=row.setl_proc_info or "",
        )
        for row in rows
        if row.fund_payamt is not None
    )
