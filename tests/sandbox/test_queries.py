"""1901 code tables, 2505 and 5302 chosen institutions, 5204 the lines of a settlement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.sandbox.control import bodies
from desktop.sandbox.control import surface as control
from desktop.sandbox.dictionaries import read_dictionaries
from desktop.sandbox.insured_place.designations import designated
from desktop.sandbox.reasons import Reason
from tests.sandbox.asking import AREA, HOSPITAL, Patient
from tests.sandbox.conftest import Bench
from tests.sandbox.refusing import refused

OTHER = "H43010000007"
ASKED = {"admdvs": "430100", "date": "2023-05-02", "Vali_Flag": "1"}


def table(bench: Bench, kind: str, **changes: str) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = bench.desk.ask(
        "1901", "", data={"type": kind, "parent_value": "", **ASKED, **changes}
    )["list"]
    return rows


@pytest.mark.parametrize("kind", sorted(read_dictionaries()))
def test_every_table_of_the_document_is_told_in_its_order(bench: Bench, kind: str) -> None:
    rows = table(bench, kind)
    assert {row["value"]: row["label"] for row in rows} == read_dictionaries()[kind]
    assert [row["sort"] for row in rows] == list(range(1, len(rows) + 1))
    assert {row["type"] for row in rows} == {kind}


@pytest.mark.parametrize(
    ("kind", "value", "label"),
    [
        ("med_type", "14", "门诊慢特病"),
        ("chrgitm_lv", "02", "乙类"),
        ("med_chrgitm_type", "09", "西药费"),
        ("fund_pay_type", "310100", "城镇职工基本医疗保险统筹基金"),
        ("naty", "01", "汉族"),
        ("list_type", "201", "医疗服务项目"),
    ],
)
def test_values_mean_what_the_document_says(
    bench: Bench, kind: str, value: str, label: str
) -> None:
    assert [row["label"] for row in table(bench, kind) if row["value"] == value] == [label]


def test_the_platforms_own_codes_are_in_its_tables(bench: Bench) -> None:
    """What the platform writes into its answers, it can explain."""
    tables = read_dictionaries()
    assert {item.kind for item in bench.state.catalogue} <= tables["med_chrgitm_type"].keys()
    classes = {item.item_class.value for item in bench.state.catalogue}
    assert classes == tables["chrgitm_lv"].keys()
    types = {row.psn_type for who in bench.state.people for row in who.insured}
    assert types <= tables["psn_type"].keys()


def test_sub_codes_stand_under_their_parents(bench: Bench) -> None:
    assert [row["value"] for row in table(bench, "med_type", parent_value="13")] == ["1301"]
    first = table(bench, "med_type", parent_value="0")
    assert "13" in [row["value"] for row in first]
    assert "1301" not in [row["value"] for row in first]


def test_nothing_is_invalid(bench: Bench) -> None:
    assert table(bench, "med_type", Vali_Flag="0") == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"type": "colour"}, Reason.DICTIONARY_UNKNOWN),
        ({"admdvs": "43"}, Reason.FIELD_WRONG),
        ({"date": "2023-13-01"}, Reason.FIELD_WRONG),
    ],
)
def test_a_wrong_question_is_refused(bench: Bench, changes: dict[str, str], reason: Reason) -> None:
    with refused(bench, reason):
        bench.desk.ask(
            "1901", "", data={"type": "med_type", "parent_value": "", **ASKED, **changes}
        )


# --- 2505, 5302 ----------------------------------------------------------------------------------


def designate(bench: Bench, psn_no: str, /, **changes: str) -> str:
    data = {
        "psn_no": psn_no,
        "biz_appy_type": "03",
        "begndate": "2023-05-02",
        "enddate": "2023-12-31",
        "fix_srt_no": "1",
        "fixmedins_code": HOSPITAL,
        "fixmedins_name": "演练医院",
        **changes,
    }
    return str(bench.desk.ask("2505", AREA, data=data)["result"]["trt_dcla_detl_sn"])


def chosen(bench: Bench, psn_no: str, kind: str = "03") -> list[Mapping[str, Any]]:
    data = {"psn_no": psn_no, "biz_appy_type": kind}
    rows: list[Mapping[str, Any]] = bench.desk.ask("5302", AREA, data=data)["psnfixmedin"]
    return rows


@pytest.fixture
def psn_no(bench: Bench) -> str:
    hospital = bodies.InstitutionBody(name="分院", area="430100", level=2)
    control.change_institution(bench.state, OTHER, hospital)
    return bench.put().psn_no


def test_a_hospital_files_where_a_person_goes(bench: Bench, psn_no: str) -> None:
    assert chosen(bench, psn_no) == []
    number = designate(bench, psn_no)
    designate(
        bench, psn_no, fix_srt_no="2", fixmedins_code=OTHER, fixmedins_name="分院", enddate=""
    )
    first, second = chosen(bench, psn_no)
    assert number in bench.state.designations
    assert (first["fixmedins_code"], first["begndate"]) == (HOSPITAL, "2023-05-02")
    assert (first["enddate"], first["insutype"]) == ("2023-12-31", "310")
    assert (second["fixmedins_code"], second["enddate"]) == (OTHER, None)
    assert chosen(bench, psn_no, "05") == []
    assert designated(bench.state, psn_no, date(2023, 5, 1)) == ()
    assert designated(bench.state, psn_no, date(2023, 12, 31)) == (HOSPITAL, OTHER)
    assert designated(bench.state, psn_no, date(2024, 1, 1)) == (OTHER,)


@pytest.mark.req("S1-18")
def test_a_hospital_named_at_its_own_window_opens_the_settlement(bench: Bench, psn_no: str) -> None:
    """2505, the filing that an institution hands in (人员定点备案).

    In an area whose filing names the hospital: filed for another one, then for ours too. An
    institution that the care place does not know files nothing.
    """
    filing = {"kind": "LONG_RESIDENT", "area": "430100", "from": "2021-01-01"}
    there = {"area": "990201"}
    who = bench.put(insurance=there, filings=[{**filing, "institution": OTHER}])
    patient = bench.patient(who, area="990201").open()
    patient.upload(patient.row("P1", bench.item("A"), "100.00"))
    with refused(bench, Reason.FILED_INSTITUTION):
        patient.preview("P1", "100.00")
    data = {
        "psn_no": who.psn_no,
        "biz_appy_type": "03",
        "begndate": "2023-05-02",
        "fix_srt_no": "1",
        "fixmedins_code": HOSPITAL,
        "fixmedins_name": "演练医院",
    }
    bench.desk.hospital = "H43010000009"
    with refused(bench, Reason.INSTITUTION_UNKNOWN):
        patient.ask("2505", data=data)
    bench.desk.hospital = HOSPITAL
    patient.ask("2505", data=data)
    filed = patient.ask("5302", data={"psn_no": who.psn_no, "biz_appy_type": "03"})["psnfixmedin"]
    assert [row["fixmedins_code"] for row in filed] == [HOSPITAL]
    assert patient.settle(patient.preview("P1", "100.00"), "P1")["setlinfo"]["setl_id"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"begndate": "2023-12-31"}, Reason.DESIGNATION_REPEATED),
        ({"begndate": "2023-01-01", "enddate": ""}, Reason.DESIGNATION_REPEATED),
        ({"biz_appy_type": "77"}, Reason.FIELD_WRONG),
        ({"fixmedins_code": "H43010000009"}, Reason.INSTITUTION_UNKNOWN),
        ({"enddate": "2023-05-01"}, Reason.FIELD_WRONG),
        ({"begndate": "soon"}, Reason.FIELD_WRONG),
        ({"psn_no": "0"}, Reason.PERSON_UNKNOWN),
    ],
)
def test_a_choice_that_cannot_be_is_refused(
    bench: Bench, psn_no: str, changes: dict[str, str], reason: Reason
) -> None:
    designate(bench, psn_no)
    with refused(bench, reason):
        designate(bench, psn_no, **changes)


@pytest.mark.req("S0-15")
@pytest.mark.parametrize(
    ("status", "reason"), [("2", Reason.INSURANCE_PAUSED), ("4", Reason.INSURANCE_ENDED)]
)
def test_a_stopped_insurance_chooses_nothing(bench: Bench, status: str, reason: Reason) -> None:
    """Beside an active one in the same area, that one chooses."""
    who = bench.put(insurance={"status": status})
    with refused(bench, reason):
        designate(bench, who.psn_no)
    plain = {"insutype": "310", "area": AREA, "psn_type": "11", "status": status}
    goes_on = {**plain, "insutype": "390", "psn_type": "15", "status": "1"}
    both = bench.put(insured=[plain, goes_on])
    designate(bench, both.psn_no)
    assert [row["insutype"] for row in chosen(bench, both.psn_no)] == ["390"]


@pytest.mark.req("S1-22")
def test_a_suspended_institution_is_not_chosen(bench: Bench, psn_no: str) -> None:
    control.change_institution(bench.state, OTHER, bodies.InstitutionBody(suspended=True))
    with refused(bench, Reason.INSTITUTION_SUSPENDED):
        designate(bench, psn_no, fixmedins_code=OTHER)


def test_another_time_or_kind_is_no_repetition(bench: Bench, psn_no: str) -> None:
    designate(bench, psn_no)
    designate(bench, psn_no, begndate="2024-01-01", enddate="")
    designate(bench, psn_no, biz_appy_type="05")
    assert len(chosen(bench, psn_no)) == 2


def test_the_area_of_the_envelope_must_be_the_persons(bench: Bench, psn_no: str) -> None:
    data = {
        "psn_no": psn_no,
        "biz_appy_type": "03",
        "begndate": "2023-05-02",
        "fix_srt_no": "1",
        "fixmedins_code": HOSPITAL,
        "fixmedins_name": "演练医院",
    }
    with refused(bench, Reason.INSURED_AREA_WRONG):
        bench.desk.ask("2505", "440300", data=data)


# --- 5204 ----------------------------------------------------------------------------------------


def lines(patient: Patient, setl_id: str, /, **changes: str) -> Any:
    data = {"psn_no": patient.psn_no, "setl_id": setl_id, "mdtrt_id": patient.mdtrt_id, **changes}
    return patient.ask("5204", data=data)


@pytest.mark.req("S1-32")
def test_the_lines_of_a_settlement_are_those_of_2204(bench: Bench) -> None:
    patient = bench.patient().open()
    rows = [
        patient.row("P1", bench.item("A", limit="30.00"), "40.00", "2", rxno="RX1", prd_days="7"),
        patient.row("P1", bench.item("B", **{"class": "02"}, selfpay="0.10"), "10.00", memo="x"),
    ]
    split = patient.upload(*rows)
    settled = patient.settle(patient.preview("P1", "90.00"), "P1")["setlinfo"]
    found = lines(patient, settled["setl_id"])
    assert isinstance(found, list)
    same = ("feedetl_sn", "cnt", "pric", "pric_uplmt_amt", "selfpay_prop", "overlmt_amt",
            "preselfpay_amt", "inscp_scp_amt", "chrgitm_lv", "det_item_fee_sumamt")  # fmt: skip
    for told, before in zip(found, split, strict=True):
        assert {name: told[name] for name in same} == {name: before[name] for name in same}
    assert (found[0]["rx_drord_no"], found[0]["prd_days"]) == ("RX1", Decimal(7))
    assert (found[1]["memo"], found[1]["bilg_dr_name"]) == ("x", "白大夫")
    assert {told["setl_id"] for told in found} == {settled["setl_id"]}


def test_the_split_stays_as_it_was(bench: Bench) -> None:
    patient = bench.patient().open()
    settled = patient.whole("P1", patient.row("P1", bench.item("A", limit="30.00"), "40.00"))
    bench.item("A", limit="5.00")
    (told,) = lines(patient, settled["setlinfo"]["setl_id"])
    assert (told["pric_uplmt_amt"], told["overlmt_amt"]) == (30, 10)


def test_lines_after_a_refund(bench: Bench) -> None:
    """Both halves of a refund tell them on, also when a 2205 took them back."""
    patient = bench.patient().open()
    settled = patient.whole("P1", patient.row("P1", bench.item("A"), "40.00"))["setlinfo"]
    before = lines(patient, settled["setl_id"])
    negative = patient.cancel(settled["setl_id"])["setlinfo"]
    patient.remove("P1")
    assert lines(patient, settled["setl_id"]) == before
    own = [{**row, "setl_id": negative["setl_id"]} for row in before]
    assert lines(patient, negative["setl_id"]) == own


def test_a_batch_number_used_again_changes_no_settlement_of_before(bench: Bench) -> None:
    """The partial refund: other lines under the number of the refunded batch."""
    patient = bench.patient().open()
    first = patient.whole("P1", patient.row("P1", bench.item("A"), "40.00"))["setlinfo"]
    before = lines(patient, first["setl_id"])
    patient.cancel(first["setl_id"])
    patient.remove("P1")
    second = patient.whole("P1", patient.row("P1", bench.item("B"), "77.00"))["setlinfo"]
    assert lines(patient, first["setl_id"]) == before
    assert [row["med_list_codg"] for row in lines(patient, second["setl_id"])] == ["B"]


def test_a_batch_settled_twice_tells_its_lines_for_both(bench: Bench) -> None:
    patient = bench.patient().open()
    first = patient.whole("P1", patient.row("P1", bench.item("A"), "40.00"))["setlinfo"]
    patient.cancel(first["setl_id"])
    second = patient.settle(patient.preview("P1", "40.00"), "P1")["setlinfo"]
    for number in (first["setl_id"], second["setl_id"]):
        assert [row["det_item_fee_sumamt"] for row in lines(patient, number)] == [40]


@pytest.mark.parametrize("changes", [{"setl_id": "1"}, {"mdtrt_id": "1"}])
def test_lines_of_nothing(bench: Bench, changes: dict[str, str]) -> None:
    patient = bench.patient().open()
    settled = patient.whole("P1", patient.row("P1", bench.item("A"), "40.00"))["setlinfo"]
    with refused(bench, Reason.SETTLEMENT_UNKNOWN):
        lines(patient, settled["setl_id"], **changes)
    patient.reverse(settled["medins_setl_id"])
    with refused(bench, Reason.SETTLEMENT_UNKNOWN):
        lines(patient, settled["setl_id"])
