"""Notes beside the keys that tell what was done; a light module, for the window's first moment."""

from __future__ import annotations

LEFT = "已撤销，没有结算"
LEFT_BEHIND = "没有结算；平台上的登记还没撤掉，由待办（F3）继续撤"
REVISED = "医院改了这张单据，已按新单据重新试算，请再核对金额"
NEXT_CARD = "已看到下一张卡，做完当前患者后自动读取"
CLOSING = "正在等平台回答，随后关闭窗口"
FOUND_OUT = "已查清，请按页面继续"
LEFT_WAITING = "已登记：结果查清后请联系患者，现在不收款"
DEFERRED = "已登记暂缓结算：线路恢复后在待办（F3）里补办"
SELF_PAID = "已登记自费：请按全额收费，提醒患者保留票据手工报销"
UNPAID = "已登记未收款：在待办（F3）里可以随时补收或撤销"
CANCELLED = "已撤销结算"
ASK_TO_FINISH = "请患者出示凭证，补办这张单据"
ASK_ANEW = "请患者重新出示凭证，重新结算这张单据"
PAPER_LEFT = "上一张结算单没有打好：请看打印机，在待办（F3）里接着办"
SLIPPED = "程序出错，画面可能不全：请按 F2 重来，把时间告诉信息科；钱以待办（F3）为准"
COPIED = "已复制，可以粘贴给医保办"

GOOD = frozenset(
    (
        *(LEFT, FOUND_OUT, LEFT_WAITING, DEFERRED, SELF_PAID, UNPAID, CANCELLED, COPIED),
        *(ASK_TO_FINISH, ASK_ANEW, NEXT_CARD),
    )
)
"""Every other note is about what cannot be done now."""
