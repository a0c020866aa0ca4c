"""A policy file that cannot be trusted is refused with the place named."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from desktop.sandbox.insured_place.policy import (
    PersonClass,
)
from desktop.sandbox.insured_place.policy_files import BadPolicy, read_policies
from tests.sandbox.policy_example import (
    EXAMPLE,
    refused,
)

BAD: tuple[tuple[str, str, str], ...] = (
    # amounts and rates
    ('"3500.00"', '"3500.001"', "benefit[1].annual_fund_cap"),
    ('"3500.00"', '"-3500.00"', "benefit[1].annual_fund_cap"),
    ('"3500.00"', "3500.0", "benefit[1].annual_fund_cap"),
    ('all_levels = "400.00"', 'all_levels = "many"', "benefit[1].deductible.all_levels"),
    ('2 = "0.60"', '2 = "sixty"', "benefit[1].ratio.active.2"),
    ('2 = "0.60"', '2 = "1.0001"', "benefit[1].ratio.active.2"),
    ('2 = "0.60"', '2 = "-0.60"', "benefit[1].ratio.active.2"),
    ('2 = "0.60"', '2 = "60"', "benefit[1].ratio.active.2"),
    ('rate = "0.10"', 'rate = "10"', "first_pay[2].rate"),
    ('ratio = "0.50"', 'ratio = "1.5"', "supplement[1].ratio"),
    ('annual_cap = "50000.00"', 'annual_cap = "-1"', "supplement[1].annual_cap"),
    ('annual_threshold = "0.00"', 'annual_threshold = "-1"', "supplement[1].annual_threshold"),
    ('id = "XX-EMP', 'hospital_share = "1.1"\nid = "XX-EMP', "benefit[1].hospital_share"),
    ("late_long_days = 5", "late_long_days = -5", "filing[1].late_long_days"),
    ("late_long_days = 5", "late_long_days = true", "filing[1].late_long_days"),
    ("late_long_days = 5", "late_long_days = 367", "filing[1].late_long_days"),
    ("lock_months = 6", "lock_months = 999999", "filing[1].lock_months"),
    # missing keys and tables
    ('2 = "0.60", ', "", "benefit[1].ratio.active.2"),
    ('retired = { 1 = "0.75"', 'other = { 1 = "0.75"', "benefit[1].ratio.other"),
    ('retired = { 1 = "0.75", 2 = "0.65", 3 = "0.55" }', "", "benefit[1].ratio.retired"),
    ("valid_from = 2024-01-01\nannual_fund_cap", "annual_fund_cap", "benefit[1].valid_from"),
    ('document = "DEMO"\ndate = 2023-12-01', 'document = "DEMO"', "source.date"),
    ("connected = true\n", "", "connected"),
    ("[benefit.ratio]", "[benefit.share]", "benefit[1].share"),
    ("[[benefit]]", "[benefit]", "benefit"),
    ("[[filing]]", "[[fillings]]", "fillings"),
    ("[[supplement]]", "supplement = 3\n[[extra]]", "extra"),
    ("chronic_from = 2024-07-01\n", "", "chronic_from"),
    ("outpatient_from = 2024-01-01\n", "", "outpatient_from"),
    # unknown keys and words
    ("annual_fund_cap", "anual_fund_cap", "benefit[1].anual_fund_cap"),
    ("real_account", "reel_account", "reel_account"),
    ("lock_months = 6", "lock_months = 6\nlock_days = 2", "filing[1].lock_days"),
    ("annual_cap", "yearly_cap", "supplement[1].yearly_cap"),
    ('"annual_top_up"', '"sometimes"', "benefit[1].deductible.mode"),
    ('mode = "none"', 'mode = "none"\nall_levels = "1.00"', "chronic[1].deductible.all_levels"),
    ('all_levels = "400.00"', 'all_levels = "4"\n1 = "4"', "benefit[1].deductible.1"),
    ('"hifob_pay"', '"hifxx_pay"', "supplement[1].field"),
    ('"everybody"', '"friends"', "supplement[1].entitled"),
    ('"over_cap"', '"under_cap"', "supplement[1].base"),
    ('"ratio_minus"', '"ratio_plus"', "first_pay[1].mode"),
    ('group = "LONG"', 'group = "SHORT"', "first_pay[1].group"),
    ('["REFERRED", "EMERGENCY"]', '["REFERRED", "TOURIST"]', "first_pay[2].kinds"),
    ('["REFERRED", "EMERGENCY"]', '["POSTED_WORKER"]', "first_pay[2].kinds"),
    ('["REFERRED", "EMERGENCY"]', "[]", "first_pay[2].kinds"),
    ('year_key = "fee_date"', 'year_key = "today"', "benefit[1].year_key"),
    ('account_scope = "in_policy"', 'account_scope = "all"', "benefit[1].account_scope"),
    ("cap_shared_with_local = true", "cap_shared_with_local = 1", "benefit[1].cap_shared_with_local"),
    # codes and names
    ('"9909xx"', '"99xx09"', "areas"),
    ('"9909xx"', '"9909"', "areas"),
    ('"9909xx"', '"9909xx", "9909xx"', "areas"),
    ('["9909xx"]', "[]", "areas"),
    ('["9909xx"]', "[990900]", "areas"),
    ('["M03900", "M01600"]', '["高血压"]', "chronic[1].diseases"),
    ('["M03900", "M01600"]', "[]", "chronic[1].diseases"),
    ('["M03900", "M01600"]', '["M03900", "M03900"]', "chronic[1].diseases"),
    ('code = "330100"', 'code = "33"', "supplement[1].fund.code"),
    ('code = "330100"', 'cod = "330100"', "supplement[1].fund.cod"),
    ('insutype = "310"', 'insutype = "职工"', "benefit[1].insutype"),
    ('insutype = "310"', 'insutype = "999"', "benefit[1].insutype"),
    ('id = "XX-EMP-2024"', 'id = " "', "benefit[1].id"),
    ('id = "XX-CHRONIC-2024"', 'id = "XX-EMP-2024"', "chronic[1].id"),
    # DEMO is said twice or not at all
    ('title = "某市 (DEMO)"', 'title = "某市"', "title"),
    ('(DEMO)"\ninsutype', '"\ninsutype', "benefit[1].title"),
    ('source = { document = "DEMO"', 'source = { document = "某文件"', "benefit[1].title"),
    # dates
    ("valid_from = 2024-01-01", "valid_from = 1", "benefit[1].valid_from"),
    ("valid_from = 2024-01-01", "valid_from = 2024-01-01T00:00:00", "benefit[1].valid_from"),
    ("valid_from = 2024-01-01", "valid_from = 2024-01-01\nvalid_to = 2023-01-01", "benefit[1].valid_to"),
    ("valid_from = 2024-01-01", 'valid_from = "2024-01-01"', "benefit[1].valid_from"),
)  # fmt: skip


@pytest.mark.parametrize(("old", "new", "place"), BAD)
def test_a_bad_policy_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, place: str
) -> None:
    assert old in EXAMPLE
    assert refused(tmp_path, EXAMPLE.replace(old, new, 1)).place == f"X.toml: {place}"


def doubled(table: str) -> str:
    """The example with one of its tables written twice."""
    start = EXAMPLE.index(f"[[{table}]]")
    end = EXAMPLE.find("[[", start + 2)
    return EXAMPLE + "\n" + EXAMPLE[start : end if end > 0 else None].replace('id = "', 'id = "2')


@pytest.mark.parametrize(
    ("table", "number"),
    [("benefit", 2), ("chronic", 2), ("supplement", 2), ("first_pay", 4), ("filing", 2)],
)
def test_two_rules_may_not_hold_at_once(tmp_path: Path, table: str, number: int) -> None:
    bad = refused(tmp_path, doubled(table))
    assert bad.place == f"X.toml: {table}[{number}].valid_from"
    assert "overlaps" in bad.why


@pytest.mark.parametrize(
    ("old", "new", "place", "day"),
    [
        ("[[first_pay]]\ngroup = \"LONG\"", "", "first_pay of RETIRED_SETTLED", "2024-01-01"),
        ("[[first_pay]]\ngroup = \"TEMP\"\nv", "", "first_pay of OTHER", "2024-01-01"),
        ("outpatient_from = 2024-01-01", "2023-12-31", "first_pay of RETIRED_SETTLED", "2023-12-31"),
        ("[[filing]]\nvalid_from = 2024-01-01", "2024-01-02", "filing", "2024-01-01"),
        ("[[filing]]\nvalid_from = 2024-01-01", "to 2025-03-31", "filing", "2025-04-01"),
        ("insutype = \"310\"\nvalid_from = 2024-01-01", "2024-02-01", "benefit of 310", "2024-01-01"),
        ("insutype = \"310\"\nvalid_from = 2024-01-01", "to 2024-02-29", "benefit of 310", "2024-03-01"),
    ],
)  # fmt: skip
def test_a_connected_area_has_no_day_without_a_rule(
    tmp_path: Path, old: str, new: str, place: str, day: str
) -> None:
    """``new`` is another date, the end after ``to``, or nothing: the table is then left out."""
    bad = refused(tmp_path, spoiled(old, new))
    assert bad.place == f"X.toml: {place}"
    assert day in bad.why


def spoiled(old: str, new: str) -> str:
    assert old in EXAMPLE
    if new.startswith("to "):
        return EXAMPLE.replace(old, f"{old}\nvalid_to = {new[3:]}", 1)
    if new:
        return EXAMPLE.replace(old, f"{old[:-10]}{new}", 1)
    tables = re.split(r"(?=^\[\[)", EXAMPLE, flags=re.MULTILINE)
    return "".join(table for table in tables if old not in table)


def test_a_hole_between_two_rules_is_refused(tmp_path: Path) -> None:
    start = EXAMPLE.index("[[filing]]")
    first = EXAMPLE[start:].replace("2024-01-01", "2024-01-01\nvalid_to = 2024-12-31")
    for later, day in (("2025-01-02", "2025-01-01"), ("2026-01-01", "2025-01-01")):
        second = EXAMPLE[start:].replace("2024-01-01", later)
        bad = refused(tmp_path, EXAMPLE[:start] + first + "\n" + second)
        assert (bad.place, bad.why) == ("X.toml: filing", f"none holds on {day}")
    (tmp_path / "X.toml").write_text(
        EXAMPLE[:start] + first + "\n" + EXAMPLE[start:].replace("2024-01-01", "2025-01-01")
    )
    assert len(read_policies(tmp_path).filings) == 2


def test_two_rules_may_follow_each_other(tmp_path: Path) -> None:
    text = doubled("benefit")
    first, _, second = text.partition('id = "XX-EMP-2024"')
    ended = second.replace(
        "valid_from = 2024-01-01", "valid_from = 2024-01-01\nvalid_to = 2024-12-31", 1
    )
    both = first + 'id = "XX-EMP-2024"' + ended
    head, _, tail = both.partition('id = "2XX-EMP-2024"')
    later = tail.replace("valid_from = 2024-01-01", "valid_from = 2025-01-01", 1)
    (tmp_path / "X.toml").write_text(head + 'id = "2XX-EMP-2024"' + later, encoding="utf-8")
    policies = read_policies(tmp_path)
    ids = [
        policies.benefit("990900", "310", date(year, 5, 1), date(2026, 1, 1))
        for year in (2024, 2025)
    ]
    assert [found.id for found in ids if found] == ["XX-EMP-2024", "2XX-EMP-2024"]


@pytest.mark.parametrize("table", ["benefit", "first_pay", "filing"])
def test_a_connected_area_has_its_tables(tmp_path: Path, table: str) -> None:
    parts = re.split(r"(?=^\[\[)", EXAMPLE, flags=re.MULTILINE)
    rest = "".join(part for part in parts if not part.startswith(f"[[{table}]]"))
    assert refused(tmp_path, rest).place == f"X.toml: {table}"


def test_an_area_stands_in_one_file(tmp_path: Path) -> None:
    (tmp_path / "A.toml").write_text(EXAMPLE, encoding="utf-8")
    bad = refused(tmp_path, EXAMPLE.replace("XX-", "YY-"))
    assert bad.place == "X.toml: areas"
    assert "9909xx stands in A.toml" in bad.why


def test_a_rule_has_a_name_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "A.toml").write_text(EXAMPLE, encoding="utf-8")
    bad = refused(tmp_path, EXAMPLE.replace("9909xx", "9908xx"))
    assert bad.place == "X.toml: benefit[1].id"
    assert "A.toml: benefit[1].id" in bad.why


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("[[benefit]]", "[[benefit"),
        lambda text: text.replace('title = "', 'title = "\x00'),
        lambda text: text + "\ntitle = 1\ntitle = 2",
    ],
)
def test_what_is_no_toml_is_refused_by_file(tmp_path: Path, spoil: Callable[[str], str]) -> None:
    assert refused(tmp_path, spoil(EXAMPLE)).place == "X.toml"


def test_what_is_no_utf8_is_refused_by_file(tmp_path: Path) -> None:
    (tmp_path / "X.toml").write_bytes(EXAMPLE.encode("gb18030"))
    with pytest.raises(BadPolicy) as bad:
        read_policies(tmp_path)
    assert bad.value.place == "X.toml"


def test_a_table_that_is_none_is_refused(tmp_path: Path) -> None:
    bad = refused(tmp_path, "benefit = [1]\n" + EXAMPLE[: EXAMPLE.index("[[benefit]]")])
    assert bad.place == "X.toml: benefit[1]"


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadPolicy, match="holds no policy file"):
        read_policies(tmp_path)


def test_an_insurance_of_another_kind_names_its_classes(tmp_path: Path) -> None:
    """340 离休人员, say: no class is demanded, but those named must exist."""
    text = EXAMPLE.replace('insutype = "310"', 'insutype = "340"')
    (tmp_path / "X.toml").write_text(text, encoding="utf-8")
    assert PersonClass.ACTIVE in read_policies(tmp_path).benefits[0].ratios
    bad = refused(tmp_path, text.replace("active = {", "veteran = {", 1))
    assert bad.place == "X.toml: benefit[1].ratio.veteran"
