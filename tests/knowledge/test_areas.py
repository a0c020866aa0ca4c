"""Names of areas as the slip shows them."""

from __future__ import annotations

import pytest

from desktop.domain.identifiers import AreaCode
from desktop.knowledge.areas import load_areas


@pytest.mark.parametrize(
    ("code", "name"),
    [("370800", "山东省济宁市"), ("440300", "广东省深圳市"), ("371700", "山东省"), ("990000", "")],
)
def test_a_code_has_the_name_that_is_known(code: str, name: str) -> None:
    assert load_areas().name(AreaCode(code)) == name


def test_every_province_is_named_once() -> None:
    provinces = load_areas().provinces
    assert len(provinces) == len(set(provinces.values())) == 32
