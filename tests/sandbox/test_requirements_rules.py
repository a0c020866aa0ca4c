"""Where every rule comes from, and that its days are nothing but data."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.sandbox.insured_place.policy import Source
from desktop.sandbox.insured_place.policy_files import HERE, read_policies
from tests.sandbox.conftest import POLICIES

JINING = "370800-jining.toml"


def sources() -> Iterator[tuple[str, Source]]:
    """Every rule of every file, with the areas that it is for."""
    rules = (
        *(POLICIES.places, POLICIES.benefits, POLICIES.chronic),
        *(POLICIES.supplements, POLICIES.first_pays, POLICIES.filings),
    )
    for kind in rules:
        for rule in kind:
            yield rule.areas[0], rule.source


@pytest.mark.req("S0-01", "S1-01")
def test_every_rule_names_its_document_and_day() -> None:
    """A document of a seed with its number, or DEMO; Jining and Hunan by their own."""
    told = list(sources())
    assert len(told) > 20
    for area, source in told:
        assert source.demo or re.search(r"〔\d{4}〕\d+号|seed 00\d", source.document), (
            area,
            source,
        )
        assert date(2021, 1, 1) <= source.date <= date(2026, 12, 31)
    documents = {area[:4]: "" for area, _ in told}
    for area, source in told:
        documents[area[:4]] += source.document
    assert "济医保发〔2021〕4号" in documents["3708"]
    assert "湘医保发〔2021〕19号" in documents["43xx"]


@pytest.mark.req("S1-60")
def test_each_insured_area_is_a_file_of_its_own(tmp_path: Path) -> None:
    """Without it the area has no rules; the others keep theirs."""
    shutil.copytree(HERE, tmp_path / "policies")
    (tmp_path / "policies" / JINING).unlink()
    without, day = read_policies(tmp_path / "policies"), date(2023, 5, 2)
    assert without.benefit("370800", "310", day, day) is None
    kept = [rule.id for rule in POLICIES.benefits if not rule.areas[0].startswith("3708")]
    assert [rule.id for rule in without.benefits] == kept


@pytest.mark.req("S2-07")
@pytest.mark.parametrize(
    ("ends", "begins", "rule"),
    [
        ("2022-12-31", "2023-01-01", "JN-EMP-2021"),
        ("2022-06-30", "2022-07-01", "JN-EMP-2023"),
    ],
)
def test_a_rule_begins_on_the_day_that_its_file_says(
    tmp_path: Path, ends: str, begins: str, rule: str
) -> None:
    shutil.copytree(HERE, tmp_path / "policies")
    file = tmp_path / "policies" / JINING
    old, mark, new = file.read_text(encoding="utf-8").partition('id = "JN-EMP-2023"')
    old = old.replace("valid_to = 2022-12-31", f"valid_to = {ends}", 1)
    new = new.replace("valid_from = 2023-01-01", f"valid_from = {begins}", 1)
    file.write_text(old + mark + new, encoding="utf-8")
    day = date(2022, 12, 1)
    found = read_policies(tmp_path / "policies").benefit("370800", "310", day, day)
    assert found is not None
    assert found.id == rule
