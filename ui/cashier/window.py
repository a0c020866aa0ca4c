"""The cashier's window: shows the presenter's state, sends intents, decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from desktop.domain.money import Money
from desktop.knowledge.areas import Areas
from ui.cashier import charges_wording, wording
from ui.cashier.pages.broken import BrokenFilesPage
from ui.cashier.pages.cash import CashPage
from ui.cashier.pages.charges import ChargesPage
from ui.cashier.pages.choose import ChoosePage
from ui.cashier.pages.offer import OfferPage
from ui.cashier.pages.ready import ReadyPage
from ui.cashier.person_panel import PersonPanel
from ui.cashier.presenter import CashierPresenter
from ui.cashier.state import Busy, Intent, Page, ViewState
from ui.cashier.translate import tr
from ui.theme.tokens import SPACE, Tone
from ui.widgets.badge import StateBadge
from ui.widgets.basics import Page as Ground
from ui.widgets.basics import column, row, text
from ui.widgets.busy import BusyStrip
from ui.widgets.keys import KeyBar, KeyCard
from ui.widgets.problem_panel import ProblemPanel
from ui.widgets.shown import Badge
from ui.widgets.shown import Busy as BusyShown
from ui.widgets.trail import StepTrail

_BUSY_WIDE = 520


class CashierWindow(QMainWindow):
    """One window of a desk. Attach a presenter before showing it."""

    typed_number = Signal(str)
    closing = Signal()
    """The cashier closes the window; whoever owns it decides when it may go."""

    def __init__(self, areas: Areas, clock: Callable[[], float]) -> None:
        super().__init__()
        self._areas = areas
        self._clock = clock
        self._presenter: CashierPresenter | None = None
        self._intents: Mapping[Intent, Callable[[], None]] = {}
        self._state: ViewState | None = None
        self._may_close = False
        self._had_focus: QWidget | None = None
        self._make_parts()
        self._arrange()
        self._connect()
        self.resize(1366, 768)

    def attach(self, presenter: CashierPresenter) -> None:
        """From now on intents go to this presenter."""
        self._presenter = presenter
        self._intents = {
            Intent.HELP: self._toggle_keys,
            Intent.TYPE_CHARGES: presenter.type_charges,
            Intent.HAND_OVER: presenter.hand_over,
            Intent.REMOVE_LINE: lambda: presenter.charges.remove(self._charges.chosen_line),
            Intent.RELOAD_CATALOGUE: presenter.charges.reload,
            Intent.BROKEN_FILES: presenter.show_broken,
            Intent.BACK: presenter.back,
            Intent.CONFIRM_IDENTITY: presenter.confirm_identity,
            Intent.ACCOUNT: presenter.change_account_use,
            Intent.SETTLE: presenter.settle,
            Intent.COLLECT: presenter.collect,
            Intent.PRINT_AGAIN: presenter.print_again,
            Intent.ASK_AGAIN: presenter.ask_again,
            Intent.NEXT_PATIENT: presenter.next_patient,
            Intent.LEAVE: presenter.leave,
        }
        self._charges.attach(presenter.charges)
        self._cash.slip_room.connect(presenter.slip.room)

    def present(self, state: ViewState) -> None:
        """Show the state; the same state shown twice changes nothing."""
        before, self._state = self._state, state
        self._present_head(state)
        self._person.present(state)
        self._present_page(state)
        self._keys.present(wording.offers(state))
        self._busy.present(_busy_shown(state.busy) if state.busy else None)
        if before is None or _turned(before, state) or (not state.busy and before.busy):
            self._card.hide()
            self._focus(state)
        self.setWindowTitle(wording.title(state))

    def let_close(self) -> None:
        """Nothing is on its way any more: the window may go."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """A settlement on its way is waited for (the owner says when)."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.closing.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The busy strip floats above the keys, so that no page jumps when it comes and goes."""
        super().resizeEvent(event)
        wide = min(_BUSY_WIDE, self.width() - 2 * SPACE.l)
        bar = self._keys.sizeHint().height()  # its place is known only once the window stands
        top = self.height() - bar - self._busy.height() - SPACE.m
        self._busy.setGeometry((self.width() - wide) // 2, top, wide, self._busy.height())

    def _make_parts(self) -> None:
        self._hospital = text("title")
        self._practice = StateBadge()
        self._trail = StepTrail()
        self._line = StateBadge()
        self._note = text("muted")
        self._person = PersonPanel(self._areas)
        self._ready = ReadyPage()
        self._choose = ChoosePage()
        self._charges = ChargesPage()
        self._broken = BrokenFilesPage()
        self._offer = OfferPage()
        self._cash = CashPage()
        self._problem = ProblemPanel()
        self._stack = QStackedWidget()
        self._busy = BusyStrip(self._clock)
        self._keys = KeyBar()
        self._card = KeyCard(self)
        self._card.hide()

    def _arrange(self) -> None:
        pages = (self._ready, self._choose, self._charges, self._broken, self._offer, self._cash)
        for page in (*pages, self._problem_page()):
            self._stack.addWidget(page)
        middle = row(spacing=SPACE.m)
        middle.addWidget(self._person)
        middle.addWidget(self._stack, 1)
        whole = column(spacing=SPACE.m, margins=(SPACE.l, SPACE.m, SPACE.l, 0))
        whole.addLayout(self._head())
        whole.addLayout(middle, 1)
        whole.addWidget(self._keys)
        ground = Ground()
        ground.setLayout(whole)
        self.setCentralWidget(ground)
        self._busy.setParent(self)
        self._busy.raise_()

    def _head(self) -> QHBoxLayout:
        head = row(spacing=SPACE.m)
        for part in (self._hospital, self._practice):
            head.addWidget(part)
        head.addSpacing(SPACE.xl)
        head.addWidget(self._trail, 1)
        head.addWidget(self._note)
        head.addWidget(self._line)
        return head

    def _problem_page(self) -> QWidget:
        page = Ground()
        whole = column()
        whole.addWidget(self._problem)
        whole.addStretch(1)
        page.setLayout(whole)
        return page

    def _connect(self) -> None:
        self._keys.taken.connect(self._take)
        self._problem.taken.connect(self._take)
        self._ready.typed.connect(self.typed_number)
        self._choose.taken.connect(self._chosen)
        self._cash.given.connect(self._given)
        self._card.closed.connect(self._close_keys)
        self._card.present(wording.key_card())
        self._charges.removed.connect(lambda _place: self._take(Intent.REMOVE_LINE))
        for sequence, intents in wording.sequences().items():
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda intents=intents: self._pressed(intents))

    def _pressed(self, intents: tuple[Intent, ...]) -> None:
        """What the key asks for in this state; no state offers two of them.

        Esc closes the card of keys and nothing else: no patient leaves for that.
        """
        if self._card.isVisible() and Intent.LEAVE in intents:
            self._close_keys()
            return
        for intent in intents:
            if self._state is not None and intent in self._state.intents:
                self._take(intent)
                return

    def _take(self, intent: object) -> None:
        """An intent that the state does not offer does nothing, whatever key was pressed."""
        if self._state is None or intent not in self._state.intents:
            return
        act = self._intents.get(intent) if isinstance(intent, Intent) else None
        if act is not None:
            act()

    def _chosen(self, place: int) -> None:
        if self._presenter is None or self._state is None:
            return
        if self._state.page is Page.CHOOSE:
            self._presenter.choose_insurance(place)
        else:
            self._presenter.choose_bill(place)

    def _given(self, amount: Money | None) -> None:
        if self._presenter is not None:
            self._presenter.give_cash(amount)

    def _toggle_keys(self) -> None:
        if self._card.isVisible():
            self._close_keys()
            return
        self._had_focus = self.focusWidget()
        self._card.adjustSize()
        self._card.move(self.rect().center() - self._card.rect().center())
        self._card.show()
        self._card.raise_()
        self._card.setFocus()

    def _close_keys(self) -> None:
        """What had the keyboard before has it again."""
        self._card.hide()
        if self._had_focus is not None:
            self._had_focus.setFocus()

    def _present_head(self, state: ViewState) -> None:
        desk = state.desk
        self._hospital.setText(desk.hospital)
        self._practice.setVisible(desk.practice)
        self._practice.present(Badge(self.tr("演练 · 人都是虚构的"), Tone.INFO))
        self._trail.present(wording.trail(state))
        self._note.setText(tr(state.note))
        self._line.present(_line_badge(state))

    def _present_page(self, state: ViewState) -> None:
        if state.shows_broken:
            self._broken.present(state.desk.broken_files)
            self._stack.setCurrentWidget(self._broken)
            return
        match state.page:
            case Page.READY:
                self._ready.present(state)
                self._stack.setCurrentWidget(self._ready)
            case Page.CHOOSE:
                self._choose.present(
                    self.tr("这个人有几项参保"),
                    self.tr("请问清楚用哪一项，上下键选，回车确定"),
                    wording.insurance_choices(state, self._areas),
                )
                self._stack.setCurrentWidget(self._choose)
            case Page.PERSON:
                self._present_bills(state)
                self._stack.setCurrentWidget(self._choose)
            case Page.CHARGES:
                assert state.typing is not None
                self._stack.setCurrentWidget(self._charges)
                self._charges.present(state.typing)
            case Page.OFFER:
                self._offer.present(state)
                self._stack.setCurrentWidget(self._offer)
            case Page.SETTLED | Page.DONE:
                self._cash.present(state)
                self._stack.setCurrentWidget(self._cash)
            case Page.STOPPED:
                self._problem.present(wording.problem(state))
                self._stack.setCurrentIndex(self._stack.count() - 1)

    def _present_bills(self, state: ViewState) -> None:
        waiting = wording.bill_choices(state)
        self._choose.present(
            self.tr("收费单据") if waiting else self.tr("还没有这个人的收费单据"),
            self.tr("选一张单据")
            if waiting
            else self.tr("医院系统导出后自动出现；也可以按 F4 录入"),
            waiting,
            charges_wording.broken_badge(state.desk.broken_files),
        )

    def _focus(self, state: ViewState) -> None:
        if state.shows_broken:
            self._broken.focus()
            return
        match state.page:
            case Page.READY:
                self._ready.focus()
            case Page.CHOOSE | Page.PERSON:
                self._choose.focus()
            case Page.CHARGES:
                self._charges.focus()
            case Page.SETTLED:
                self._cash.focus()
            case _:
                self.setFocus()


def _turned(before: ViewState, state: ViewState) -> bool:
    """Whether another page is shown than before."""
    return (before.page, before.shows_broken) != (state.page, state.shows_broken)


def _busy_shown(busy: Busy) -> BusyShown:
    return BusyShown(tr(busy.words), busy.since)


def _line_badge(state: ViewState) -> Badge:
    if state.desk.line_down:
        return Badge(tr("线路中断"), Tone.WARNING)
    if state.desk.unknown_settlements:
        waiting = tr("{0} 笔结果待确认").format(state.desk.unknown_settlements)
        return Badge(waiting, Tone.DANGER)
    return Badge(tr("平台已连通"), Tone.POSITIVE)
