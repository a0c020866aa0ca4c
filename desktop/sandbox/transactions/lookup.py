"""5201 就诊信息查询, 5203 结算信息查询."""

from __future__ import annotations

from desktop.nhsa.messages.lookup import (
    SettlementQueryInput,
    SettlementQueryOutput,
    VisitQueryInput,
    VisitQueryOutput,
    VisitRow,
)
from desktop.sandbox.calls import Call, time_text, wire_time
from desktop.sandbox.exchange.routing import person
from desktop.sandbox.insured_place.insurances import as_of, insurance
from desktop.sandbox.model import Person, Settlement, SettlementState, Visit
from desktop.sandbox.refusals import Reason, Refused
from desktop.sandbox.transactions.settlement_nodes import Named, found_info, fund_rows


def query_visits(call: Call, asked: VisitQueryInput) -> VisitQueryOutput:
    """The person's visits here that began in the time asked and are not withdrawn.

    A visit whose kind of care is not told yet (no 2203) belongs to every kind.
    """
    data = asked.data
    who = person(call, data.psn_no)
    first, last = wire_time(data.begntime), wire_time(data.endtime)
    rows = tuple(
        _visit_row(who, found)
        for found in call.state.visits.where("psn_no", who.psn_no)
        if found.institution == call.head.fixmedins_code
        and first <= found.begins <= last
        and found.med_type in ("", data.med_type)
        and data.mdtrt_id in (None, found.mdtrt_id)
        and not found.withdrawn
    )
    return VisitQueryOutput(mdtrtinfo=rows)


def _visit_row(who: Person, found: Visit) -> VisitRow:
    return VisitRow(
        mdtrt_id=found.mdtrt_id,
        psn_no=found.psn_no,
        psn_name=who.name,
        insutype=found.insutype,
        begntime=time_text(found.begins),
        endtime=time_text(found.begins),
        med_type=found.med_type or None,
        ipt_otp_no=found.ipt_otp_no,
        dise_codg=found.disease or None,
        opter_id=found.operator or None,
    )


def query_settlement(call: Call, asked: SettlementQueryInput) -> SettlementQueryOutput:
    """A settlement as it stands now; one that was reversed never was."""
    data = asked.data
    row = settlement(call, data.setl_id, data.mdtrt_id, data.psn_no)
    who = person(call, row.psn_no)
    day = call.state.visits[row.mdtrt_id].begins.date()
    insured = as_of(insurance(call, who, row.insutype), day)
    named = Named(who, insured, row.cert_type, row.med_type, call.business_now)
    return SettlementQueryOutput(setlinfo=found_info(call, named, row), setldetail=fund_rows(row))


def settlement(call: Call, setl_id: str, mdtrt_id: str, psn_no: str) -> Settlement:
    """The asking institution's settlement, also a cancelled one; raises :class:`Refused`."""
    row = call.state.settlements.get(setl_id)
    if (
        row is None
        or row.state is SettlementState.REVERSED
        or (row.mdtrt_id, row.psn_no) != (mdtrt_id, psn_no)
        or call.state.visits[row.mdtrt_id].institution != call.head.fixmedins_code
    ):
        raise Refused(Reason.SETTLEMENT_UNKNOWN, setl_id=setl_id)
    return row
