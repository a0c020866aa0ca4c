"""民族 by its code (GB/T 3304), against the dictionary of the national interface."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from desktop.domain.nations import nation_name


def test_every_name_is_that_of_the_interface() -> None:
    text = files("desktop.sandbox").joinpath("data/dictionaries.json").read_text("utf-8")
    names = json.loads(text)["naty"]
    assert {code: nation_name(code) for code in names} == names


@pytest.mark.parametrize("code", ["", "00", "57", "97", "x", "٠١"])
def test_an_unknown_code_is_shown_as_it_is(code: str) -> None:
    assert nation_name(code) == code
