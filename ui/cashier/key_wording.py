"""What the keys are and what they say: the bar at the foot, and the card of F1.

Chinese is the source; English comes from Qt's translation files under the context ``Cashier``.
"""

from __future__ import annotations

from ui.cashier.news_wording import badge_of, badge_of_parting
from ui.cashier.problem_words import problem_sentence
from ui.cashier.state import Halt, Intent, Page, ViewState
from ui.cashier.translate import tr
from ui.theme.tokens import Tone
from ui.widgets.shown import Badge, KeyGroup, Offer

KEYS: tuple[tuple[Intent, str, str], ...] = (
    (Intent.HELP, "F1", "按键"),
    (Intent.QUEUE, "F3", "待办"),
    (Intent.TYPE_CHARGES, "F4", "录入收费"),
    (Intent.HAND_OVER, "Ctrl+Enter", "录完试算"),
    (Intent.STAND_IN_DONE, "Ctrl+Enter", "登记代办"),
    (Intent.REMOVE_LINE, "Del", "删除明细"),
    (Intent.ASK_AGAIN, "F5", "重新查询"),
    (Intent.RELOAD_CATALOGUE, "F5", "重读目录"),
    (Intent.RETRY, "F5", "现在重试"),
    (Intent.REFUND_GOES_ON, "F5", "继续重新结算"),
    (Intent.AMOUNTS_AGREED, "F5", "患者同意新金额"),
    (Intent.BROKEN_FILES, "F6", "有误的文件"),
    (Intent.HAND_TO_OFFICE, "F6", "交医保办"),
    (Intent.NOT_WAITING, "F6", "患者不等了"),
    (Intent.DEFER_DEPOSIT, "F6", "收押金暂缓"),
    (Intent.LEAVE_UNPAID, "F6", "没收款就走"),
    (Intent.DAY_BEFORE, "F6", "前一天"),
    (Intent.COPY_CASE, "F7", "复制案由"),
    (Intent.DEFER_SIGNED, "F7", "签字暂缓"),
    (Intent.DAY_AFTER, "F7", "后一天"),
    (Intent.ENLARGE, "F7", "放大结算单"),
    (Intent.SETTLE_BESIDE, "F7", "核对过，仍要结算"),
    (Intent.PREVIEW, "F7", "预览结算单"),
    (Intent.UNWIND, "F8", "改为全部退"),
    (Intent.ACCOUNT, "F7", "账户"),
    (Intent.CONFIRM_IDENTITY, "F8", "人证相符"),
    (Intent.FACE_CHECK, "Shift+F8", "人脸核对"),
    (Intent.SETTLE, "F9", "结算"),
    (Intent.FINISH, "F9", "办理"),
    (Intent.SETTLE_ANEW, "F9", "重新结算"),
    (Intent.ACCEPT, "F9", "主管核对无误"),
    (Intent.REFUND_AGREED, "F9", "同意退费"),
    (Intent.PAPER_CAME, "F9", "纸出来了"),
    (Intent.PAPER_CAME_ONE, "F10", "只出来一份"),
    (Intent.COLLECT, "F10", "收款并打印"),
    (Intent.CASH_GIVEN_BACK, "F10", "现金已结清"),
    (Intent.FORMS, "Ctrl+P", "其他单据"),
    (Intent.PRINT_AGAIN, "F11", "补打"),
    (Intent.PRINT_REST, "F11", "接着打"),
    (Intent.PAPER_DID_NOT_COME, "F11", "没有出来，再打"),
    (Intent.GIVE_UP_PAPER, "F11", "不打了"),
    (Intent.SELF_PAY, "F11", "改自费"),
    (Intent.STAND_IN, "F11", "代办"),
    (Intent.NO_STAND_IN, "F11", "本人来办"),
    (Intent.DOUBT, "F12", "人证不符"),
    (Intent.REFUND, "F12", "退费"),
    (Intent.CANCEL_SETTLEMENT, "F12", "撤销结算"),
    (Intent.CLOSE_ANYWAY, "F12", "不要了，关闭窗口"),
    (Intent.NEXT_PATIENT, "F2", "下一位"),
    (Intent.LEAVE, "Esc", "不结算"),
    (Intent.BACK, "Esc", "返回"),
    (Intent.GIVE_UP, "Esc", "放弃查询"),
)
"""No state offers two intents of one key; what gives the benefit up is on none of F8 F9 F10, which
hands press one after the other."""
_ALSO = {"Ctrl+Enter": ("Ctrl+Enter", "Ctrl+Return")}
"""Keys that a keyboard has twice."""
_CARD: tuple[tuple[str, tuple[Intent, ...]], ...] = (
    (
        "结算",
        (
            Intent.CONFIRM_IDENTITY,
            Intent.ACCOUNT,
            Intent.SETTLE,
            Intent.ACCEPT,
            Intent.AMOUNTS_AGREED,
            Intent.COLLECT,
            Intent.NEXT_PATIENT,
            Intent.LEAVE,
            Intent.GIVE_UP,
        ),
    ),
    (
        "打印",
        (
            Intent.PREVIEW,
            Intent.ENLARGE,
            Intent.FORMS,
            Intent.PRINT_AGAIN,
            Intent.PRINT_REST,
            Intent.PAPER_CAME,
            Intent.PAPER_CAME_ONE,
            Intent.PAPER_DID_NOT_COME,
            Intent.GIVE_UP_PAPER,
        ),
    ),
    (
        "人证核对",
        (
            Intent.FACE_CHECK,
            Intent.STAND_IN,
            Intent.STAND_IN_DONE,
            Intent.NO_STAND_IN,
            Intent.DOUBT,
        ),
    ),
    (
        "收费",
        (
            Intent.TYPE_CHARGES,
            Intent.HAND_OVER,
            Intent.REMOVE_LINE,
            Intent.RELOAD_CATALOGUE,
            Intent.BROKEN_FILES,
            Intent.BACK,
            Intent.CLOSE_ANYWAY,
        ),
    ),
    (
        "待办",
        (
            Intent.QUEUE,
            Intent.RETRY,
            Intent.HAND_TO_OFFICE,
            Intent.COPY_CASE,
            Intent.FINISH,
            Intent.SETTLE_ANEW,
            Intent.SETTLE_BESIDE,
            Intent.NOT_WAITING,
            Intent.LEAVE_UNPAID,
        ),
    ),
    (
        "线路中断",
        (Intent.ASK_AGAIN, Intent.DEFER_DEPOSIT, Intent.DEFER_SIGNED, Intent.SELF_PAY),
    ),
    (
        "退费",
        (
            Intent.REFUND,
            Intent.DAY_BEFORE,
            Intent.DAY_AFTER,
            Intent.CANCEL_SETTLEMENT,
            Intent.REFUND_AGREED,
            Intent.REFUND_GOES_ON,
            Intent.UNWIND,
            Intent.CASH_GIVEN_BACK,
        ),
    ),
    ("其他", (Intent.HELP,)),
)
"""The card of keys: in the order of a visit."""
_MENDED_BY_ASKING = frozenset((Halt.NEEDS_FILING, Halt.LINE_DOWN))
_PRIMARY = frozenset(
    (
        *(Intent.SETTLE, Intent.COLLECT, Intent.NEXT_PATIENT, Intent.HAND_OVER),
        *(Intent.FINISH, Intent.SETTLE_ANEW, Intent.ACCEPT, Intent.STAND_IN_DONE),
        *(Intent.REFUND_AGREED, Intent.REFUND_GOES_ON, Intent.CASH_GIVEN_BACK),
    )
)

