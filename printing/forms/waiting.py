"""What F8 and F9 have in common: a patient leaves before the settlement is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.money import Money
from printing.document import Document, chosen, filled, head_facts, shown, signing
from printing.issue import Issue, moment
from printing.layout import Layout
from printing.parts import Fact, Facts, Notice, Prose, Total


class Waiting(Discreet, Struct, frozen=True):
    """A visit that waits for its settlement, or for word of it."""

    said = ("issue", "number")

    issue: Issue
    number: str
    """By which patient and window find it again."""
    name: str
    insured_area: str
    visit_no: str
    visited_at: datetime
    last_day: date
    told_how: str
    """How the patient will be told, in words."""
    hospital_phone: str
    total: Money | None = None
    """医疗费总额 by the hospital's own bill."""
    deposit: Money | None = None
    """None: nothing was taken."""
    phone: str = ""
    """The patient's."""
    msgid: str = ""


def waiting(form: str, slip: Waiting, layout: Layout, *, alarm: bool) -> Document:
    """The slip by its layout: F8 and F9 differ in their words."""
    texts = layout.texts
    return Document(
        form=form,
        title=layout.title,
        layout=layout,
        issue=slip.issue,
        head=head_facts(slip.issue, Fact("单号", slip.number), Fact("报文号", slip.msgid)),
        running=f"单号 {slip.number}    {slip.name}",
        parts=chosen(
            layout,
            {
                "notice": lambda: Notice(texts["notice"], alarm),
                "facts": lambda: _facts(slip, layout),
                "amount": lambda: Total(texts["amount"], slip.deposit) if slip.deposit else None,
                "sentences": lambda: tuple(_sentences(slip, layout)),
                "signatures": lambda: signing(layout, _known(slip)),
            },
        ),
        code=slip.msgid,
    )


def _known(slip: Waiting) -> dict[str, str]:
    return {"cashier": slip.issue.operator, "phone": slip.phone}


def _facts(slip: Waiting, layout: Layout) -> Facts:
    total = slip.total.yuan() if slip.total is not None else ""
    return shown(
        layout,
        (
            Fact("姓名", slip.name, strong=True),
            Fact("参保地", slip.insured_area),
            Fact("门诊号", slip.visit_no),
            Fact("就诊时间", moment(slip.visited_at)),
        ),
        (
            Fact("医疗费总额", total, strong=True),
            Fact("最后结算日期", slip.last_day.isoformat(), strong=True),
            Fact("通知方式", slip.told_how),
            Fact("联系电话", slip.phone),
        ),
    )


def _sentences(slip: Waiting, layout: Layout) -> Iterator[Prose]:
    known = {
        "last_day": slip.last_day.isoformat(),
        "told_how": slip.told_how,
        "hospital_phone": slip.hospital_phone,
        "number": slip.number,
    }
    for line in layout.texts["sentences"].strip().splitlines():
        yield Prose(filled(line, known), 8.8, indented=False)
