"""The slip of a settled visit: from the journal alone, and never for what does not add up."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from desktop.domain.problems import Problem, ProblemCode
from desktop.ledger.journal import VisitId
from desktop.services.filling import Filling
from desktop.services.receipt import slip_of
from desktop.services.told import Told
from tests.rig.practice import Practice
from tests.rig.town import named
from tests.services.counter import MEDICINE, Counter, bill_of, counter_at
from tests.services.wire import setlinfo


def _text(file: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    return done.stdout.decode()


def test_a_slip_of_a_rare_name(counter: Counter, tmp_path: Path) -> None:
    person = named("𠮷")
    finished = counter.settle(bill_of(person))
    target = tmp_path / "new" / "slip.pdf"
    assert counter.opened.write_receipt(finished, target) == (str(target), ())
    text = _text(target)
    assert person["name"] in text
    assert "山东省济宁市" in text
    assert finished.record.settlement is not None
    assert str(finished.record.settlement.split.cash) in text


def test_the_note_of_the_slip_is_in_the_journal_and_the_next_one_is_a_reprint(
    counter: Counter, person: Mapping[str, Any], tmp_path: Path
) -> None:
    """B36, B37: a slip that is printed again says so."""
    finished = counter.settle(bill_of(person))
    counter.opened.write_receipt(finished, tmp_path / "one.pdf")
    again = counter.settle(bill_of(person))
    assert again.record.printed == 1
    counter.opened.write_receipt(again, tmp_path / "two.pdf")
    assert "补打" not in _text(tmp_path / "one.pdf")
    assert "补打" in _text(tmp_path / "two.pdf")


@pytest.mark.req("S1-34", "S4-05")
def test_the_slip_tells_the_deductible_in_one_breath(
    counter: Counter, person: Mapping[str, Any], tmp_path: Path
) -> None:
    """Idea 1 on paper: of the platform's figures alone, so without a word of 估算."""
    counter.platform.elsewhere(person["certno"], "2023-03-01", "0.00", "260.00")
    finished = counter.settle(bill_of(person, replace(MEDICINE, quantity="6")))
    counter.opened.write_receipt(finished, tmp_path / "slip.pdf")
    text = "".join(_text(tmp_path / "slip.pdf").split())
    assert (
        "起付标准300.00元、此前已付260.00元，本次再付40.00元；"
        "其余140.00元按50%由统筹基金支付70.00元。"
    ) in text
    assert "本年度统筹基金还可支付1930.00元。" in text
    assert "本次再付40.00元（估算）" not in text


@pytest.mark.req("S1-34", "S4-05")
def test_a_standard_that_only_a_rule_knows_is_an_estimate_on_the_slip_as_on_the_screen(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    counter.platform.elsewhere(person["certno"], "2023-03-01", "0.00", "260.00")
    finished = counter.settle(bill_of(person, replace(MEDICINE, quantity="6")))
    settled = finished.record
    assert settled.settlement is not None
    shares = tuple(replace(share, process="") for share in settled.settlement.split.shares)
    silent = replace(settled.settlement.split, shares=shares)
    record = replace(settled, settlement=replace(settled.settlement, split=silent))
    opened = counter.opened
    head = opened.letterhead
    filling = Filling(
        Told(VisitId(finished.visit), (), record), head, head.issue(opened.desk.clock()), ""
    )
    known = slip_of(structs.replace(filling, rules=opened.rules)).explanation
    assert known[1].startswith("本年起付标准300.00元、此前已付260.00元（估算），本次再付40.00元；")
    assert slip_of(filling).explanation[1].startswith("扣除本次起付40.00元后，")


def test_another_process_prints_from_the_journal_alone(
    platform: Practice, profile: Path, tmp_path: Path, person: Mapping[str, Any]
) -> None:
    with counter_at(platform, profile, tmp_path) as first:
        settled = first.settle(bill_of(person))
    with counter_at(platform, profile, tmp_path) as second:
        again = second.settle(bill_of(person))
        written, problems = second.opened.write_receipt(again, tmp_path / "slip.pdf")
        assert (written, problems) == (str(tmp_path / "slip.pdf"), ())
    assert settled.record.settlement is not None
    assert str(settled.record.settlement.setl_id) in _text(tmp_path / "slip.pdf")


@pytest.mark.parametrize("field", ["psn_part_amt", "psn_cash_pay"])
def test_what_does_not_add_up_is_never_printed(
    counter: Counter, person: Mapping[str, Any], tmp_path: Path, field: str
) -> None:
    """B31."""
    counter.wire.answer("2207", setlinfo(**{field: "0.01"}))
    finished = counter.settle(bill_of(person))
    written, problems = counter.opened.write_receipt(finished, tmp_path / "slip.pdf")
    assert (written, [problem.code for problem in problems]) == (None, ["receipt-not-printed"])
    assert not (tmp_path / "slip.pdf").exists()


def test_a_place_that_cannot_be_written_is_a_problem_of_the_paper(
    counter: Counter, person: Mapping[str, Any], tmp_path: Path
) -> None:
    finished = counter.settle(bill_of(person))
    (tmp_path / "file").write_text("", encoding="utf-8")
    written, problems = counter.opened.write_receipt(finished, tmp_path / "file" / "slip.pdf")
    assert written is None
    assert problems == (Problem(ProblemCode.RECEIPT_NOT_PRINTED, "要用的文件夹名被一个文件占着"),)
    assert counter.settle(bill_of(person)).ending == "settled"
