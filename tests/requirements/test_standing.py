"""A row stands as proved, declared, asked of a later issue, or open; each column by itself."""

from __future__ import annotations

import pytest

from tests.requirements.__main__ import judged
from tests.requirements.marks import Proof
from tests.requirements.rows import Side, ledger
from tests.requirements.standing import (
    Declared,
    Later,
    Line,
    Reason,
    Standing,
    column,
    out_of_date,
    read_declared,
)

PROOF = Proof("S0-18", Side.PLATFORM, "tests/sandbox/test_x.py::test_y")
ASKS_NOTHING = "S0-03"
DECLARED = Declared(
    not_software=(Reason(Side.PLATFORM, "a person does it", ("S0-20",)),),
    later=(Later(Side.PLATFORM, "the month", ("S0-33",), "monthly clearing"),),
)


def line(row: str, side: Side = Side.PLATFORM) -> Line:
    lines = column(side, {PROOF}, DECLARED).lines
    return next(each for each in lines if each.row.id == row)


@pytest.mark.parametrize(
    ("row", "standing", "word"),
    [
        ("S0-18", Standing.PROVED, PROOF.test),
        (ASKS_NOTHING, Standing.NOTHING, ledger()[ASKS_NOTHING].quote),
        ("S0-20", Standing.NOT_SOFTWARE, "a person does it"),
        ("S0-33", Standing.LATER, "monthly clearing: the month"),
        ("S0-21", Standing.OPEN, ledger()["S0-21"].platform),
    ],
)
def test_where_a_row_stands(row: str, standing: Standing, word: str) -> None:
    assert (line(row).standing, line(row).words) == (standing, (word,))


def test_what_is_proved_for_one_side_is_open_for_the_other() -> None:
    assert line("S0-18", Side.DESK).standing is Standing.OPEN


def test_a_slow_proof_says_so() -> None:
    slow = Proof("S0-18", Side.DESK, "tests/x.py::test_z", is_slow=True)
    told = column(Side.DESK, {slow}, DECLARED).standing(Standing.PROVED)
    assert [each.words for each in told] == [("tests/x.py::test_z (slow)",)]


def test_every_row_stands_in_each_column() -> None:
    for side in Side:
        assert [each.row for each in column(side, {PROOF}, DECLARED).lines] == [*ledger().values()]


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (("S9-99",), "S9-99: declared, but no row of the ledger"),
        (("S0-18",), "S0-18: declared, though proved"),
        ((ASKS_NOTHING,), f"{ASKS_NOTHING}: declared, though asks nothing of this side"),
        (("S0-21", "S0-21"), "S0-21: declared twice"),
    ],
)
def test_a_declaration_falls_out_of_date(rows: tuple[str, ...], fault: str) -> None:
    declared = Declared(not_software=(Reason(Side.PLATFORM, "reason", rows),))
    columns = [column(Side.PLATFORM, {PROOF}, declared)]
    assert list(out_of_date(columns, declared)) == [fault]


@pytest.mark.parametrize(
    ("strict", "end"), [((), 0), ((Side.PLATFORM,), 1), ((Side.DESK,), 1), (tuple(Side), 1)]
)
def test_an_open_row_of_a_strict_side_is_a_failure(strict: tuple[Side, ...], end: int) -> None:
    columns = [column(side, {PROOF}, DECLARED) for side in Side]
    assert judged(columns, DECLARED, frozenset(strict)) == end


def test_a_closed_side_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    """Until a declaration falls out of date: then it is named."""
    proofs = {Proof(row, Side.PLATFORM, PROOF.test) for row in ledger()}
    columns = [column(Side.PLATFORM, proofs, Declared())]
    assert judged(columns, Declared(), frozenset(Side)) == 0
    assert judged(columns, DECLARED, frozenset(Side)) == 1
    assert "declared.toml: S0-20: declared, though proved" in capsys.readouterr().out


def test_the_declarations_can_be_read_and_give_reasons() -> None:
    declared = read_declared()
    assert all(each.reason and each.rows for each in (*declared.not_software, *declared.later))
