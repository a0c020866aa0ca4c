"""The data files: policies, catalogue, town; a bad policy is refused with its place."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.identifiers import IdNumber
from desktop.domain.money import Money
from desktop.domain.person import FilingKind
from desktop.domain.quantities import Rate
from desktop.sandbox.benefit import LineShare, Standing, Terms, compute
from desktop.sandbox.catalogue import read_catalogue
from desktop.sandbox.model import ItemClass
from desktop.sandbox.policy import FirstPay, FirstPayMode, PersonClass, area_matches
from desktop.sandbox.policy_files import HERE, BadPolicy, read_policies
from desktop.sandbox.town import town

GOOD = (HERE / "JN-EMP-2023.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('"2000.00"', '"2000.001"', "X.toml: annual_fund_cap"),
        ('"2000.00"', "2000.0", "X.toml: annual_fund_cap"),
        ('2 = "0.60"', '2 = "sixty"', "X.toml: ratio.active.2"),
        ('2 = "0.60", ', "", "X.toml: ratio.active.2"),
        ('"annual_top_up"', '"sometimes"', "X.toml: deductible.mode"),
        ('"3708xx"', '"37xx08"', "X.toml: areas"),
        ("valid_from = 2023-01-01", "valid_from = 1", "X.toml: valid_from"),
        ("valid_from = 2023-01-01", "", "X.toml: valid_from"),
        ("annual_fund_cap", "anual_fund_cap", "X.toml: anual_fund_cap"),
        (
            "cap_shared_with_local = true",
            "cap_shared_with_local = 1",
            "X.toml: cap_shared_with_local",
        ),
        ("date = 2023-01-01", "", "X.toml: source.date"),
        ('kind = "benefit"', 'kind = "gift"', "X.toml: kind"),
        ("[ratio]", "[ratio", "X.toml"),
        ("retired", "veteran", "X.toml: ratio.veteran"),
        (
            'year_key = "fee_date"',
            'year_key = "fee_date"\nvalid_to = 2022-01-01',
            "X.toml: valid_to",
        ),
    ],
)
def test_a_bad_policy_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, place: str
) -> None:
    assert old in GOOD
    (tmp_path / "X.toml").write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadPolicy) as bad:
        read_policies(tmp_path)
    assert bad.value.place == place


def test_rules_may_not_overlap(tmp_path: Path) -> None:
    (tmp_path / "X.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "Y.toml").write_text(GOOD.replace("JN-EMP-2023", "Y"), encoding="utf-8")
    with pytest.raises(BadPolicy, match="JN-EMP-2023 and Y: valid_from"):
        read_policies(tmp_path)


def test_the_readme_shows_a_complete_new_area(tmp_path: Path) -> None:
    """A new insured area is a new file, no code: the example of the README works as it stands."""
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    for number, block in enumerate(re.findall(r"```toml\n(.*?)```", readme, re.DOTALL)):
        (tmp_path / f"{number}.toml").write_text(block, encoding="utf-8")
    policies = read_policies(tmp_path)
    day = date(2024, 5, 2)
    rule = policies.benefit("990122", "310", day, day)
    assert rule is not None
    assert rule.id == "XX-EMP-2024"
    assert policies.benefit("990200", "310", day, day) is None
    minus = [policies.first_pay("990122", kind, day).rate for kind in _KINDS]
    assert minus == [Rate.parse("0"), Rate.parse("0.10"), Rate.parse("0.20")]
    filing = policies.filing("990122", day)
    assert filing is not None
    assert filing.lock_months == 6


_KINDS = (FilingKind.LONG_RESIDENT, FilingKind.REFERRED, FilingKind.OTHER)


def test_ratio_minus_lowers_the_ratio_instead_of_a_first_pay() -> None:
    """A4: E24 as a reduction of ten points gives 280.00."""
    day = date(2023, 5, 1)
    rule = read_policies().benefit("370800", "310", day, day)
    assert rule is not None
    less = FirstPay(FirstPayMode.RATIO_MINUS, Rate.parse("0.10"))
    bill = LineShare(Money(100_000), Money(0), Money(0), Money(0), Money(100_000))
    got = compute(bill, Terms(rule, PersonClass.ACTIVE, 3, less), Standing())
    assert (got.fund.yuan(), got.first_pay.yuan()) == ("280.00", "0.00")


def test_the_most_precise_area_wins() -> None:
    assert area_matches("3708xx", "370811")
    assert not area_matches("3708xx", "370900")


def test_the_catalogue_is_large_and_varied() -> None:
    items = read_catalogue()
    assert len(items) >= 150
    assert len({item.code for item in items}) == len(items)
    assert {item.item_class for item in items} == set(ItemClass)
    assert {item.kind for item in items} == {f"{number:02d}" for number in range(1, 15)}
    assert any(item.limit for item in items)
    assert any(item.restricted for item in items)
    assert all(item.selfpay.value == 1 for item in items if item.item_class is ItemClass.C)


def test_the_town_is_invented_and_whole() -> None:
    people = town()
    assert len(people) >= 20
    for person in people:
        number = IdNumber.parse(person.certno)
        assert person.certno.startswith("990000")
        assert number.birth == person.brdy
        assert int(person.certno[16]) % 2 == int(person.gend) % 2
    assert len({person.certno for person in people}) == len(people)
    assert len({person.card_no for person in people}) == len(people)
    assert {person.gend for person in people} == {"1", "2"}


def test_the_town_has_every_name_that_is_hard() -> None:
    names = "".join(person.name for person in town())
    assert all(each in names for each in "䶮㼆彧龴𠮷𬀩𫖮·")
    assert any(0x2EBF0 <= ord(each) <= 0x2EE5D for each in names)
    assert max(len(person.name) for person in town()) == 30
