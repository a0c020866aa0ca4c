"""What the gallery shows: an invented bill and an invented person."""

from __future__ import annotations

from desktop.domain.money import Money, in_words
from ui.theme.tokens import Tone
from ui.widgets.shown import (
    Badge,
    Choice,
    Equation,
    Fact,
    KeyGroup,
    LineShown,
    Offer,
    Part,
    ProblemShown,
    Sum,
)

CASH = Money(52821)
EQUATION = Equation(
    (
        Sum("医疗费总额", Money(61700)),
        Sum("医保基金支付", Money(8879)),
        Sum("个人账户支付", Money(0)),
    ),
    Sum("个人现金支付", CASH),
    in_words(CASH),
)
ESTIMATE = Equation(EQUATION.terms, EQUATION.result, EQUATION.words, estimate=True)
PARTS = (
    Part("个人现金", Money(42821)),
    Part("个人账户", Money(10000)),
    Part("统筹基金", Money(8879)),
    Part("医疗救助", Money(2000)),
    Part("公务员补助", Money(0)),
)
FUNDS = (
    Sum("城镇职工基本医疗保险统筹基金", Money(8879)),
    Sum("城乡居民大病保险资金", Money(0)),
    Sum("410300", Money(1200), "平台返回的代码，本机没有名称"),
    Sum("个人负担合计", CASH, strong=True),
    Sum("个人账户余额", None),
)
PERSON = (
    Fact("姓名", "孔令和", strong=True),
    Fact("性别 / 年龄", "男  41 岁", strong=True),
    Fact("身份证号", "990000********1038", wide=True),
    Fact("参保地", "山东省济宁市 370800", wide=True),
    Fact("险种", "职工基本医疗保险", badge=Badge("正常参保", Tone.POSITIVE), wide=True),
    Fact("备案", "异地长期居住人员", badge=Badge("有效", Tone.POSITIVE), wide=True),
    Fact("本年还可报销", "1,911.21 元", wide=True),
    Fact("起付线", "本年 300.00 元，已付 0.00 元", wide=True),
)
LINES = (
    LineShown("普通门诊诊察费", "1", "25.00", Money(2500), "乙", Money(0), Money(300), Money(220)),
    LineShown(
        "彩色多普勒超声常规检查（腹部，含肝、胆、胰、脾、双肾及腹膜后大血管）",
        "1",
        "220.00",
        Money(22000),
        "乙",
        Money(0),
        Money(2000),
        Money(2000),
    ),
    LineShown(
        "血细胞分析（五分类）", "1", "20.00", Money(2000), "甲", Money(0), Money(0), Money(0)
    ),
    LineShown("阿莫西林胶囊 0.5g×24粒", "2", "10.90", Money(2180), "甲", Money(0), None, Money(0)),
    LineShown(
        "连花清瘟胶囊",
        "2",
        "38.60",
        Money(7720),
        "乙",
        Money(0),
        Money(0),
        Money(772),
        "限用范围：请核对适应症",
        Tone.WARNING,
        "限用",
    ),
    LineShown("营养咨询", "1", "68.00", Money(6800), "丙", Money(6800), Money(0), Money(0)),
    LineShown(
        "未对照的项目",
        "1",
        "12.00",
        Money(1200),
        "99",
        None,
        None,
        None,
        "项目编码不在目录中",
        Tone.DANGER,
        "有误",
    ),
)
TOTAL = LineShown("合计", "", "", Money(61700), "", Money(6800), Money(2300), Money(2992))
NOT_FILED = ProblemShown(
    "没有查到有效的异地就医备案",
    "请患者在国家医保服务平台APP或向参保地电话备案，完成后重新查询",
    Tone.WARNING,
    "not-filed",
    "该参保人未办理异地就医备案登记，不能进行跨省直接结算",
    "参保地（济宁市）的原话",
    offers=(
        Offer("again", "重新查询", "F5", primary=True),
        Offer("self", "转自费", "F8"),
        Offer("stop", "结束", "Esc"),
    ),
)
UNKNOWN = ProblemShown(
    "结算结果待确认：请求已发出，没有收到可用的回答",
    "请不要重复结算，也不要收款；等待核实",
    Tone.UNKNOWN,
    "outcome-unknown",
    offers=(Offer("ask", "立即核实", "F5", primary=True), Offer("slip", "打印告知单", "F9")),
)
FAULTS = ProblemShown(
    "收费文件有误，共 3 处",
    "请在医院系统改正后重新导出，原文件未被采用",
    Tone.DANGER,
    "charges-invalid",
    details=(
        "第 3 行 数量：“1.23456” 小数多于 4 位",
        "第 7 行 金额：12.00 ≠ 单价 6.50 × 数量 2",
        "第 9 行 医保编码：空",
    ),
    offers=(Offer("stop", "知道了", "Esc"), Offer("x", "打印清单", "F9", enabled=False)),
)
KEYS = (
    Offer("help", "帮助", "F1"),
    Offer("bill", "收费单", "F2"),
    Offer("id", "身份证号", "F3"),
    Offer("again", "重新查询", "F5"),
    Offer("self", "转自费", "F8", enabled=False, why_not="患者还没有确定"),
    Offer("print", "补打", "F10"),
    Offer("settle", "结算", "F12", primary=True),
    Offer("stop", "结束本次", "Esc"),
)
CARD = (
    KeyGroup("一次结算", KEYS[1:3] + KEYS[6:8]),
    KeyGroup("查询", (KEYS[3], Offer("l", "最近的结算", "F6"))),
    KeyGroup("单据", (KEYS[5], Offer("p", "预览", "Ctrl+P"))),
    KeyGroup("窗口", (KEYS[0], Offer("d", "深色 / 浅色", "Ctrl+D"))),
)
CHOICES = (
    Choice(1, "职工基本医疗保险", "山东省济宁市 370800", badge=Badge("正常参保", Tone.POSITIVE)),
    Choice(2, "城乡居民基本医疗保险", "湖南省长沙市 430100", badge=Badge("省内参保", Tone.WARNING)),
    Choice(3, "离休人员医疗保障", "山东省济宁市", badge=Badge("停保", Tone.DANGER), enabled=False),
)
FOUND = (
    Choice("a", "阿莫西林胶囊 0.5g×24粒", aside="10.90", badge=Badge("甲", Tone.POSITIVE)),
    Choice("b", "阿莫西林克拉维酸钾片 0.375g×12片", aside="32.50", badge=Badge("乙", Tone.INFO)),
    Choice("c", "阿奇霉素片 0.25g×6片", aside="18.00", badge=Badge("乙", Tone.INFO)),
)
BADGES = (
    Badge("未开始", Tone.NEUTRAL),
    Badge("演练模式", Tone.INFO),
    Badge("已结算", Tone.POSITIVE),
    Badge("等待打印", Tone.WARNING),
    Badge("平台拒绝", Tone.DANGER),
    Badge("结果待确认", Tone.UNKNOWN),
)
