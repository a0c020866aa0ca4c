"""F2 and F3: grouped, added up, the same rows as PDF, CSV and XLSX, under one control line."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from msgspec.structs import replace

from desktop.domain.balance import Identity
from desktop.domain.money import Money
from printing.composer import to_pdf
from printing.fonts import Fonts
from printing.forms import f2_month_summary, f3_month_detail
from printing.forms.f2_month_summary import month_summary, summary_sheet
from printing.forms.f3_month_detail import detail_sheet, month_detail
from printing.layout import Layouts
from printing.ledger_sheet import LedgerSheet, control_of, csv_lines
from printing.sound import CannotPrint
from printing.workbook import write_workbook
from tests.printing import every_form
from tests.printing.golden import read

F2 = Layouts().of(f2_month_summary.LAYOUT)
F3 = Layouts().of(f3_month_detail.LAYOUT)
_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def in_workbook(sheet: LedgerSheet) -> list[list[str]]:
    """The cells of the sheet, as any reader of the format finds them."""
    out = io.BytesIO()
    write_workbook(sheet, out)
    with ZipFile(out) as package:
        assert package.testzip() is None
        for name in package.namelist():
            ET.fromstring(package.read(name))  # noqa: S314 - written here
        tree = ET.fromstring(package.read("xl/worksheets/sheet1.xml"))  # noqa: S314
        texts = ET.fromstring(package.read("xl/sharedStrings.xml"))  # noqa: S314
    shared = ["".join(text.itertext()) for text in texts.findall("m:si", _NS)]
    return [
        [_told(cell, shared) for cell in row.findall("m:c", _NS)]
        for row in tree.findall("m:sheetData/m:row", _NS)
    ]


def _told(cell: ET.Element, shared: list[str]) -> str:
    value = cell.findtext("m:v", "", _NS)
    return shared[int(value)] if cell.get("t") == "s" else value


def in_csv(sheet: LedgerSheet) -> list[list[str]]:
    data = b"".join(csv_lines(sheet))
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.req("S1-39", "S1-46")
def test_the_summary_has_a_subtotal_for_every_city(fonts: Fonts) -> None:
    summary = every_form.month_summary()
    text = read(to_pdf(month_summary(summary, F2), fonts).pdf)
    for city in ("济宁市", "青岛市"):
        lines = [line for line in summary.lines if line.city == city]
        (row,) = [line.split() for line in text.splitlines() if f"小计 {city}" in line]
        visits, *amounts = row[2:]
        assert visits == str(sum(line.visits for line in lines))
        assert amounts == [
            Money.total(map(amount, lines)).yuan() for _h, amount in f2_month_summary.AMOUNTS
        ]
    assert text.index("参保地 上海市") < text.index("参保地 山东省济宁市")
    assert "小计 上海市" in text


@pytest.mark.req("S1-40")
def test_a_reversal_is_a_negative_line_of_its_own(fonts: Fonts) -> None:
    detail = every_form.month_detail(9)
    text = read(to_pdf(month_detail(detail, F3), fonts).pdf)
    back = detail.lines[-1]
    assert back.total.yuan().startswith("-")
    assert text.count(back.setl_id) == 2
    assert back.total.yuan() in text.split()
    (total,) = [line.split() for line in text.splitlines() if "合计 10笔" in line]
    assert total[2] == Money.total(line.total for line in detail.lines).yuan()


def test_paper_file_and_workbook_carry_the_same_control_line(fonts: Fonts) -> None:
    detail = every_form.month_detail(9)
    sheet = detail_sheet(detail)
    control = control_of(sheet)
    flat = "".join(read(to_pdf(month_detail(detail, F3), fonts).pdf).split())
    assert f"SHA-256{control.sha256}" in flat
    rows = in_csv(sheet)
    head, *lines, last = rows
    assert tuple(head) == sheet.heads
    assert len(lines) == control.count == 10
    assert last[-1] == f"SHA-256={control.sha256}"
    assert last[1] == "行数=10"
    assert "总额=" + Money.total(line.total for line in detail.lines).yuan() in last
    raw = b"".join(csv_lines(sheet)).removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True)
    assert hashlib.sha256(b"".join(raw[1:-1])).hexdigest() == control.sha256
    assert in_workbook(sheet) == rows


def test_the_files_of_the_summary() -> None:
    sheet = summary_sheet(every_form.month_summary())
    assert in_workbook(sheet) == in_csv(sheet)
    assert len(in_csv(sheet)) == 7


def test_numbers_are_numbers_and_identifiers_texts() -> None:
    out = io.BytesIO()
    write_workbook(detail_sheet(every_form.month_detail(1)), out)
    with ZipFile(out) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
        texts = package.read("xl/sharedStrings.xml").decode()
    assert re.search(r'<c r="O2" s="3"><v>-?\d+\.\d\d</v></c>', sheet)
    assert "<t>430100G0000000000001</t>" in texts


def test_no_row_is_ever_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows name patients: neither the library nor we leave them where others can read."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    out = io.BytesIO()
    write_workbook(detail_sheet(every_form.month_detail(200)), out)
    assert out.getvalue().startswith(b"PK")


def test_the_same_rows_give_the_same_workbook() -> None:
    one, other = io.BytesIO(), io.BytesIO()
    for out in (one, other):
        write_workbook(detail_sheet(every_form.month_detail(3)), out)
    assert one.getvalue() == other.getvalue()


def test_an_empty_month_is_a_head_and_a_control_line(fonts: Fonts) -> None:
    empty = replace(every_form.month_detail(0), lines=())
    assert len(in_workbook(detail_sheet(empty))) == 2
    assert "合计 0笔" in read(to_pdf(month_detail(empty, F3), fonts).pdf)


def test_a_text_is_never_a_formula_and_never_breaks_the_file() -> None:
    rows = (("=1+1", "\x00<&\ufffe", 3), ("-", "a", 4))
    sheet = LedgerSheet("月", ("甲", "乙", "丙"), lambda: rows)
    assert [row[0] for row in in_csv(sheet)[1:3]] == ["'=1+1", "'-"]
    assert in_workbook(sheet)[1] == ["=1+1", " <& ", "3"]


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"full_self_pay": Money(1)}, (Identity.C1,)),
        ({"cash": Money(1)}, (Identity.C2,)),
        ({"pooled_fund": Money(1)}, (Identity.C4,)),
    ],
)
@pytest.mark.req("S1-34")
def test_a_line_that_does_not_add_up_is_named(
    change: dict[str, Money], broken: tuple[Identity, ...]
) -> None:
    good = every_form.month_detail(3)
    bad = replace(good, lines=[*good.lines, replace(every_form.detail_line(8), **change)])
    with pytest.raises(CannotPrint, match="结算ID 430100G0000000000008") as refused:
        month_detail(bad, F3)
    assert refused.value.broken == broken


def test_a_group_that_does_not_add_up_is_named() -> None:
    good = every_form.month_summary()
    bad = replace(good, lines=(replace(good.lines[0], cash=Money(1)),))
    with pytest.raises(CannotPrint, match="山东省济宁市") as refused:
        month_summary(bad, F2)
    assert refused.value.broken == (Identity.C2,)
