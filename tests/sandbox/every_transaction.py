"""Every transaction that the platform offers, asked so that its answers tell what they can."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from desktop.nhsa.messages.detail_file import pack
from desktop.sandbox.platform import read_envelope
from tests.sandbox.asking import AREA, HOSPITAL, Patient
from tests.sandbox.conftest import Bench

DAY = "2023-05-02"
WHO = "990000198001010017"
CARD = ("A00000001", "0" * 31 + "A")


@dataclass
class Exchange:
    """The last question of a number with the nodes of its ``input``, and every answer's output."""

    area: str
    nodes: Mapping[str, Any]
    outputs: tuple[Any, ...]


@dataclass
class Tour:
    """Asks one transaction after the other and keeps each."""

    bench: Bench
    kept: dict[str, Exchange] = field(default_factory=dict)

    def ask(self, infno: str, area: str, **nodes: Any) -> Any:
        desk = self.bench.desk
        body = json.dumps(desk.envelope(infno, area, nodes), ensure_ascii=False).encode()
        outcome = self.bench.platform.handle(read_envelope(body), self.bench.now, self.bench.real)
        assert not outcome.refusal, (infno, outcome.refusal)
        answer = self.bench.platform.answer(outcome, self.bench.real, self.bench.real)
        told = None if infno == "9102" else json.loads(answer, parse_float=Decimal)["output"]
        before = self.kept[infno].outputs if infno in self.kept else ()
        self.kept[infno] = Exchange(area, nodes, (*before, told))
        return told


def tour(bench: Bench) -> dict[str, Exchange]:
    """By number; 9102 answers with a file, kept as no output."""
    return go_round(Tour(bench)).kept


def go_round(made: Tour) -> Tour:
    """Ask everything there is to ask."""
    for step in (_desk, _person, _chronic_visit, _visit, _books, _catalogue, _chosen):
        step(made)
    return made


def _desk(tour: Tour) -> None:
    who = {"opter_no": "001", "mac": "00-00", "ip": "127.0.0.1"}
    sign_no = tour.ask("9001", "", signIn=who)["signinoutb"]["sign_no"]
    tour.ask("9002", "", signOut={"sign_no": sign_no, "opter_no": "001"})
    asked = {"fixmedins_type": "1", "fixmedins_name": "", "fixmedins_code": HOSPITAL}
    tour.ask("1201", "", medinsinfo=asked)


def _person(tour: Tour) -> None:
    chronic = [
        {"dise_codg": "M03900", "from": "2021-01-01"},
        {"dise_codg": "M01600", "from": "2021-01-01", "to": "2022-12-31"},
    ]
    facts = {"card_no": CARD[0], "card_sn": CARD[1], "chronic": chronic, "identities": ["23"]}
    who = tour.bench.put(WHO, **facts)
    card = {"mdtrt_cert_type": "03", "mdtrt_cert_no": CARD[0], "card_sn": CARD[1]}
    tour.ask("1101", "", data={**card, "psn_cert_type": "01", "certno": WHO, "psn_name": who.name})
    checked = {
        "psn_no": who.psn_no,
        "insutype": "310",
        "fixmedins_code": HOSPITAL,
        "med_type": "11",
        "begntime": f"{DAY} 09:00:00",
    }
    tour.ask("2001", AREA, data={**checked, "begntime": "2020-05-02 09:00:00"})
    tour.ask("2001", AREA, data=checked)
    tour.ask("5301", AREA, data={"psn_no": who.psn_no})
    tour.ask("5206", AREA, data={"psn_no": who.psn_no, "cum_ym": ""})


class _Recorded(Patient):
    """A patient whose questions are kept."""

    def __init__(self, tour: Tour, psn_no: str) -> None:
        super().__init__(tour.bench.desk, psn_no, WHO)
        self.tour = tour

    def ask(self, infno: str, **nodes: Any) -> Mapping[str, Any]:
        told: Mapping[str, Any] = self.tour.ask(infno, self.area, **nodes) or {}
        return told


def _chronic_visit(tour: Tour) -> None:
    """For which 5201 tells the disease."""
    who = tour.bench.put(WHO, chronic=[{"dise_codg": "M03900", "from": "2021-01-01"}])
    patient = _Recorded(tour, who.psn_no)
    patient.med_type, patient.disease = "14", "M03900"
    patient.open()
    times = {"begntime": f"{DAY} 00:00:00", "endtime": f"{DAY} 23:59:59"}
    patient.ask("5201", data={**times, "psn_no": patient.psn_no, "med_type": "14"})


