"""Where a desk's catalogue lies, and what is told when it does not."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from desktop.domain.problems import DeskError, ProblemCode
from desktop.domain.times import CHINA
from desktop.services.catalogue_places import catalogue_file, practice_catalogue
from tests.rig.practice import practice

HEAD = "code,name,class,kind,selfpay,limit,restricted\n"


def test_the_practice_platform_is_searched() -> None:
    with practice() as platform:
        loaded = practice_catalogue(platform.url)
    assert loaded.catalogue.search("amxl")[0].name.startswith("阿莫西林")
    assert loaded.left_out == ()
    assert loaded.clock is None


def test_a_moved_practice_clock_comes_with_the_catalogue() -> None:
    """A lesson of another day: the platform takes no charges of the days after it."""
    with practice() as platform:
        platform.clock("2023-05-02T12:00:00")
        loaded = practice_catalogue(platform.url)
    assert loaded.clock is not None
    assert loaded.clock() == datetime(2023, 5, 2, 12, tzinfo=CHINA)


def test_a_platform_that_is_gone() -> None:
    with practice() as platform:
        url = platform.url
    with pytest.raises(DeskError) as caught:
        practice_catalogue(url)
    assert caught.value.problems[0].kind is ProblemCode.PRACTICE_CATALOGUE_MISSING


def test_a_file_of_the_hospital(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.csv"
    file.write_text(HEAD + "A1,甲药,01,09,0.0000,,0\nA2,,01,09,0.0000,,0\n", encoding="gb18030")
    loaded = catalogue_file(file)
    assert [item.code for item in loaded.catalogue.search("jy")] == ["A1"]
    assert [(fault.row, fault.column) for fault in loaded.left_out] == [(2, "name")]


def test_no_file_and_no_catalogue(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.csv"
    with pytest.raises(DeskError) as caught:
        catalogue_file(file)
    assert caught.value.problems[0].kind is ProblemCode.CATALOGUE_MISSING
    for content in (b"\xff\xff\xff", b"a,b\n1,2\n"):
        file.write_bytes(content)
        with pytest.raises(DeskError) as caught:
            catalogue_file(file)
        assert caught.value.problems[0].kind is ProblemCode.CATALOGUE_UNREADABLE
    with pytest.raises(DeskError) as caught:
        catalogue_file(tmp_path)
    assert caught.value.problems[0].kind is ProblemCode.CATALOGUE_UNREADABLE