_BEFORE_ALL = frozenset((Intent.ACCEPT, Intent.PRINT_REST, Intent.PAPER_CAME))
"""What keeps the visit from being over."""


def sequences() -> dict[str, tuple[Intent, ...]]:
    """What each key asks for, as Qt names the keys."""
    return {
        sequence: tuple(intent for intent, other, _label in KEYS if other == key)
        for _intent, key, _label in KEYS
        for sequence in _ALSO.get(key, (key,))
    }


def offers(state: ViewState) -> tuple[Offer, ...]:
    """The key bar: every intent of this page, the ones that do nothing now left out.

    What is given up stands on the busy strip: in the bar it would flicker at every quick question.
    The other papers stand there once all is done: before that the bar has no room for them, and
    their key is on the card.
    """
    primary, silent = _primary(state), {Intent.GIVE_UP}
    if state.page is not Page.DONE or state.intents & _BEFORE_ALL:
        silent.add(Intent.FORMS)
    return tuple(
        Offer(intent, tr(label), key, primary=intent in primary)
        for intent, key, label in KEYS
        if intent in state.intents - silent
    )


def _primary(state: ViewState) -> frozenset[Intent]:
    """What the cashier will most likely do next; before 结算 stands 人证核对 (S4-18)."""
    if state.stand_in_draft is not None:
        return _PRIMARY
    if state.page is Page.OFFER:
        checked = Intent.CONFIRM_IDENTITY not in state.intents
        return frozenset((Intent.SETTLE if checked else Intent.CONFIRM_IDENTITY,))
    asks = state.stop is not None and state.stop.halt in _MENDED_BY_ASKING
    if asks and Intent.ASK_AGAIN in state.intents:
        return frozenset((Intent.ASK_AGAIN,))
    if state.shows_queue:
        return frozenset((Intent.FINISH,))
    if state.awaits_yes:
        return frozenset((Intent.AMOUNTS_AGREED,))
    if first := state.intents & _BEFORE_ALL:
        return first
    if state.lookup is not None:
        return frozenset((Intent.SETTLE_ANEW,))  # the patient waits: nothing else is likelier
    return _PRIMARY


def news(state: ViewState) -> Badge | None:
    """The note beside the keys."""
    if state.trouble is not None:
        return Badge(problem_sentence(state.trouble), Tone.WARNING)
    if state.note is not None:
        return badge_of(state.note)
    told = state.parting if state.settlement is None else None
    return badge_of_parting(told) if told is not None else None


def key_card() -> tuple[KeyGroup, ...]:
    """Every key, for F1."""
    return tuple(
        KeyGroup(tr(title), tuple(_key(intent) for intent in intents)) for title, intents in _CARD
    )


def key_of(intent: Intent) -> str:
    """The key that asks for it."""
    return next(key for other, key, _label in KEYS if other is intent)


def _key(intent: Intent) -> Offer:
    key, label = next((key, label) for other, key, label in KEYS if other is intent)
    return Offer(intent, tr(label), key)
