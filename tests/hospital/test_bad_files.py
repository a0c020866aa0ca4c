"""A bad charges file is refused whole, with every fault, its place and what to do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.problems import DeskError, ProblemCode
from desktop.hospital.charges_file import read_charges
from desktop.hospital.csv_format import parse_csv
from desktop.hospital.faults import HEAD, ChargesInvalid
from desktop.hospital.json_format import parse_json
from desktop.hospital.record import MAX_BYTES, MAX_LINES
from tests.hospital.samples import (
    FIRST,
    SECOND,
    as_json,
    broken,
    example,
    json_faults,
    places,
    tree,
    without,
)

REQUIRED = [
    "version",
    *(f"patient.{name}" for name in ("patient_no", "name", "sex")),
    *(f"visit.{name}" for name in ("visit_no", "kind", "began", "department_code", "department")),
    *(f"visit.{name}" for name in ("caty", "doctor_code", "doctor_name", "diagnoses")),
    *(f"visit.{name}" for name in ("emergency", "trauma")),
    *("bill.bill_no", "bill.revision", "patient", "visit", "bill", "lines"),
]
COLUMNS = [
    *("hospital_code", "national_code", "name", "kind", "quantity", "price"),
    *("amount", "time", "approved", "outside_prescription"),
]


@pytest.mark.parametrize("path", REQUIRED)
def test_a_required_field_of_the_head_is_missing(path: str) -> None:
    assert places(json_faults(without(path))) == [(HEAD, path)]
    assert places(json_faults(broken(path, None))) == [(HEAD, path)]


@pytest.mark.parametrize("column", COLUMNS)
def test_a_required_field_of_a_line_is_missing(column: str) -> None:
    assert places(json_faults(without(f"lines.1.{column}"))) == [(SECOND, column)]


def test_a_line_without_number_is_told_by_its_index() -> None:
    assert places(json_faults(without("lines.1.line_no"))) == [("第2条明细", "line_no")]


WRONG_VALUES: list[tuple[str, Any]] = [
    ("version", 2),
    ("version", "1"),
    ("version", 1.0),
    ("version", True),
    ("patient.patient_no", 17),
    ("patient.patient_no", ""),
    ("patient.patient_no", "9" * 31),
    ("patient.name", "   "),
    ("patient.name", "张\n三"),
    ("patient.name", "张\ufffd"),
    ("patient.name", "张" * 201),
    ("patient.name", ["张三"]),
    ("patient.id_number", "990000197001010019"),
    ("patient.id_number", "990000197002300015"),
    ("patient.id_number", 990000197001010018),
    ("patient.sex", "9"),
    ("patient.sex", 1),
    ("patient.birth", "1970-02-30"),
    ("patient.birth", "19700101"),
    ("visit.visit_no", True),
    ("visit.kind", "A1"),
    ("visit.kind", "1"),
    ("visit.began", "2023-05-02"),
    ("visit.began", "2023-05-02 09:00:00"),
    ("visit.began", "2023-05-02T24:30:00"),
    ("visit.began", "2023-05-02T09:00:00Z"),
    ("visit.department", "科" * 51),
    ("visit.caty", "内科"),
    ("visit.caty", "0301"),
    ("visit.caty", "A3"),
    ("visit.caty", "A03.01.02.03"),
    ("visit.doctor_name", "医" * 51),
    ("visit.diagnoses", []),
    ("visit.diagnoses", "J06.900"),
    ("visit.diagnoses", ["J06.900"]),
    ("visit.diagnoses", [{"code": "A", "name": "甲"}] * 101),
    ("visit.emergency", "false"),
    ("visit.emergency", 0),
    ("visit.trauma", "no"),
    ("visit.trauma", False),
    ("visit.trauma_letter", 3),
    ("visit.dise_codg", "M03900"),
    ("bill.bill_no", "长" * 31),
    ("bill.revision", 0),
    ("bill.revision", "1"),
    ("bill.revision", 1.5),
    ("bill.revision", -1),
    ("bill.revision", 10**9),
    ("bill.receipt_no", 12),
    ("bill.receipt_no", "9" * 21),
    ("patient", []),
    ("visit", "x"),
    ("bill", 1),
    ("lines", []),
    ("lines", {}),
]


@pytest.mark.parametrize(("path", "value"), WRONG_VALUES)
def test_a_wrong_value_in_the_head_is_one_fault(path: str, value: object) -> None:
    assert places(json_faults(broken(path, value))) == [(HEAD, path)]


WRONG_CELLS: list[tuple[str, Any]] = [
    ("hospital_code", 5),
    ("national_code", "X" * 51),
    ("name", "\u0007"),
    ("kind", "9"),
    ("kind", "15"),
    ("kind", "00"),
    ("quantity", 2),
    ("quantity", "0"),
    ("quantity", "0.0000"),
    ("quantity", "-2"),
    ("quantity", "2.00000"),
    ("quantity", "2e0"),
    ("quantity", "２"),
    ("quantity", "NaN"),
    ("price", 12.5),
    ("price", "-12.5"),
    ("price", "12.5000000"),
    ("price", "Infinity"),
    ("price", "1_2"),
    ("amount", 25.0),
    ("amount", "25"),
    ("amount", "25.0"),
    ("amount", "-25.00"),
    ("amount", "25.000"),
    ("amount", "25.01"),
    ("time", "2023-13-02T09:20:00"),
    ("time", 20230502),
    ("approved", "1"),
    ("approved", 1),
    ("outside_prescription", "否"),
    ("trace_codes", "8123"),
    ("trace_codes", [81234567890123456789]),
    ("trace_codes", [""]),
]


@pytest.mark.parametrize(("column", "value"), WRONG_CELLS)
def test_a_wrong_value_in_a_line_is_one_fault(column: str, value: object) -> None:
    assert places(json_faults(broken(f"lines.0.{column}", value))) == [(FIRST, column)]


def test_a_diagnosis_is_told_by_its_index() -> None:
    faults = json_faults(broken("visit.diagnoses.1.code", ""))
    assert places(faults) == [(HEAD, "visit.diagnoses[2].code")]


@pytest.mark.req("S4-20")
def test_an_amount_that_is_off_says_what_it_should_be() -> None:
    """S4-20: lines are validated before they are uploaded."""
    (fault,) = json_faults(broken("lines.0.amount", "25.01"))
    assert "应为 25.00" in fault.message


def test_a_number_says_that_it_wants_quotes() -> None:
    (fault,) = json_faults(broken("lines.0.price", 12.5))
    assert fault.message == "必须是文本，请加上引号"


def test_a_chronic_visit_without_disease() -> None:
    """S1-15: kind 14 without the disease says which of the two is missing."""
    (fault,) = json_faults(broken("visit.kind", "14"))
    assert (fault.field, "M03900" in fault.message) == ("visit.dise_codg", True)


def test_a_faulty_kind_says_nothing_of_the_disease() -> None:
    root = tree()
    root["visit"] |= {"kind": "十四", "dise_codg": "M03900"}
    assert places(json_faults(as_json(root))) == [(HEAD, "visit.kind")]


def test_two_lines_of_one_number_name_the_first() -> None:
    (fault,) = json_faults(broken("lines.1.line_no", "1"))
    assert (fault.line, fault.field) == ("第2条明细（行号1）", "line_no")
    assert FIRST in fault.message


def test_too_many_lines_are_one_fault() -> None:
    root = tree()
    root["lines"] = [{}] * (MAX_LINES + 1)
    assert places(json_faults(as_json(root))) == [(HEAD, "lines")]


def test_a_place_of_four_digits_numbers_every_line_on_the_wire() -> None:
    """Of 10 000 lines the last would repeat another's ``feedetl_sn``."""
    root = tree()
    root["lines"] = [root["lines"][0] | {"line_no": str(at)} for at in range(1, 10_000)]
    assert len(parse_json(as_json(root)).lines) == 9_999
    root["lines"].append(root["lines"][0] | {"line_no": "10000"})
    assert places(json_faults(as_json(root))) == [(HEAD, "lines")]


