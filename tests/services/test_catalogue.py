"""The catalogue at the desk: read from anywhere, found while typing."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.quantities import Rate, UnitPrice
from desktop.services.catalogue import (
    MOST_FOUND,
    BadCatalogue,
    Catalogue,
    CatalogueFault,
    CatalogueItem,
    Initials,
    pinyin_initials,
    read_csv_items,
    read_practice_items,
)
from tests.rig.practice import practice

PRACTICE_CSV = Path(__file__).parents[2] / "desktop" / "sandbox" / "data" / "catalogue.csv"


@pytest.fixture(scope="module")
def initials() -> Initials:
    return pinyin_initials()


@pytest.fixture(scope="module")
def practice_items() -> tuple[CatalogueItem, ...]:
    loaded = read_csv_items(PRACTICE_CSV.read_bytes)
    assert loaded.faults == ()
    return loaded.items


@pytest.fixture(scope="module")
def catalogue(practice_items: tuple[CatalogueItem, ...], initials: Initials) -> Catalogue:
    return Catalogue(practice_items, initials)


def item(code: str, name: str) -> CatalogueItem:
    return CatalogueItem(code, name, "01", "09", Rate.parse("0"), None, restricted=False)


def names(initials: Initials, typed: str, *known: str) -> list[str]:
    items = [item(f"C{n}", name) for n, name in enumerate(known)]
    return [found.name for found in Catalogue(items, initials).search(typed)]


@pytest.mark.parametrize(
    "typed", ["amxljn", "AMXL", "ａｍｘｌ", "阿莫西林", "莫西林胶", "amxl 0.25g"]
)
def test_an_item_by_initials_or_name(catalogue: Catalogue, typed: str) -> None:
    assert catalogue.search(typed)[0].name == "阿莫西林胶囊 0.25g*24粒"


@pytest.mark.parametrize("typed", ["XJ01CAA001A001010100001", "xj01caa001a00"])
def test_an_item_by_its_code(catalogue: Catalogue, typed: str) -> None:
    assert catalogue.search(typed)[0].code == "XJ01CAA001A001010100001"
    assert catalogue.item(typed.upper()) in (None, catalogue.search(typed)[0])


def test_characters_with_several_readings(initials: Initials) -> None:
    """参 is read can or shen, 重 zhong or chong, 大 da or dai: whoever types either is right."""
    known = ("人参片", "重酒石酸片", "生大黄参片")
    for typed in ("rs", "rc"):
        assert names(initials, typed, *known) == ["人参片"]
    for typed in ("zjs", "cjs"):
        assert names(initials, typed, *known) == ["重酒石酸片"]
    for typed in ("sdhsp", "sdhcp", "sthsp", "sthcp"):
        assert names(initials, typed, *known) == ["生大黄参片"]


def test_the_whole_stands_before_the_beginning_before_the_middle(initials: Initials) -> None:
    known = ("复方甘草片", "甘草片剂", "甘草片", "炙甘草片剂")
    assert names(initials, "gcp", *known) == ["甘草片", "甘草片剂", "复方甘草片", "炙甘草片剂"]
    assert names(initials, "甘草片", *known) == ["甘草片", "甘草片剂", "复方甘草片", "炙甘草片剂"]


def test_all_words_must_be_found(initials: Initials) -> None:
    known = ("阿莫西林胶囊 0.25g", "阿莫西林胶囊 0.5g", "阿奇霉素片 0.25g")
    assert names(initials, "amxl 0.5", *known) == ["阿莫西林胶囊 0.5g"]
    assert names(initials, "0.25g 阿奇", *known) == ["阿奇霉素片 0.25g"]
    assert names(initials, "amxl 片", *known) == []


@pytest.mark.parametrize("typed", ["", "  \t\n", "zzzzzz", "\N{REPLACEMENT CHARACTER}"])
def test_nothing_is_found_for_nothing(catalogue: Catalogue, typed: str) -> None:
    assert catalogue.search(typed) == ()


def test_letters_and_signs_in_a_name(initials: Initials) -> None:
    assert names(initials, "ct", "头颅CT平扫", "维生素C片") == ["头颅CT平扫"]
    assert names(initials, "wssc", "维生素C片", "维生素(C)片") == ["维生素C片", "维生素(C)片"]


def test_every_item_is_found_by_its_own_name(
    catalogue: Catalogue, practice_items: tuple[CatalogueItem, ...]
) -> None:
    assert len(catalogue) == len(practice_items) > 100
    for wanted in practice_items:
        assert wanted in catalogue.search(wanted.name)
        assert catalogue.search(wanted.code)[0] == wanted


@pytest.fixture(scope="module")
def big(practice_items: tuple[CatalogueItem, ...], initials: Initials) -> Catalogue:
    """Ten thousand items with names like the practice platform's."""
    chance = random.Random(3)  # noqa: S311 - invents names
    characters = "".join(found.name for found in practice_items).replace(" ", "")
    invented = (
        item(f"XJ{n:08d}", "".join(chance.choices(characters, k=chance.randint(4, 16))))
        for n in range(10_000)
    )
    return Catalogue(invented, initials)


