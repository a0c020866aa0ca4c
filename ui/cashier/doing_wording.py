"""What the busy strip says; a light module, for the window's first moment.

Chinese is the source; English comes from Qt's translation files under the context ``Cashier``.
"""

from __future__ import annotations

from collections.abc import Mapping

from ui.cashier.doing import Doing
from ui.cashier.state import Busy, Intent
from ui.cashier.translate import tr
from ui.widgets.shown import Busy as Shown
from ui.widgets.shown import Offer

_WORDS: Mapping[Doing, str] = {
    Doing.BEHIND: "正在结束上一个查询，随后继续",
    Doing.IDENTIFYING: "正在核对身份",
    Doing.ELIGIBILITY: "正在查询待遇和备案",
    Doing.ASKING_AGAIN: "正在重新查询",
    Doing.CHECKING_BILL: "正在核对单据",
    Doing.UPLOADING: "正在上传明细并试算",
    Doing.UPLOADING_AGAIN: "正在重新上传并试算",
    Doing.OFFERING_AGAIN: "正在重新试算",
    Doing.REVISING: "医院改了单据，正在重新试算",
    Doing.TAKING_BACK: "正在撤销",
    Doing.LOOKING_AT_FACE: "请患者看人脸终端",
    Doing.READING_STAND_IN: "正在读取代办人的证件",
    Doing.NOTING: "正在登记",
    Doing.SETTLING: "正在结算，请不要关闭窗口",
    Doing.TAKING_CASH: "正在登记收款",
    Doing.PREPARING_SLIP: "正在准备结算单",
    Doing.PRINTING: "正在打印结算单",
    Doing.PRINTING_AGAIN: "正在补打",
    Doing.OPENING: "正在打开",
    Doing.FOUND_OUT: "已查清，正在打开",
    Doing.CLEANING_UP: "正在清理上一次",
    Doing.RETRYING: "正在重试",
    Doing.HANDING_OVER: "正在移交医保办",
    Doing.FINDING: "正在查找结算",
    Doing.CANCELLING: "正在撤销原结算",
    Doing.SETTLING_REST: "正在重新结算，请不要关闭窗口",
    Doing.UNWINDING: "正在改为全部退费",
    Doing.CASH_BACK: "正在登记退款",
    Doing.EXCHANGING: "正在登记并打印",
    Doing.CLOSING: "正在等平台回答，随后关闭窗口",
    Doing.CLOSING_PRINTS: "正在等打印机，随后关闭窗口",
}


def words_of(doing: Doing) -> str:
    return tr(_WORDS[doing])


def shown(busy: Busy) -> Shown:
    """The strip over the page, with its key where the step may be given up."""
    stop = Offer(Intent.GIVE_UP, tr("放弃"), "Esc") if busy.may_give_up else None
    return Shown(words_of(busy.doing), busy.since, stop)
