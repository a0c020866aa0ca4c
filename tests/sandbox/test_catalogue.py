"""The care place's catalogue: downloads, pages, and the split of a line, all by the same rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from shutil import copytree
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.quantities import Rate, UnitPrice
from desktop.nhsa.messages.catalogue_rows import (
    CHRONIC,
    DIAGNOSES,
    DRUGS,
    HERBS,
    MATERIALS,
    SERVICES,
)
from desktop.nhsa.messages.column_file import FileForm, unpack
from desktop.sandbox.bad_data import BadData
from desktop.sandbox.care_place.catalogue import FOLDER, read_catalogue
from desktop.sandbox.care_place.spans import is_valid, limit_on, limit_rows, share_on
from desktop.sandbox.care_place.splitting import ALL
from desktop.sandbox.catalogue_model import Item, ItemClass, LimitSpan, ShareSpan
from desktop.sandbox.control import bodies
from desktop.sandbox.control import surface as control
from desktop.sandbox.control.bodies import Malformed
from desktop.sandbox.control.catalogue import put_item
from desktop.sandbox.model import Line
from desktop.sandbox.platform import read_envelope
from desktop.sandbox.reasons import Reason
from tests.sandbox.asking import Patient, business
from tests.sandbox.conftest import Bench
from tests.sandbox.refusing import refused

VISIT = "000202000020000-0002"
"""副主任医师门诊诊察费: 22.00, in 430200 18.00, before 2023 20.00."""
DIABETES = "XA10BKA014A001010100014"
"""恩格列净片: 15 %, in 430200 20 %, before 2023 30 %."""
PCR = "000481000810000-0081"
"""Refused above 28.00, from 2022-05-26 above 16.00; gone after 2023."""
ZHUZHOU = "H43020000007"
FILES: dict[str, FileForm[Any]] = {
    "1301": DRUGS,
    "1302": HERBS,
    "1305": SERVICES,
    "1306": MATERIALS,
    "1307": DIAGNOSES,
    "1309": CHRONIC,
}
SERVICE_KINDS = {f"{number:02d}" for number in range(1, 15)} - {"08", "09", "10", "11"}
PAGE = {"updt_time": "2000-01-01", "page_num": 1, "page_size": 1000}


def download(bench: Bench, infno: str, version: str = "v0000") -> tuple[Any, ...]:
    """The rows of the file that the answer names, fetched by 9102."""
    told = bench.desk.ask(infno, "", data={"ver": version})
    named = {"file_qury_no": told["file_qury_no"], "filename": told["filename"]}
    asked = bench.desk.envelope("9102", "", {"fsDownloadIn": {**named, "fixmedins_code": "plc"}})
    request = read_envelope(json.dumps(asked).encode())
    content = bench.platform.handle(request, bench.now, bench.real).file
    assert content, "no file"
    rows = unpack(FILES[infno], content)
    assert told["data_cnt"] == len(rows)
    assert told["dld_end_time"] == "2023-05-09 09:30:00"
    return rows


@pytest.mark.req("S0-16")
@pytest.mark.parametrize(
    ("infno", "kinds"),
    [("1301", {"09", "11"}), ("1302", {"10"}), ("1306", {"08"}), ("1305", SERVICE_KINDS)],
)
def test_every_item_is_in_one_file(bench: Bench, infno: str, kinds: set[str]) -> None:
    items = {item.code: item for item in bench.state.catalogue}
    rows = download(bench, infno)
    wanted = {code for code, item in items.items() if item.kind in kinds}
    assert {row.code for row in rows} == wanted
    assert all(row.name == items[row.code].name for row in rows)
    assert {row.version_name for row in rows} == {"430000演练目录"}
    assert {row.version for row in rows} == {"v0001"}


@pytest.mark.req("S4-23")
@pytest.mark.parametrize("infno", list(FILES))
def test_each_province_has_a_version_of_its_own(bench: Bench, infno: str) -> None:
    """The same codes under the name of the province whose hospital asks."""
    ours = download(bench, infno)
    bench.desk.hospital, bench.desk.care_area = "H37080000001", "370800"
    theirs = download(bench, infno)
    assert {row.version_name for row in ours} == {"430000演练目录"}
    assert {row.version_name for row in theirs} == {"370000演练目录"}
    assert all(row.version for row in (*ours, *theirs))


def test_only_what_is_newer_comes(bench: Bench) -> None:
    assert download(bench, "1301", "v0001") == ()
    bench.item("NEW", kind="09")
    (row,) = download(bench, "1301", "1")
    assert (row.code, row.version) == ("NEW", "v0002")
    assert download(bench, "1307", "v0001") == ()
    with refused(bench, Reason.FIELD_WRONG):
        bench.desk.ask("1301", "", data={"ver": "latest"})


def test_an_ended_item_is_told_as_invalid(bench: Bench) -> None:
    rows = {row.code: row for row in download(bench, "1301")}
    gone = rows["XM01AEA084A001010100084"]
    assert (gone.valid, gone.ends) == ("0", "2021-12-31")
    assert rows[DIABETES].valid == "1"


@pytest.mark.req("S1-29", "S2-13")
def test_diseases_have_national_codes_and_the_provinces_own_stand_apart(bench: Bench) -> None:
    rows = download(bench, "1309")
    national = [row for row in rows if row.area is None]
    provincial = [row for row in rows if row.area == "430000"]
    assert len(national) == 10
    assert len(provincial) > len(national)
    assert {row.code for row in national}.isdisjoint(row.code for row in provincial)
    assert all(len(row.code) == 6 and row.code[0] == "M" for row in rows)
    assert all(row.code and row.name for row in download(bench, "1307"))


def pages(bench: Bench, infno: str, **asked: Any) -> list[Mapping[str, Any]]:
    """All rows, page by page."""
    found: list[Mapping[str, Any]] = []
    number, of = 0, 1
    while number < of:
        number += 1
        told = bench.desk.ask(
            infno, "", data={**PAGE, "page_size": 50, **asked, "page_num": number}
        )
        found += told["data"]
        of = told["pages"]
        assert told["recordCounts"] >= len(found)
    assert len(found) == told["recordCounts"]
    return found


@pytest.mark.req("S0-16")
def test_1312_and_1317_tell_the_whole_catalogue(bench: Bench) -> None:
    codes = {item.code for item in bench.state.catalogue}
    assert {row["hilist_code"] for row in pages(bench, "1312")} == codes
    matches = pages(bench, "1317", fixmedins_code=bench.desk.hospital)
    assert {row["medins_list_codg"] for row in matches} == codes
    assert pages(bench, "1317", fixmedins_code="H43010000009") == []


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({"hilist_code": VISIT}, lambda row: row["hilist_code"] == VISIT),
        ({"hilist_name": "胶囊"}, lambda row: "胶囊" in row["hilist_name"]),
        ({"chrgitm_lv": "03"}, lambda row: row["chrgitm_lv"] == "03"),
        ({"lmt_used_flag": "1"}, lambda row: row["lmt_used_flag"] == "1"),
        ({"list_type": "201"}, lambda row: row["list_type"] == "201"),
        ({"vali_flag": "0"}, lambda row: row["vali_flag"] == "0"),
        ({"begndate": "2021-01-01"}, lambda row: row["begndate"] >= "2021-01-01"),
    ],
)
def test_what_is_asked_for_comes_and_nothing_else(
    bench: Bench, asked: Mapping[str, str], holds: Any
) -> None:
    whole, some = pages(bench, "1312"), pages(bench, "1312", **asked)
    assert some == [row for row in whole if holds(row)] != []
    assert len(some) < len(whole)


def test_updt_time_leaves_out_what_the_desk_has(bench: Bench) -> None:
    assert pages(bench, "1312", updt_time="2023-05-02") == []
    control_item(bench, "NEW", today=date(2023, 5, 2))
    (row,) = pages(bench, "1312", updt_time="2023-05-02 00:00:00")
    assert (row["hilist_code"], row["updt_time"]) == ("NEW", "2023-05-02")


def control_item(bench: Bench, code: str, today: date, **facts: Any) -> None:
    item = {"name": code, "class": "01", "kind": "09", **facts}
    body = bodies.read_body(bodies.ItemBody, json.dumps(item).encode())
    put_item(bench.state, code, body, today)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"page_size": 0}, "page_size"),
        ({"page_size": 1001}, "page_size"),
        ({"page_num": 0}, "page_num"),
        ({"updt_time": "yesterday"}, "updt_time"),
        ({"query_date": "2023-02-30"}, "query_date"),
        ({"insu_admdvs": "43"}, "insu_admdvs"),
    ],
)
def test_a_wrong_question_is_refused(bench: Bench, asked: Mapping[str, Any], field: str) -> None:
    with refused(bench, Reason.FIELD_WRONG):
        bench.desk.ask("1318", "", data={**PAGE, **asked})


def test_a_page_behind_the_last_is_empty(bench: Bench) -> None:
    assert bench.desk.ask("1318", "", data={**PAGE, "page_num": 9})["data"] == []


# --- one fact: the split and the pages -----------------------------------------------------------


@pytest.mark.req("S0-16", "S1-32")
@pytest.mark.parametrize(
    ("place", "began", "limit"),
    [
        ("430100", "2023-05-02", "22"),
        ("430100", "2022-12-31", "20"),
        ("430200", "2023-05-02", "18"),
        ("430281", "2023-05-02", "18"),
        ("430300", "2022-05-02", "20"),
    ],
)
def test_the_limit_is_that_of_area_and_day(
    bench: Bench, place: str, began: str, limit: str
) -> None:
    split = one_line(bench, place, began, VISIT, "30.00")
    assert split["pric_uplmt_amt"] == Decimal(limit)
    assert split["overlmt_amt"] == 30 - Decimal(limit)
    (row,) = asked_there(bench, "1318", place, began, VISIT)
    assert row["hilist_pric_uplmt_amt"] == Decimal(limit)


@pytest.mark.req("S0-16")
@pytest.mark.parametrize(
    ("place", "began", "share"),
    [
        ("430100", "2023-05-02", "0.15"),
        ("430100", "2022-12-31", "0.30"),
        ("430200", "2023-05-02", "0.20"),
    ],
)
def test_the_share_is_that_of_area_and_day(
    bench: Bench, place: str, began: str, share: str
) -> None:
    split = one_line(bench, place, began, DIABETES, "100.00")
    assert split["selfpay_prop"] == Decimal(share)
    assert split["preselfpay_amt"] == 100 * Decimal(share)
    (row,) = asked_there(bench, "1319", place, began, DIABETES)
    assert row["selfpay_prop"] == Decimal(share)


def one_line(bench: Bench, place: str, began: str, item: str, price: str) -> Mapping[str, Any]:
    """The split of one line at a hospital of that place."""
    hospital = bodies.InstitutionBody(name="分院", area=place, level=2)
    control.change_institution(bench.state, ZHUZHOU, hospital)
    bench.desk.hospital, bench.desk.care_area = ZHUZHOU, place
    filing = {"kind": "LONG_RESIDENT", "area": "430000", "from": "2021-04-01"}
    patient: Patient = bench.patient(bench.put(filings=[filing]), began=f"{began} 09:00:00")
    patient.open()
    (split,) = patient.upload(patient.row("P1", item, price))
    return split


def asked_there(
    bench: Bench, infno: str, place: str, day: str, item: str
) -> list[Mapping[str, Any]]:
    """What a desk that downloaded the rows finds: the closest area first."""
    rows = pages(bench, infno, hilist_code=item, insu_admdvs=place, query_date=day)
    closest = max(len(row["insu_admdvs"].rstrip("0")) for row in rows)
    return [row for row in rows if len(row["insu_admdvs"].rstrip("0")) == closest]


areas = st.sampled_from(("", "430000", "430100", "430200", "430281"))
days = st.dates(date(2020, 1, 1), date(2025, 12, 31))
limits = st.builds(
    LimitSpan,
    area=areas,
    begins=days,
    ends=st.none() | days,
    limit=st.just(UnitPrice.parse("1")),
)


@given(st.lists(limits, max_size=3), st.none() | days, areas.filter(bool), days)
def test_at_most_one_row_counts(
    spans: list[LimitSpan], ends: date | None, area: str, day: date
) -> None:
    """The item's own value fills what the spans of the whole care place leave."""
    item = Item(
        code="A",
        name="A",
        item_class=ItemClass.A,
        kind="09",
        selfpay=Rate.parse("0"),
        limit=UnitPrice.parse("2"),
        restricted=False,
        ends=ends,
        limits=tuple(spans),
    )
    found = limit_on(item, area, day)
    holding = [
        row
        for row in limit_rows(item)
        if row.begins <= day and (row.ends is None or day <= row.ends)
    ]
    assert found is None or found in holding
    last = max((span.ends for span in spans if span.area == "" and span.ends), default=None)
    covered = (ends is None or day <= ends) and (last is None or day > last)
    assert found is not None or not covered