@pytest.mark.parametrize(
    "typed", ["a", "x", "xj", "xj00", "xj00009999", "amxl", "片", "阿莫西林", "qqqq", "z 片 a 1"]
)
def test_a_search_among_ten_thousand_is_a_matter_of_milliseconds(
    big: Catalogue, typed: str
) -> None:
    took = []
    for _ in range(5):
        began = time.thread_time()
        assert len(big.search(typed)) <= MOST_FOUND
        took.append(time.thread_time() - began)
    assert min(took) < 0.005


def test_pinyin_is_not_loaded_before_a_catalogue_is_built() -> None:
    program = (
        "import sys, desktop.services.catalogue as c\n"
        "assert 'pypinyin' not in sys.modules\n"
        "assert list(c.pinyin_initials()('血'))[0] == 'x'\n"
        "assert 'pypinyin.phrases_dict' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=20)


ROW = {
    "med_list_codg": "A1",
    "name": "甲",
    "class": "02",
    "kind": "09",
    "selfpay": "0.1000",
    "limit": "32.000000",
    "restricted": True,
}


def told(rows: object) -> Any:
    return lambda: json.dumps(rows).encode()


def test_items_of_the_practice_platform() -> None:
    loaded = read_practice_items(told([ROW, {**ROW, "med_list_codg": "A2", "limit": None}]))
    first, second = loaded.items
    assert first == CatalogueItem(
        "A1", "甲", "02", "09", Rate.parse("0.1"), UnitPrice.parse("32"), restricted=True
    )
    assert second.limit is None
    assert loaded.faults == ()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("med_list_codg", ""),
        ("name", None),
        ("class", 1),
        ("kind", "  "),
        ("selfpay", "1.5"),
        ("selfpay", "-0.1"),
        ("selfpay", 0.1),
        ("limit", "abc"),
        ("limit", "-1"),
        ("restricted", "maybe"),
    ],
)
def test_a_bad_row_is_left_out_and_told(column: str, value: object) -> None:
    rows = [{**ROW, column: value}, {**ROW, "med_list_codg": "A2"}]
    loaded = read_practice_items(told(rows))
    assert [found.code for found in loaded.items] == ["A2"]
    assert loaded.faults == (CatalogueFault(1, column),)


def test_a_row_that_is_none(initials: Initials) -> None:
    assert read_practice_items(told([7])).faults == (CatalogueFault(1, "med_list_codg"),)


@pytest.mark.parametrize("data", [b"", b"{", b"{}", b"\xff\xfe"])
def test_what_is_no_catalogue(data: bytes) -> None:
    with pytest.raises(BadCatalogue):
        read_practice_items(lambda: data)


HEADER = "code,name,class,kind,selfpay,limit,restricted\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_of_the_profile(encoding: str) -> None:
    text = HEADER + "A1,甲类药品片,01,09,0.0000,,0\nA2,丙类,03,09,1,12.5,1\nA3,,01,09,0,,\n"
    loaded = read_csv_items(lambda: text.encode(encoding))
    assert [(i.code, i.name, i.restricted) for i in loaded.items] == [
        ("A1", "甲类药品片", False),
        ("A2", "丙类", True),
    ]
    assert loaded.items[1].limit == UnitPrice.parse("12.5")
    assert loaded.faults == (CatalogueFault(3, "name"),)


@pytest.mark.parametrize("data", [b"", "甲,乙\n".encode(), b"\xff\xff\xff"])
def test_a_file_that_is_no_catalogue(data: bytes) -> None:
    with pytest.raises(BadCatalogue):
        read_csv_items(lambda: data)


@pytest.fixture
def platform_rows() -> Iterator[bytes]:
    with practice() as running:
        yield running.http.get(f"{running.url}/practice/catalogue").content


def test_the_practice_platforms_own_answer(
    platform_rows: bytes, practice_items: tuple[CatalogueItem, ...]
) -> None:
    loaded = read_practice_items(lambda: platform_rows)
    assert loaded.faults == ()
    assert sorted(loaded.items, key=lambda i: i.code) == sorted(
        practice_items, key=lambda i: i.code
    )
