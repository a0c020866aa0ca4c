"""The same faults × everything else that the desk sends: undoing, looking up, codes, sessions."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from msgspec import structs

from desktop.domain.problems import Problem
from desktop.domain.record import VisitRecord
from desktop.knowledge.benefits import load_benefits
from desktop.nhsa.client import PlatformClient
from desktop.nhsa.messages.transaction import Transaction
from desktop.services.ending import Ending, Stopped
from desktop.services.face import look_for
from desktop.services.help_desk import help_with
from desktop.services.identify import choose_insurance, from_qr, identify
from desktop.services.known_rule import KnownRules
from desktop.services.line import Line
from desktop.services.outlook import Asked, outlook_of
from desktop.services.queue import item_of, retry
from desktop.services.queue_items import Kind, Waiting
from desktop.services.self_check import check_platform
from tests.faults import test_each_transaction
from tests.faults.line import SpoiltLine, agree, ended_in_time, worded
from tests.faults.test_each_transaction import EACH, OF_EACH_SORT
from tests.rig.fault_proxy import SURELY_NOT_SENT, Fault
from tests.services.counter import TODAY, id_card
from tests.services.test_chronic import KNOWLEDGE, living

QUESTIONS = "desktop.nhsa.questions"
PRODUCT = Path(__file__).parents[2]
AT_THE_VOUCHER_DESK = ("ec.query", "cn.nhsa.ec.auth", "cn.nhsa.auth.check")
SIGNED_IN_ONLY = "sign-in-needed"
_SAMPLE = OF_EACH_SORT | {Fault.TWICE, Fault.STALLED}
EACH_IN_THE_END = pytest.mark.parametrize(
    "fault",
    [pytest.param(it, marks=() if it in _SAMPLE else (pytest.mark.slow,)) for it in Fault],
    ids=lambda fault: fault.name.lower(),
)
"""Where nothing but words hangs on it, ``make test`` plays one fault of each sort."""


@EACH
@pytest.mark.parametrize("infno", ["2205", "2202"], scope="module")
def test_while_taking_back(line: SpoiltLine, infno: str, fault: Fault) -> None:
    """What could not be taken back is said, waits by itself, and is gone in the end."""
    bill = line.bill()
    line.arm(infno, fault)
    finished = ended_in_time(lambda: line.counter.settle(bill, expected_cash="0.01"))
    codes = [problem.code for problem in worded(finished.problems)]
    assert codes == ["cash-differs", *([] if fault is Fault.TWICE else ["undo-pending"])]
    if fault is not Fault.TWICE:
        _waits_by_itself(line, finished.visit)
    _nothing_left(line, finished.visit)


@EACH
@pytest.mark.parametrize("infno", ["5201"], scope="module")
def test_while_looking_for_a_registration(line: SpoiltLine, infno: str, fault: Fault) -> None:
    """Without an answer nothing is decided; the next look finds it, and it is withdrawn."""
    line.proxy.spoil("2201", Fault.RESET_AFTER_REQUEST)
    finished = line.counter.settle(line.bill())
    assert finished.ending is Ending.FAILED
    _waits_by_itself(line, finished.visit)
    line.arm(infno, fault)
    ended_in_time(lambda: retry(line.desk, finished.visit))
    assert bool(line.record(finished.visit).lost("2201")) is (fault is not Fault.TWICE)
    if fault is not Fault.TWICE:
        _waits_by_itself(line, finished.visit)
    _nothing_left(line, finished.visit)
    (withdrawn,) = line.counter.wire.of("2202")
    assert withdrawn.input["data"]["mdtrt_id"]


@EACH
@pytest.mark.parametrize("infno", ["9001"], scope="module")
def test_while_signing_in_anew(line: SpoiltLine, infno: str, fault: Fault) -> None:
    """A session that cannot be renewed is said as that; nothing was registered, the next try goes."""
    with _only_who_is_signed_in(line):
        bill = line.bill()
        line.arm(infno, fault)
        finished = ended_in_time(lambda: line.counter.settle(bill))
        if fault is Fault.TWICE:
            assert finished.ending is Ending.SETTLED
        else:
            assert finished.ending is Ending.REFUSED
            assert worded(finished.problems)[0].code == SIGNED_IN_ONLY
            assert not line.counter.wire.of("2201")
        line.heal()
        again = line.counter.settle(bill)
        assert again.ending is Ending.SETTLED, again.problems
        agree(line, again.visit)


@EACH_IN_THE_END
@pytest.mark.parametrize("infno", ["1201"], scope="module")
def test_in_the_morning(line: SpoiltLine, infno: str, fault: Fault) -> None:
    """The self-test says that the line is not well; asked again, that it is."""
    line.arm(infno, fault)
    items = ended_in_time(lambda: tuple(check_platform(line.desk)))
    problems = tuple(item.problem for item in items if item.problem is not None)
    assert [problem.code for problem in problems] == _code_of(fault)
    assert problems == () or worded(problems)
    line.heal()
    assert all(item.ok for item in check_platform(line.desk))


@EACH_IN_THE_END
@pytest.mark.parametrize("infno", ["5206"], scope="module")
def test_while_asking_what_is_left(line: SpoiltLine, infno: str, fault: Fault) -> None:
    """An estimate that cannot be made is not made, and stops nobody."""
    who = identify(line.desk, id_card(line.person["certno"]))
    insurance = choose_insurance(who, ("310", None))

    def left() -> object:
        asked = Asked(who.psn_no, insurance, None, TODAY.date())
        return outlook_of(line.desk, KnownRules(load_benefits), asked)

    line.arm(infno, fault)
    found = ended_in_time(left)
    assert (found is not None) is (fault is Fault.TWICE)
    line.heal()
    assert left() is not None


@EACH_IN_THE_END
@pytest.mark.parametrize("infno", ["5301"], scope="module")
def test_while_asking_what_is_recognised(line: SpoiltLine, infno: str, fault: Fault) -> None:
    """The help says what 2001 alone tells, in words all the same."""
    record, problem = _without_chronic_filing(line)
    line.arm(infno, fault)
    told = ended_in_time(lambda: help_with(line.desk, record, problem, KNOWLEDGE))
    assert told is not None
    assert told.advice.says
    assert told.advice.steps
    assert (told.chronic is not None) is (fault is Fault.TWICE)
    line.heal()
    again = help_with(line.desk, record, problem, KNOWLEDGE)
    assert again is not None
    assert again.chronic is not None


@EACH
@pytest.mark.parametrize("infno", ["ec.query"], scope="module")
def test_while_decoding_a_voucher(line: SpoiltLine, infno: str, fault: Fault) -> None:
    """A code that may be spent is not shown again; one that reached nobody may be; a new one goes."""
    code = line.counter.platform.voucher(line.person["certno"])
    line.arm(infno, fault)
    if fault is Fault.TWICE:
        assert from_qr(line.desk, code).cert_no == line.person["certno"]
        return
    stop = ended_in_time(lambda: _stopped(line, code))
    assert stop.ending is Ending.FAILED
    assert [problem.code for problem in worded(stop.problems)] == _code_of(fault)
    line.heal()
    if fault in SURELY_NOT_SENT:
        assert from_qr(line.desk, code).cert_no == line.person["certno"]
    else:
        assert _stopped(line, code).problems[0].code == "voucher-used"
    fresh = line.counter.platform.voucher(line.person["certno"])
    settled = line.counter.settle(line.bill(), from_qr(line.desk, fresh))
    assert settled.ending is Ending.SETTLED, settled.problems
    agree(line, settled.visit)


@EACH_IN_THE_END
@pytest.mark.parametrize("infno", ["cn.nhsa.ec.auth", "cn.nhsa.auth.check"], scope="module")
def test_while_looking_at_a_face(line: SpoiltLine, infno: str, fault: Fault) -> None:
    """The check is left to a person, and the terminal may be asked again."""
    line.counter.platform.terminal(line.person["certno"])
    terminal = _client(line)
    line.arm(infno, fault)
    face = ended_in_time(lambda: look_for(line.desk, terminal, line.person["certno"]))
    assert (face.problem is None) is (fault is Fault.TWICE)
    if face.problem is not None:
        assert worded((face.problem,))[0].code == "face-refused"
    line.heal()
    assert look_for(line.desk, terminal, line.person["certno"]).problem is None


def test_nothing_that_the_desk_sends_is_left_out() -> None:
    """Every question that the product outside of ``desktop/nhsa`` asks meets every fault here."""
    here = import_module(__name__)
    covered = {*_covered(here), *_covered(test_each_transaction)}
    assert covered == {*_sent_by_the_product(), *AT_THE_VOUCHER_DESK}


def _waits_by_itself(line: SpoiltLine, visit: str) -> None:
    item = item_of(line.counter.desk, visit)
    assert (item.kind, item.state) in (
        (Kind.UPLOAD, Waiting.WAITING),
        (Kind.UPLOAD, Waiting.UNKNOWN),
    )
    assert item.next_try is not None


def _nothing_left(line: SpoiltLine, visit: str) -> None:
    line.resolved(visit)
    record = agree(line, visit)
    assert (record.mdtrt_id, record.batch, record.unanswered) == (None, None, ())


def _code_of(fault: Fault) -> list[str]:
    sure = {Fault.REFUSED: "not-connected", Fault.UNAUTHORISED: "gateway-refused"}
    return [] if fault is Fault.TWICE else [sure.get(fault, "no-usable-answer")]


def _stopped(line: SpoiltLine, code: str) -> Stopped:
    with pytest.raises(Stopped) as stop:
        from_qr(line.desk, code)
    return stop.value


def _client(line: SpoiltLine) -> PlatformClient:
    platform = line.counter.desk.platform
    assert isinstance(platform, Line)
    return platform._client


@contextmanager
def _only_who_is_signed_in(line: SpoiltLine) -> Iterator[None]:
    """The platform serves nobody else, and the desk's own session has ended."""
    platform = line.counter.desk.platform
    assert isinstance(platform, Line)
    operator = structs.replace(platform._client.operator, sign_no="")
    platform._client = platform._client.acting_for(operator)
    line.counter.platform.options(require_sign_in=True)
    try:
        yield
    finally:
        line.counter.platform.options(require_sign_in=False)