def test_a_line_that_is_no_object_lacks_everything() -> None:
    faults = json_faults(broken("lines.1", "x"))
    assert places(faults) == [("第2条明细", column) for column in ("line_no", *COLUMNS)]


def test_every_fault_is_told_at_once() -> None:
    root = tree()
    root["patient"]["name"] = ""
    root["patient"]["sex"] = "男"
    root["visit"]["began"] = "yesterday"
    del root["bill"]["revision"]
    root["lines"][0] |= {"price": 1.5, "amount": "?", "approved": None}
    root["lines"][1] |= {"line_no": "1", "kind": "99"}
    assert sorted(places(json_faults(as_json(root)))) == sorted(
        [
            (HEAD, "patient.name"),
            (HEAD, "patient.sex"),
            (HEAD, "visit.began"),
            (HEAD, "bill.revision"),
            (FIRST, "price"),
            (FIRST, "amount"),
            (FIRST, "approved"),
            ("第2条明细（行号1）", "line_no"),
            ("第2条明细（行号1）", "kind"),
        ]
    )


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", "第1行"),
        (b"[1, 2", "第1行"),
        (b'{"version": 1,\n"lines": }', "第2行"),
        (b"[]", ""),
        (b"null", ""),
        (b'"text"', ""),
        (b"[" * 100_000, ""),
        (b'{"a":' * 100_000, ""),
        ('{"version": 1, "名": "张三"}'.encode("gb18030"), ""),
        (b"{" + b" " * MAX_BYTES, ""),
    ],
)
def test_what_is_no_json_object(data: bytes, line: str) -> None:
    (fault,) = json_faults(data)
    assert (fault.line, fault.field) == (line, "")


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity", "1e400", "9" * 5000])
def test_numbers_that_are_none_are_faults(constant: str) -> None:
    data = example("json").replace('"12.500000"', constant).encode()
    assert places(json_faults(data)) == [(FIRST, "price")]
    data = example("json").replace('"revision": 1', f'"revision": {constant}').encode()
    assert places(json_faults(data)) == [(HEAD, "bill.revision")]


