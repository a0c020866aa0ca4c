"""What only a CSV can have wrong: its encoding, its columns, its physical lines."""

from __future__ import annotations

import pytest

from desktop.hospital.faults import HEAD
from desktop.hospital.record import MAX_BYTES
from tests.hospital.samples import csv_faults, example, places

CSV = example("csv")


def test_the_same_faults_in_csv_stand_on_their_physical_lines() -> None:
    text = (
        CSV.replace("#patient.name=张三", "#patient.name=")
        .replace("#visit.diagnoses=J06.900 急性上呼吸道感染", "#visit.diagnoses=J06.900")
        .replace("\n1,YP001", '\n\n1,"YP\n001"')
        .replace(",8.00,", ",8.01,")
    )
    assert places(csv_faults(text)) == [
        ("第3行", "patient.name"),
        ("第15行", "visit.diagnoses[1].name"),
        ("第25行", "hospital_code"),
        ("第27行", "amount"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode("utf-16"),
        CSV.encode()[:700] + b"\xff" + CSV.encode()[700:],
        b"\xef\xbb\xbf" + CSV.encode("gb18030"),
        CSV.encode("gb18030").replace("张三".encode("gb18030"), b"\xff\xff"),
        b"#patient.name=" + "茅台".encode("gb18030"),
    ],
    ids=["utf-16", "damaged", "false BOM", "damaged GB18030", "reads as Cyrillic"],
)
def test_an_encoding_that_cannot_be_told_is_not_guessed(data: bytes) -> None:
    (fault,) = csv_faults(data)
    assert "编码" in fault.message


def test_csv_that_is_too_large() -> None:
    (fault,) = csv_faults(b" " * (MAX_BYTES + 1))
    assert "文件太大" in fault.message


def test_a_missing_column_is_one_fault() -> None:
    text = CSV.replace("amount,time", "sum,time")
    assert places(csv_faults(text)) == [("第23行", "amount")]


def test_a_column_that_stands_twice_is_a_fault() -> None:
    text = CSV.replace("trace_codes", "name")
    assert ("第23行", "name") in places(csv_faults(text))


def test_a_row_that_is_too_long_is_a_fault_even_if_all_else_is_right() -> None:
    assert places(csv_faults(CSV.rstrip() + ",extra\n")) == [("第25行", "")]


def test_a_head_key_that_stands_twice_is_a_fault_on_its_line() -> None:
    text = CSV.replace("#patient.sex=1", "#patient.sex=1\n#patient.sex=2")
    assert places(csv_faults(text)) == [("第6行", "patient.sex")]


@pytest.mark.parametrize("second", ["#sex=2", "#patient.sex=2"])
def test_a_short_key_that_stands_twice_is_a_fault(second: str) -> None:
    text = CSV.replace("#patient.sex=1", f"#sex=1\n{second}")
    assert places(csv_faults(text)) == [("第6行", "patient.sex")]


def test_a_fault_names_a_short_key_in_full() -> None:
    text = CSV.replace("#bill.revision=1", "#revision=0")
    assert places(csv_faults(text)) == [("第21行", "bill.revision")]


def test_a_quotation_mark_that_never_ends() -> None:
    (fault,) = csv_faults(CSV.replace('0.1g"', "0.1g"))
    assert (fault.line, fault.field) == ("第24行", "")


def test_a_flag_that_is_none() -> None:
    text = CSV.replace("#visit.emergency=false", "#visit.emergency=maybe")
    assert places(csv_faults(text)) == [("第17行", "visit.emergency")]


@pytest.mark.parametrize("text", ["", "\n\n", "#version=1\n", "# only a remark\n"])
def test_a_csv_of_nothing(text: str) -> None:
    assert (HEAD, "lines") in places(csv_faults(text))


def test_a_csv_with_columns_and_no_lines() -> None:
    assert places(csv_faults(CSV[: CSV.index("\n1,YP001")])) == [(HEAD, "lines")]
