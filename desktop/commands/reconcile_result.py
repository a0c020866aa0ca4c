"""What ``kuasheng queue reconcile`` says: the sums of 3201, the rows of 3202, what each asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.commands.result import problems_as_json
from desktop.domain.money import Money
from desktop.domain.problems import Problem, ProblemCode
from desktop.services.day_form import PILES, TODOS
from desktop.services.reconcile import Reconciled, Totals, todo

if TYPE_CHECKING:
    from desktop.nhsa.questions.reconciliation import Difference, Period, Sums
    from desktop.services.ports import Desk

Json = dict[str, object]

_INSURANCES = {"310": "职工", "390": "居民"}


def as_json(desk: Desk, days: Period, found: Reconciled) -> Json:
    """Beside the items of the queue; ``differences`` is null where 3202 was not needed."""
    rows = found.rows
    return {
        "days": [days.first.isoformat(), days.last.isoformat()],
        "totals": [_totals(each) for each in found.totals],
        "differences": None if rows is None else [_row(desk, row) for row in rows.differences],
        "problems": problems_as_json(problems_of(found)),
    }


def problems_of(found: Reconciled) -> tuple[Problem, ...]:
    """3202 did not answer; that 3201 did not is said with its sums."""
    look = found.rows.problem if found.rows else None
    return (Problem(ProblemCode.NO_USABLE_ANSWER, look.text, quoted=True),) if look else ()


def words(desk: Desk, found: Reconciled) -> Iterator[str]:
    """For people, one line each."""
    yield from (_of_totals(each) for each in found.totals)
    if found.rows is None:
        yield "3202 不用再对：总账相符，也没有结果不明的结算"
    elif found.rows.problem is None and not found.rows.differences:
        yield "3202 逐笔相符"
    else:
        yield from (_of_row(desk, row) for row in found.rows.differences)


def _totals(found: Totals) -> Json:
    verdict = found.verdict
    return {
        "agency": found.agency.code,
        "insurance": found.insurance,
        "equal": found.equal if verdict else None,
        "code": verdict.code if verdict else None,
        "message": verdict.words if verdict else found.why,
        **_sums(found.sums),
    }


def _sums(sums: Sums) -> Json:
    return {
        "count": sums.count,
        "medfee_sumamt": sums.total.yuan(),
        "fund_pay_sumamt": sums.fund.yuan(),
        "acct_pay": sums.account.yuan(),
    }


def _row(desk: Desk, row: Difference) -> Json:
    wanted, visit = todo(desk, row)
    return {
        "pile": row.pile.value,
        "todo": wanted.value,
        "message": TODOS[wanted],
        "visit": visit,
        "setl_id": row.setl_id,
        "msgid": row.msgid,
        "mdtrt_id": row.mdtrt_id,
        "refunded": row.refunded,
        "medfee_sumamt": _yuan(row.total),
        "fund_pay_sumamt": _yuan(row.fund),
        "acct_pay": _yuan(row.account),
        "code": row.code,
        "note": row.note,
    }


def _yuan(money: Money | None) -> str | None:
    return None if money is None else money.yuan()


def _of_totals(found: Totals) -> str:
    who = f"3201 {found.agency.code} {_INSURANCES.get(found.insurance, found.insurance)}"
    ours = f"本机 {found.sums.count} 笔，总额 {found.sums.total} 元"
    if found.verdict is None:
        return f"{who}：没有结果（{found.why}），{ours}"
    if found.verdict.equal:
        return f"{who}：相符，{ours}"
    return f"{who}：不符，{ours}；平台：{found.verdict.words or found.verdict.code}"


def _of_row(desk: Desk, row: Difference) -> str:
    wanted, visit = todo(desk, row)
    named = (
        ("结算", row.setl_id),
        ("报文", row.msgid),
        ("总额", _yuan(row.total)),
        ("待办", visit),
    )
    facts = "，".join(f"{name} {fact}" for name, fact in named if fact)
    return f"3202 {PILES[row.pile]}：{facts}。{TODOS[wanted]}。"
