"""Which method of the presenter each intent asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QGuiApplication

from ui.cashier.pages.book import Pages
from ui.cashier.presenter import CashierPresenter
from ui.cashier.state import Intent


def bindings(presenter: CashierPresenter, pages: Pages) -> Mapping[Intent, Callable[[], None]]:
    """Everything but the card of keys, which is the window's own."""
    return {
        **_of_visit(presenter, pages),
        **_of_identity(presenter),
        **_of_paper(presenter),
        **_of_work_left(presenter),
        **_of_refund(presenter),
    }


def _of_identity(presenter: CashierPresenter) -> dict[Intent, Callable[[], None]]:
    identity = presenter.identity
    return {
        Intent.CONFIRM_IDENTITY: identity.confirm,
        Intent.FACE_CHECK: identity.look,
        Intent.STAND_IN: identity.open_stand_in,
        Intent.STAND_IN_DONE: identity.hand_over,
        Intent.NO_STAND_IN: identity.nobody,
        Intent.DOUBT: identity.open_doubts,
    }


def _of_visit(presenter: CashierPresenter, pages: Pages) -> dict[Intent, Callable[[], None]]:
    return {
        Intent.TYPE_CHARGES: presenter.type_charges,
        Intent.HAND_OVER: presenter.hand_over,
        Intent.REMOVE_LINE: lambda: presenter.charges.remove(pages.charges.chosen_line),
        Intent.RELOAD_CATALOGUE: presenter.charges.reload,
        Intent.BROKEN_FILES: presenter.show_broken,
        Intent.BACK: presenter.back,
        Intent.CLOSE_ANYWAY: presenter.close_anyway,
        Intent.ACCOUNT: presenter.change_account_use,
        Intent.SETTLE: presenter.settle,
        Intent.AMOUNTS_AGREED: presenter.amounts_agreed,
        Intent.COLLECT: presenter.collect,
        Intent.PREVIEW: presenter.money.preview,
        Intent.ENLARGE: presenter.money.enlarge,
        Intent.ASK_AGAIN: presenter.ask_again,
        Intent.NEXT_PATIENT: presenter.next_patient,
        Intent.LEAVE: presenter.leave,
        Intent.GIVE_UP: presenter.stage.give_up,
    }


def _of_paper(presenter: CashierPresenter) -> dict[Intent, Callable[[], None]]:
    prints = presenter.prints
    return {
        Intent.FORMS: presenter.forms.offer,
        Intent.PRINT_AGAIN: prints.ask_reason,
        Intent.PRINT_REST: prints.retry,
        Intent.PAPER_CAME: prints.all_came_out,
        Intent.PAPER_CAME_ONE: prints.one_came_out,
        Intent.PAPER_DID_NOT_COME: prints.none_came_out,
        Intent.GIVE_UP_PAPER: presenter.queue.give_up_paper,
    }


def _of_work_left(presenter: CashierPresenter) -> dict[Intent, Callable[[], None]]:
    return {
        Intent.QUEUE: presenter.queue.show,
        Intent.RETRY: presenter.queue.retry,
        Intent.HAND_TO_OFFICE: presenter.queue.hand_over,
        Intent.COPY_CASE: lambda: _copy_case(presenter),
        Intent.FINISH: presenter.queue.finish,
        Intent.SETTLE_ANEW: presenter.unknown.settle_anew,
        Intent.SETTLE_BESIDE: presenter.bill.settle_beside,
        Intent.NOT_WAITING: presenter.unknown.not_waiting,
        Intent.DEFER_DEPOSIT: presenter.outage.defer_with_deposit,
        Intent.DEFER_SIGNED: presenter.outage.defer_signed,
        Intent.SELF_PAY: lambda: _pay_self(presenter),
        Intent.ACCEPT: presenter.check.accept,
        Intent.LEAVE_UNPAID: presenter.check.leave_unpaid,
    }


def _of_refund(presenter: CashierPresenter) -> dict[Intent, Callable[[], None]]:
    refund = presenter.refund
    return {
        Intent.REFUND: refund.list.today,
        Intent.DAY_BEFORE: refund.list.day_before,
        Intent.DAY_AFTER: refund.list.day_after,
        Intent.CANCEL_SETTLEMENT: refund.take,
        Intent.REFUND_AGREED: refund.agree,
        Intent.REFUND_GOES_ON: refund.proceed,
        Intent.UNWIND: refund.unwind,
        Intent.CASH_GIVEN_BACK: refund.give_back,
    }


def _pay_self(presenter: CashierPresenter) -> None:
    """The patient at the window, or the row of the list that lies over the page."""
    part = presenter.queue if presenter.state.shows_queue else presenter.outage
    part.pay_self()


def _copy_case(presenter: CashierPresenter) -> None:
    case = presenter.state.case
    if case is not None:
        QGuiApplication.clipboard().setText(case.words)
        presenter.queue.copied()
