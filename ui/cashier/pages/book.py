"""The pages of the cashier's window, one on top."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.cashier.pages.ready import ReadyPage
from ui.cashier.state import Intent
from ui.cashier.translate import tr
from ui.widgets.basics import Page, text
from ui.widgets.panel import Panel

if TYPE_CHECKING:
    from ui.cashier.pages.broken import BrokenFilesPage
    from ui.cashier.pages.cash import CashPage
    from ui.cashier.pages.charges import ChargesPage
    from ui.cashier.pages.choose import ChoosePage
    from ui.cashier.pages.halted import HaltedPage
    from ui.cashier.pages.offer import OfferPage
    from ui.cashier.pages.queue import QueuePage
    from ui.cashier.pages.refund import RefundPage
    from ui.cashier.pages.slip import SlipPage
    from ui.cashier.pages.stand_in import StandInPage
    from ui.cashier.pages.visit_form import VisitForm
    from ui.cashier.presenter import CashierPresenter
    from ui.widgets.line_table import LineTable

P = TypeVar("P", bound=Page)

_AT_REST = ("person_panel", "rehearsal", "pages.offer", "pages.halted", "pages.queue")
_OF_PATIENTS = tuple(
    f"pages.{name}" for name in ("cash", "charges", "choose", "refund", "slip", "stand_in")
)


def load_pages() -> None:
    """Load the modules that :meth:`Pages.rest` is made of: on another thread, so that none waits."""
    _load(_AT_REST)


def load_pages_of_patients() -> None:
    """The same for :meth:`Pages.for_patient`."""
    _load(_OF_PATIENTS)


def _load(modules: Iterable[str]) -> None:
    for name in modules:
        import_module(f"ui.cashier.{name}")


class Pages(QStackedWidget):
    """Each page but the first is made when it is needed, or before that by :meth:`rest`."""

    taken = Signal(object)
    """An intent that a button of a page stands for."""
    chosen = Signal(object)
    """The place of what was chosen in the list."""
    given = Signal(object)
    """The cash that was typed; None while it is no amount."""

    def __init__(self) -> None:
        super().__init__()
        self._presenter: CashierPresenter | None = None
        self._low = False
        self.ready = ReadyPage()
        self.addWidget(self.ready)

    def attach(self, presenter: CashierPresenter) -> None:
        """What pages make themselves of goes to this presenter."""
        self._presenter = presenter

    def fit(self, *, low: bool) -> None:
        """Whether the window is low: for the pages that are there, and those to come."""
        self._low = low
        for page in self.findChildren(Page, options=Qt.FindChildOption.FindDirectChildrenOnly):
            _fit(page, low=low)

    def cover(self) -> None:
        """Lay a plain sheet over a page that could not be shown whole; the next page takes it away."""
        self.setCurrentWidget(self._sheet)

    def rest(self) -> Iterator[QWidget]:
        """Make the pages that a waiting window may turn to by itself, one at each step.

        Two that somebody asks for by a key come later: they are made in a moment.
        """
        yield self.choose  # a code scanned at once turns to it
        yield self.bill_lines
        yield self.offer
        self.offer.rehearse()
        yield self.offer
        yield self.halted
        yield self.queue

    def for_patient(self) -> Iterator[QWidget]:
        """Make the pages that no window needs before a patient is there, a third of all widgets."""
        self.halted.rehearse()
        yield self.halted
        yield self.slip
        yield self.doubts
        yield self.reasons
        yield self.forms
        yield self.stand_in
        yield self.refund
        yield self.broken
        yield self.visit_form
        yield self._bare_charges
        yield self.charges

    @property
    def of_patient(self) -> tuple[Page, ...]:
        """The pages of :meth:`for_patient`."""
        first = self.choose, self.halted, self.slip, self.doubts
        return *first, self.stand_in, self.refund, self.broken, self.charges

    @cached_property
    def _sheet(self) -> QWidget:
        words = tr("画面没有显示全，请不要凭它办理：按 Esc 或 F2 离开，没办完的在待办（F3）里")
        sheet = text("title", words, wrap=True)
        sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.addWidget(sheet)
        return sheet

    @cached_property
    def choose(self) -> ChoosePage:
        from ui.cashier.pages.choose import ChoosePage

        page = self._added(ChoosePage())
        page.taken.connect(self.chosen)
        return page

    @cached_property
    def visit_form(self) -> VisitForm:
        """A part of the page of typed charges, and a moment of its own."""
        from ui.cashier.pages.visit_form import VisitForm

        return VisitForm()

    @cached_property
    def _bare_charges(self) -> ChargesPage:
        """The page of typed charges before it lies among the others."""
        from ui.cashier.pages.charges import ChargesPage

        return ChargesPage(self.visit_form)

    @cached_property
    def charges(self) -> ChargesPage:
        page = self._added(self._bare_charges)
        page.removed.connect(lambda _place: self.taken.emit(Intent.REMOVE_LINE))
        if self._presenter is not None:
            page.attach(self._presenter.charges)
        return page

    @cached_property
    def broken(self) -> BrokenFilesPage:
        from ui.cashier.pages.broken import BrokenFilesPage

        return self._added(BrokenFilesPage())

    @cached_property
    def bill_lines(self) -> LineTable:
        """A part of the page of the offer, and a moment of its own."""
        from ui.widgets.line_table import LineTable

        return LineTable()

    @cached_property
    def offer(self) -> OfferPage:
        from ui.cashier.pages.offer import OfferPage

        return self._added(OfferPage(self.bill_lines))

    @cached_property
    def cash(self) -> CashPage:
        from ui.cashier.pages.cash import CashPage

        page = self._added(CashPage())
        page.given.connect(self.given)
        if self._presenter is not None:
            page.slip_room.connect(self._presenter.slip.room)
        return page

    @cached_property
    def slip(self) -> SlipPage:
        from ui.cashier.pages.slip import SlipPage

        page = self._added(SlipPage())
        self.currentChanged.connect(lambda _at: page.turned(self.currentWidget()))
        if self._presenter is not None:
            page.room.connect(self._presenter.money.large_slip.room)
        return page

    @cached_property
    def halted(self) -> HaltedPage:
        from ui.cashier.pages.halted import HaltedPage

        page = self._added(HaltedPage())
        page.taken.connect(self.taken)
        if self._presenter is not None:
            page.named.connect(self._presenter.check.name)
        return page

    @cached_property
    def queue(self) -> QueuePage:
        from ui.cashier.pages.queue import QueuePage

        page = self._added(QueuePage())
        page.taken.connect(self.taken)
        if self._presenter is not None:
            page.chosen.connect(self._presenter.queue.choose)
        return page

    @cached_property
    def refund(self) -> RefundPage:
        from ui.cashier.pages.refund import RefundPage

        page = self._added(RefundPage())
        if self._presenter is not None:
            page.taken.connect(self._presenter.refund.taken)
        return page

    @cached_property
    def half_typed(self) -> ChoosePage:
        """A question that two keys answer."""
        from ui.cashier.pages.choose import ChoosePage

        return self._added(ChoosePage())

    @cached_property
    def doubts(self) -> ChoosePage:
        """What does not fit (B08)."""
        from ui.cashier.pages.choose import ChoosePage

        page = self._added(ChoosePage())
        if self._presenter is not None:
            page.taken.connect(self._presenter.identity.doubt)
        return page

    @cached_property
    def reasons(self) -> ChoosePage:
        """Why a paper is printed again (B37)."""
        from ui.cashier.pages.choose import ChoosePage

        page = self._added(ChoosePage())
        if self._presenter is not None:
            page.taken.connect(self._presenter.prints.reprint)
        return page

    @cached_property
    def forms(self) -> ChoosePage:
        """Which of the other papers is printed."""
        from ui.cashier.pages.choose import ChoosePage

        page = self._added(ChoosePage())
        if self._presenter is not None:
            page.taken.connect(self._presenter.forms.take)
        return page

    @cached_property
    def stand_in(self) -> StandInPage:
        from ui.cashier.pages.stand_in import StandInPage

        page = self._added(StandInPage())
        if self._presenter is not None:
            page.changed.connect(self._presenter.identity.edit)
            page.finished.connect(self._presenter.identity.hand_over)
        return page

    def _added(self, page: P) -> P:
        self.addWidget(page)
        _fit(page, low=self._low)
        return page


def _fit(page: Page, *, low: bool) -> None:
    page.fit(low=low)
    for panel in page.findChildren(Panel):
        panel.tighten(low=low)