def test_half_a_character_of_json_is_a_fault() -> None:
    data = example("json").replace("张三", "张\\ud800").encode()
    assert places(json_faults(data)) == [(HEAD, "patient.name")]


def test_a_key_that_stands_twice_is_a_fault() -> None:
    text = example("json").replace('"amount": "8.00"', '"amount": "8.00", "amount": "9.00"')
    text = text.replace('"version": 1,', '"version": 1, "version": 1,')
    faults = json_faults(text.encode())
    assert places(faults) == [(HEAD, "version"), (SECOND, "amount")]


def test_foreign_keys_that_stand_twice_are_not_our_business() -> None:
    text = example("json").replace('"version": 1,', '"version": 1, "\\ud800": 1, "\\ud800": 2,')
    assert parse_json(text.encode()) == parse_csv(example("csv").encode())


@pytest.mark.parametrize("name", ["missing.json", "", "bad\0name.csv"])
def test_a_file_that_cannot_be_opened_is_a_fault(tmp_path: Path, name: str) -> None:
    with pytest.raises(ChargesInvalid) as caught:
        read_charges(tmp_path / name)
    assert caught.value.faults[0].line == ""


def test_faults_become_problems_of_the_desk() -> None:
    with pytest.raises(DeskError) as caught:
        parse_json(broken("lines.0.amount", "25.01"))
    (problem,) = caught.value.problems
    assert problem.kind is ProblemCode.CHARGES_INVALID
    assert problem.detail.startswith(f"{FIRST} amount：")


def test_a_fault_of_the_whole_file_names_no_place() -> None:
    with pytest.raises(ChargesInvalid) as caught:
        parse_json(b"[]")
    (problem,) = caught.value.to_problems()
    assert problem.detail.startswith("最外层")


@pytest.mark.parametrize("path", sorted({path for path, _ in WRONG_VALUES}))
def test_no_fault_repeats_what_the_field_held(path: str) -> None:
    """A column that slipped may hold a name: house rule 8."""
    for fault in json_faults(broken(path, "秘密\0")):
        assert "秘密" not in fault.message
        assert re.search("[\u4e00-\u9fff]", fault.message)