def _without_chronic_filing(line: SpoiltLine) -> tuple[VisitRecord, Problem]:
    """Refused by 2001: the disease is recognised, its filing is missing."""
    plain = line.bill()
    who = living("没有慢特病异地备案")
    changed = {"name": who["name"], "id_number": who["certno"], "kind": "14", "disease": "M03900"}
    finished = line.counter.settle(replace(plain, **changed))
    assert finished.ending is not Ending.SETTLED
    return finished.record, finished.problems[0]


def _covered(module: ModuleType) -> Iterator[str]:
    """What the tests of a module are played for."""
    tests = (found for name, found in vars(module).items() if name.startswith("test_"))
    marks = (mark for test in tests for mark in getattr(test, "pytestmark", ()))
    for mark in marks:
        if mark.args[:1] == ("infno",):
            yield from mark.args[1]


def _sent_by_the_product() -> set[str]:
    rooms = (PRODUCT / "desktop", PRODUCT / "ui", PRODUCT / "card_reader", PRODUCT / "printing")
    files = (file for room in rooms for file in room.rglob("*.py"))
    own = {PRODUCT / "desktop" / "nhsa", PRODUCT / "desktop" / "sandbox"}
    asking = (file for file in files if not own & set(file.parents))
    return {infno for file in asking for infno in _asked_in(ast.parse(file.read_text("utf-8")))}


