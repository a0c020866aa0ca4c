"""A good charges file gives the same bill from JSON and from CSV (contracts: charges file)."""

from __future__ import annotations

import codecs
import csv
import io
import re
import time
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.domain.charges import BillKey, Diagnosis, Trauma
from desktop.domain.money import Money
from desktop.domain.times import CHINA
from desktop.hospital.charges_file import read_charges
from desktop.hospital.csv_format import SECTIONS, parse_csv
from desktop.hospital.json_format import parse_json
from tests.hospital.samples import as_json, broken, example, tree

JSON = example("json")
CSV = example("csv")


@pytest.mark.req("S1-57")
def test_both_formats_give_the_same_bill() -> None:
    assert parse_json(JSON.encode()) == parse_csv(CSV.encode())


def test_csv_keys_may_leave_their_section_out() -> None:
    short = re.sub(r"^#(patient|visit|bill)\.", "#", CSV, flags=re.MULTILINE)
    assert "#diagnoses=" in short
    assert parse_csv(short.encode()) == parse_csv(CSV.encode())


def test_no_name_of_the_head_stands_in_two_sections() -> None:
    """The documented ones, so that a short key means one thing only."""
    documented = {name: tuple(tree()[name]) for name in ("patient", "visit", "bill")}
    assert documented == SECTIONS
    names = [name for section in SECTIONS.values() for name in section]
    assert len(names) == len(set(names))


def test_the_head_is_read_whole() -> None:
    bill = parse_json(JSON.encode())
    assert bill.key == BillKey("SF20230502001", 1)
    assert bill.receipt_no == ""
    assert bill.patient.name == "张三"
    assert bill.patient.birth == date(1970, 1, 1)
    assert bill.visit.began == datetime(2023, 5, 2, 9, tzinfo=CHINA)
    assert bill.visit.diagnoses[1] == Diagnosis("K29.500", "慢性胃炎")
    assert (bill.visit.disease, bill.visit.trauma_letter) == ("", "")
    assert bill.visit.trauma is Trauma.NONE
    assert not bill.visit.emergency


def test_the_lines_are_exact() -> None:
    bill = parse_json(JSON.encode())
    first, second = bill.lines
    assert bill.total == Money(3300)
    assert (first.price.text(), first.quantity.text()) == ("12.500000", "2.0000")
    assert first.amount == Money(2500)
    assert first.name == "某某片,0.1g"
    assert first.trace_codes == ("81234567890123456789", "81234567890123456790")
    assert second.trace_codes == ()
    assert second.time == datetime(2023, 5, 2, 9, 5, tzinfo=CHINA)
    assert (first.approved, first.outside_prescription) == (True, False)


@pytest.mark.parametrize("name", ["bill.json", "bill.JSON", "bill.drop"])
def test_json_is_told_by_name_or_by_its_first_character(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(codecs.BOM_UTF8 + b"\n" + JSON.encode())
    assert read_charges(path) == parse_json(JSON.encode())


@pytest.mark.parametrize("name", ["bill.csv", "bill.txt"])
def test_csv_is_told_by_name_or_by_its_first_character(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(CSV.encode())
    assert read_charges(path) == parse_json(JSON.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_csv_as_hospital_systems_write_it(encoding: str, newline: str) -> None:
    data = CSV.replace("\n", newline).encode(encoding)
    assert parse_csv(data) == parse_json(JSON.encode())


def test_csv_saved_again_by_excel() -> None:
    """Excel pads the head with commas, quotes it where it likes, and shouts the flags."""
    padded = "\n".join(line + ",,,," if line.startswith("#") else line for line in CSV.splitlines())
    quoted = padded.replace("#patient.sex=1,,,,", '"#patient.sex=1",,,,').replace("true", "TRUE")
    assert parse_csv(quoted.encode()) == parse_json(JSON.encode())


def test_csv_columns_stand_in_any_order_beside_foreign_ones() -> None:
    head, table = CSV.split("line_no,", 1)
    rows = csv.reader(("line_no," + table).splitlines())
    turned = io.StringIO()
    csv.writer(turned).writerows(["vendor", *reversed(row)] for row in rows)
    assert parse_csv((head + turned.getvalue()).encode()) == parse_json(JSON.encode())


def test_csv_without_trace_codes_and_with_remarks_and_blank_lines() -> None:
    head, table = CSV.split("line_no,", 1)
    rows = [row.rpartition(",")[0] for row in ("line_no," + table).splitlines()]
    text = "# exported by hand\n\n" + head + "\n\n".join(rows) + "\n,,,,\n"
    assert [line.trace_codes for line in parse_csv(text.encode()).lines] == [(), ()]


def test_rare_names_come_through_gb18030() -> None:
    """FE59 is 龴 since 2022, though Python's codec still knows the table of 2000."""
    data = CSV.encode("gb18030").replace("张三".encode("gb18030"), b"\xfe\x59\xfe\x9f")
    assert parse_csv(data).patient.name == "\u9fb4\u4dae"


def test_private_use_characters_of_json_become_standard() -> None:
    assert parse_json(broken("patient.name", "\ue81e三")).patient.name == "\u9fb4三"


def test_keys_that_vendors_add_are_ignored() -> None:
    root = tree() | {"vendor": {"deep": [1, None, {"a": 1.5}]}}
    root["visit"]["queue_no"] = 7
    root["lines"][0]["shelf"] = [1, 2]
    assert parse_json(as_json(root)) == parse_json(JSON.encode())


@pytest.mark.parametrize("path", ["patient.id_number", "patient.birth", "bill.receipt_no"])
def test_what_may_be_missing_may_be_null_or_empty(path: str) -> None:
    assert parse_json(broken(path, None)) == parse_json(broken(path, ""))


def test_null_trace_codes_are_none() -> None:
    assert parse_json(broken("lines.0.trace_codes", None)).lines[0].trace_codes == ()


def test_a_chronic_visit_names_its_disease() -> None:
    """S1-29: the national disease code travels with kind 14."""
    root = tree()
    root["visit"] |= {"kind": "14", "dise_codg": "M03900"}
    assert parse_json(as_json(root)).visit.disease == "M03900"


def test_offset_of_china_may_be_written() -> None:
    assert parse_json(broken("lines.1.time", "2023-05-02T09:05:00+08:00")) == parse_json(
        JSON.encode()
    )


def test_half_a_fen_is_rounded_up() -> None:
    root = tree()
    root["lines"][0] |= {"price": "3.335", "quantity": "1", "amount": "3.34"}
    assert parse_json(as_json(root)).lines[0].amount == Money(334)


def test_a_thousand_lines_are_quick() -> None:
    root = tree()
    root["lines"] = [root["lines"][0] | {"line_no": str(n)} for n in range(1000)]
    data = as_json(root)
    started = time.process_time()
    assert parse_json(data).total == Money(2_500_000)
    assert time.process_time() - started < 1