def test_only_class_b_has_a_share(bench: Bench) -> None:
    items = {item.item_class: item for item in reversed(tuple(bench.state.catalogue))}
    day = date(2023, 5, 2)
    assert share_on(items[ItemClass.A], "430100", day) is None
    assert share_on(items[ItemClass.C], "430100", day) is None
    assert isinstance(share_on(items[ItemClass.B], "430100", day), ShareSpan)


@pytest.mark.parametrize(
    ("item", "began"),
    [("XM01AEA084A001010100084", "2023-05-02"), ("XA07BCA083A001010100083", "2022-12-31")],
)
def test_an_item_counts_in_its_time_only(bench: Bench, item: str, began: str) -> None:
    patient = bench.patient(began=f"{began} 09:00:00").open()
    with refused(bench, Reason.ITEM_ENDED):
        patient.upload(patient.row("P1", item, "10.00"))


# --- the files and the control surface -----------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "line", "place"),
    [
        ("catalogue.csv", "X,甲,09,09,0.0000,,0,,", "catalogue.csv: row"),
        ("catalogue.csv", "X,名,01,09,2.x,,0,,", "catalogue.csv: row"),
        ("catalogue_limits.csv", f"{VISIT},430200,2023-01-01,,17.000000,0", VISIT),
        ("catalogue_limits.csv", "NOBODY,,,,17.000000,0", "NOBODY"),
        (
            "catalogue_limits.csv",
            f"{VISIT},430900,tomorrow,,17.000000,0",
            "catalogue_limits.csv: row",
        ),
        ("catalogue_shares.csv", f"{DIABETES},,2022-01-01,,0.1000", DIABETES),
    ],
)
def test_a_bad_file_is_refused_with_its_place(
    tmp_path: Path, file: str, line: str, place: str
) -> None:
    folder = tmp_path / "data"
    copytree(FOLDER, folder)
    with (folder / file).open("a", encoding="utf-8") as opened:
        opened.write(f"{line}\n")
    with pytest.raises(BadData) as bad:
        read_catalogue(folder)
    assert place in bad.value.place


