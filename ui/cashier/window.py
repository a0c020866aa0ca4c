"""The cashier's window: shows the presenter's state, sends intents, decides nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QMainWindow, QWidget

from ui.cashier import doing_wording, frame_wording, key_wording
from ui.cashier.key_guard import KeyGuard
from ui.cashier.page_turner import PageTurner
from ui.cashier.pages.book import Pages
from ui.cashier.state import LEAVING, Intent, Page, ViewState
from ui.cashier.turning import on_top, other_sums, turned, turned_by_itself
from ui.scale import LEAST
from ui.theme.tokens import SPACE, Tone
from ui.widgets.badge import StateBadge
from ui.widgets.basics import Page as Ground
from ui.widgets.basics import column, laid_out_once, row, text
from ui.widgets.busy import BusyStrip
from ui.widgets.key_card import KeyCard
from ui.widgets.keys import KeyBar
from ui.widgets.shown import Badge
from ui.widgets.trail import StepTrail

if TYPE_CHECKING:
    from desktop.domain.money import Money
    from desktop.knowledge.areas import Areas
    from ui.cashier.person_panel import PersonPanel
    from ui.cashier.presenter import CashierPresenter

_LOW = 640
"""A window lower than that has no height to spare."""


class CashierWindow(QMainWindow):
    """One window of a desk: stands before it has a presenter, and does nothing yet but F1.

    Every page but the first is made when it is needed, or before that by :meth:`furnish`.
    """

    typed_number = Signal(str)
    typing = Signal()
    """A number is being typed."""
    closing = Signal()
    """The cashier closes the window; whoever owns it decides when it may go."""

    def __init__(self, areas: Callable[[], Areas], clock: Callable[[], float]) -> None:
        super().__init__()
        self._areas = areas
        self._clock = clock
        self._presenter: CashierPresenter | None = None
        self._intents: Mapping[Intent, Callable[[], None]] = {Intent.HELP: self._toggle_keys}
        self._state: ViewState | None = None
        self._had_person = False
        self._may_close = False
        self._low = False
        self._covered = False
        self._unpainted: tuple[object, ...] | None = None
        self._had_focus: QWidget | None = None
        self._guard = KeyGuard(key_wording.sequences().values(), clock)
        self._make_parts()
        self._arrange()
        self._connect()
        self._keep_size()

    def _keep_size(self) -> None:
        """A page that is made while the window stands must not push its foot off the screen."""
        layout = self.layout()
        assert layout is not None
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(LEAST)
        self.resize(1366, 768)

    def attach(self, presenter: CashierPresenter) -> None:
        """From now on intents go to this presenter."""
        from ui.cashier.bindings import bindings

        self._presenter = presenter
        self._pages.attach(presenter)
        self._intents = {**self._intents, **bindings(presenter, self._pages)}

    def furnish(self) -> Iterator[QWidget]:
        """Make the pages that are not there yet, and rehearse them: each step is a moment."""
        yield from self.furnish_at_rest()
        yield from self.furnish_for_patient()

    def furnish_list(self) -> Iterator[QWidget]:
        """The list of what is not at rest, which opens by itself when there is any."""
        from ui.cashier.rehearsal import rehearse_page

        yield self._pages.queue
        yield rehearse_page(self._pages.queue, self._pages)

    def furnish_at_rest(self) -> Iterator[QWidget]:
        """What a window has that waits for its first patient."""
        from ui.cashier.rehearsal import rehearse

        yield self._person
        if not self._had_person:
            self._person.rehearse()
        yield self._person
        yield from self._keys.rehearse()
        yield from self._pages.rest()
        yield from rehearse(self._person, self._pages)

    def furnish_for_patient(self) -> Iterator[QWidget]:
        """The rest, while the first patient's credential is typed or looked at."""
        from ui.cashier.rehearsal import rehearse_page

        pages = self._pages
        self._busy.rehearse()
        yield self._busy
        yield pages.cash
        yield rehearse_page(pages.cash, pages)
        yield from pages.for_patient()
        for page in pages.of_patient:
            yield rehearse_page(page, pages)

    def present(self, state: ViewState) -> None:
        """Show the state; the same state shown twice changes nothing.

        Keys act on what stands there whole: on nothing while it is being shown. A fault meanwhile is
        told as that of a slot is, and whoever told the state goes on: its job has to begin.
        """
        before, self._state = self._state, None
        if self._unpainted == on_top(state):
            self._cover(state)
            return
        self._unpainted = None
        try:
            self._show(before, state)
        except Exception:  # noqa: BLE001 - whatever it is, half a page is no page
            self._cover(state)
            sys.excepthook(*sys.exc_info())
            return
        self._guard.show(
            state.intents,
            by_itself=turned_by_itself(before),
            other_sums=self._covered or other_sums(before, state),
        )
        self._state, self._covered = state, False

    def could_not_paint(self) -> None:
        """A part of it failed to paint itself: what stands there is covered until another page is
        shown, for it would fail again.
        """
        if self._state is not None and self._unpainted != on_top(self._state):
            self._unpainted = on_top(self._state)
            self._cover(self._state)

    def _cover(self, state: ViewState) -> None:
        """Nothing of a state that was shown in part is to be read, and only what leaves it is offered."""
        self._covered = True
        self._state = replace(state, intents=state.intents & LEAVING)
        if "_person" in vars(self):
            self._person.hide()
        self._pages.cover()
        with suppress(Exception):  # the fault may lie in the bar of keys
            self._keys.present(key_wording.offers(self._state))
            self._keys.tell(key_wording.news(state))
            self._card.hide()
        self.setFocus()

    def _show(self, before: ViewState | None, state: ViewState) -> None:
        with laid_out_once(self._ground):
            self._present_head(state)
            if state.person is not None or self._had_person:
                self._person.present(state)
                self._had_person = True
            self._turner.present(state)
            self._keys.present(key_wording.offers(state))
            self._keys.tell(key_wording.news(state))
            self._present_busy(state)
        if before is None or turned(before, state) or (not state.busy and before.busy):
            self._card.hide()
            self._focus(state)
        self.setWindowTitle(frame_wording.title(state))

    def _present_busy(self, state: ViewState) -> None:
        self._busy.present(doing_wording.shown(state.busy) if state.busy else None)
        if state.busy:
            self._place_busy()

    def let_close(self) -> None:
        """Nothing is on its way any more: the window may go."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """A settlement on its way is waited for (the owner says when, perhaps at once)."""
        if not self._may_close:
            self.closing.emit()
        event.setAccepted(self._may_close)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The busy strip floats above the keys, so that no page jumps when it comes and goes."""
        super().resizeEvent(event)
        self._fit(low=self.height() < _LOW)
        if self._card.isVisible():
            self._place_card()
        self._place_busy()

    def _place_busy(self) -> None:
        """Right, where no page says anything; in a low window the words of the split stand there."""
        wide = min(self._busy.wide, self.width() - 2 * SPACE.l)
        bar = self._keys.sizeHint().height()  # its place is known only once the window stands
        top = self.height() - bar - self._busy.height() - SPACE.m
        left = (self.width() - wide) // 2 if self._low else self.width() - wide - SPACE.l
        self._busy.setGeometry(left, top, wide, self._busy.height())

    def _fit(self, *, low: bool) -> None:
        """In a low window the person stands above the page, and everything is closer together."""
        self._operator.setHidden(low)
        if "_person" in vars(self):
            self._person.fit(self.width(), low=low)
        if low is self._low:
            return
        self._low = low
        way, gap = QBoxLayout.Direction, SPACE.s if low else SPACE.m
        self._middle.setDirection(way.TopToBottom if low else way.LeftToRight)
        self._middle.setSpacing(gap)
        self._body.setSpacing(gap)
        self._body.setContentsMargins(SPACE.l, gap, SPACE.l, gap)
        self._keys.tighten(low=low)
        self._pages.fit(low=low)

    def _make_parts(self) -> None:
        self._hospital = text("title")
        self._practice = StateBadge()
        self._operator = text("muted")
        self._trail = StepTrail()
        self._work = StateBadge()
        self._line = StateBadge()
        self._pages = Pages()
        self._turner = PageTurner(self._pages, self._areas)
        self._busy = BusyStrip(self._clock)
        self._keys = KeyBar()
        self._card = KeyCard(self)
        self._card.hide()

    def _arrange(self) -> None:
        self._middle = row(spacing=SPACE.m)
        self._middle.addWidget(self._pages, 1)
        self._body = column(spacing=SPACE.m, margins=(SPACE.l, SPACE.m, SPACE.l, SPACE.m))
        self._body.addLayout(self._head())
        self._body.addLayout(self._middle, 1)
        whole = column()
        whole.addLayout(self._body, 1)
        whole.addWidget(self._keys)
        self._ground = Ground()
        self._ground.setLayout(whole)
        self.setCentralWidget(self._ground)
        self._busy.setParent(self)
        self._busy.raise_()

    def _head(self) -> QHBoxLayout:
        head = row(spacing=SPACE.m)
        for part in (self._hospital, self._practice):
            head.addWidget(part)
        head.addSpacing(SPACE.xl)
        head.addWidget(self._trail, 1)
        for part in (self._operator, self._work, self._line):
            head.addWidget(part)
        return head

    @cached_property
    def _person(self) -> PersonPanel:
        from ui.cashier.person_panel import PersonPanel

        panel = PersonPanel(self._areas())
        panel.fit(self.width(), low=self._low)
        panel.hide()
        self._middle.insertWidget(0, panel)
        return panel

    def _connect(self) -> None:
        self._keys.taken.connect(self._take)
        self._busy.taken.connect(self._take)
        self._pages.ready.typed.connect(self.typed_number)
        self._pages.ready.typing.connect(self.typing)
        self._pages.taken.connect(self._take)
        self._pages.chosen.connect(self._chosen)
        self._pages.given.connect(self._given)
        self._card.closed.connect(self._close_keys)
        self._card.present(key_wording.key_card())
        for sequence, intents in key_wording.sequences().items():
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda intents=intents: self._pressed(intents))

    def _pressed(self, intents: tuple[Intent, ...]) -> None:
        """What the key asks for in this state; no state offers two of them.

        The card of keys lies over the amounts: F1 and Esc close it, and no other key does anything.
        """
        if self._card.isVisible():
            if Intent.HELP in intents or Intent.LEAVE in intents:
                self._close_keys()
            return
        if self._guard.is_too_fresh(intents):
            return
        for intent in intents:
            if self._state is not None and intent in self._state.intents:
                self._take(intent)
                return

    def _take(self, intent: object) -> None:
        """An intent that the state does not offer does nothing, whatever key was pressed.

        Neither does one of a state that is shown yet, but is no more.
        """
        if self._state is None or intent not in self._state.intents:
            return
        if self._presenter is not None and intent not in self._presenter.state.intents:
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
        self._place_card()
        self._card.show()
        self._card.raise_()
        self._card.setFocus()

    def _place_card(self) -> None:
        self._card.fit(self.size())
        self._card.move(self.rect().center() - self._card.rect().center())

    def _close_keys(self) -> None:
        """What had the keyboard before has it again."""
        self._card.hide()
        if self._had_focus is not None:
            self._had_focus.setFocus()

    def _focus(self, state: ViewState) -> None:
        if not self._turner.focus(state):
            self.setFocus()

    def _present_head(self, state: ViewState) -> None:
        desk = state.desk
        self._hospital.setText(desk.hospital)
        self._operator.setText(frame_wording.operator(desk))
        self._practice.setVisible(desk.practice)
        if desk.practice:
            self._practice.present(Badge(self.tr("演练 · 人都是虚构的"), Tone.INFO))
        self._trail.present(frame_wording.trail(state))
        self._line.present(frame_wording.line_badge(state))
        work = frame_wording.work_badge(state)
        self._work.setVisible(work is not None)
        if work is not None:
            self._work.present(work)
