"""2206 门诊预结算, 2207 门诊结算, 2208 门诊结算撤销."""

from __future__ import annotations

from dataclasses import dataclass, replace

import msgspec

from desktop.domain.money import ZERO, Money
from desktop.nhsa.messages.settlement import (
    CancelInput,
    CancelOutput,
    FundRow,
    PreviewData,
    PreviewInput,
    PreviewOutput,
    SettleData,
    SettleInput,
    SettleOutput,
)
from desktop.sandbox.benefit import AccountUse
from desktop.sandbox.booking import book, unbook
from desktop.sandbox.calls import (
    Call,
    institution,
    insurance,
    is_settled,
    person,
    settling_institution,
    visit,
)
from desktop.sandbox.credentials import check_credential, use_up
from desktop.sandbox.eligibility import Case, check_case, check_flags, is_emergency, read_flags
from desktop.sandbox.model import (
    Amounts,
    Batch,
    Presettled,
    Repeat2207,
    Settlement,
    SettlementState,
    Visit,
)
from desktop.sandbox.reckoning import Reckoned, reckon
from desktop.sandbox.refusals import Reason, Refused
from desktop.sandbox.state import batch_key
from desktop.sandbox.transactions.settlement_nodes import (
    Named,
    cancelled_info,
    fund_rows,
    preview_info,
    settled_info,
)

ACCOUNT_PAID = "个人账户支付"
ACCOUNT_FAILED = "个人账户扣款失败，该部分请改付现金"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A settling question that passed every check that does not depend on amounts."""

    case: Case
    visit: Visit
    batch: Batch
    use: AccountUse
    named: Named
    reckoned: Reckoned


def preview(call: Call, asked: PreviewInput) -> PreviewOutput:
    """Reckons and remembers the amounts that a 2207 must repeat; books nothing."""
    ready = _checked(call, asked.data)
    amounts = ready.reckoned.amounts
    remembered = msgspec.structs.replace(ready.batch, presettled=_presettled(amounts))
    call.state.batches.put(batch_key(ready.visit.mdtrt_id, ready.batch.number), remembered)
    info = preview_info(ready.named, ready.visit.mdtrt_id, amounts, call.head.msgid)
    return PreviewOutput(setlinfo=info, setldetail=_details(ready))


def settle(call: Call, asked: SettleInput) -> SettleOutput:
    """Books what is due now; the amounts asked must be those of the batch's last 2206."""
    data = asked.data
    ready = _checked(call, data)
    _compare(ready.batch.presettled, data)
    ready, account_note = _with_account(call, ready)
    row = book(call.state, _row(call, ready, account_note), ready.visit)
    key = batch_key(row.mdtrt_id, row.batch)
    use_up(call, data.mdtrt_cert_type, data.mdtrt_cert_no, key)
    details = fund_rows(row.insutype, row.amounts, row.pool_note, row.account_note)
    return SettleOutput(setlinfo=settled_info(call, ready.named, row), setldetail=details)


def _checked(call: Call, data: PreviewData | SettleData) -> _Asked:
    found = visit(call, data.mdtrt_id, data.psn_no)
    case = _case(call, data, found)
    kind = check_case(call, case)
    repeated = _repeated(call, found, data.chrg_bchno)
    shown = (data.mdtrt_cert_type, data.mdtrt_cert_no, data.card_sn)
    check_credential(call, case.who, *shown, repeated)
    batch = _batch(call, found, data.chrg_bchno)
    _check_total(batch, data.medfee_sumamt)
    use = _account_use(data.acct_used_flag)
    named = Named(case.who, case.insured, data.mdtrt_cert_type, found.med_type, call.business_now)
    reckoned = reckon(call, case, kind, found, batch, use)
    return _Asked(case, found, batch, use, named, reckoned)


def _case(call: Call, data: PreviewData | SettleData, found: Visit) -> Case:
    if not found.med_type:
        raise Refused(Reason.VISIT_DATA_MISSING)
    if data.med_type != found.med_type:
        raise Refused(Reason.CARE_KIND_CHANGED)
    if data.insutype != found.insutype:
        raise Refused(Reason.INSURANCE_NOT_HELD, insutype=data.insutype)
    check_flags(read_flags(data.exp_content, found.flags), found.med_type)
    who = person(call, data.psn_no)
    return Case(
        who,
        insurance(call, who, data.insutype),
        settling_institution(call, found.med_type),
        found.begins.date(),
        found.med_type,
        found.disease,
        is_emergency(found.med_type),
    )


def _repeated(call: Call, found: Visit, number: str) -> str:
    """The key of a settled batch that a careless platform settles once more, else ""."""
    key = batch_key(found.mdtrt_id, number)
    batch = call.state.batches.get(key)
    return key if batch and is_settled(call.state, batch) and _is_careless(call) else ""


def _is_careless(call: Call) -> bool:
    return call.state.options.repeat_2207 is Repeat2207.BOOK


