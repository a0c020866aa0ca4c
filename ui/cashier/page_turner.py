"""Which page of the window a state has, and what it shows: decides nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.cashier.folder_wording import broken_badge, lost_folder
from ui.cashier.over import Over, over
from ui.cashier.state import Page, ViewState
from ui.cashier.translate import tr
from ui.widgets.basics import Page as Ground

if TYPE_CHECKING:
    from desktop.knowledge.areas import Areas
    from ui.cashier.pages.book import Pages


class PageTurner:
    """Lives beside the pages; ``areas`` are read when the first name of one is needed."""

    def __init__(self, pages: Pages, areas: Callable[[], Areas]) -> None:
        self._pages = pages
        self._areas = areas

    def present(self, state: ViewState) -> None:
        """Turn to the page of the state, shown as the state is."""
        match over(state):
            case Over.HALF_TYPED:
                self._present_half_typed()
            case Over.DOUBTS:
                self._present_doubts()
            case Over.REASONS:
                self._present_reasons()
            case Over.FORMS:
                self._present_forms(state)
            case Over.STAND_IN:
                assert state.stand_in_draft is not None
                self._pages.stand_in.present(state.stand_in_draft)
                self._pages.setCurrentWidget(self._pages.stand_in)
            case Over.BROKEN:
                self._pages.broken.present(state.desk.broken_files)
                self._pages.setCurrentWidget(self._pages.broken)
            case Over.SLIP:
                self._pages.slip.present(state)
                self._pages.setCurrentWidget(self._pages.slip)
            case Over.QUEUE:
                self._pages.queue.present(state)
                self._pages.setCurrentWidget(self._pages.queue)
            case None:
                self._present_under(state)

    def _present_under(self, state: ViewState) -> None:
        """The page of the visit, while nothing lies over it."""
        match state.page:
            case Page.READY:
                self._pages.ready.present(state)
                self._pages.setCurrentWidget(self._pages.ready)
            case Page.CHOOSE:
                from ui.cashier import wording

                self._pages.choose.present(
                    tr("这个人有几项参保"),
                    tr("请问清楚用哪一项，上下键选，回车确定"),
                    wording.insurance_choices(state, self._areas()),
                )
                self._pages.setCurrentWidget(self._pages.choose)
            case Page.PERSON:
                self._present_bills(state)
                self._pages.setCurrentWidget(self._pages.choose)
            case Page.CHARGES:
                assert state.typing is not None
                self._pages.setCurrentWidget(self._pages.charges)
                self._pages.charges.present(state.typing)
            case Page.OFFER:
                self._pages.offer.present(state)
                self._pages.setCurrentWidget(self._pages.offer)
            case Page.SETTLED | Page.DONE:
                self._pages.cash.present(state)
                self._pages.setCurrentWidget(self._pages.cash)
            case Page.STOPPED:
                self._pages.halted.present(state)
                self._pages.setCurrentWidget(self._pages.halted)
            case Page.REFUND:
                assert state.refund is not None
                self._pages.refund.present(state.refund)
                self._pages.setCurrentWidget(self._pages.refund)

    def _present_half_typed(self) -> None:
        self._pages.half_typed.present(
            tr("还有一张收费单据录了一半，没有结算"),
            tr("关闭窗口就没有了，要重新录入。按 Esc 回去接着录；不要了，按 F12 关闭窗口"),
            (),
        )
        self._pages.setCurrentWidget(self._pages.half_typed)

    def _present_doubts(self) -> None:
        from ui.cashier import identity_wording

        self._pages.doubts.present(
            tr("人证不符：哪里不符"),
            tr("选一项按回车：不结算，记入账本，请联系医保办；按 Esc 返回"),
            identity_wording.doubts(),
        )
        self._pages.setCurrentWidget(self._pages.doubts)

    def _present_reasons(self) -> None:
        from ui.cashier import paper_wording

        self._pages.reasons.present(
            tr("为什么补打"),
            tr("选一项按回车：纸上印补打和次数，原因记入账本；按 Esc 返回"),
            paper_wording.reasons(),
        )
        self._pages.setCurrentWidget(self._pages.reasons)

    def _present_forms(self, state: ViewState) -> None:
        from ui.cashier import paper_wording

        self._pages.forms.present(
            tr("打印哪一种单据"),
            tr("选一项按回车就打印；打过的会标补打；按 Esc 返回"),
            paper_wording.forms(state.forms),
        )
        self._pages.setCurrentWidget(self._pages.forms)

    def _present_bills(self, state: ViewState) -> None:
        from ui.cashier import wording

        waiting = wording.bill_choices(state)
        self._pages.choose.present(
            tr("这个人有几张收费单据") if waiting else tr("还没有这个人的收费单据"),
            tr("上下键选，回车确定") if waiting else tr("医院系统导出后自动出现；也可以按 F4 录入"),
            waiting,
            broken_badge(state.desk),
            lost_folder(state.desk),
        )

    def focus(self, state: ViewState) -> bool:
        """Give the keyboard to what the page of the state has for it; False where it is all done."""
        page = self._pages.currentWidget()
        if state.page is Page.DONE and page is self._pages.cash:
            return False
        assert isinstance(page, Ground)
        page.focus()
        return True
