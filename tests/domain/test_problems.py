"""Every problem has a code for programs, and Chinese words and a next step for people."""

from __future__ import annotations

import re

import pytest

from desktop.domain.problems import DeskError, Problem, ProblemCode, desk_error

every = pytest.mark.parametrize("kind", ProblemCode)


def test_codes_are_unique_and_complete() -> None:
    assert len({kind.code for kind in ProblemCode}) == len(ProblemCode.__members__)
    assert [kind.code for kind in ProblemCode] == [
        name.lower().replace("_", "-") for name in ProblemCode.__members__
    ]


@every
def test_a_code_names_its_problem(kind: ProblemCode) -> None:
    assert ProblemCode.of(kind.code) is kind


@pytest.mark.parametrize("code", ["", "NO_READER", "no-such-code"])
def test_another_text_names_none(code: str) -> None:
    assert ProblemCode.of(code) is None


@every
def test_a_code_is_kebab_case(kind: ProblemCode) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.code)


@every
def test_words_are_chinese_and_final(kind: ProblemCode) -> None:
    for words in (kind.message, kind.next_step):
        assert len(re.findall("[\u4e00-\u9fff]", words)) >= 3
        assert not re.search(r"[{}%<>…]|TODO|XXX|待定", words)
        assert not words.endswith(("。", " ", "，"))


def test_no_two_problems_say_the_same() -> None:
    assert len({kind.message for kind in ProblemCode}) == len(ProblemCode)


def test_a_problem_tells_the_fact_of_its_case() -> None:
    problem = Problem(ProblemCode.NO_READER, "Reader 00")
    assert (problem.code, problem.message) == ("no-reader", "没有找到读卡器：Reader 00")
    assert problem.next_step == ProblemCode.NO_READER.next_step
    assert Problem(ProblemCode.NO_READER).message == "没有找到读卡器"


def test_an_error_names_its_codes_only() -> None:
    """House rule 8: the text of an exception goes to logs, the detail does not."""
    error = desk_error(ProblemCode.PERSON_UNKNOWN, "张三")
    assert isinstance(error, DeskError)
    assert error.problems == (Problem(ProblemCode.PERSON_UNKNOWN, "张三"),)
    assert str(error) == "person-unknown"
    both = DeskError(Problem(ProblemCode.NO_CARD), Problem(ProblemCode.NO_READER))
    assert str(both) == "no-card; no-reader"