def _asked_in(tree: ast.Module) -> Iterator[str]:
    """By a question's function, imported by itself or with its module."""
    attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or node.module is None:
            continue
        for name in node.names:
            if node.module == QUESTIONS:
                module = import_module(f"{QUESTIONS}.{name.name}")
                here = (found.attr for found in attributes if _is_of(found, name))
                yield from (infno for attr in here for infno in _infnos(module, attr))
            elif node.module.startswith(f"{QUESTIONS}."):
                yield from _infnos(import_module(node.module), name.name)


def _is_of(found: ast.Attribute, name: ast.alias) -> bool:
    return isinstance(found.value, ast.Name) and found.value.id == (name.asname or name.name)


def _infnos(module: ModuleType, function: str) -> Iterator[str]:
    """Of the transactions that the function makes questions of."""
    found = getattr(module, function, None)
    if not inspect.isfunction(found):
        return
    for node in ast.walk(ast.parse(inspect.getsource(found))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "Question":
                yield _infno(module, node.args[0])
            elif node.func.id != function and node.func.id in vars(module):
                yield from _infnos(module, node.func.id)


def _infno(module: ModuleType, transaction: ast.expr) -> str:
    assert isinstance(transaction, ast.Name)
    found: Transaction[Any, Any] = getattr(module, transaction.id)
    return found.infno
