"""The journal cannot be written: what is not on disk is not done, and what is done is not lost.

The limit is the system's own (``RLIMIT_FSIZE``), so SQLite meets a real refusal to write.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.visit import State
from desktop.services.ending import Ending
from desktop.services.paper_desk import Ordered, PaperDesk, Sent
from desktop.services.whole_refund import RefundOrder, refund
from tests.rig.practice import Practice
from tests.services.counter import Counter, bill_of, codes, counter_at
from tests.services.wire import Tree

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE is a Unix limit")


@contextmanager
def full_disk() -> Iterator[_Disk]:
    disk = _Disk()
    try:
        yield disk
    finally:
        disk.free()


class _Disk:
    def __init__(self) -> None:
        import resource

        self._resource = resource
        self._before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(self, *_: object) -> None:
        self._resource.setrlimit(self._resource.RLIMIT_FSIZE, (0, self._before[1]))

    def free(self) -> None:
        self._resource.setrlimit(self._resource.RLIMIT_FSIZE, self._before)


def test_an_answer_that_cannot_be_written_down_is_unknown(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Neither settled nor failed: on disk it says sent."""
    with full_disk() as disk:
        counter.wire.answer("2207", disk.fill)
        finished = counter.settle(bill_of(person))
    assert finished.ending is Ending.UNKNOWN
    assert codes(finished)[:2] == ["outcome-unknown", "journal-write-failed"]
    assert counter.on_disk(finished).state is State.SUBMITTED
    counter.wire.sent.clear()
    assert counter.settle(bill_of(person)).ending is Ending.UNKNOWN
    assert counter.wire.sent == []
    assert len(counter.effective(bill_of(person))) == 1


def test_a_2208_whose_answer_cannot_be_written_down_is_unknown(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """The platform has cancelled it: nobody is told that nothing happened."""
    finished = counter.settle(bill_of(person))
    settlement = finished.record.settlement
    assert settlement is not None
    order = RefundOrder(str(settlement.setl_id))
    with full_disk() as disk:
        counter.wire.answer("2208", disk.fill)
        done = refund(counter.desk, order, None)
    told = [problem.code for problem in done.problems]
    assert (done.state, told) == ("unknown", ["outcome-unknown", "journal-write-failed"])
    assert counter.on_disk(finished).state is State.REVERSING
    assert counter.effective(bill_of(person)) == []
    counter.wire.sent.clear()
    assert refund(counter.desk, order, None).state == "unknown"
    assert counter.wire.sent == []


def test_an_intent_that_cannot_be_written_down_is_not_sent(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    with full_disk() as disk:
        counter.wire.answer("2206", disk.fill)
        finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.FAILED, ["journal-write-failed"])
    assert "2207" not in counter.wire.infnos
    assert counter.effective(bill_of(person)) == []


def test_a_disk_that_is_full_from_the_start_registers_nothing(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    with full_disk() as disk:
        counter.wire.answer("2001", disk.fill)
        finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.FAILED, ["journal-write-failed"])
    assert counter.wire.infnos == ["1101", "2001"]


def test_a_refusal_is_told_although_it_cannot_be_written_down(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    def no(tree: Tree) -> None:
        disk.fill()
        tree.update(infcode=-1, err_msg="未查询到人员基本信息", output=None)

    with full_disk() as disk:
        counter.wire.answer("1101", no)
        finished = counter.settle(bill_of(person))
    assert finished.ending in (Ending.REFUSED, Ending.FAILED)
    assert counter.wire.infnos == ["1101"]


def test_a_settled_bill_stays_settled_when_the_disk_fills_up_after_it(
    counter: Counter, person: Mapping[str, Any], tmp_path: Path
) -> None:
    """Printing never changes money: neither the slip nor its note decide the state."""
    finished = counter.settle(bill_of(person))
    with full_disk() as disk:
        disk.fill()
        receipt, problems = counter.opened.write_receipt(finished, tmp_path / "r.pdf")
    assert (receipt, [problem.code for problem in problems]) == (None, ["journal-write-failed"])


def test_a_slip_that_cannot_be_noted_is_still_a_slip(
    counter: Counter, person: Mapping[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The paper is there; only the journal did not take the note of it."""
    finished = counter.settle(bill_of(person))
    send = PaperDesk.send
    with full_disk() as disk:

        def then_fill(papers: PaperDesk, ordered: Ordered) -> Sent:
            sent = send(papers, ordered)
            disk.fill()
            return sent

        monkeypatch.setattr(PaperDesk, "send", then_fill)
        receipt, problems = counter.opened.write_receipt(finished, tmp_path / "r.pdf")
    assert receipt == str(tmp_path / "r.pdf")
    assert [problem.code for problem in problems] == ["journal-write-failed"]


def test_a_desk_whose_disk_is_full_still_closes(
    platform: Practice, profile: Path, tmp_path: Path, person: Mapping[str, Any]
) -> None:
    """The rest of the msgids' lease is not given back; the outcome is not lost over that."""
    with full_disk() as disk, counter_at(platform, profile, tmp_path) as counter:
        finished = counter.settle(bill_of(person))
        disk.fill()
    assert finished.ending is Ending.SETTLED
    with counter_at(platform, profile, tmp_path) as counter:
        again = counter.settle(bill_of(person))
    assert codes(again) == ["already-settled"]