def _batch(call: Call, found: Visit, number: str) -> Batch:
    """The batch, unsettled unless the platform is told to be careless."""
    batch = call.state.batches.get(batch_key(found.mdtrt_id, number))
    if batch is None:
        raise Refused(Reason.BATCH_UNKNOWN, batch=number)
    if is_settled(call.state, batch) and not _is_careless(call):
        raise Refused(Reason.BATCH_SETTLED, batch=number)
    return batch


def _check_total(batch: Batch, told: Money) -> None:
    total = Money.total(line.total for line in batch.lines)
    if told != total:
        raise Refused(Reason.TOTAL_WRONG, sum=total)


def _account_use(flag: str) -> AccountUse:
    if flag not in {use.value for use in AccountUse}:
        raise Refused(Reason.FIELD_WRONG, field="acct_used_flag")
    return AccountUse(flag)


def _presettled(amounts: Amounts) -> Presettled:
    return Presettled(
        medfee_sumamt=amounts.total,
        fulamt_ownpay_amt=amounts.full_self_pay,
        overlmt_selfpay=amounts.over_limit,
        preselfpay_amt=amounts.pre_self_pay,
        inscp_scp_amt=amounts.in_scope,
    )


def _compare(before: Presettled | None, data: SettleData) -> None:
    if before is None:
        raise Refused(Reason.PREVIEW_MISSING)
    for field, amount in msgspec.structs.asdict(before).items():
        if getattr(data, field) != amount:
            raise Refused(Reason.AMOUNTS_DIFFER, field=field)


def _with_account(call: Call, ready: _Asked) -> tuple[_Asked, str]:
    """The account step (S2-08): one that fails leaves the pool's part booked, its own to cash.

    2206 does not see it coming.
    """
    fails = call.state.area(ready.case.insured.area).account_fails
    if not (fails and ready.reckoned.amounts.account):
        return ready, _account_note(ready)
    return _without_account(ready), ACCOUNT_FAILED


def _without_account(ready: _Asked) -> _Asked:
    benefit = replace(ready.reckoned.benefit, own_account=ZERO, mutual_aid=ZERO)
    return replace(ready, reckoned=replace(ready.reckoned, benefit=benefit))


def _account_note(ready: _Asked) -> str:
    return ACCOUNT_PAID if ready.reckoned.amounts.account else ""


def _details(ready: _Asked) -> tuple[FundRow, ...]:
    reckoned = ready.reckoned
    note = _account_note(ready)
    return fund_rows(ready.visit.insutype, reckoned.amounts, reckoned.pool_note, note)


def _row(call: Call, ready: _Asked, account_note: str) -> Settlement:
    return Settlement(
        setl_id=call.state.number(call.head.mdtrtarea_admvs, 24),
        msgid=call.head.msgid,
        mdtrt_id=ready.visit.mdtrt_id,
        batch=ready.batch.number,
        psn_no=ready.case.who.psn_no,
        insutype=ready.case.insured.insutype,
        area=ready.case.insured.area,
        year=ready.reckoned.year,
        by_year=ready.reckoned.by_year,
        at=call.business_now,
        cert_type=ready.named.cert_type,
        med_type=ready.visit.med_type,
        amounts=ready.reckoned.amounts,
        pool_note=ready.reckoned.pool_note,
        account_note=account_note,
    )


def cancel(call: Call, asked: CancelInput) -> CancelOutput:
    """Undoes a settlement by a negative one; every sum returns by exactly its amounts."""
    data = asked.data
    institution(call)
    found = visit(call, data.mdtrt_id, data.psn_no)
    who = person(call, data.psn_no)
    row = call.state.settlements.get(data.setl_id)
    if row is None or row.mdtrt_id != found.mdtrt_id:
        raise Refused(Reason.SETTLEMENT_UNKNOWN, setl_id=data.setl_id)
    if row.state is not SettlementState.EFFECTIVE:
        raise Refused(Reason.SETTLEMENT_UNDONE)
    insured = insurance(call, who, row.insutype)
    unbook(call.state, row, SettlementState.CANCELLED)
    turned = _negative(call, row)
    named = Named(who, insured, row.cert_type, row.med_type, call.business_now)
    details = fund_rows(row.insutype, turned.amounts, row.pool_note, row.account_note)
    return CancelOutput(setlinfo=cancelled_info(call, named, turned), setldetail=details)


def _negative(call: Call, row: Settlement) -> Settlement:
    """The 2208's own record, with a number of its own."""
    number = call.state.number(call.head.mdtrtarea_admvs, 24)
    turned = msgspec.structs.replace(
        row,
        setl_id=number,
        msgid=call.head.msgid,
        at=call.business_now,
        amounts=row.amounts.turned(),
        state=SettlementState.NEGATIVE,
    )
    return call.state.settlements.put(number, turned)
