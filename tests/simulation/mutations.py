"""Deliberate bugs in the real services, as patches of their source, for one run of the simulation."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import FunctionType
from typing import Any

from desktop.domain import open_work
from desktop.ledger import admission
from desktop.services import (
    deposits,
    find,
    mend,
    one_settlement,
    queue,
    recover,
    refund,
    resolve,
    sending,
    settle,
)
from desktop.services.locks import LocalLocks
from desktop.services.told import Memory
from desktop.services.visit_log import VisitLog


@dataclass(frozen=True, slots=True)
class Patch:
    """One place of the source, and what a careless programmer would have written."""

    function: Callable[..., Any]
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Mutation:
    """A bug; ``name`` says which."""

    name: str
    patches: tuple[Patch, ...]
    likely: int = 0
    """The seed that caught it last: played first, for a rare bug is found sooner so."""


@contextmanager
def applied(mutation: Mutation) -> Iterator[None]:
    """The services with the bug, wherever they were imported; right again at the end."""
    with ExitStack() as stack:
        for function in {patch.function for patch in mutation.patches}:
            here = [patch for patch in mutation.patches if patch.function is function]
            stack.enter_context(_patched(function, here))
        yield


@contextmanager
def _patched(function: Callable[..., Any], patches: Sequence[Patch]) -> Iterator[None]:
    assert isinstance(function, FunctionType)
    code = "from __future__ import annotations\n" + _changed_source(function, patches)
    names = dict(function.__globals__)
    exec(compile(code, f"<{function.__qualname__}, mutated>", "exec"), names)  # noqa: S102
    original = function.__code__
    function.__code__ = names[function.__name__].__code__
    try:
        yield
    finally:
        function.__code__ = original


def _changed_source(function: FunctionType, patches: Sequence[Patch]) -> str:
    """A patch that does not fit any more is a fault of the test, and says so."""
    source = textwrap.dedent(inspect.getsource(function))
    for patch in patches:
        assert source.count(patch.old) == 1, f"{function.__qualname__} has no {patch.old!r}"
        source = source.replace(patch.old, patch.new)
    return source


_SEND = "outcome = desk.platform.ask(question, msgid)"
_AGAIN = f"{_SEND}\n    outcome = outcome if hasattr(outcome, 'value') else desk.platform.ask"
_RENEWED = (
    "if isinstance(outcome, Refused) and problem_of(outcome, desk.refusals).kind is "
    "ProblemCode.SIGN_IN_NEEDED and desk.platform.sign_in():\n        "
)
_NEW_MSGID = "(question, desk.next_msgid())"

MUTATIONS = (
    Mutation(
        "the intent of 2207 is written after sending",
        (Patch(settle.commit, "log.write(agreed, ", "log.note(agreed, "),),
    ),
    Mutation(
        "a 2207 without an answer is sent again",
        (Patch(settle.commit, _SEND, f"{_AGAIN}(question, msgid)"),),
    ),
    Mutation(
        "a 2207 without an answer is sent again under a new msgid",
        (Patch(settle.commit, _SEND, _AGAIN + _NEW_MSGID),),
    ),
    Mutation(
        "unknown is treated as refused",
        (
            Patch(
                settle._decided,
                "isinstance(outcome, Refused | NotSent)",
                "not isinstance(outcome, Accepted)",
            ),
        ),
    ),
    Mutation(
        "unknown is shown as settled, so that cash is taken before",
        (Patch(settle._unknown, "Ending.UNKNOWN", "Ending.SETTLED"),),
    ),
    Mutation(
        "not found is believed at once",
        (
            Patch(open_work.surely_not_booked, "len(looks) < 2", "not looks"),
            Patch(open_work.surely_not_booked, ">= horizon", ">= 0 * horizon"),
        ),
        likely=80,
    ),
    Mutation(
        "what is found is adopted without comparing the msgid",
        (
            Patch(find.sent_before, "sent_as(answer.value, msgid)", "tuple(answer.value)[:1]"),
            Patch(find._booked, "if not answer.value.is_of(msgid)", "if False"),
        ),
        likely=85,
    ),
    Mutation(
        "the intent of 2208 is sent again when no answer came",
        (Patch(refund.cancel, _SEND, _AGAIN + _NEW_MSGID),),
    ),
    Mutation(
        "the lock of a visit is ignored",
        (Patch(LocalLocks.take, 'return "" if held == (visit, who) else held[1]', 'return ""'),),
    ),
    Mutation(
        "a bill that is settled is settled again",
        (
            Patch(one_settlement.standing_of, "if visit != but else None", "if False else None"),
            Patch(admission.nothing_in_the_way, "in others", "in ()"),
        ),
    ),
    Mutation(
        "the door to a 2207 stands open: only what was asked before the upload keeps it shut",
        (Patch(admission.nothing_in_the_way, "in others", "in ()"),),
    ),
    Mutation(
        "what the patient left for a bill is forgotten when it is settled",
        (
            Patch(
                deposits.left_for,
                "for other, cash in left if cash",
                "for other, cash in () if cash",
            ),
        ),
        likely=53,
    ),
    Mutation(
        "what is settled beside a bill is told to nobody",
        (
            Patch(one_settlement._found_beside, "if how is not None:", "if False:"),
            Patch(admission.nothing_undecided, "how is not None and", "False and"),
        ),
        likely=33,
    ),
    Mutation(
        "a full disk is ignored",
        (
            Patch(
                VisitLog.write,
                "        self._store.append(self.visit, waiting, self._clock())",
                "        try:\n"
                "            self._store.append(self.visit, waiting, self._clock())\n"
                "        except Exception:\n"
                "            pass",
            ),
        ),
    ),
    Mutation(
        "the amounts of 2207 are summed by the desk",
        (
            Patch(
                settle.commit,
                "batch, use, offered.split, case",
                "batch, use, __import__('dataclasses').replace(offered.split, pre_self_pay="
                "Money(sum(x.pre_self_pay.fen for x in log.record.lines))), case",
            ),
        ),
    ),
    Mutation(
        "recovery at the start is skipped, and the queue looks at unknown visits only",
        (
            Patch(recover.recover, "desk.journal.unanswered()", "()"),
            Patch(queue._due, "if what is None", "if told.record.state == 'submitted' or not what"),
        ),
    ),
    Mutation(
        "the queue forgets what was tried often",
        (Patch(queue._try, "if what is None:", "if what is None or told.record.tried[2:]:"),),
    ),
    Mutation(
        "lines are uploaded before their intent is on disk",
        (Patch(sending._send, "    if durable:\n        log.write()\n", ""),),
    ),
    Mutation(
        "what is remembered of a visit is not renewed after an append",
        (Patch(Memory.told, "!= writes", "is None"),),
    ),
    Mutation(
        "a session that ended is renewed before 2207, which is sent again",
        (Patch(settle.commit, _SEND, f"{_SEND}\n    {_RENEWED}{_SEND}"),),
        likely=160,
    ),
    Mutation(
        "a registration on which a bill without a known outcome stands is forgotten",
        (
            Patch(mend.mend, "if _another_is_unknown(desk, log):", "if False:"),
            Patch(mend._take_over, "if record.joined and", "if False and"),
            Patch(
                mend._serves_another,
                "other.settlement is not None for",
                "other.settlement is not None or other.blocks_new_settlement for",
            ),
        ),
        likely=136,
    ),
    Mutation(
        "lines and registration of a whole refund stay at the platform",
        (Patch(open_work.leaves_traces, "return is_given_back(record) and", "return False and"),),
    ),
)

RARE = (
    Mutation(
        "a reversal without an answer is forgotten, and what is found is adopted",
        (Patch(resolve.resolve_settlement, 'if log.record.lost("2601")', "if False"),),
    ),
    Mutation(
        "the horizon is counted by the PC's clock",
        (
            Patch(
                open_work.surely_not_booked,
                "last - _not_later_sent(looks[0], sent) >= horizon",
                "looks[-1].at - (sent.at or looks[0].at) >= horizon",
            ),
        ),
    ),
    Mutation(
        "a lost 2208 is taken for refused at once",
        (Patch(resolve.resolve_cancel, "if surely_not_booked(", "if True or surely_not_booked("),),
    ),
)
"""Caught too, but not within the seconds of ``make test``."""
