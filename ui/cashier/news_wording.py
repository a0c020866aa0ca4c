"""Words and tone of each line of news; a light module, for the window's first moment.

Chinese is the source; English comes from Qt's translation files under the context ``Cashier``.
"""

from __future__ import annotations

from collections.abc import Mapping

from ui.cashier.news import News
from ui.cashier.state import Parting
from ui.cashier.translate import tr
from ui.theme.tokens import Tone
from ui.widgets.shown import Badge

_DONE: Mapping[News, str] = {
    News.LEFT: "已撤销，没有结算",
    News.GIVEN_UP: "已放弃查询",
    News.FACE_GIVEN_UP: "已放弃人脸核对，请人工核对后按 F8",
    News.NEXT_CARD: "已看到下一张卡，做完当前患者后自动读取",
    News.FOUND_OUT: "已查清，请按页面继续",
    News.LEFT_WAITING: "已登记：结果查清后请联系患者，现在不收款",
    News.DEFERRED: "已登记暂缓结算：线路恢复后在待办（F3）里补办",
    News.SELF_PAID: "已登记自费：请按全额收费，提醒患者保留票据手工报销",
    News.SELF_PAID_OF_DEPOSIT: "已登记自费：已收的押金抵费用，多退少补，提醒患者保留票据手工报销",
    News.UNPAID: "已登记未收款：在待办（F3）里可以随时补收或撤销",
    News.CANCELLED: "已撤销结算",
    News.ASK_TO_FINISH: "请患者出示凭证，补办这张单据",
    News.ASK_ANEW: "请患者重新出示凭证，重新结算这张单据",
    News.FOLDER_BACK: "收费文件夹又能读了，新单据会自动出现",
    News.COPIED: "已复制，可以粘贴给医保办",
}
"""What was done."""
_MIND: Mapping[News, str] = {
    News.LEFT_BEHIND: "没有结算；平台上的登记还没撤掉，由待办（F3）继续撤",
    News.GIVEN_UP_BEHIND: "已放弃查询，没有结算；平台上的登记由待办（F3）继续撤",
    News.BOOKING_GOES_ON: "结算或撤销已经发给平台，不能放弃：请等它回答",
    News.STEP_GOES_ON: "这一步不能中途放弃，请等它做完",
    News.REVISED: "医院改了这张单据，已按新单据重新试算，请再核对金额",
    News.FINISH_FIRST: "请先做完当前患者，再换下一位",
    News.FINISH_BEFORE_THIS: "请先做完当前患者，再办这一项",
    News.CHECK_FIRST: "请先核对人证（F8），再结算",
    News.CHECK_NOT_NOTED: "人证核对没有记进账本，请再按 F8",
    News.AGREE_FIRST: "金额有变：患者同意按 F5，不同意按 F12 撤销",
    News.TOO_LITTLE_CASH: "收到的现金不够",
    News.COUNT_AGAIN: "找零很多，请核对实收；没有输错就再按 F10",
    News.NAME_SUPERVISOR: "请先输入核对主管的工号",
    News.REFUND_STAYS: "退费没有做完，在待办（F3）里继续",
    News.QUEUE_NOT_DONE: "待办没有做完，稍后再试",
    News.PAPER_LEFT: "上一张结算单没有打好：请看打印机，在待办（F3）里接着办",
    News.FORM_LEFT: "有一张单据没有打好：请看打印机，在待办（F3）里接着打",
    News.NO_FORMS: "这笔就诊现在没有别的单据可打",
    News.CLOSING: "窗口正在关闭，没有再办这一步：请等它关好，重新打开后再办",
    News.NOT_CLOSED: "患者这一笔还没有办完，窗口没有关：请先办完；再关一次就关，下次打开接着办",
    News.SLIPPED: "程序出错，画面可能不全：请按 F2 重来，把时间告诉信息科；钱以待办（F3）为准",
}
"""What cannot be done now, or is not as it was."""


def badge_of_parting(parting: Parting) -> Badge:
    """It names whom it is about."""
    badge = badge_of(parting.news)
    words = tr("刚才 {patient}：{news}").format(patient=parting.patient, news=badge.word)
    return Badge(words, badge.tone)


def badge_of(news: News) -> Badge:
    """The note beside the keys."""
    done = _DONE.get(news)
    return Badge(tr(_MIND[news]), Tone.WARNING) if done is None else Badge(tr(done), Tone.INFO)
