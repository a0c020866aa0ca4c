"""Papers of the desk, not of one visit: the month, the day, the shift, the guide."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from desktop.domain.identifiers import AreaCode
from desktop.services import form_numbers as form
from desktop.services.day_form import day_of
from desktop.services.drawing import DrawnForm, Letterhead, Pen, refused_unsound
from desktop.services.month_forms import detail_of, month_lines, summary_of
from desktop.services.shift_form import shift_of
from printing.forms import f2_month_summary, f3_month_detail, f5_guide, f10_day, f10_shift
from printing.forms.f5_guide import Guide
from printing.issue import Reprint
from printing.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.knowledge.guidance import Guidance
    from desktop.nhsa.questions.reconciliation import Period
    from desktop.services.ports import Desk
    from desktop.services.reconcile import Reconciled
    from printing.document import Document
    from printing.forms.f2_month_summary import MonthSummary
    from printing.forms.f3_month_detail import MonthDetail
    from printing.issue import Issue
    from printing.ledger_sheet import LedgerSheet


class DeskPaper(Struct, frozen=True):
    """One of them: what it is of, and how it is drawn as so-manieth 补打 in so many copies."""

    form: str
    about: str
    draw: Callable[[Reprint | None, int | None], DrawnForm]
    sheet: Callable[[], LedgerSheet] | None = None
    """The same rows for CSV and XLSX; raises ``DeskError`` (receipt-not-printed)."""


class DeskForms(Struct, frozen=True):
    """Fills them from the journal of one desk."""

    desk: Desk
    letterhead: Letterhead
    pen: Pen

    def summary(self, period: Period) -> DeskPaper:
        """F2 of the days."""
        lines = month_lines(self.desk, period, self.letterhead.areas)

        def filled(issue: Issue) -> MonthSummary:
            return summary_of(issue, period, lines)

        return self._paper(
            form.MONTH_SUMMARY,
            _days(period),
            f2_month_summary.LAYOUT,
            lambda issue, layout: f2_month_summary.month_summary(filled(issue), layout),
            lambda: f2_month_summary.summary_sheet(filled(self._issue(None))),
        )

    def detail(self, period: Period) -> DeskPaper:
        """F3 of the days."""
        lines = month_lines(self.desk, period, self.letterhead.areas)

        def filled(issue: Issue) -> MonthDetail:
            return detail_of(issue, period.first, lines)

        return self._paper(
            form.MONTH_DETAIL,
            _days(period),
            f3_month_detail.LAYOUT,
            lambda issue, layout: f3_month_detail.month_detail(filled(issue), layout),
            lambda: f3_month_detail.detail_sheet(filled(self._issue(None))),
        )

    def day(self, day: date, found: Reconciled) -> DeskPaper:
        """The comparison that was just made (3201, 3202)."""
        areas = self.letterhead.areas
        return self._paper(
            form.DAY,
            day.isoformat(),
            f10_day.LAYOUT,
            lambda issue, layout: f10_day.day_sheet(
                day_of(self.desk, issue, day, found, areas), layout
            ),
        )

    def shift(self, began: datetime, ended: datetime, name: str) -> DeskPaper:
        """What this window booked and took from ``began`` on, before ``ended``; +08:00."""
        return self._paper(
            form.SHIFT,
            f"{began:%Y%m%d-%H%M}-{ended:%Y%m%d-%H%M}",
            f10_shift.LAYOUT,
            lambda issue, layout: f10_shift.shift_sheet(
                shift_of(self.desk, issue, began, ended, name), layout
            ),
        )

    def guide(self, area: AreaCode | None, guidance: Guidance, *, poster: bool) -> DeskPaper:
        """F5 for the insured of an area, else for everybody."""
        head, day = self.letterhead, self.desk.clock().date()
        name = (head.areas.name(area) or area.code) if area else ""
        phone = guidance.of(area, day).phone if area else ""
        return self._paper(
            form.GUIDE,
            "-".join(filter(None, (area.code if area else "all", "A3" if poster else ""))),
            f5_guide.LAYOUT,
            lambda issue, layout: f5_guide.guide(
                Guide(issue, area, name, head.phone, phone, poster), layout
            ),
        )

    def _paper(
        self,
        kind: str,
        about: str,
        stem: str,
        made: Callable[[Issue, Layout], Document],
        sheet: Callable[[], LedgerSheet] | None = None,
    ) -> DeskPaper:
        def draw(reprint: Reprint | None, copies: int | None) -> DrawnForm:
            issue = self._issue(reprint)
            return self.pen.sheet(kind, stem, lambda layout: made(issue, layout), copies)

        rows = (lambda: refused_unsound(sheet)) if sheet else None
        return DeskPaper(kind, about, draw, rows)

    def _issue(self, reprint: Reprint | None) -> Issue:
        return self.letterhead.issue(self.desk.clock(), reprint)


def _days(period: Period) -> str:
    return f"{period.first}..{period.last}"
