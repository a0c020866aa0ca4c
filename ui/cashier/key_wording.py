"""What the keys are and what they say: the bar at the foot, and the card of F1.

Chinese is the source; English comes from Qt's translation files under the context ``Cashier``.
"""

from __future__ import annotations

from ui.cashier.state import LEFT, Halt, Intent, Page, ViewState
from ui.cashier.translate import tr
from ui.theme.tokens import Tone
from ui.widgets.shown import Badge, KeyGroup, Offer

KEYS: tuple[tuple[Intent, str, str], ...] = (
    (Intent.HELP, "F1", "按键"),
    (Intent.TYPE_CHARGES, "F4", "录入收费"),
    (Intent.HAND_OVER, "Ctrl+Enter", "录完试算"),
    (Intent.REMOVE_LINE, "Del", "删除明细"),
    (Intent.ASK_AGAIN, "F5", "重新查询"),
    (Intent.RELOAD_CATALOGUE, "F5", "重读目录"),
    (Intent.BROKEN_FILES, "F6", "有误的文件"),
    (Intent.ACCOUNT, "F7", "账户"),
    (Intent.CONFIRM_IDENTITY, "F8", "人证相符"),
    (Intent.SETTLE, "F9", "结算"),
    (Intent.COLLECT, "F10", "收款并打印"),
    (Intent.PRINT_AGAIN, "F11", "补打"),
    (Intent.NEXT_PATIENT, "F2", "下一位"),
    (Intent.LEAVE, "Esc", "不结算"),
    (Intent.BACK, "Esc", "返回"),
)
"""No state offers two intents of one key."""
_ALSO = {"Ctrl+Enter": ("Ctrl+Enter", "Ctrl+Return")}
"""Keys that a keyboard has twice."""
_CARD: tuple[tuple[str, tuple[Intent, ...]], ...] = (
    (
        "结算",
        (
            Intent.CONFIRM_IDENTITY,
            Intent.ACCOUNT,
            Intent.SETTLE,
            Intent.COLLECT,
            Intent.PRINT_AGAIN,
            Intent.NEXT_PATIENT,
            Intent.LEAVE,
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
        ),
    ),
    ("其他", (Intent.ASK_AGAIN, Intent.HELP)),
)
"""The card of keys: in the order of a visit."""
_MENDED_BY_ASKING = frozenset((Halt.NEEDS_FILING, Halt.LINE_DOWN))
_PRIMARY = frozenset((Intent.SETTLE, Intent.COLLECT, Intent.NEXT_PATIENT, Intent.HAND_OVER))


def sequences() -> dict[str, tuple[Intent, ...]]:
    """What each key asks for, as Qt names the keys."""
    return {
        sequence: tuple(intent for intent, other, _label in KEYS if other == key)
        for _intent, key, _label in KEYS
        for sequence in _ALSO.get(key, (key,))
    }


def offers(state: ViewState) -> tuple[Offer, ...]:
    """The key bar: every intent of this page, the ones that do nothing now left out."""
    primary = _primary(state)
    return tuple(
        Offer(intent, tr(label), key, primary=intent in primary)
        for intent, key, label in KEYS
        if intent in state.intents
    )


def _primary(state: ViewState) -> frozenset[Intent]:
    """What the cashier will most likely do next; before 结算 stands 人证核对 (S4-18)."""
    if state.page is Page.OFFER:
        return frozenset((Intent.CONFIRM_IDENTITY, Intent.SETTLE))
    asks = state.stop is not None and state.stop.halt in _MENDED_BY_ASKING
    if asks and Intent.ASK_AGAIN in state.intents:
        return frozenset((Intent.ASK_AGAIN,))
    return _PRIMARY


def news(state: ViewState) -> Badge | None:
    """The note beside the keys."""
    if not state.note:
        return None
    return Badge(tr(state.note), Tone.INFO if state.note == LEFT else Tone.WARNING)


def key_card() -> tuple[KeyGroup, ...]:
    """Every key, for F1."""
    return tuple(
        KeyGroup(tr(title), tuple(_key(intent) for intent in intents)) for title, intents in _CARD
    )


def _key(intent: Intent) -> Offer:
    key, label = next((key, label) for other, key, label in KEYS if other is intent)
    return Offer(intent, tr(label), key)