def test_the_control_surface_puts_spans(bench: Bench) -> None:
    spans = [{"area": "430100", "from": "2023-05-02", "to": "2023-05-02", "limit": "5.00"}]
    control_item(bench, "A", date(2023, 5, 2), limit="9.00", limits=spans)
    patient = bench.patient().open()
    assert patient.upload(patient.row("P1", "A", "10.00"))[0]["overlmt_amt"] == 5
    bench.now = business("2023-05-03 09:30:00")
    later = patient.row("P2", "A", "10.00", fee_ocur_time="2023-05-03 09:00:00")
    assert patient.upload(later)[0]["overlmt_amt"] == 1


def test_spans_that_clash_are_malformed(bench: Bench) -> None:
    spans = [{"limit": "5.00"}, {"from": "2023-05-02", "limit": "6.00"}]
    with pytest.raises(Malformed) as bad:
        control_item(bench, "A", date(2023, 5, 2), limits=spans)
    assert bad.value.field == "limits[1]"
    shares = [{"share": "0.10"}, {"share": "0.20"}]
    with pytest.raises(Malformed):
        control_item(bench, "A", date(2023, 5, 2), shares=shares)


def test_what_an_older_platform_stored_is_read() -> None:
    """Rows of before: an item without spans, a line and a visit without what 5204 and rules want."""
    old = b'{"code":"A","name":"A","item_class":"02","kind":"09","selfpay":{"value":"0.1"},'
    item = msgspec.json.decode(old + b'"limit":null,"restricted":false}', type=Item)
    assert (
        share_on(item, "430100", date(2023, 5, 2)) or ShareSpan(share=ALL)
    ).share == item.selfpay
    assert is_valid(item, date(2023, 5, 2))
    fen = b'{"fen":100}'
    amounts = b",".join(
        b'"%s":%s' % (name, fen)
        for name in (b"total", b"full_self_pay", b"over_limit", b"pre_self_pay", b"in_scope")
    )
    line = msgspec.json.decode(
        b'{"feedetl_sn":"1","item":"A","disease":"","time":"2023-05-02T09:00:00",'
        b'"quantity":{"value":"1"},"price":{"value":"1"},%s}' % amounts,
        type=Line,
    )
    assert (line.noted.approval, line.noted.limit) == ("", None)
