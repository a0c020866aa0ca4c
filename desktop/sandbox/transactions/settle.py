"""2206 门诊预结算, 2207 门诊结算, 2208 门诊结算撤销."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from desktop.domain.money import Money
from desktop.nhsa.messages.settlement import (
    CancelInput,
    CancelOutput,
    PreviewData,
    PreviewInput,
    PreviewOutput,
    SettleData,
    SettleInput,
    SettleOutput,
)
from desktop.sandbox.calls import Call
from desktop.sandbox.care_place.institutions import institution, settling_institution
from desktop.sandbox.care_place.visits import is_settled, visit
from desktop.sandbox.exchange.routing import person
from desktop.sandbox.fund_model import AccountState, Amounts
from desktop.sandbox.insured_place import account
from desktop.sandbox.insured_place.benefit import AccountUse
from desktop.sandbox.insured_place.credentials import check_credential, fits, use_up
from desktop.sandbox.insured_place.eligibility import (
    Case,
    check_case,
    check_flags,
    check_letter,
    is_emergency,
    read_flags,
)
from desktop.sandbox.insured_place.insurances import as_of, insurance
from desktop.sandbox.insured_place.reckoning import Reckoned, reckon
from desktop.sandbox.model import (
    Batch,
    Presettled,
    Repeat2207,
    Settlement,
    SettlementState,
    Visit,
)
from desktop.sandbox.refusals import Reason, Refused
from desktop.sandbox.state import State, batch_key
from desktop.sandbox.transactions.booking import book, unbook
from desktop.sandbox.transactions.line_rules import check_again
from desktop.sandbox.transactions.settlement_nodes import (
    Named,
    cancelled_info,
    fund_rows,
    preview_info,
    settled_info,
)


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
    return PreviewOutput(setlinfo=info, setldetail=fund_rows(_shown(call, ready)))


def settle(call: Call, asked: SettleInput) -> SettleOutput:
    """Books what is due now; the amounts asked must be those of the batch's last 2206."""
    data = asked.data
    ready = _checked(call, data)
    _compare(ready.batch.presettled, data)
    amounts = ready.reckoned.amounts
    number = call.state.number(call.head.mdtrtarea_admvs, 24)
    told = msgspec.structs.replace(_row(call, ready, number), invoice=data.invono or "")
    row = book(call.state, told, ready.visit)
    row = account.charge(call.state, row, amounts.own_account, amounts.mutual_aid)
    call.way.account = _bank_step(call.state, row)
    key = batch_key(row.mdtrt_id, row.batch)
    use_up(call, data.mdtrt_cert_type, data.mdtrt_cert_no, key)
    return SettleOutput(setlinfo=settled_info(call, ready.named, row), setldetail=fund_rows(row))


def _bank_step(state: State, row: Settlement) -> str:
    failed = account.bank_step(state, row, AccountState.FAILED)
    return failed or account.bank_step(state, row, AccountState.PAID)


def _checked(call: Call, data: PreviewData | SettleData) -> _Asked:
    found = visit(call, data.mdtrt_id, data.psn_no)
    case = _case(call, data, found)
    kind = check_case(call, case)
    repeated = _repeated(call, found, data.chrg_bchno)
    shown = (data.mdtrt_cert_type, data.mdtrt_cert_no, data.card_sn)
    check_credential(call, case.who, *shown, repeated)
    name = data.psn_name if isinstance(data, PreviewData) else None
    if not fits(case.who, data.psn_cert_type, data.certno, name):
        raise Refused(Reason.CREDENTIAL_OF_ANOTHER)
    batch = _batch(call, found, data.chrg_bchno)
    check_again(call, found, batch)
    _check_total(batch, data.medfee_sumamt)
    use = AccountUse(data.acct_used_flag)
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
    flags, day = read_flags(data.exp_content, found.flags), found.begins.date()
    check_flags(flags, found.med_type)
    who = person(call, data.psn_no)
    insured = as_of(insurance(call, who, data.insutype), day)
    check_letter(flags, call.policies.filing(insured.area, day))
    return Case(
        who,
        insured,
        settling_institution(call, found.med_type),
        day,
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


def _shown(call: Call, ready: _Asked) -> Settlement:
    """The settlement that a 2206 promises; nothing of it is kept."""
    row = _row(call, ready, "")
    amounts = ready.reckoned.amounts
    note = account.PAID if amounts.account else ""
    return msgspec.structs.replace(row, amounts=amounts, account_note=note)


def _row(call: Call, ready: _Asked, number: str) -> Settlement:
    """As the pool books it: the account comes after, its part is cash until then."""
    reckoned = ready.reckoned
    pool = reckoned.pool
    return Settlement(
        setl_id=number,
        msgid=call.head.msgid,
        mdtrt_id=ready.visit.mdtrt_id,
        batch=ready.batch.number,
        psn_no=ready.case.who.psn_no,
        insutype=ready.case.insured.insutype,
        area=ready.case.insured.area,
        year=reckoned.year,
        by_year=reckoned.by_year,
        disease=reckoned.disease,
        at=call.business_now,
        cert_type=ready.named.cert_type,
        med_type=ready.visit.med_type,
        amounts=reckoned.amounts.in_cash(),
        pool_note=reckoned.pool_note,
        pool_code=pool.code if pool else "",
        pool_name=pool.name if pool else "",
        account_note="",
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
    insured = as_of(insurance(call, who, row.insutype), found.begins.date())
    unbook(call, row, SettlementState.CANCELLED)
    turned = _negative(call, row)
    named = Named(who, insured, row.cert_type, row.med_type, call.business_now)
    return CancelOutput(setlinfo=cancelled_info(call, named, turned), setldetail=fund_rows(turned))


def _negative(call: Call, row: Settlement) -> Settlement:
    """The 2208's own record, with a number of its own."""
    number = call.state.number(call.head.mdtrtarea_admvs, 24)
    turned = msgspec.structs.replace(
        row,
        setl_id=number,
        undoes=row.setl_id,
        msgid=call.head.msgid,
        at=call.business_now,
        amounts=row.amounts.turned(),
        state=SettlementState.NEGATIVE,
    )
    return call.state.settlements.put(number, turned)