def _visit(tour: Tour) -> None:
    patient = _Recorded(tour, tour.bench.put(WHO).psn_no)
    patient.register()
    patient.withdraw()
    patient.visit_no = ""
    patient.open()
    items = _some_items(tour.bench)
    patient.upload(patient.row("P0", next(items), "3.00"))
    patient.remove("P0")
    told = {"rxno": "RX1", "prd_days": "7", "memo": "空腹", **_DOSE}
    rows = [patient.row("P1", item, "120.00", **told) for item in items]
    limited = tour.bench.item("R", restricted=True, to="2030-12-31")
    rows.append(patient.row("P1", limited, "10.00", hosp_appr_flag="2", **told))
    total = f"{sum(Decimal(str(row['det_item_fee_sumamt'])) for row in rows):.2f}"
    patient.upload(*rows)
    shown = patient.preview("P1", total, "1")
    whole = patient.settle(shown, "P1", "1", invono="FP00000001")["setlinfo"]
    named = {"psn_no": patient.psn_no, "mdtrt_id": patient.mdtrt_id}
    patient.ask("5203", data={**named, "setl_id": whole["setl_id"]})
    patient.ask("5204", data={**named, "setl_id": whole["setl_id"]})
    times = {"begntime": f"{DAY} 00:00:00", "endtime": f"{DAY} 23:59:59"}
    patient.ask("5201", data={**times, "psn_no": patient.psn_no, "med_type": "11"})
    patient.cancel(whole["setl_id"])
    again = patient.settle(patient.preview("P1", str(whole["medfee_sumamt"]), "1"), "P1", "1")
    patient.reverse(again["setlinfo"]["medins_setl_id"])


_DOSE = {"sin_dos_dscr": "0.5g", "used_frqu_dscr": "tid", "medc_way_dscr": "口服"}


def _some_items(bench: Bench) -> Iterator[str]:
    """One of each list, and one with a limit."""
    kinds: dict[str, str] = {}
    for item in bench.state.catalogue:
        kinds.setdefault(item.kind, item.code)
    return iter([kinds["09"], kinds["09"], kinds["10"], kinds["02"], kinds["08"], kinds["11"]])


def _books(tour: Tour) -> None:
    sums = {"medfee_sumamt": "0.00", "fund_pay_sumamt": "0.00", "fixmedins_setl_cnt": 0}
    period = {"stmt_begndate": DAY, "stmt_enddate": DAY, "setl_optins": "430100", "clr_type": "11"}
    tour.ask("3201", "", data={**sums, **period, "insutype": "310", "acct_pay": "0.00"})
    file = {"in": list(pack("own.txt", ())), "filename": "own.zip", "fixmedins_code": HOSPITAL}
    sent = tour.ask("9101", "", fsUploadIn=file)
    detail = {**sums, **period, "cash_payamt": "0.00", "file_qury_no": sent["file_qury_no"]}
    made = tour.ask("3202", "", data=detail)["fileinfo"]
    named = {"file_qury_no": made["file_qury_no"], "filename": made["filename"]}
    tour.ask("9102", "", fsDownloadIn={**named, "fixmedins_code": HOSPITAL})


def _catalogue(tour: Tour) -> None:
    for infno in ("1301", "1302", "1305", "1306", "1307", "1309"):
        tour.ask(infno, "", data={"ver": "v0000"})
    page = {"updt_time": "2000-01-01", "page_num": 1, "page_size": 1000}
    for infno in ("1312", "1317", "1318", "1319"):
        tour.ask(infno, "", data=page)
    asked = {"type": "med_type", "parent_value": "", "admdvs": "430100", "date": DAY}
    tour.ask("1901", "", data={**asked, "Vali_Flag": "1"})


def _chosen(tour: Tour) -> None:
    psn_no = tour.bench.put(WHO).psn_no
    chosen = {
        "psn_no": psn_no,
        "biz_appy_type": "03",
        "begndate": DAY,
        "fix_srt_no": "1",
        "fixmedins_code": HOSPITAL,
        "fixmedins_name": "演练医院",
    }
    tour.ask("2505", AREA, data=chosen)
    ended = {"begndate": "2022-01-01", "enddate": "2022-12-31", "memo": "搬家"}
    tour.ask("2505", AREA, data={**chosen, "fix_srt_no": "2", **ended})
    tour.ask("5302", AREA, data={"psn_no": psn_no, "biz_appy_type": "03"})
